"""A blind second score: who may see what while one agency’s return on one subject is scored by two raters or more.

The first rater’s return is the agency’s: it is expected, late, filed and counted. A second score is a return of its own
that is counted nowhere. Answers are sealed until every rater has sent theirs in, and again while one is given back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.audits import Allocation

SHARED_FOLDER = (
    "In a shared folder the answers are kept apart by the screen only: whoever can open the folder’s files could read "
    "them. Where that will not do, send each rater a parcel of their own: `qa parcel out --second` makes it."
)
"""What is said wherever somebody might trust the seal for more than it is."""


class SecondScore(Allocation):
    """A second rater’s return that is owed; the id is the return’s and ends in the rater’s number."""

    table: ClassVar[str] = "second_scores"

    of: str
    """The agency’s return that it stands beside."""
    withdrawn: str = ""
    """Why it is no longer asked for, where it is not."""


class Standing(NamedTuple):
    """One rater’s return, as far as anybody may know of it."""

    return_id: str
    rater: str
    sent: bool
    """Sent in, and not given back or queried since."""
    withdrawn: bool = False


def sealed(standings: Sequence[Standing]) -> bool:
    """Whether the returns of one agency on one subject are closed to everybody but their own raters."""
    asked = [one for one in standings if not one.withdrawn]
    return len(asked) > 1 and not all(one.sent for one in asked)


def closed_to(standings: Sequence[Standing], return_id: str, viewer: str, *, checks: bool = False) -> bool:
    """Whether the answers of this return are closed to the viewer; an own return never is.

    `checks`: the viewer is the lead who has to check it before it can be sent in. Somebody who scores the same thing
    never reads another’s meanwhile, lead or not. What was withdrawn unfinished stays its rater’s own.
    """
    mine = next((one for one in standings if one.return_id == return_id), None)
    if mine is None or (viewer and mine.rater == viewer):
        return False
    if mine.withdrawn:
        return True
    return sealed(standings) and (not checks or scores(standings, viewer))


def scores(standings: Iterable[Standing], viewer: str) -> bool:
    """Whether the viewer is one of the raters that are asked; while sealed, moderation is closed to them too."""
    return bool(viewer) and any(one.rater == viewer and not one.withdrawn for one in standings)


def why(standings: Sequence[Standing]) -> str:
    """The sentence that stands where answers would: who is still scoring, and nothing of what they say."""
    asked = [one for one in standings if not one.withdrawn]
    said = ", ".join(f"{one.return_id} {'submitted' if one.sent else 'in progress'}" for one in asked)
    return f"Scored by {len(asked)} raters who do not see each other’s answers until all have submitted ({said})."
