"""That an audit moved to another version of its template, and under which version a line of a return was written.

No return changes in a move. The move notes how far each return had come, and the rest follows from that, whatever any
clock says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from qa_toolkit.domain.records import Record

if TYPE_CHECKING:
    from qa_toolkit.domain.returns import Return


class TemplateMove(Record):
    """That an audit went from one version of its template to another; the id is `<audit>-T1`, `<audit>-T2`, …"""

    table: ClassVar[str] = "template_moves"

    before: str
    """The digest it went from."""
    after: str
    before_edition: str
    after_edition: str
    through: dict[str, int]
    """For each return that was begun, its last line then: what was put up to there was given under `before`."""
    reason: str
    undoes: str = ""
    """The move that this one takes back."""


def given_under(moves: Iterable[TemplateMove], return_id: str, seq: int, in_force: str) -> str:
    """The digest of the version under which a line of a return was written."""
    return next((move.before for move in moves if move.through.get(return_id, 0) >= seq > 0), in_force)


def stands_on(moves: Sequence[TemplateMove], ret: Return, in_force: str, *, back: bool) -> str:
    """The digest of the version that a return stands on; `back`: it was queried or given back since it was sent in."""
    if ret.submission is None or back:
        return in_force
    return given_under(moves, ret.id, ret.submission.seq, in_force)
