"""Who of an agency holds a case and who supervises it: they are not asked to score it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.independence import Ties
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.tui.forms.picking import PickMany
from qa_toolkit.workflow import allocating
from qa_toolkit.workflow.reading import Cell

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


async def ask_ties(app: QAApp, file: AuditFile, cell: Cell) -> str:
    """Record whom the two lists mark; gives back what to say, if something was recorded.

    Raises:
        QAError: It was refused, or the agency has nobody here.
    """
    agency = app.workspace.agencies()[cell.agency].name
    people = [one for one in app.workspace.people().values() if one.agency == cell.agency and one.active(app.today)]
    if not people:
        raise InputError(f"{agency} has nobody here yet: g on the first screen adds people.")
    before = file.all(Ties).get(cell.return_id) or Ties(id=cell.return_id, subject=cell.subject, agency=cell.agency)
    named: list[list[str]] = []
    for words, marked in ((f"Who of {agency} holds this case?", before.holds),
                          ("And who supervises it?", before.supervises)):  # fmt: skip
        lines = [f"{one.name} ({one.id})" for one in people]
        there = [n for n, one in enumerate(people) if one.id in marked]
        about = f"{words} Whoever is marked is not asked to score it. With nobody marked, it is nobody here."
        picked = await app.push_screen_wait(PickMany(cell.return_id, about, lines, there))
        if picked is None:
            return ""
        named.append([people[n].id for n in picked])
    made = allocating.record_ties(
        app.workspace, cell.return_id, holds=named[0], supervises=named[1], by=app.person.id if app.person else "",
        now=app.now(),
    )  # fmt: skip
    holds, supervises = ", ".join(made.holds) or "nobody here", ", ".join(made.supervises) or "nobody here"
    return f"{made.subject}, {agency}: held by {holds}; supervised by {supervises}."
