"""A waiver of independence: who may score a case although they hold or supervise it, why, and who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import InputError
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.tui.forms.asking import PickOne
from qa_toolkit.tui.forms.form import Form, FormScreen, Values, words
from qa_toolkit.workflow import audits
from qa_toolkit.workflow.reading import Cell

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


async def ask_waiver(app: QAApp, file: AuditFile, cell: Cell) -> str:
    """Record a waiver for the return; gives back what to say, if it was recorded.

    Raises:
        QAError: The agency has nobody here.
    """
    agency = app.workspace.agencies()[cell.agency].name
    people = [one for one in app.workspace.people().values() if one.agency == cell.agency and one.active(app.today)]
    if not people:
        raise InputError(f"{agency} has nobody here yet: g on the first screen adds people.")
    before = file.waivers.get(cell.return_id)
    stands = f" A waiver stands for {before.person}: {before.shown} A new one takes its place." if before else ""
    about = (
        f"Who of {agency} may score {cell.return_id}, although they hold or supervise the case? First look for "
        f"somebody else: n names another, a proposes one.{stands}"
    )
    picked = await app.push_screen_wait(PickOne("Waiver", about, [f"{one.name} ({one.id})" for one in people]))
    if picked is None:
        return ""
    person = people[picked]

    def attempt(values: Values) -> str:
        audits.waive(
            app.workspace, cell.return_id, person.id, values.get("reason", ""), agreed_by=values.get("agreed", ""),
            by=app.person.id if app.person else "", now=app.now(),
        )  # fmt: skip
        return f"{person.name} may score {cell.return_id}; the report shows why and who agreed."

    form = Form(
        f"Waiver for {cell.return_id}",
        f"{person.name} may score it. The reason and who agreed are shown beside the grade, in the report too.",
        (words("reason", "Why, in a sentence", long=True), words("agreed", "Who agreed it, by role")),
        attempt,
    )
    asked = FormScreen(form)
    return asked.said if await app.push_screen_wait(asked) is not None else ""
