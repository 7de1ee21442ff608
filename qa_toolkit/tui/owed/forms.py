"""What is agreed about a return that is owed, as small forms: a promised day, an excuse, an excuse taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.promises import Excuse, Promise
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.forms.form import Form, Values, day, words
from qa_toolkit.workflow import promises

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp
    from qa_toolkit.workflow.reading import Cell


def promise_form(qa: QAApp, by: str, cell: Cell, before: Promise | None) -> Form:
    """By which day it is promised, and who promised it."""
    id, saw = cell.return_id, seen(before) if before else unseen(Promise, cell.return_id)
    about = f"It is due {show_date(cell.due)}, and that stays. Reminders wait for the promised day."
    if before:
        about += f" So far it is promised for {show_date(before.day)} by {before.by_whom}."

    def attempt(values: Values) -> str:
        made = promises.promise(
            qa.workspace, id, values["day"], values["who"], seen=saw, by=by, now=qa.now(), today=qa.today
        )
        return f"{made.id} is promised for {show_date(made.day)}. Its due date stays."

    parts = (day("day", "By which day"), words("who", "Who promised it: a role"))
    return Form(title=f"{id}: promised", about=about, parts=parts, attempt=attempt)


def excuse_form(qa: QAApp, by: str, cell: Cell) -> Form:
    """Why it need not come, and who agreed."""
    id, saw = cell.return_id, unseen(Excuse, cell.return_id)

    def attempt(values: Values) -> str:
        promises.excuse(qa.workspace, id, values["why"], values["who"], seen=saw, by=by, now=qa.now())
        return f"{id} is excused. x takes that back."

    parts = (words("why", "Why need it not come? In a sentence", long=True), words("who", "Who agreed to it: a role"))
    about = "No reminder is drafted for it any more, and it is not late. The fair record keeps why."
    return Form(title=f"{id}: excused", about=about, parts=parts, attempt=attempt)


def expected_form(qa: QAApp, by: str, cell: Cell) -> Form:
    """Why an excused return is expected again."""
    id = cell.return_id

    def attempt(values: Values) -> str:
        promises.expect_again(qa.workspace, id, values["why"], by=by, now=qa.now())
        return f"{id} is expected again."

    parts = (words("why", "Why? In a sentence", long=True),)
    return Form(title=f"{id}: expected again", about="It is owed as before.", parts=parts, attempt=attempt)
