"""The rows of a repeating group: a line for each, opened to be changed, and a line to add one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.tui.text import shown


def row_words(part: Part, options: Mapping[str, Sequence[Option]], row: Mapping[str, Any]) -> str:
    """A row in words: `Started 3 Nov 2026 · Hours 14 · Offered Yes`."""
    said = []
    for column in part.columns:
        value = row.get(column.id)
        if value in (None, "", [], {}):
            continue
        labels = {option.value: option.label for option in options.get(column.id, ())}
        said.append(f"{column.label or column.id}: {_words(column, labels, value)}")
    return " · ".join(said) or "an empty row"


def _words(column: Part, labels: Mapping[str, str], value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, dict):
        return " to ".join(str(value[end]) for end in ("from", "to") if end in value)
    if column.type is PartType.DATE:
        try:
            return show_date(parse_date(str(value)))
        except AnswerError:
            return str(value)
    return labels.get(str(value), str(value))


class RowLine(Static, can_focus=True):
    """One row, or the line that adds one."""

    BINDINGS = [
        Binding("enter", "open", "Open this row", id="row.open", tooltip="Change this row, or fill in a new one"),
        Binding("delete,backspace", "remove", "Take this row out", id="row.remove", tooltip="Take this row out"),
    ]
    DEFAULT_CSS = """
    RowLine { height: auto; padding: 0 1; border-left: vkey $border-blurred; &:focus { border-left: thick $border; } }
    """

    def __init__(self, words: str, index: int) -> None:
        super().__init__(shown(words))
        self.index = index

    def action_open(self) -> None:
        """Ask for the row to be opened."""
        self.post_message(Rows.Opened(self.index))

    def action_remove(self) -> None:
        """Ask for the row to be taken out."""
        if self.index >= 0:
            self.post_message(Rows.Removed(self.index))


class Rows(Vertical):
    """All rows of a repeating group."""

    DEFAULT_CSS = "Rows { height: auto; }"

    @dataclass
    class Opened(Message):
        """A row is to be filled in; -1 is a new one."""

        index: int

    @dataclass
    class Removed(Message):
        """A row is to go."""

        index: int

    @dataclass
    class Wanted(Message):
        """The form for a row is wanted; the screen opens it and calls `put`."""

        source: Rows
        index: int

    @dataclass
    class Given(Message):
        """What the rows are now."""

        rows: list[dict[str, Any]]

    def __init__(
        self, part: Part, options: Mapping[str, Sequence[Option]], rows: Sequence[Mapping[str, Any]], *,
        read_only: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.part, self.options, self.read_only = part, options, read_only
        self.rows = [dict(row) for row in rows]

    def compose(self) -> ComposeResult:
        yield from self._lines()

    def _lines(self) -> list[RowLine]:
        lines = [RowLine(f"{n}. {row_words(self.part, self.options, row)}", n - 1)
                 for n, row in enumerate(self.rows, start=1)]  # fmt: skip
        if not self.read_only:
            add = "+ Press Enter here to add a row" if not self.rows else "+ Press Enter here to add another row"
            lines.append(RowLine(add + " (Enter on a row changes it, Backspace takes it out)", -1))
        return lines

    def show(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Show these rows."""
        fresh = [dict(row) for row in rows]
        if fresh == self.rows:
            return
        self.rows = fresh
        self.call_later(self._draw)

    async def _draw(self) -> None:
        focused = isinstance(self.screen.focused, RowLine) and self in self.screen.focused.ancestors
        await self.remove_children()
        await self.mount(*self._lines())
        if focused or self.screen.focused is None:
            self.query(RowLine).last().focus()

    def put(self, index: int, row: Mapping[str, Any] | None) -> None:
        """Put a row in its place (-1 for a new one), or take it out with None."""
        rows = [dict(r) for r in self.rows]
        if row is None:
            if 0 <= index < len(rows):
                del rows[index]
        elif 0 <= index < len(rows):
            rows[index] = dict(row)
        else:
            rows.append(dict(row))
        self.post_message(self.Given(rows))

    def on_rows_opened(self, message: Opened) -> None:
        """Pass on that a form is wanted, with whose it is."""
        message.stop()
        if not self.read_only:
            self.post_message(self.Wanted(self, message.index))

    def on_rows_removed(self, message: Removed) -> None:
        """Take the row out. Nothing is lost for good: the history keeps it."""
        message.stop()
        if not self.read_only:
            self.put(message.index, None)
