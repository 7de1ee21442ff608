"""A small form put over a screen: what is typed is tried at once, and stays with the reason where it is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import AnswerError, QAError
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.tui.forms.keeping import Keeping
from qa_toolkit.tui.forms.row import RowScreen
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.parts import NUMBERS, WRITTEN, PartBox, as_text
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText

if TYPE_CHECKING:
    from qa_toolkit.tui.left import Typed

AGAIN = "What you typed before you left this form stands here again. F2 throws it out."

Values = Mapping[str, Any]
"""What was filled in, by field; what was left empty is not in it."""


def read_field(part: Part, text: str) -> Any:
    """What was typed in a field, as its kind is kept.

    Raises:
        AnswerError: It cannot be read.
    """
    if part.type is PartType.DATE:
        return parse_date(text)
    if part.type in NUMBERS:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise AnswerError(f"“{shorten(visible(text), 20)}” is not a whole number.")
        return int(text)
    return text


class Form(NamedTuple):
    """What is asked, and what is done with it."""

    title: str
    about: str
    parts: tuple[Part, ...]
    attempt: Callable[[Values], str]
    """Does it, and gives back what to say; a QAError is shown, and the form stays."""
    options: Mapping[str, Sequence[Option]] = {}
    begin: Values = {}
    """What stands in it at first."""
    remarks: Callable[[Values], Mapping[str, str]] | None = None
    """For each field what is said below it while it is typed: advice, never a bar."""
    read: Callable[[Part, str], Any] = read_field
    """What was typed in a field, as `attempt` takes it; a QAError stands below the field."""
    goes_on: bool = False
    """Whether something is asked afterwards; then the asker calls `forget` on the app's `left` once it is done."""


def words(id: str, label: str, *, long: bool = False, required: bool = True) -> Part:
    """A field for text."""
    return Part(id=id, type=PartType.LONG_TEXT if long else PartType.SHORT_TEXT, label=label, required=required)


def day(id: str, label: str, *, required: bool = True) -> Part:
    """A field for a day."""
    return Part(id=id, type=PartType.DATE, label=label, required=required)


def percent(id: str, label: str) -> Part:
    """A field for a percentage, which may be left empty."""
    return Part(id=id, type=PartType.PERCENTAGE, label=label, required=False)


def choice(id: str, label: str, *, required: bool = True) -> Part:
    """A field to choose in by a digit."""
    return Part(id=id, type=PartType.CHOICE, label=label, required=required)


def option(value: str, label: str) -> Option:
    """One thing to choose."""
    return Option(value=value, label=label)


class FormBox(PartBox):
    """A field of a form. Its label is short: the form says once how it is filled in."""

    def _words(self) -> str:
        hint = {PartType.DATE: ", such as 23/11/2026", PartType.PERCENTAGE: ", 0 to 100"}.get(self.part.type, "")
        optional = "" if self.part.required else " (may be left empty)"
        return f"{self.label}{hint}{optional}"


class FormScreen(Keeping, RowScreen):
    """The form. Gives back what was filled in once it is done, or None when it was left."""

    BINDINGS = [
        Binding("f2", "anew", "Begin anew", id="form.anew", tooltip="Throw out what was typed, and begin anew"),
    ]

    def __init__(self, form: Form) -> None:
        self.form = form
        self.kept = form.title
        whole = Part(id="form", type=PartType.REPEAT, label=form.title, columns=form.parts)
        super().__init__(whole, form.options, form.begin, form.read, self._typing)
        self.said = ""

    def compose(self) -> ComposeResult:
        """Title, what it is about, the fields, what is wrong, the keys."""
        before = self.left.of(self.kept)
        again = f"\n{AGAIN}" if before is not None else ""
        self._row = dict(before) if before is not None else self._row
        with Sheet(id="box"):
            yield Static(shown(self.form.title), id="title")
            if about := (self.form.about + again).strip():
                yield Static(lines_shown(about), id="about")
            for part in self.form.parts:
                yield FormBox(part, self.form.options.get(part.id, ()), self._row.get(part.id), label=part.label)
            yield Static("", id="fault")
            keys = "Down or Enter next field   Ctrl+S does it   Esc goes back and keeps it"
            yield Static(keys, id="keys")

    def on_mount(self) -> None:
        """The advice on what stands in it; the cursor goes to the first field by itself."""
        # Textual calls the handler of each class in turn, so the one that this adds to is not called from here.
        self.call_after_refresh(self._begun)

    def _begun(self) -> None:
        self.filled = True
        self._typed(self.raw())
        # What the form is about is read first, even where the cursor had it scrolled away.
        self.query_one("#box").scroll_home(animate=False)

    def _typing(self, row: dict[str, Any]) -> None:
        """A key was pressed in it."""
        self._typed(row)
        self.rests()

    def typed(self) -> Typed | None:
        """The fields; nothing of a form in which only stands what stood there at first."""
        raw = self.raw()
        return raw if raw and raw != self._at_first() else None

    def _at_first(self) -> dict[str, Any]:
        found = {
            part.id: as_text(part, self.form.begin.get(part.id)) if part.type in (*WRITTEN, *NUMBERS)
            else self.form.begin.get(part.id)
            for part in self.form.parts
        }  # fmt: skip
        return {id: value for id, value in found.items() if value not in (None, "", [], {})}

    def _typed(self, row: dict[str, Any]) -> None:
        """What is advised, each below its field."""
        if self.form.remarks is None:
            return
        found = self.form.remarks(row)
        for box in self.query(FormBox):
            if not box.faulty:
                box.note(found.get(box.part.id, ""))

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """A field was left: what cannot be read is said there, and the advice stays."""
        message.prevent_default()
        super().on_typed_text_finished(message)
        self._typed(self.raw())

    def action_done(self) -> None:
        """Do it, unless a field cannot be read or it is refused."""
        row: dict[str, Any] = {}
        for box in self.query(FormBox):
            try:
                value = self._value(box)
            except QAError as error:
                self._refuse(str(error))
                return
            if value not in (None, "", [], {}):
                row[box.part.id] = value
            elif box.part.required:
                self._refuse(f"“{box.label}” is empty. It is needed.")
                return
        try:
            self.said = self.form.attempt(row)
        except QAError as error:
            self._refuse(str(error))
            return
        self.stop()
        if self.form.goes_on:
            self.keep_everything()
        else:
            self.left.forget(self.kept)
        self.dismiss(row)

    def _refuse(self, sentence: str) -> None:
        super()._refuse(sentence)
        self.query_one("#fault").scroll_visible(animate=False)

    def action_leave(self) -> None:
        """Go back; what was typed is kept."""
        self.stop()
        self.keep_everything()
        self.dismiss(None)

    def action_anew(self) -> None:
        """Throw out what was typed: the form as it stood at first."""
        self.stop()
        self.left.forget(self.kept)
        for box in self.query(FormBox):
            box.show(self.form.begin.get(box.part.id), taken=True)
        self._typed(self.raw())
