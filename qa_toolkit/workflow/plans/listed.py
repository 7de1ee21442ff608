"""What the tracker lists: every action’s brief, every plan, from a snapshot that a new line renews.

The ended actions stand apart in the snapshot and are not read until somebody asks for them: of ten years they are
nearly all.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from weakref import WeakKeyDictionary

from pydantic import TypeAdapter

from qa_toolkit.domain.plans.asked import AskedFor
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Decision, Meeting
from qa_toolkit.domain.plans.plan import Plan, Recommendation
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
from qa_toolkit.domain.plans.standing import Brief, Thread, brief_of
from qa_toolkit.domain.records import Frozen, Record
from qa_toolkit.store import cache
from qa_toolkit.store.shelf import Shelf
from qa_toolkit.store.workspace import ACTIONS, Workspace

_BRIEFS = TypeAdapter(list[Brief])
_SHAPE = 8
"""Raised when what is listed changes, so that old snapshots are not used."""


class Listing(Frozen):
    """Every action's brief, every plan and the words of every recommendation, up to one line of the file."""

    seq: int
    head: str
    """The hash of that line."""
    redactions: int
    """How many lines had been taken out by then; what was taken out since leaves no trace here either."""
    briefs: tuple[Brief, ...] = ()
    plans: tuple[Plan, ...] = ()
    recommendations: dict[str, str] = {}
    """Words by id."""
    withdrawn: frozenset[str] = frozenset()
    """Ids of those that were taken back."""
    meetings: tuple[Meeting, ...] = ()
    """All of them: a group sits a few times a year."""
    asked: tuple[AskedFor, ...] = ()
    """What they asked for and nobody has answered."""


def briefs(workspace: Workspace) -> list[Brief]:
    """Every action's brief, by its number."""
    return list(listing(workspace).briefs)


def plans(workspace: Workspace) -> dict[str, Plan]:
    """Every plan by its number."""
    return {plan.id: plan for plan in listing(workspace).plans}


def listing(workspace: Workspace) -> Listing:
    """What the tracker lists."""
    kept = _snapshot(workspace)
    if kept is None:
        return _listed(workspace)
    ended = _BRIEFS.validate_json(kept.ended)
    briefs = sorted([*kept.live.briefs, *ended], key=lambda brief: brief.action.id)
    found = _OPENED[workspace] = kept.live.model_copy(update={"briefs": tuple(briefs)})
    return found


def live_listing(workspace: Workspace) -> tuple[Listing, list[State]]:
    """The same with the live actions only, and the states of all: of many years most have ended, and few look there."""
    if workspace.until is not None:
        return _live_then(workspace.actions_shelf)
    kept = _snapshot(workspace)
    if kept is not None:
        return kept.live, kept.states
    found = _listed(workspace)
    live = tuple(brief for brief in found.briefs if brief.state.live)
    return found.model_copy(update={"briefs": live}), [brief.state for brief in found.briefs]


def _live_then(shelf: Shelf) -> tuple[Listing, list[State]]:
    """Of a day that is past, for which there is no snapshot: what has ended is told by its last step alone."""
    steps, judgements = shelf.journal.docs(Step.table), shelf.journal.docs(Judgement.table)
    judged = {id.rpartition("/")[0] for id in judgements}
    states, live = [], []
    for id in sorted(shelf.journal.docs(Action.table)):
        state = State(steps[shelf.ids_under(Step, id)[-1]]["to"])
        action = shelf.get(Action, id) if state.live or id in judged else None
        if action is not None:
            thread = _short_thread(shelf, action)
            state = thread.state
            if state.live:
                live.append(brief_of(thread))
        states.append(state)
    return _listing_of(shelf, tuple(live)), states


class _Snapshot(NamedTuple):
    """What was kept when the file was last read."""

    live: Listing
    ended: str
    """Briefs of the ended actions, not read yet."""
    states: list[State]


def _snapshot(workspace: Workspace) -> _Snapshot | None:
    """The snapshot, made anew where it is not of the file as it is; None once the file itself was read."""
    if workspace.until is not None or workspace.is_read(ACTIONS):
        return None
    kept = cache.cached(workspace.folder, "actions", [ACTIONS], lambda _: _dumped(workspace), version=_SHAPE)
    if ACTIONS not in kept:
        return None
    plain = kept[ACTIONS]
    states = [State(state) for state in plain["states"]]
    return _Snapshot(Listing.model_validate_json(plain["live"]), plain["ended"], states)


def _dumped(workspace: Workspace) -> dict[str, object]:
    found = _listed(workspace)
    live = tuple(brief for brief in found.briefs if brief.state.live)
    ended = [brief for brief in found.briefs if not brief.state.live]
    return {
        "live": found.model_copy(update={"briefs": live}).model_dump_json(),
        "ended": _BRIEFS.dump_json(ended).decode(), "states": [brief.state.value for brief in found.briefs],
    }  # fmt: skip


_OPENED: WeakKeyDictionary[Workspace, Listing] = WeakKeyDictionary()
"""What each workspace's snapshot held, from which the first change goes on."""


def _listed(workspace: Workspace) -> Listing:
    shelf = workspace.actions_shelf
    return _listing_of(shelf, tuple(_worked_out(shelf, _OPENED.get(workspace))))


def _listing_of(shelf: Shelf, found: tuple[Brief, ...]) -> Listing:
    journal = shelf.journal
    return Listing.model_construct(
        seq=journal.seq, head=journal.head, redactions=len(journal.docs("redactions")), briefs=found,
        plans=tuple(shelf.all(Plan).values()),
        recommendations=shelf.once(_words),
        withdrawn=shelf.once(_withdrawn),
        meetings=tuple(shelf.all(Meeting).values()),
        asked=shelf.once(_asked),
    )  # fmt: skip


def _words(shelf: Shelf) -> dict[str, str]:
    return {id: str(doc["text"]) for id, doc in shelf.journal.docs(Recommendation.table).items()}


def _withdrawn(shelf: Shelf) -> frozenset[str]:
    return frozenset(id for id, doc in shelf.journal.docs(Recommendation.table).items() if doc["withdrawn"])


def _asked(shelf: Shelf) -> tuple[AskedFor, ...]:
    decisions, found = shelf.journal.docs(Decision.table), []
    heard = {doc.get("subject") for doc in decisions.values()}
    for id, doc in decisions.items():
        if not doc.get("due_back") or doc.get("answered") or id in heard:
            continue
        subject = doc.get("subject", "")
        action = shelf.get(Action, subject)
        if action is not None and action.sensitive and not action.owner:
            continue  # its words are for no lead
        owner, agency = (action.owner, action.agency) if action else ("", subject.partition(":")[2])
        found.append(AskedFor(id, subject, doc["text"], owner, agency, doc["due_back"]))
    return tuple(found)


class _Known(NamedTuple):
    """What was worked out before."""

    seq: int
    """The line up to which it holds."""
    redactions: int
    """How many lines had been taken out by then; what was taken out since leaves no trace here either."""
    briefs: dict[str, Brief]


_KNOWN: WeakKeyDictionary[Shelf, _Known] = WeakKeyDictionary()
"""So that a change costs what it touched."""


def _worked_out(shelf: Shelf, opened: Listing | None = None) -> list[Brief]:
    redactions = len(shelf.journal.docs("redactions"))
    before = _KNOWN.get(shelf) or _from_snapshot(shelf, opened)
    if before is None or before.redactions != redactions:
        before = _Known(0, redactions, {})
    known = before.briefs
    if before.seq != shelf.journal.seq:
        known = dict(known)
        for id in _touched(shelf, before.seq):
            action = shelf.get(Action, id)
            if action is None:
                known.pop(id, None)
            else:
                known[id] = brief_of(_short_thread(shelf, action))
        _KNOWN[shelf] = _Known(shelf.journal.seq, redactions, known)
    return [known[id] for id in sorted(known)]


def _from_snapshot(shelf: Shelf, opened: Listing | None) -> _Known | None:
    """What a snapshot held, if it is of this very history."""
    if opened is None or not 0 < opened.seq <= shelf.journal.seq:
        return None
    if shelf.journal.line_of(opened.seq).hash != opened.head:
        return None
    return _Known(opened.seq, opened.redactions, {brief.action.id: brief for brief in opened.briefs})


_PARTS: Final[tuple[type[Record], ...]] = (
    Step, Update, Milestone, Evidence, DateChange, Asked, Judgement, Escalated,
)  # fmt: skip


def _touched(shelf: Shelf, since: int) -> set[str]:
    """Ids of the actions that lines after `since` touched, in themselves or in what belongs to them."""
    ids = {*shelf.journal.moved_since(Action.table, since), *shelf.journal.moved_since(Acceptance.table, since)}
    for kind in _PARTS:
        ids.update(id.rpartition("/")[0] for id in shelf.journal.moved_since(kind.table, since))
    return ids


def moved_since(workspace: Workspace, seq: int) -> set[str]:
    """Ids of the actions that a line after `seq` touched."""
    return _touched(workspace.actions_shelf, seq)


def stood(then: Workspace, now: Workspace) -> dict[str, Brief]:
    """Every action's brief as it stood in `then`, an earlier moment of `now`: only what moved since is worked out."""
    found = {brief.action.id: brief for brief in briefs(now)}
    shelf = then.actions_shelf
    for id in _touched(now.actions_shelf, shelf.journal.seq):
        action = shelf.get(Action, id)
        if action is None:
            found.pop(id, None)
        else:
            found[id] = brief_of(_short_thread(shelf, action))
    return found


def _short_thread(shelf: Shelf, action: Action) -> Thread:
    """The thread with only those updates that a brief looks at: an action may have hundreds."""
    docs, ids = shelf.journal.docs(Update.table), shelf.ids_under(Update, action.id)
    said = next((id for id in reversed(ids) if docs[id].get("progress") is not None), None)
    wanted = [id for id in dict.fromkeys([said, *ids[-1:]]) if id is not None]
    found = [shelf.get(Update, id) for id in wanted]
    return Thread(
        action=action, steps=shelf.under(Step, action.id), updates=[one for one in found if one is not None],
        milestones=shelf.under(Milestone, action.id), evidence=shelf.under(Evidence, action.id),
        date_changes=shelf.under(DateChange, action.id), asked=shelf.under(Asked, action.id),
        judgements=shelf.under(Judgement, action.id), escalations=shelf.under(Escalated, action.id),
        acceptance=shelf.get(Acceptance, action.id),
    )  # fmt: skip
