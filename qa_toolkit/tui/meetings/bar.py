"""The first line of what is shown on a wall."""

from __future__ import annotations

from qa_toolkit.tui.base import TopBar


class MeetingBar(TopBar):
    """Of an open concern it says that there is one, and no more, because a case’s number is not for a wall."""

    def tell(self) -> None:
        """Look at the concerns again."""
        super().tell()
        if self._concern.startswith("CONCERN"):
            self._concern = "CONCERN: an immediate safeguarding concern is open. F4 shows it."
            self._write()
