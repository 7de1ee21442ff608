"""Somebody else's action plan brought in as one line of the record, and how its columns were understood."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plan_mapping import PlanField, PlanMapping, check_mapping, mapping_id
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.plan import Plan, Recommendation
from qa_toolkit.domain.plans.records import Action, Priority
from qa_toolkit.domain.text import clean, visible
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans.actions import put_proposed
from qa_toolkit.workflow.plans.keeping import Stroke, organiser, stroke
from qa_toolkit.workflow.plans.moving import put_move
from qa_toolkit.workflow.plans.progress import put_update
from qa_toolkit.workflow.plans.recommendations import running

LEAST_RECOMMENDATION = 10


class Owner(NamedTuple):
    """Who owns an action, as it was understood."""

    person: str = ""
    agency: str = ""
    role: str = ""
    """What the plan says, where it names no person of the workspace."""
    outside: str = ""
    """A body or a name that is none of the agencies here."""
    supporting: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """In words."""
        whose = self.person or (f"{self.role or 'somebody'} of {self.agency}" if self.agency else "")
        return whose or (f"{self.outside}, kept as a name from outside" if self.outside else "nobody yet")


class PlannedAction(NamedTuple):
    """One action as it was read."""

    where: str
    text: str
    due: date
    owner: Owner
    recommendation: str = ""
    outcome: str = ""
    measure: str = ""
    start: date | None = None
    priority: Priority = Priority.MEDIUM
    progress: int | None = None
    said: str = ""
    """The first update: what was last said, and where it stood."""
    notes: tuple[str, ...] = ()
    ended: bool = False
    """Whether its own plan says that it is done; here that is somebody else's to verify."""


def kept_mapping(workspace: Workspace, headings: Iterable[str]) -> dict[str, PlanField] | None:
    """How a plan with these headings was understood before, or None."""
    found = workspace.partnership_shelf.get(PlanMapping, mapping_id(headings))
    return dict(found.columns) if found is not None else None


def keep_mapping(workspace: Workspace, columns: Mapping[str, PlanField], *, by: str, now: datetime) -> None:
    """Keep how the columns were understood, for the next plan with the same headings; nothing where it is kept so."""
    allowed.coordinator(workspace, by, "keep how a plan’s columns are understood")
    if kept_mapping(workspace, columns) == dict(columns):
        return
    with workspace.change(PARTNERSHIP, by=by, did="kept how a plan’s columns are understood", now=now) as change:
        change.put(PlanMapping(id=mapping_id(columns), columns=check_mapping(columns)))


def fresh(workspace: Workspace, plan_id: str, planned: Iterable[PlannedAction]) -> list[PlannedAction]:
    """Those whose words are not in the plan already, so that a file that is read twice changes nothing."""
    there = {_key(one.text, one.due) for one in workspace.actions_shelf.all(Action).values() if one.plan == plan_id}
    there |= {_key(one.text, one.first_due) for one in workspace.actions_shelf.all(Action).values()
              if one.plan == plan_id}  # fmt: skip
    return [one for one in planned if _key(clean(one.text).strip(), one.due) not in there]


def bring_in(
    workspace: Workspace, plan_id: str, planned: Iterable[PlannedAction], *, source: str, by: str, now: datetime,
    today: date,
) -> list[Action]:  # fmt: skip
    """Every action, agreed as it was in the plan that it comes from, in one line of the record.

    Raises:
        InputError: There is none, a rule refuses one (its row is named), or the plan has ended.
        NotAllowed: It is for a co-ordinator or a chair.
    """
    wanted = list(planned)
    if not wanted:
        raise InputError("There is nothing to bring in.")
    made: list[Action] = []
    did = f"brought in a plan of {len(wanted)} action{'s' if len(wanted) != 1 else ''}"
    with stroke(workspace, by=by, did=did, now=now, today=today, why=clean(visible(source))) as line:
        organiser(line.person, "bring a plan in")
        plan = running(line.get(Plan, plan_id))
        known = {_folded(one.text): one.id for one in line.shelf.all(Recommendation).values() if one.plan == plan.id}
        for one in wanted:
            try:
                made.append(_put(line, plan, one, known))
            except InputError as error:
                raise InputError(f"{one.where}: {error} Nothing was brought in.") from None
    return made


def _put(line: Stroke, plan: Plan, one: PlannedAction, known: dict[str, str]) -> Action:
    answers = _recommendation(line, plan, one.recommendation, known) if one.recommendation else ""
    owner = one.owner
    action = put_proposed(
        line, plan.id, one.text, due=one.due, recommendation=answers, owner=owner.person,
        agency="" if owner.person else owner.agency, owner_role=owner.role, outside=owner.outside,
        supporting=owner.supporting, outcome=one.outcome, measure=one.measure, start=one.start, priority=one.priority,
    )  # fmt: skip
    put_move(line, Deed.AGREE, action.id)
    if one.progress:
        put_move(line, Deed.START, action.id)
    if one.said or one.progress is not None:
        said = one.said or f"{one.progress}% done when it was brought in."
        put_update(line, action.id, said, progress=one.progress)
    return action


def _recommendation(line: Stroke, plan: Plan, text: str, known: dict[str, str]) -> str:
    wanted = clean(text).strip()
    if len(wanted) < LEAST_RECOMMENDATION:
        # A plan that names only the number.
        wanted = f"Recommendation {wanted} of “{plan.title}”"
    key = _folded(wanted)
    if key not in known:
        made = Recommendation(
            id=line.mint(Recommendation, "R"), plan=plan.id, text=wanted, tier=plan.tier, raised=line.today
        )
        line.put(made)
        known[key] = made.id
    return known[key]


def _key(text: str, due: date) -> tuple[str, date]:
    return _folded(text), due


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
