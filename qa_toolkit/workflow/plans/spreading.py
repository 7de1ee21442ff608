"""Good practice tracked to its spread: what was found, where, and who took it up, shown by what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.findings import FindingKind
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.plan import Plan, Practice, Took, Uptake
from qa_toolkit.domain.text import clean
from qa_toolkit.store.shelf import Shelf
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import findings, sealing
from qa_toolkit.workflow.plans.keeping import find, known_agencies, planner, sentence, stroke
from qa_toolkit.workflow.plans.recommendations import running


class Good(NamedTuple):
    """Good practice, whatever found it, with every agency's answer."""

    id: str
    text: str
    source: str
    """The audit or the plan that it comes from."""
    found_at: tuple[str, ...]
    """Agencies where it was found: they have it already."""
    uptakes: tuple[Uptake, ...]

    @property
    def of_audit(self) -> bool:
        """Whether an audit found it."""
        return self.id.startswith("F-")

    @property
    def taken_by(self) -> list[str]:
        """Agencies that took it up, as it was or adapted."""
        return [one.agency for one in self.uptakes if one.answer.up]

    def silent(self, agencies: Iterable[str]) -> list[str]:
        """Agencies that have not said anything about it, beside those where it was found."""
        heard = {*self.found_at, *(one.agency for one in self.uptakes)}
        return [agency for agency in agencies if agency not in heard]


def add(
    workspace: Workspace, plan_id: str, text: str, *, agency: str = "", themes: Iterable[str] = (), by: str,
    now: datetime, today: date,
) -> Practice:  # fmt: skip
    """Good practice that a review, an inspection or another source found, under the next number of the year."""
    text = sentence(text, "Say in a sentence what is done well.")
    with stroke(workspace, by=by, did="recorded good practice", now=now, today=today) as line:
        planner(line.person, "record good practice")
        plan = running(line.get(Plan, plan_id))
        (found_at,) = known_agencies(workspace, [agency]) if agency else ("",)
        made = Practice(
            id=line.mint(Practice, "G"), plan=plan.id, text=text, agency=found_at, themes=tuple(themes), raised=today
        )
        line.put(made)
    return find(workspace, Practice, made.id)


def practice(workspace: Workspace, id: str) -> Good:
    """One good practice by the number of its finding (`F-…`) or its own (`G-…`).

    Raises:
        InputError: The finding is of another kind.
        NotFound: There is none of that number.
    """
    if id.strip().upper().startswith("G-"):
        return _of_source(workspace.actions_shelf, find(workspace, Practice, id))
    found = findings.find(workspace, id)
    if found.kind not in (FindingKind.SPREAD, FindingKind.STRENGTH):
        raise InputError(f"{found.id} is no good practice to spread: it is “{found.kind.label.lower()}”.")
    return Good(found.id, found.text, found.audit, found.agencies, _answers(workspace.actions_shelf, found.id))


def everywhere(workspace: Workspace) -> list[Good]:
    """Everything that is to be spread, of audits and other sources; a strength is among it once somebody answered."""
    shelf = workspace.actions_shelf
    found = [
        Good(one.id, one.text, one.audit, one.agencies, answers)
        for one in findings.everywhere(workspace)
        if one.kind in (FindingKind.SPREAD, FindingKind.STRENGTH)
        and ((answers := _answers(shelf, one.id)) or one.kind is FindingKind.SPREAD)
    ]
    return found + [_of_source(shelf, one) for one in shelf.all(Practice).values()]


def seen_by(workspace: Workspace, by: str) -> list[Good]:
    """Everything that is to be spread, without what audits found whose moderation is closed to this person for now."""
    return [
        one
        for one in everywhere(workspace)
        if not (one.of_audit and sealing.moderation_closed(workspace, one.source, by))
    ]


def _of_source(shelf: Shelf, one: Practice) -> Good:
    return Good(one.id, one.text, one.plan, (one.agency,) if one.agency else (), _answers(shelf, one.id))


def _answers(shelf: Shelf, id: str) -> tuple[Uptake, ...]:
    return shelf.under(Uptake, id)


def take_up(
    workspace: Workspace,
    finding_id: str,
    agency: str,
    answer: Took,
    *,
    shown_by: str = "",
    note: str = "",
    by: str,
    now: datetime,
    today: date,
) -> Uptake:
    """What an agency did with good practice; a later answer takes an earlier one's place.

    Raises:
        InputError: The finding is not good practice, or a practice is said to be taken up with nothing to show it.
        NotAllowed: An agency's lead answers for it, or a co-ordinator or chair who was told.
    """
    good = practice(workspace, finding_id)
    shown_by = clean(shown_by).strip()
    if answer.up and len(shown_by) < 5:
        raise InputError("Name what shows that it was taken up.")
    with stroke(workspace, by=by, did="recorded the spread of good practice", now=now, today=today) as line:
        (agency,) = known_agencies(workspace, [agency])
        own = line.person.is_(Role.AGENCY_LEAD) and line.person.agency == agency
        if not own and not line.person.is_(Role.COORDINATOR, Role.CHAIR):
            raise NotAllowed(
                f"{line.person.name} ({by}) may not answer for {agency}: that is for its lead, a "
                "co-ordinator or a chair."
            )
        made = Uptake(
            id=f"{good.id}/{agency}", finding=good.id, agency=agency, answer=answer, shown_by=shown_by,
            note=clean(note).strip(), on=today, by=by,
        )  # fmt: skip
        line.put(made)
    stored = workspace.actions_shelf.get(Uptake, made.id)
    assert stored is not None
    return stored
