"""What has been sent: the notes of every file that left, and whether one of them may still go."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.text import how_many, shorten
from qa_toolkit.reports.sent import Gone, gone
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging

DEEDS = (
    Deed("check", "c", "Check again", "Whether it is as it was sent, and may still go.", True),
    Deed("open", "enter", "Note", "Everything that its note says.", True),
    Deed("again", "r", "Look again", "Read the notes again.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
_COLUMNS = (("When", 18), ("File", 34), ("For", 0))


class SentScreen(TableScreen):
    """Every note, latest first."""

    HELP: ClassVar[str] = (
        "Every file that was written to be sent, latest first: packs, minutes, papers, action sheets and others. "
        "Each has a note of who wrote it, for whom, from which state of the record, and what was decided about its "
        "text. Enter shows the note.\n\n"
        "c looks at a file again: whether it is byte for byte as it was, whether its figures still come to the same, "
        "and whether its text and its small numbers may still go. It asks where the file lies now."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[Gone] = []
        self._folder = Path.cwd()

    def fill(self) -> None:
        """Read the notes, and list them."""
        self.listed = gone(self.qa.workspace)
        count = len(self.listed)
        self.head(f"What has been sent: {how_many(count, 'file')}" if count else "Nothing was sent yet.")
        self.rows(_COLUMNS, ((one.when, one.file, one.audience) for one in self.listed))
        self.table.display = bool(self.listed)

    @property
    def chosen(self) -> Gone | None:
        """The note where the cursor stands."""
        return self.at_cursor(self.listed)

    def words(self) -> str:
        """What became of the file, in a sentence."""
        return "" if self.chosen is None else hanging(self.chosen.sentence, max(self.qa.size.width - 5, 30), 2)

    def action_open(self) -> None:
        """The whole note."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if (one := self.chosen) is not None:
            self.app.push_screen(Page(shorten(one.file, 60), "\n".join([one.sentence, "", *one.lines])))

    @work
    async def action_check(self) -> None:
        """Ask where the file lies, and look at it again."""
        from qa_toolkit.reports.checking import check
        from qa_toolkit.tui.forms.asking import AskText
        from qa_toolkit.tui.help import Page  # only when it is asked for

        one, qa = self.chosen, self.qa
        if one is None:
            return
        near = str(self._folder / Path(one.file).name)
        where = await self.app.push_screen_wait(
            AskText("Check again", "Where does the file lie now?", near, check=_there)
        )
        if where is None:
            return
        file = Path(where).expanduser()
        self._folder = file.parent
        try:
            looked = check(qa.workspace, file, calendar=qa.calendar, now=qa.now(), today=qa.today)
        except QAError as error:
            self.refuse(error)
            return
        width = max(min(qa.size.width * 9 // 10, 100) - 8, 30)
        lines = [hanging(f"{'Yes' if found.ok else 'NO '}  {found.sentence}", width, 5) for found in looked]
        self.app.push_screen(Page(shorten(file.name, 60), "\n\n".join(lines)))

    def action_again(self) -> None:
        """Read the notes again."""
        self.fill()


def _there(text: str) -> None:
    if not text or not Path(text).expanduser().is_file():
        raise InputError(f"There is no file {text}." if text else "Name the file.")
