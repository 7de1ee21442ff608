"""Keeping what is typed in a question or a form put over a screen: on the disk once the keys rest, under its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.message_pump import MessagePump
from textual.timer import Timer

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp
    from qa_toolkit.tui.left import Left, Typed


class Keeping(MessagePump):
    """For a screen that says its name in `kept` (empty: nothing is kept), what is `typed`, and how it refuses."""

    kept = ""
    _pause: Timer | None = None
    filled = False
    """Whether its fields stand there; before that there is nothing to keep, and nothing to throw out."""

    def typed(self) -> Typed | None:
        """What stands in it; None where that is what stood there at first, or nothing."""
        raise NotImplementedError

    if TYPE_CHECKING:  # the screen has it, and comes after this class where a name is looked up

        def _refuse(self, sentence: str) -> None: ...

    @property
    def left(self) -> Left:
        """What forms were left with."""
        return cast("QAApp", self.app).left

    def rests(self) -> None:
        """A key was pressed: what stands there is kept once no other follows."""
        if self.kept:
            # Only what is to be kept needs to know how long a pause is.
            from qa_toolkit.tui.left import PAUSE_S

            self.stop()
            self._pause = self.set_timer(PAUSE_S, self.keep_everything)

    def stop(self) -> None:
        """No pause is waited for any more."""
        if self._pause is not None:
            self._pause.stop()

    def keep_everything(self) -> None:
        """Keep what is typed, at once."""
        if not self.kept or not self.filled:
            return
        typed = self.typed()
        if typed is None:
            self.left.forget(self.kept)
        elif why_not := self.left.keep(self.kept, typed):
            self._refuse(f"NOT SAVED – {why_not}")
