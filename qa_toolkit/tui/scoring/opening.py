"""Which screen a return opens on: declaring first, then scoring, or reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from qa_toolkit.workflow import returns, starting

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


def screen_for_return(app: QAApp, return_id: str) -> Screen[None]:
    """The screen for this person on this return.

    Raises:
        QAError: It is not theirs to begin or to read.
    """
    person = app.person
    assert person is not None
    # Looking begins nothing: a return is begun with its rater's word on independence.
    file, owed = returns.owed(app.workspace, return_id)
    if owed.id in file.started:
        at = returns.opened(app.workspace, owed.id)
        returns.readable(app.workspace, at, person.id)
        declared = at.ret.head.rater != person.id or not at.editable or "start" in at.ret.declarations
    else:
        starting.to_begin(app.workspace, owed.id, by=person.id, today=app.today)
        declared = False
    # Both screens are heavy, and only one is wanted.
    if not declared:
        from qa_toolkit.tui.scoring.declare import DeclareScreen

        return DeclareScreen(owed.id)
    from qa_toolkit.tui.scoring.score import ScoreScreen

    return ScoreScreen(owed.id)
