"""Taking back the last thing that somebody recorded about plans and actions, on each screen that shows them."""

from __future__ import annotations

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.commands import Deed

UNDO = Deed("undo", "z", "Undo", "Take back the last thing that you recorded about plans or actions.", False)


class TakesBack(QAScreen):
    """A screen on which the last deed can be taken back."""

    def fill(self) -> None:
        """Read again, and show it."""
        raise NotImplementedError

    @work
    async def action_undo(self) -> None:
        """Say what would be taken back, and take it back after a yes."""
        from qa_toolkit.tui.forms.asking import Sure  # only when it is asked for
        from qa_toolkit.workflow import undoing

        person = self.qa.person
        if person is None:
            return
        try:
            last = undoing.next_back(self.qa.workspace, by=person.id, today=self.qa.today)
            words = f"{last.words} Both what you did and that you took it back stay in the record."
            if not await self.app.push_screen_wait(Sure("Take this back?", words)):
                return
            made = undoing.take_back(self.qa.workspace, last.seq, by=person.id, now=self.qa.now(), today=self.qa.today)
            self.say(f"Taken back: {made.did}.")
        except QAError as error:
            self.refuse(error)
        self.fill()
