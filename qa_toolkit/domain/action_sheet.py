"""What an owner wrote on an action sheet, beside what was sent and what is so now: the difference, field by field.

Three values decide. Written as it was sent: nothing to do. Otherwise, if the record has not moved since: clean. If it
has: known already where both say the same, else somebody is asked. What only adds (evidence) is never in anybody's way.
A cleared cell takes nothing away, and what an owner may not do is refused in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import MOVES, Deed, State
from qa_toolkit.domain.plans.records import EvidenceKind
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.records import Frozen

LEAST_REASON = 10
LEAST_POINTER = 4
BEGINS = frozenset({State.AGREED, State.REOPENED})
"""Where a percentage above nought says that work has begun."""


class Field(StrEnum):
    """What an owner writes; the word names it in `--theirs A-2026-014.progress`."""

    UPDATE = "update"
    PROGRESS = "progress"
    VIEW = "view"
    DATE = "date"
    EVIDENCE = "evidence"
    CLOSE = "close"
    SHEET = "sheet"
    """Something that is not an owner's to write, or a row that cannot be read."""


class Verdict(StrEnum):
    """What becomes of something that was written."""

    CLEAN = "clean"
    ASK = "to settle"
    KNOWN = "known already"
    LEFT = "left as it is"
    REFUSED = "not taken"


class Difference(NamedTuple):
    """One field of one action that is not as it was sent."""

    action: str
    field: Field
    sent: str
    theirs: str
    ours: str
    verdict: Verdict
    note: str = ""

    @property
    def key(self) -> str:
        """How it is named when it is settled."""
        return f"{self.action}.{self.field}"


class Held(Frozen):
    """Where an action stood in what its owner may write: ids, days and numbers, and nothing that anybody typed."""

    agency: str
    state: State
    step: str
    due: date
    progress: int | None = None
    says: str = ""
    update: str = ""
    """The latest update."""
    asked: str = ""
    """The request for a later day that waits."""
    new: date | None = None
    """The day that it asks for."""


class Now(NamedTuple):
    """Where an action stands now, with the words that the difference needs."""

    held: Held
    why: str
    """Of the request that waits."""
    said: str
    """The latest update."""
    texts: frozenset[str]
    """Updates made since the sheet was sent, folded."""
    pointers: frozenset[str]
    """Evidence that is known, folded."""


class Proof(NamedTuple):
    """Evidence as it was written on a sheet."""

    pointer: str
    kind: EvidenceKind = EvidenceKind.OTHER
    on: date | None = None


class Typed(NamedTuple):
    """What stands in the open cells of one action, read; None is an empty cell."""

    updates: tuple[str, ...] = ()
    """More than one where the row was copied."""
    progress: int | None = None
    says: str | None = None
    new: date | None = None
    why: str = ""
    evidence: tuple[Proof, ...] = ()
    close: bool = False


class Brought(NamedTuple):
    """What is to be taken for one action. Only what is new is in it."""

    action: str
    now: Held
    """Where it stood when that was decided; a verb is refused if it has moved."""
    updates: tuple[str, ...] = ()
    progress: int | None = None
    says: str | None = None
    new: date | None = None
    why: str = ""
    evidence: tuple[Proof, ...] = ()
    close: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is something to take."""
        said = self.progress is not None or self.says is not None
        return said or any((self.updates, self.evidence, self.close, self.new))

    @property
    def begins(self) -> bool:
        """Whether it says that work has begun."""
        return bool(self.progress) and self.now.state in BEGINS and not self.close


def fold(text: str) -> str:
    """The text as it is compared: without case and outer spaces, any space as one."""
    return " ".join(text.casefold().split())


def held(thread: Thread) -> Held:
    """Where an action stands in what its owner may write."""
    latest, asked = thread.updates[-1] if thread.updates else None, thread.wants_later_day
    return Held(
        agency=thread.action.agency, state=thread.state, step=thread.steps[-1].id, due=thread.action.due,
        progress=next((one.progress for one in reversed(thread.updates) if one.progress is not None), None),
        says=latest.says if latest else "", update=latest.id if latest else "", asked=asked.id if asked else "",
        new=asked.new if asked else None,
    )  # fmt: skip


def now(thread: Thread, since: str) -> Now:
    """Where it stands, seen from a sheet whose latest update was `since`."""
    ids = [one.id for one in thread.updates]
    later = thread.updates[ids.index(since) + 1 if since in ids else 0 :]
    asked = thread.wants_later_day
    return Now(
        held(thread), asked.reason if asked else "", thread.updates[-1].text if thread.updates else "",
        frozenset(fold(one.text) for one in later), frozenset(fold(one.pointer) for one in thread.evidence),
    )  # fmt: skip


def differences(
    id: str, sent: Held, sent_why: str, typed: Typed, ours: Now, today: date, *, better: str | None = None
) -> list[Difference]:
    """What one row would change, field by field, in the order of its columns.

    `better` is the sentence about a view that is better than the colour by the rules, where it is one.
    """
    evidence = list(_evidence(id, typed, ours, today))
    shown = bool(ours.pointers) or any(one.verdict is Verdict.CLEAN for one in evidence)
    found = [
        *_update(id, sent, typed, ours), *_progress(id, sent, typed, ours), *_view(id, sent, typed, ours, better),
        *_date(id, sent, sent_why, typed, ours, today), *evidence, *_close(id, sent, typed, ours, shown=shown),
    ]  # fmt: skip
    if ours.held.state.ended:
        ended = f"{id} is {ours.held.state.label.lower()}, so nothing is added to it: it would have to be reopened."
        return [_refused(one, ended) if one.verdict in (Verdict.CLEAN, Verdict.ASK) else one for one in found]
    if ours.held.agency != sent.agency:
        moved = f"{id} has been handed over to {ours.held.agency or 'an owner outside the area'} since."
        return [one._replace(verdict=Verdict.ASK, note=moved) if one.verdict is Verdict.CLEAN else one for one in found]
    return found


def brought(id: str, sent: Held, typed: Typed, ours: Now, taken: Iterable[Field]) -> Brought:
    """What those fields bring; a view that stands is said again with whatever is said next."""
    fields = set(taken)
    proofs = _fresh(typed.evidence, ours) if Field.EVIDENCE in fields else ()
    return Brought(
        action=id, now=ours.held,
        updates=tuple(_new_texts(typed, ours)) if Field.UPDATE in fields else (),
        progress=typed.progress if Field.PROGRESS in fields else None,
        says=typed.says if Field.VIEW in fields else None,
        new=typed.new if Field.DATE in fields else None, why=typed.why if Field.DATE in fields else "",
        evidence=tuple(proofs), close=Field.CLOSE in fields,
    )  # fmt: skip


def view_words(says: str) -> str:
    """An owner's own view as the sheet offers it."""
    return {"amber": "Amber: at risk", "red": "Red: will not be done in time"}.get(says, "No worse than the colour")


VIEWS = {view_words(says): says for says in ("", Colour.AMBER.value, Colour.RED.value)}
"""What the sheet offers, and what is kept."""


def percent_words(progress: int | None) -> str:
    """A percentage, or nothing."""
    return "" if progress is None else f"{progress}%"


def _judge(sent: object, theirs: object, ours: object) -> Verdict:
    if theirs == ours:
        return Verdict.KNOWN
    return Verdict.CLEAN if ours == sent else Verdict.ASK


def _refused(one: Difference, why: str) -> Difference:
    return one._replace(verdict=Verdict.REFUSED, note=why)


def _new_texts(typed: Typed, ours: Now) -> list[str]:
    return [text for text in typed.updates if fold(text) not in ours.texts]


def _update(id: str, sent: Held, typed: Typed, ours: Now) -> Iterable[Difference]:
    if not typed.updates:
        return
    theirs, moved = "\n".join(typed.updates), ours.held.update != sent.update
    verdict = Verdict.KNOWN if not _new_texts(typed, ours) else Verdict.ASK if moved else Verdict.CLEAN
    count = len(_new_texts(typed, ours))
    note = f"It is kept as {count} updates, one after the other." if count > 1 else ""
    if verdict is Verdict.ASK:
        note = f"Something was said since the sheet went out; taken, this one follows it. {note}".rstrip()
    yield Difference(id, Field.UPDATE, "", theirs, ours.said if moved else "", verdict, note)


def _progress(id: str, sent: Held, typed: Typed, ours: Now) -> Iterable[Difference]:
    theirs, mine = typed.progress, ours.held.progress
    if theirs == sent.progress:
        return
    words = (percent_words(sent.progress), percent_words(theirs), percent_words(mine))
    if theirs is None:
        yield Difference(id, Field.PROGRESS, *words, Verdict.LEFT, "The cell was cleared; the percentage stays.")
        return
    verdict, note = _judge(sent.progress, theirs, mine), ""
    if verdict is Verdict.CLEAN and theirs == 1:
        # “100%” typed into a cell of numbers is kept as 1.
        verdict, note = Verdict.ASK, "The cell holds a 1, which is also what Excel keeps for 100%: ask which is meant."
    yield Difference(id, Field.PROGRESS, *words, verdict, note)


def _view(id: str, sent: Held, typed: Typed, ours: Now, better: str | None) -> Iterable[Difference]:
    if typed.says is not None and typed.says != sent.says:
        mine = ours.held.says
        verdict = _judge(sent.says, typed.says, mine)
        one = Difference(id, Field.VIEW, view_words(sent.says), view_words(typed.says), view_words(mine), verdict)
        yield _refused(one, better) if better and verdict is not Verdict.KNOWN else one


def _date(id: str, sent: Held, sent_why: str, typed: Typed, ours: Now, today: date) -> Iterable[Difference]:
    if typed.new == sent.new and fold(typed.why) == fold(sent_why):
        return
    mine = ours.held
    one = Difference(id, Field.DATE, _asks(sent.new, sent_why), _asks(typed.new, typed.why),
                     _asks(mine.new, ours.why), Verdict.CLEAN)  # fmt: skip
    if typed.new is None:
        if sent.new is not None and fold(typed.why) in ("", fold(sent_why)):
            yield one._replace(verdict=Verdict.LEFT, note="The day was cleared; what was asked for stays.")
        elif typed.why.strip():
            yield _refused(one, "There is a reason and no day: write the day that is asked for.")
        return
    if typed.new == mine.new and fold(typed.why) == fold(ours.why):
        yield one._replace(verdict=Verdict.KNOWN)
    elif len(typed.why.strip()) < LEAST_REASON:
        yield _refused(one, "Say in a sentence why more time is needed, and what it means for children.")
    elif typed.new <= mine.due or typed.new <= today:
        yield _refused(one, f"{id} is due on {show_date(mine.due)}: ask for a day after that, and to come.")
    elif (mine.asked, mine.due) != (sent.asked, sent.due):
        moved = f"It is due on {show_date(mine.due)} now." if mine.due != sent.due else "Another request has been made."
        yield one._replace(verdict=Verdict.ASK, note=moved)
    else:
        yield one


def _asks(new: date | None, why: str) -> str:
    return " ".join(part for part in (show_date(new) + ":" if new else "", why) if part)


def _fresh(proofs: Sequence[Proof], ours: Now) -> list[Proof]:
    return [proof for proof in proofs if fold(proof.pointer) not in ours.pointers]


def _evidence(id: str, typed: Typed, ours: Now, today: date) -> Iterable[Difference]:
    if not typed.evidence:
        return
    words = "\n".join(_proof_words(proof) for proof in typed.evidence)
    one = Difference(id, Field.EVIDENCE, "", words, "", Verdict.CLEAN)
    fresh = _fresh(typed.evidence, ours)
    if not fresh:
        yield one._replace(verdict=Verdict.KNOWN)
    elif any(len(proof.pointer.strip()) < LEAST_POINTER for proof in fresh):
        yield _refused(one, "Say where it can be seen: a document and its version, a system’s number.")
    elif any(proof.on is not None and proof.on > today for proof in fresh):
        yield _refused(one, "Evidence is of today or an earlier day.")
    else:
        yield one._replace(note="No day was given, so it is taken as of today." if any(not p.on for p in fresh) else "")


def _proof_words(proof: Proof) -> str:
    day = f", {show_date(proof.on)}" if proof.on else ""
    return f"{proof.pointer} ({proof.kind.label}{day})"


def _close(id: str, sent: Held, typed: Typed, ours: Now, *, shown: bool) -> Iterable[Difference]:
    mine = ours.held
    if not typed.close:
        if sent.state.submitted_or_later:
            note = "Closure was asked for before; clearing the cell does not take that back."
            yield Difference(id, Field.CLOSE, "Yes", "", mine.state.label, Verdict.LEFT, note)
        return
    if sent.state.submitted_or_later and mine.step == sent.step:
        return
    one = Difference(id, Field.CLOSE, "", "Yes", mine.state.label, Verdict.CLEAN)
    if mine.state.submitted_or_later:
        yield one._replace(verdict=Verdict.KNOWN)
    elif sent.state.submitted_or_later:
        # It was sent back since: the “Yes” is the old one, and no new wish.
        yield one._replace(sent="Yes", verdict=Verdict.LEFT, note="It was sent back since the sheet went out.")
    elif mine.state not in MOVES[Deed.SUBMIT].sources:
        yield _refused(one, f"{id} is {mine.state.label.lower()}, so it cannot be submitted for closure now.")
    elif not shown:
        yield _refused(one, f"{id} has no evidence yet: write where it can be seen, and ask again.")
    elif mine.step != sent.step:
        yield one._replace(verdict=Verdict.ASK, note=f"It has moved since the sheet went out, to {mine.state.label}.")
    else:
        yield one
