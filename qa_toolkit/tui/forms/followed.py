"""A form made of fields that say what stands in them, with a sentence below that follows what is filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from textual.app import ComposeResult
from textual.widgets import Static

from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.tui.forms.form import Form, FormScreen, Values
from qa_toolkit.tui.text import lines_shown
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.parts import PartBox

HOW = "Down or Enter goes to the next field; Ctrl+S records it."
"""For above the fields of a long form, whose line of keys is out of sight on a small screen."""


class Field(NamedTuple):
    """One field of a form."""

    part: Part
    options: Sequence[Option] = ()
    value: Any = None


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


def dated(id: str, label: str, value: date | None = None, *, required: bool = False) -> Field:
    """A field for a day."""
    return Field(Part(id=id, type=PartType.DATE, label=label, required=required), (), value)


class FollowedForm(FormScreen):
    """Fill it in; Ctrl+S hands it to `record`, which may refuse it with a sentence, and everything stays."""

    CSS_PATH = ["asking.tcss", "followed.tcss"]  # type: ignore[assignment]

    def __init__(
        self, title: str, about: str, fields: Sequence[Field], *, record: Callable[[Values], None],
        tell: Callable[[Values], str] | None = None,
    ) -> None:  # fmt: skip
        def attempt(values: Values) -> str:
            record(values)
            return ""

        self._tell = tell
        form = Form(
            title=title, about=about, parts=tuple(field.part for field in fields), attempt=attempt,
            options={field.part.id: field.options for field in fields},
            begin={field.part.id: field.value for field in fields if field.value not in (None, "", [])},
        )  # fmt: skip
        super().__init__(form)

    def compose(self) -> ComposeResult:
        """The form, and what follows from it."""
        yield from super().compose()
        yield Static("", id="told")

    def _typed(self, row: dict[str, Any]) -> None:
        super()._typed(row)
        told = self.query_one("#told", Static)
        words = self._tell(row) if self._tell is not None else ""
        told.update(lines_shown(words))
        told.display = bool(words)

    def action_digit(self, number: int) -> None:
        """Choose where the cursor stands; pressed again, what need not be chosen is taken out."""
        at = self.focused
        if isinstance(at, Choice) and not at.several and at.with_key(number) == at.chosen:
            box = next(node for node in at.ancestors if isinstance(node, PartBox))
            if not box.part.required:
                box.show(None)
                self._typing(self.raw())
                return
        super().action_digit(number)
