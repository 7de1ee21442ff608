"""The form in which somebody answers a meeting that asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.asked import AskedFor
from qa_toolkit.tui.forms.form import Form, Values, words
from qa_toolkit.workflow.plans import deciding

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


def answer_form(qa: QAApp, one: AskedFor) -> Form:
    """What came back."""

    def attempt(values: Values) -> str:
        deciding.answer(qa.workspace, one.id, values["text"], by=qa.by, now=qa.now(), today=qa.today)
        return f"{one.id} is answered. The next meeting hears it."

    return Form(
        title=f"{one.id}: what came back", attempt=attempt,
        about=f"About {one.subject}, by {show_date(one.day)}: {one.words}",
        parts=(words("text", "The answer, in a sentence or more", long=True),),
    )  # fmt: skip
