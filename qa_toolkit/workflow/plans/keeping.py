"""Where plans, recommendations, actions and meetings are kept: one file, so that decisions stand with what they decide.

A verb opens a `Stroke`, one line being written, and hands it to the steps that it is made of; a meeting's decision is
such a stroke too, which is why the steps take one and do not open their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound
from qa_toolkit.domain.ids import next_number
from qa_toolkit.domain.people import Kept, Person, Tier
from qa_toolkit.domain.plans.lifecycle import ORGANISERS, PLANNERS
from qa_toolkit.domain.plans.meetings import Decision, Meeting
from qa_toolkit.domain.plans.plan import Commitment, Plan, Practice, Recommendation
from qa_toolkit.domain.plans.records import (
    Acceptance,
    Action,
    Asked,
    DateChange,
    Escalated,
    Evidence,
    Judgement,
    Milestone,
    Step,
    Update,
)
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.reasons import Reason
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.text import clean
from qa_toolkit.store.change import Change
from qa_toolkit.store.shelf import R, Shelf
from qa_toolkit.store.workspace import ACTIONS, PARTNERSHIP, Seen, Workspace
from qa_toolkit.workflow import allowed
from qa_toolkit.workflow.plans.tracking import may_see

COMMANDS = {
    Action: "action", Plan: "plan", Recommendation: "recommendation", Meeting: "meeting", Practice: "practice",
}  # fmt: skip
"""Each kind's word in a command."""
_WORDS = {Commitment: "commitment", Milestone: "milestone", Decision: "decision"}
"""The words of kinds that are listed with what they belong to."""


@dataclass(frozen=True)
class Stroke:
    """One line being written: by whom, when, and what is there inside it."""

    workspace: Workspace
    change: Change
    person: Person
    now: datetime
    today: date

    @property
    def by(self) -> str:
        """Who acts."""
        return self.person.id

    @property
    def shelf(self) -> Shelf:
        """What is kept, with what this line has put so far."""
        return self.change.shelf

    def put(self, *records: Record) -> None:
        """Put records."""
        self.change.put(*records)

    def get(self, kind: type[R], id: str) -> R:
        """The record of that kind with that id, or NotFound."""
        return found(self.shelf, kind, id)

    def thread(self, id: str) -> Thread:
        """An action with its whole story, or NotFound; NotAllowed where this person may not see it."""
        found = thread_on(self.shelf, id)
        visible_to(found.action, self.person)
        return found

    def mint(self, kind: type[Record], letter: str) -> str:
        """The next id of the year, `A-2026-031`: numbers are never given twice."""
        prefix = f"{letter}-{self.today.year}-"
        return f"{prefix}{next_number(prefix, self.shelf.journal.ever(kind.table)):03}"

    def mint_under(self, kind: type[Record], owner: str, letter: str, width: int = 2) -> str:
        """The next id of what belongs to an action, a plan or a meeting, `A-2026-031/U007`."""
        prefix = f"{owner}/{letter}"
        return f"{prefix}{next_number(prefix, self.shelf.journal.ever(kind.table)):0{width}}"


@contextmanager
def stroke(
    workspace: Workspace,
    *,
    by: str,
    did: str,
    now: datetime,
    today: date,
    why: str | None = None,
    seen: Seen | None = None,
) -> Iterator[Stroke]:
    """One verb, one line of the actions' file, which is begun with the first.

    Raises:
        NotAllowed: Nobody of that name is here today.
        Stale: Something that the user saw has moved.
    """
    person = allowed.active(workspace, by, today)
    if workspace.actions_shelf.journal.seq == 0:
        workspace.begin(ACTIONS, by=by, did="began the action plans", now=now)
        with workspace.change(PARTNERSHIP, by=by, did="began the action plans", now=now) as change:
            change.put(Kept(id=ACTIONS, since=now))
    with workspace.change(ACTIONS, by=by, did=did, now=now, seen=seen) as change:
        yield Stroke(workspace, change, person, now, today)
        if why and why.strip():
            change.put(Reason(id=str(change.shelf.journal.seq + 1), text=clean(why).strip()))


def found(shelf: Shelf, kind: type[R], id: str) -> R:
    """The record of that kind with that id, whatever the case of its letters.

    Raises:
        NotFound: There is none.
    """
    record = shelf.get(kind, id.strip().upper())
    if record is None:
        word = COMMANDS.get(kind) or _WORDS.get(kind, "record")
        more = f" `qa {word} list` shows those there are." if kind in COMMANDS else ""
        raise NotFound(f"There is no {word} {id.strip()}.{more}")
    return record


def find(workspace: Workspace, kind: type[R], id: str) -> R:
    """The record of that kind with that id, as it stands; NotFound if there is none."""
    return found(workspace.actions_shelf, kind, id)


def thread_on(shelf: Shelf, id: str) -> Thread:
    """An action with everything that belongs to it.

    Raises:
        NotFound: There is none of that id.
    """
    action = found(shelf, Action, id)
    return Thread(
        action=action, steps=shelf.under(Step, action.id), updates=shelf.under(Update, action.id),
        milestones=shelf.under(Milestone, action.id), evidence=shelf.under(Evidence, action.id),
        date_changes=shelf.under(DateChange, action.id), asked=shelf.under(Asked, action.id),
        judgements=shelf.under(Judgement, action.id), escalations=shelf.under(Escalated, action.id),
        acceptance=shelf.get(Acceptance, action.id),
    )  # fmt: skip


def sentence(text: str, otherwise: str, least: int = 10) -> str:
    """The text, if it is at least a short sentence.

    Raises:
        InputError: It is not; `otherwise` says what is wanted.
    """
    text = clean(text).strip()
    if len(text) < least:
        raise InputError(otherwise)
    return text


def known_agencies(workspace: Workspace, agencies: Iterable[str]) -> tuple[str, ...]:
    """The ids, if each is an agency here.

    Raises:
        InputError: One is not.
    """
    wanted, there = tuple(agency.strip().lower() for agency in agencies), workspace.agencies()
    for agency in wanted:
        if agency not in there:
            raise InputError(f"There is no agency {agency}. `qa agencies list` shows those there are.")
    return wanted


def tiers(workspace: Workspace) -> Mapping[str, Tier]:
    """The groups that review, by id."""
    return workspace.partnership_shelf.all(Tier)


def known_tier(workspace: Workspace, id: str) -> str:
    """The id, if it is a tier here.

    Raises:
        InputError: It is not.
    """
    id, there = id.strip().lower(), tiers(workspace)
    if id not in there:
        raise InputError(f"There is no group {id}: there are {', '.join(there)}.")
    return id


def visible_to(action: Action, person: Person) -> None:
    """That somebody may see an action.

    Raises:
        NotAllowed: It is sensitive, and they are neither its owner nor a co-ordinator or chair.
    """
    if not may_see(action, person):
        raise NotAllowed(f"{action.id} is for its owner, the co-ordinators and the chairs only.")


def planner(person: Person, deed: str) -> None:
    """That somebody may plan: a co-ordinator, the chair, the QA Group, an agency lead or the scrutineer.

    Raises:
        NotAllowed: They may not; `deed` completes “may …”.
    """
    if not person.is_(*PLANNERS):
        raise NotAllowed(
            f"{person.name} ({person.id}) may not {deed}: that is for a co-ordinator, a chair, a member of the QA "
            "Group, an agency lead or the scrutineer."
        )


def organiser(person: Person, deed: str) -> None:
    """That somebody keeps the plans: a co-ordinator or a chair.

    Raises:
        NotAllowed: They do not; `deed` completes “may …”.
    """
    if not person.is_(*ORGANISERS):
        raise NotAllowed(f"{person.name} ({person.id}) may not {deed}: that is for a co-ordinator or a chair.")
