"""How an action's life goes, as days and deeds: worked at, put off, sent back, closed, judged. Today is day 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from qa_toolkit.example.plan_words import Act

GROUP, STRATEGY_GROUP = "qa-group", "child-exploitation-group"
MEETINGS = {GROUP: (-545, -455, -365, -275, -180, -95), STRATEGY_GROUP: (-380, -190, -60)}
"""Days on which each group met."""
NEXT_MEETING = 12
PAPERS = 7
"""Days before a meeting on which its papers are made: what comes later waits for the next."""
_LAST = -2
"""Nothing is done later than this: what lies nearer is to come."""


class Turn(NamedTuple):
    """One deed on one day; `days` and `words` are what it needs."""

    day: int
    deed: str
    days: int = 0
    words: str = ""
    percent: int | None = None


SAID = (
    (10, "Begun: we have named who does it and looked at what is there."),
    (25, "A first version is with the teams that will use it."),
    (40, "Tried by two teams. They asked for it to be shorter, and it is."),
    (55, "In use in half of the teams. The other half are on leave or short of staff."),
    (70, "In use everywhere but in one team. The count begins this month."),
    (80, "Two months counted. The measure is near."),
    (90, "The measure is met for this month; one more to be sure."),
)
"""Updates in the order in which they come."""


def turns(act: Act) -> list[Turn]:
    """Everything that happens to an action until today, in order."""
    found = [Turn(act.begins, "propose"), *_LIVES[act.life](act)]
    return sorted((turn for turn in found if turn.day <= _LAST), key=lambda turn: turn.day)


def meeting_after(act: Act, day: int) -> int:
    """The first meeting that has what happened on that day in its papers; the next one lies in the days to come."""
    group = STRATEGY_GROUP if act.commitment else GROUP
    return next((held for held in MEETINGS[group] if held - PAPERS > day), NEXT_MEETING)


def _taken_on(act: Act) -> Iterator[Turn]:
    yield Turn(act.begins + 6, "agree")
    yield Turn(act.begins + 9, "accept")


def _worked(act: Act, until: int, upto: int = 90, *, said: str = "") -> Iterator[Turn]:
    """Taken on, begun, and an update about every four weeks."""
    yield from _taken_on(act)
    yield Turn(act.begins + 12, "start")
    yield Turn(act.begins + 13, "milestone", days=act.begins + max((act.due - act.begins) // 2, 15))
    days = range(act.begins + 20, until, 27)
    reached = [one for one in SAID if one[0] <= upto]
    for number, day in enumerate(days):
        percent, words = reached[min(number, len(reached) - 1)]
        # The same words are not said twice: what follows the last of them is how the count goes.
        again = number >= len(reached)
        yield Turn(day, "update", words=_later(number - len(reached)) if again else words, percent=percent)
    if len(days) > 2:
        yield Turn(days[len(days) // 2] + 1, "reach milestone")
    if said:
        words = "It will not be done in time: the team is two people short."
        yield Turn(until, f"says {said}", words=words, percent=upto)


def _later(number: int) -> str:
    words = (
        "Nothing to add since last month: it goes on as planned.",
        "Another month counted. The figure holds.",
        "One team has fallen behind after a change of manager; a visit is arranged.",
        "The visit was made and the team is with us again.",
    )
    return words[number % len(words)]


def _finished(act: Act, submitted: int) -> Iterator[Turn]:
    """Worked, submitted with evidence, verified twelve days later, closed by the next meeting."""
    yield from _worked(act, submitted)
    yield from _accepted(submitted)


def _accepted(submitted: int) -> Iterator[Turn]:
    yield Turn(submitted, "evidence")
    yield Turn(submitted, "submit", percent=100)
    yield Turn(submitted + 12, "verify")


def _judged(act: Act, submitted: int, impact: str) -> Iterator[Turn]:
    yield from _finished(act, submitted)
    closed = meeting_after(act, submitted + 12)
    if closed < _LAST:
        yield Turn(min(closed + 85, _LAST), f"judge {impact}")


def _put_off(act: Act, times: int) -> Iterator[Turn]:
    """Later days asked for, each decided by the next meeting; finished if the last of them has passed."""
    due, asked = act.due, []
    for number in range(times):
        day = due - 15
        if meeting_after(act, day) > 0:
            break
        due = meeting_after(act, day) + 75
        asked.append(Turn(day, "ask later", days=due, words=_WHY_LATER[number]))
    if due < -20 and len(asked) == times:
        yield from _finished(act, due - 6)
    else:
        yield from _worked(act, _LAST - 4, 70)
    yield from asked


_WHY_LATER = (
    "The supplier delivers the change in the next release, eight weeks later. Until then it is done by hand.",
    "The manager who led it has left, and her successor begins next month. Children are met as before meanwhile.",
    "The room that it needs is not free before the spring. Children wait longer than they should.",
)


def _sent_back(act: Act) -> Iterator[Turn]:
    yield from _worked(act, act.due - 8)
    yield Turn(act.due - 5, "evidence")
    yield Turn(act.due - 5, "submit", percent=100)
    yield Turn(act.due + 7, "send back")
    yield Turn(act.due + 20, "update", words="The dip sample that was missing is being done.", percent=90)
    yield from _accepted(act.due + 40)


def _reopened(act: Act) -> Iterator[Turn]:
    yield from _judged(act, act.due - 5, "some")
    back = meeting_after(act, act.due + 7) + 150
    yield Turn(back, "reopen", days=40)
    yield Turn(back + 5, "start")
    for number, day in enumerate(range(back + 15, _LAST, 27)):
        yield Turn(day, "update", words=_later(number), percent=min(40 + 10 * number, 80))


def _held(act: Act) -> Iterator[Turn]:
    day = max(act.due - 40, act.begins + 60)
    yield from _worked(act, day - 5, 40)
    yield Turn(min(day, -20), "hold", days=45)


def _rejected(act: Act) -> Iterator[Turn]:
    yield Turn(act.begins + 25, "reject")


def _superseded(act: Act) -> Iterator[Turn]:
    yield from _worked(act, act.due - 20, 55)
    yield Turn(act.due + 12, "supersede")


def _stale(act: Act) -> Iterator[Turn]:
    yield from _worked(act, -98, 40)


def _begun(act: Act) -> Iterator[Turn]:
    yield from _taken_on(act)
    yield Turn(act.begins + 12, "start")
    yield Turn(act.begins + 22, "update", words=SAID[0][1], percent=10)


def _nobody(act: Act) -> Iterator[Turn]:
    yield Turn(act.begins + 6, "agree")
    yield Turn(act.begins + 60, "escalate")


def _late(act: Act, said: str = "") -> Iterator[Turn]:
    yield from _worked(act, _LAST - 6, 55, said=said)


def _wants_later(act: Act) -> Iterator[Turn]:
    yield from _worked(act, -8, 70)
    yield Turn(-6, "ask later", days=act.due + 60, words=_WHY_LATER[0])


def _submitted(act: Act) -> Iterator[Turn]:
    day = max(act.due - 5, -24)
    yield from _worked(act, day)
    yield Turn(day, "evidence")
    yield Turn(day, "submit", percent=100)


def _verified(act: Act) -> Iterator[Turn]:
    yield from _submitted(act)
    yield Turn(-7, "verify")


_LIVES: dict[str, Callable[[Act], Iterator[Turn]]] = {
    "proposed": lambda act: iter(()),
    "agreed": _taken_on,
    "begun": _begun,
    "running": lambda act: _worked(act, _LAST - 2, 70),
    "running late": lambda act: _late(act, "amber"),
    "overdue": _late,
    "stale": _stale,
    "nobody": _nobody,
    "on hold": _held,
    "wants later": _wants_later,
    "extended": lambda act: _put_off(act, 1),
    "extended twice": lambda act: _put_off(act, 2),
    "third extension": lambda act: _put_off(act, 3),
    "submitted": _submitted,
    "verified": _verified,
    "closed": lambda act: _finished(act, act.due - 5),
    "closed late": lambda act: _finished(act, act.due + 35),
    "confirmed": lambda act: _judged(act, act.due - 6, "confirmed"),
    "some": lambda act: _judged(act, act.due - 6, "some"),
    "no change": lambda act: _judged(act, act.due - 6, "no change"),
    "sent back": _sent_back,
    "reopened": _reopened,
    "superseded": _superseded,
    "rejected": _rejected,
}
"""Each life by the word that `plan_words.py` gives it."""
