"""What has been sent: the notes of every file that left, and whether one of them may still go."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.text import shorten
from qa_toolkit.reports.sent import Gone, gone
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, rich_shown, shown
from qa_toolkit.tui.widgets.footer import Footer

DEEDS = (
    Deed("check", "c", "Check again", "Whether it is as it was sent, and may still go.", True),
    Deed("told", "enter", "Note", "Everything that its note says.", True),
    Deed("again", "r", "Look again", "Read the notes again.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
_COLUMNS = (("When", 18), ("File", 34), ("For", 0))


class SentScreen(QAScreen):
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
    CSS_PATH = "reports.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[Gone] = []
        self._folder = Path.cwd()

    def compose(self) -> ComposeResult:
        """The list, and the chosen one in words."""
        yield TopBar()
        yield Static(shown("What has been sent", "bold"), id="heading")
        yield DataTable(id="list", cursor_type="row")
        yield Static(id="about")
        yield Footer()

    def on_mount(self) -> None:
        """Read the notes."""
        self.fill()
        self.query_one(DataTable).focus()

    def on_resize(self) -> None:
        """The last column is as wide as there is room."""
        if self.is_mounted:
            self.call_after_refresh(self.fill)

    def fill(self) -> None:
        """Read the notes, and list them."""
        self.listed = gone(self.qa.workspace)
        table, row = self.query_one(DataTable), self.query_one(DataTable).cursor_row
        count = len(self.listed)
        words = f"What has been sent: {count} {'file' if count == 1 else 'files'}" if count else "Nothing was sent yet."
        self.query_one("#heading", Static).update(shown(words))
        table.clear(columns=True)
        last = max(self.qa.size.width - sum(width + 2 for _, width in _COLUMNS) - 4, 12)
        for title, width in _COLUMNS:
            table.add_column(rich_shown(title), width=width or last)
        for one in self.listed:
            texts = zip((one.when, one.file, one.audience), (18, 34, last), strict=True)
            table.add_row(*(rich_shown(shorten(text, room)) for text, room in texts))
        table.display = bool(self.listed)
        if self.listed:
            table.move_cursor(row=min(row, count - 1))
        self._tell()

    @property
    def chosen(self) -> Gone | None:
        """The note where the cursor stands."""
        row = self.query_one(DataTable).cursor_row
        return self.listed[row] if 0 <= row < len(self.listed) else None

    def _tell(self) -> None:
        one, width = self.chosen, max(self.qa.size.width - 3, 30)
        words = "" if one is None else hanging(one.sentence, width, 2)
        self.query_one("#about", Static).update(lines_shown(words))

    def on_data_table_row_highlighted(self) -> None:
        """Another."""
        self._tell()

    def on_data_table_row_selected(self) -> None:
        """Enter."""
        self.action_told()

    def action_told(self) -> None:
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
