"""A small form over a screen: a few fields of any type, filled in by keys, checked before it is given back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText

Values = dict[str, Any]
"""What was filled in by the fields' ids, as typed; what is empty is left out."""


class Field(NamedTuple):
    """One field of a form."""

    part: Part
    options: Sequence[Option] = ()
    value: Any = None
    columns: Mapping[str, Sequence[Option]] = {}


def choice(
    id: str, label: str, options: Sequence[tuple[str, str]], value: Any = None, *, several: bool = False,
    required: bool = True,
) -> Field:  # fmt: skip
    """A field to choose in by digit; `options` are (value, words)."""
    kind = PartType.CHOICES if several else PartType.CHOICE
    part = Part(id=id, type=kind, label=label, required=required)
    return Field(part, [Option(value=one, label=words) for one, words in options], value)


def written(id: str, label: str, value: str = "", *, long: bool = False, required: bool = True) -> Field:
    """A field to write in."""
    kind = PartType.LONG_TEXT if long else PartType.SHORT_TEXT
    return Field(Part(id=id, type=kind, label=label, required=required), (), value)


class FormBox(PartBox):
    """A part in a form, where Esc leaves the form and not the field, so its label promises nothing else."""

    def _words(self) -> str:
        optional = "" if self.part.required else " (may be left empty)"
        return f"{self.label}{optional}" if self.label else ""


class PanelForm(ModalScreen[Values | None]):
    """Fill it in; Ctrl+S gives back what stands in it, Esc goes back without.

    `check` may refuse it with a sentence, which is shown, and everything stays. `tell` gives a sentence that is
    written below the fields and follows what is filled in.
    """

    CSS_PATH = "panelform.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="form.leave", tooltip="Go back without recording"),
        Binding("ctrl+s,f10", "done", "Record it", id="form.done", tooltip="Record what is filled in"),
        Binding("down", "on", "Next field", id="form.down", show=False, tooltip="To the next field"),
        Binding("up", "back", "Field before", id="form.up", show=False, tooltip="To the field before"),
        *(
            Binding(key, f"digit({n})", show=False, id=f"form.digit-{n}", tooltip="Choose that option")
            for n, key in enumerate(KEY_NAMES)
        ),
    ]

    def __init__(
        self, title: str, about: str, fields: Sequence[Field], *, check: Callable[[Values], object] | None = None,
        tell: Callable[[Values], str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._title, self._about, self._fields, self._check, self._tell = title, about, tuple(fields), check, tell
        self._leaving = False

    def compose(self) -> ComposeResult:
        with Sheet(id="box"):
            yield Static(shown(self._title), id="title")
            yield Static(lines_shown(self._about), id="about")
            for field in self._fields:
                yield FormBox(field.part, field.options, field.value, column_options=dict(field.columns))
        yield Static("", id="told")
        yield Static("", id="fault")
        yield Static("Down next field   digits choose   Ctrl+S records it   Esc goes back", id="keys")

    def on_mount(self) -> None:
        """The first field has the cursor."""
        self._say("")
        self.query_one("#about").display = bool(self._about)
        first = next(iter(self.query("Choice, TypedText, RowLine")), None)
        if first is not None:
            first.focus()
        self._follow()

    @property
    def values(self) -> Values:
        """What stands in the form now."""
        found = {box.part.id: box.raw for box in self.query(PartBox)}
        return {id: value for id, value in found.items() if value not in (None, "", [], {})}

    def _follow(self) -> None:
        told = self.query_one("#told", Static)
        words = self._tell(self.values) if self._tell is not None else ""
        told.update(lines_shown(words))
        told.display = bool(words)

    def _say(self, sentence: str) -> None:
        fault = self.query_one("#fault", Static)
        fault.update(lines_shown(sentence))
        fault.display = bool(sentence)

    # --- filling in

    def on_part_box_given(self, message: PartBox.Given) -> None:
        """An option was clicked."""
        message.stop()
        self._give(message.box, message.raw)

    def _give(self, box: PartBox, raw: Any) -> None:
        box.show(raw)
        self._leaving = False
        self._follow()

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """Typing goes on; what looks like an identifier is pointed out."""
        message.stop()
        box = next(node for node in message.source.ancestors if isinstance(node, PartBox))
        box.note("\n".join(hit.sentence for hit in message.source.hits[:2]))
        self._leaving = False
        self._follow()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """Enter goes on to the next field."""
        message.stop()
        if message.onward:
            self.focus_next()

    def action_digit(self, number: int) -> None:
        """Choose in the field that has the cursor."""
        at = self.focused
        values = at.with_key(number) if isinstance(at, Choice) else None
        if isinstance(at, Choice) and values is not None:
            box = next(node for node in at.ancestors if isinstance(node, PartBox))
            # Pressed again, an option that need not be chosen is taken out.
            again = box.part.type is PartType.CHOICE and not box.part.required and values == at.chosen
            self._give(box, None if again else box.raw_with(at, values))

    def action_on(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_back(self) -> None:
        """To the field before."""
        self.focus_previous()

    # --- leaving

    def action_done(self) -> None:
        """Give it back, unless something is lacking or it is refused."""
        values = self.values
        lacking = next((box for box in self.query(PartBox) if box.part.required and box.part.id not in values), None)
        if lacking is not None:
            self._say(f"Still empty: {lacking.label}.")
            return
        if self._check is not None:
            try:
                self._check(values)
            except QAError as error:
                self._say(str(error))
                return
        self.dismiss(values)

    def action_leave(self) -> None:
        """Go back; what was typed is not thrown out by one key."""
        if any(field.changed for field in self.query(TypedText)) and not self._leaving:
            self._leaving = True
            self._say("Esc again throws out what you typed; Ctrl+S records it.")
            return
        self.dismiss(None)
