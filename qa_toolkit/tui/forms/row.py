"""The form for one row of a repeating group, put over the question."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText


class RowBox(PartBox):
    """A column. The cursor is in it as soon as it is reached, and Esc leaves the whole row."""

    WRITES: ClassVar = ""


class RowScreen(ModalScreen[dict[str, Any] | None]):
    """Fill in the columns of one row; gives back the row, or None when it was left.

    `read` turns what was typed in a column into its value; `keep` is told of the row as it stands while it is typed.
    """

    CSS_PATH = "asking.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="row-form.leave", tooltip="Go back; the row stays as it was"),
        Binding("ctrl+s,f10", "done", "Record the row", id="row-form.done", tooltip="Record this row"),
        Binding("down", "on", "Next field", id="row-form.down", show=False, tooltip="To the next field"),
        Binding("up", "back", "Field before", id="row-form.up", show=False, tooltip="To the field before"),
        *(
            Binding(key, f"digit({n})", show=False, id=f"row-form.digit-{n}", tooltip="Choose that option")
            for n, key in enumerate(KEY_NAMES)
        ),
    ]

    def __init__(
        self, part: Part, options: Mapping[str, Sequence[Option]], row: Mapping[str, Any],
        read: Callable[[Part, str], Any], keep: Callable[[dict[str, Any]], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self._part, self._options, self._row = part, options, dict(row)
        self._read, self._keep = read, keep

    def compose(self) -> ComposeResult:
        with Sheet(id="box"):
            yield Static(shown(self._part.label or "One row"), id="title")
            for column in self._part.columns:
                yield RowBox(column, self._options.get(column.id, ()), self._row.get(column.id),
                              label=column.label or column.id)  # fmt: skip
            yield Static("", id="fault")
            yield Static("Down or Enter next field   Ctrl+S records the row   Esc goes back", id="keys")

    def on_mount(self) -> None:
        """No fault yet."""
        self.query_one("#fault").display = False

    def raw(self) -> dict[str, Any]:
        """The row as it was typed, empty columns left out."""
        found = {box.part.id: box.raw for box in self.query(PartBox)}
        return {id: value for id, value in found.items() if value not in (None, "", [], {})}

    def on_part_box_given(self, message: PartBox.Given) -> None:
        """A digit was pressed in a column."""
        message.stop()
        message.box.show(message.raw)
        self._keep(self.raw())

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """Typing goes on."""
        message.stop()
        self._keep(self.raw())

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """A field was left: see at once whether it can be read."""
        message.stop()
        box = next(node for node in message.source.ancestors if isinstance(node, PartBox))
        with suppress(QAError):  # the sentence stands below the field; it is refused when the row is recorded
            self._value(box)
        if message.onward:
            self.focus_next()

    def _value(self, box: PartBox) -> Any:
        raw = box.raw
        try:
            value = self._read(box.part, raw) if isinstance(raw, str) else raw
        except QAError as error:
            box.note(str(error), fault=True)
            raise
        box.note("")
        return value

    def action_digit(self, number: int) -> None:
        """Choose in the column where the cursor stands."""
        choice = self.focused
        values = choice.with_key(number) if isinstance(choice, Choice) else None
        if isinstance(choice, Choice) and values is not None:
            box = next(node for node in choice.ancestors if isinstance(node, PartBox))
            box.show(box.raw_with(choice, values))
            self._keep(self.raw())

    def action_on(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_back(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_done(self) -> None:
        """Give the row back, unless a column cannot be read."""
        row: dict[str, Any] = {}
        for box in self.query(PartBox):
            try:
                value = self._value(box)
            except QAError as error:
                self._refuse(str(error))
                return
            if value not in (None, "", [], {}):
                row[box.part.id] = value
        if not row:
            self._refuse("Nothing is filled in yet. Esc goes back without a row.")
            return
        self.dismiss(row)

    def _refuse(self, sentence: str) -> None:
        fault = self.query_one("#fault", Static)
        fault.update(lines_shown(sentence))
        fault.display = True

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
