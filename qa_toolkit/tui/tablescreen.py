"""A screen that is one table: a title, how much there is, the table, and below it what is chosen, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import DataTable, Static
from textual.widgets.data_table import CursorType

from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.text import lines_shown, rich_shown
from qa_toolkit.tui.widgets.footer import Footer

T = TypeVar("T")

Column = tuple[str, int]
"""A heading and its width; a width of 0 takes the room that the others leave."""
NARROWEST = 12
"""Columns that such a one has at least."""
_EDGE = 6
"""Columns beside a table: its margins, and the padding of its last cell."""


class Lines(DataTable[Text]):
    """The table. Where whole lines are chosen, Home and End go to the first and the last, as in every other list."""

    def action_scroll_home(self) -> None:
        """Home."""
        if self.cursor_type == "row":
            self.action_scroll_top()
        else:
            super().action_scroll_home()

    def action_scroll_end(self) -> None:
        """End."""
        if self.cursor_type == "row":
            self.action_scroll_bottom()
        else:
            super().action_scroll_end()


class TableScreen(QAScreen):
    """Says its `fill`, which reads and shows; `draw`, where that need not read anew; and `words` of what is chosen."""

    # Whole, because a screen looks for its style beside the class that it is made of, and those stand in other rooms.
    CSS_PATH = Path(__file__).with_name("tablescreen.tcss")
    CURSOR: ClassVar[CursorType] = "row"
    BAR: ClassVar[type[TopBar]] = TopBar
    NOTE: ClassVar[str] = ""
    """A line below everything, where the keys want one."""

    def __init__(self) -> None:
        super().__init__()
        self._columns = 0
        """The width for which it was drawn last; 0 before the first time."""
        self._elsewhere = False

    def fill(self) -> None:
        """Read what there is, and show it."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show it again, for another width."""
        self.fill()

    def words(self) -> str:
        """What is chosen, said in full."""
        return ""

    def action_open(self) -> None:
        """Enter: open what is chosen, where there is something to open."""

    def compose(self) -> ComposeResult:
        """The frame."""
        yield self.BAR()
        yield Static(id="grid-title")
        yield Static(id="grid-facts")
        yield Lines(id="grid", cursor_type=self.CURSOR)
        yield Static(id="cell")
        if self.NOTE:
            yield Static(lines_shown(self.NOTE), id="legend")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        self.table.focus()
        self.fill()

    def on_screen_suspend(self) -> None:
        """Things may be done on the screen that stands over it; whoever puts a small question fills by themselves."""
        self._elsewhere = not isinstance(self.app.screen, ModalScreen)

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here."""
        if self._elsewhere:
            self._elsewhere = False
            self.fill()

    def on_resize(self) -> None:
        """The columns may be wider now, or narrower."""
        if self._columns and self._columns != self.qa.size.width:
            self.draw()

    # --- what a screen calls

    @property
    def table(self) -> DataTable[Text]:
        """The table."""
        return self.query_one("#grid", DataTable)

    def head(self, title: str, facts: str = "") -> None:
        """Put up the title, and how much there is."""
        self._put("#grid-title", title)
        self._put("#grid-facts", facts)

    def rows(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Fill the table with lines of text; what is too long is shortened, and the cursor stays where it was."""
        table, where, widths = self.table, self.table.cursor_row, self.widths(columns)
        table.clear(columns=True)
        for (heading, _), width in zip(columns, widths, strict=True):
            table.add_column(rich_shown(heading), width=width)
        for texts in rows:
            table.add_row(*(rich_shown(shorten(text, room)) for text, room in zip(texts, widths, strict=True)))
        if table.row_count:
            table.move_cursor(row=min(where, table.row_count - 1))
        self.drawn()

    def widths(self, columns: Sequence[Column]) -> list[int]:
        """How wide each stands on this screen."""
        taken = sum(width + 2 for _, width in columns)
        return [width or max(self.qa.size.width - taken - _EDGE, NARROWEST) for _, width in columns]

    def drawn(self) -> None:
        """The table is as it should be for this width: say what is chosen. For those who fill it themselves."""
        self._columns = self.qa.size.width
        self.tell()

    def at_cursor(self, listed: Sequence[T]) -> T | None:
        """Which of these the cursor stands on, a row each."""
        row = self.table.cursor_row
        return listed[row] if 0 <= row < len(listed) else None

    def tell(self) -> None:
        """Say what is chosen."""
        self._put("#cell", self.words())

    def _put(self, where: str, words: str) -> None:
        line = self.query_one(where, Static)
        line.update(lines_shown(words))
        line.display = bool(words)

    def on_data_table_row_highlighted(self) -> None:
        """Another row."""
        self.tell()

    def on_data_table_cell_highlighted(self) -> None:
        """Another cell."""
        self.tell()

    def on_data_table_row_selected(self) -> None:
        """Enter on a row."""
        self.action_open()

    def on_data_table_cell_selected(self) -> None:
        """Enter on a cell."""
        self.action_open()
