"""The first steps of a new partnership, on a co-ordinator's home screen until an audit has its first cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.people import Agency, Person
from qa_toolkit.tui.home.board import Line
from qa_toolkit.workflow.plans.listed import live_listing
from qa_toolkit.workflow.reading import open_audits
from qa_toolkit.workflow.setup import BUSINESS_UNIT

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


def first_steps(app: QAApp) -> list[Line]:
    """What there is to do before the first return can be scored; nothing where action plans are in use already."""
    workspace = app.workspace
    if live_listing(workspace)[0].plans:
        return []
    agencies = [one for one in workspace.agencies().values() if one.kind != BUSINESS_UNIT]
    people = [one for one in workspace.people().values() if one.active(app.today) and _agency_of(one, agencies)]
    audits = [entry.id for entry in open_audits(workspace)]
    steps = [
        ("Agencies", bool(agencies), _agencies(agencies), lambda: _partnership(app)),
        ("People", bool(people), _people(agencies, people), lambda: _partnership(app)),
        ("An audit", bool(audits), audits[-1] if audits else "opened on a template", app.action_audits),
        ("Cases", False, "each child by a pseudonym, never by name", (lambda: app.open_audit(audits[-1])) if audits
         else None),
        ("Who scores", False, "proposed for every return, evenly, once there are cases", None),
    ]  # fmt: skip
    following = next(n for n, (_, done, _, _) in enumerate(steps) if not done)
    lines = []
    for n, (title, done, words, go) in enumerate(steps):
        mark = " (done)" if done else " (next)" if n == following else ""
        lines.append(Line(f"{title}{mark}: {words}", go))
    return lines


def _agency_of(person: Person, agencies: list[Agency]) -> bool:
    return any(agency.id == person.agency for agency in agencies)


def _agencies(agencies: list[Agency]) -> str:
    return _some([one.name for one in agencies]) if agencies else "those that take part, with kind and contact"


def _people(agencies: list[Agency], people: list[Person]) -> str:
    if not people:
        return "who scores, who leads, who sits on the panel"
    quiet = [agency.name for agency in agencies if not any(one.agency == agency.id for one in people)]
    return f"{len(people)} beside the business unit{f'; nobody yet of {_some(quiet)}' if quiet else ''}"


def _some(names: list[str]) -> str:
    return ", ".join([*names[:3], *([f"{len(names) - 3} more"] if len(names) > 3 else [])])


def _partnership(app: QAApp) -> None:
    from qa_toolkit.tui.partnership.screen import PartnershipScreen  # only when somebody goes there

    app.push_screen(PartnershipScreen())
