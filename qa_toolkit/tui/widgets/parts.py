"""One part of a question, of any type that a template may use, as something that can be filled in by keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEYS, Choice
from qa_toolkit.tui.widgets.rows import Rows
from qa_toolkit.tui.widgets.typing import TypedText

NUMBERS = (PartType.INTEGER, PartType.PERCENTAGE)
CHOSEN = (PartType.CHOICE, PartType.CHOICES)
WRITTEN = (PartType.SHORT_TEXT, PartType.LONG_TEXT, PartType.EVIDENCE_LIST, PartType.DATE)


def as_text(part: Part, value: Any) -> str:
    """A value as it stands in its field: `23 Nov 2026`, a reference on each line."""
    if value is None:
        return ""
    if part.type is PartType.EVIDENCE_LIST and isinstance(value, list | tuple):
        return "\n".join(str(one) for one in value)
    if part.type is PartType.DATE:
        return moment_text(value)
    return str(value)


def moment_text(value: Any) -> str:
    """A day, or a day and a time, as somebody would type it."""
    text = str(value or "")
    day, at, time = text.partition("T" if "T" in text else " ")
    try:
        return f"{show_date(parse_date(day))}{' ' + time[:5] if at else ''}"
    except AnswerError:
        return text


class PartBox(Vertical):
    """A part with its label, its fields and a line below for what is wrong, or what follows from it."""

    DEFAULT_CSS = """
    PartBox { height: auto; margin-bottom: 1;
        .part-label { height: auto; color: $text-muted; }
        .part-note { height: auto; }
        .part-note.-fault { color: $text-error; text-style: bold; }
    }
    """

    WRITES: ClassVar = "Enter to write, Esc when done"
    """How one begins and ends to write in it."""

    @dataclass
    class Given(Message):
        """The part was given a value as it was typed (`raw`); None takes it out."""

        box: PartBox
        raw: Any
        page: str
        """The page that it was given on: the box may show another one's question by now."""

    def __init__(
        self, part: Part, options: Sequence[Option], value: Any, *, label: str = "", unknown: bool = False,
        read_only: bool = False, today: date | None = None, column_options: dict[str, Sequence[Option]] | None = None,
        page: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self.part, self.options, self.value, self.unknown = part, tuple(options), value, unknown
        self.label, self.read_only, self._today = label or part.label, read_only, today
        self.column_options = column_options or {}
        self.faulty = False
        self.page = page
        """The page that it belongs to: what is given in it is never another page's answer."""

    @property
    def field(self) -> str:
        """What a draft of it is called."""
        return f"part:{self.part.id}"

    def compose(self) -> ComposeResult:
        words = self._words()
        label = Static(shown(words), classes="part-label")
        label.display = bool(words)
        yield label
        yield from self._fields()
        yield Static("", classes="part-note")

    def on_mount(self) -> None:
        """A part that was marked as not known says so."""
        self.query_one(".part-note", Static).display = False
        self.note("Not known" if self.unknown else "")

    def turn(self, other: PartBox) -> bool:
        """Show what that box would show, where both offer options to choose from; whether they do.

        To take a box out and put one in costs more than everything else about the next question.
        """
        if not {self.part.type, other.part.type} <= set(CHOSEN):
            return False
        self.part, self.options, self.value, self.unknown = other.part, other.options, other.value, other.unknown
        self.label, self.read_only, self.page = other.label, other.read_only, other.page
        words = self._words()
        label = self.query_one(".part-label", Static)
        label.update(shown(words))
        label.display = bool(words)
        choice = self.query_one(Choice)
        choice.turn(self.field, self.options, self._chosen(choice), several=self.part.type is PartType.CHOICES)
        self.note("Not known" if self.unknown else "")
        return True

    def _words(self) -> str:
        part, limits = self.part, ""
        if part.type in NUMBERS:
            low = part.min if part.min is not None else 0
            high = 100 if part.type is PartType.PERCENTAGE else part.max
            limits = f"whole number, {low} to {high}" if high is not None else f"whole number, {low} or more"
        if part.type is PartType.DATE:
            limits = "a date, such as 23/11/2026"
        if part.type is PartType.EVIDENCE_LIST:
            limits = "a reference on each line"
        if part.type is PartType.CHOICES:
            limits = "as many as apply; a digit puts one in or takes it out"
        unit = f"in {part.unit}" if part.unit else ""
        writes = self.WRITES if part.type in WRITTEN and not self.read_only else ""
        extra = ", ".join(word for word in (unit, limits, writes) if word)
        optional = "" if part.required else " (may be left empty)"
        if not self.label:
            return f"{extra[:1].upper()}{extra[1:]}{optional}" if extra else ""
        return f"{self.label}{' (' + extra + ')' if extra else ''}{optional}"

    def _fields(self) -> Iterator[Widget]:
        part, value = self.part, self.value
        if part.type in CHOSEN:
            several = part.type is PartType.CHOICES
            chosen = value if several and value else [value] if value and not several else []
            yield Choice(self.field, self.options, chosen, several=several)
        elif part.type is PartType.MATRIX:
            for row in part.rows:
                chosen = [value[row.id]] if isinstance(value, dict) and row.id in value else []
                yield Choice(f"{self.field}:{row.id}", self.options, chosen, inline=True, label=row.label)
        elif part.type is PartType.TIMED:
            for end, word in (("from", "From"), ("to", "To")):
                yield Static(shown(f"{word} (23/11/2026, or 23/11/2026 14:05; Enter goes on)"), classes="part-label")
                text = moment_text(value.get(end)) if isinstance(value, dict) else ""
                yield self._typed(f"{self.field}:{end}", text)
        elif part.type is PartType.REPEAT:
            yield Rows(part, self.column_options, value if isinstance(value, list) else [], read_only=self.read_only)
        else:
            only = r"[0-9-]" if part.type in NUMBERS else ""
            long = part.type in (PartType.LONG_TEXT, PartType.EVIDENCE_LIST)
            yield self._typed(self.field, as_text(part, value), long=long, only=only)

    def _typed(self, field: str, text: str, *, long: bool = False, only: str = "") -> TypedText:
        return TypedText(field, text, long=long, only=only, read_only=self.read_only, today=self._today)

    # --- what is in it

    @property
    def fields(self) -> list[TypedText]:
        """Its fields to write in."""
        return list(self.query(TypedText))

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not recorded."""
        return any(field.changed for field in self.fields)

    @property
    def raw(self) -> Any:
        """What stands in it now, as typed."""
        if self.part.type is PartType.TIMED:
            ends = {field.field.rpartition(":")[2]: field.text.strip() for field in self.fields}
            return {end: text for end, text in ends.items() if text} or None
        if self.part.type in (PartType.CHOICE, PartType.CHOICES, PartType.MATRIX, PartType.REPEAT):
            return self.value
        text = self.fields[0].text.strip() if self.fields else ""
        return text or None

    def show(self, value: Any, *, unknown: bool = False, words: str = "", taken: bool = False) -> None:
        """Show what is recorded. What is typed and not recorded stays, unless it was just `taken`."""
        self.value, self.unknown = value, unknown
        for choice in self.query(Choice):
            choice.show(self._chosen(choice))
        for rows in self.query(Rows):
            rows.show(value if isinstance(value, list) else [])
        for field in self.fields:
            text = self._text_of(field)
            if field.changed and not taken:
                field.recorded = text
            elif field.text != text:
                field.show(field.field, text)
            else:
                field.recorded = text
        self.note("Not known" if unknown else words)

    def _chosen(self, choice: Choice) -> Sequence[str]:
        if self.part.type is PartType.CHOICES:
            return self.value or []
        if self.part.type is PartType.MATRIX:
            row = choice.field.rpartition(":")[2]
            return [self.value[row]] if isinstance(self.value, dict) and row in self.value else []
        return [self.value] if self.value else []

    def _text_of(self, field: TypedText) -> str:
        if self.part.type is PartType.TIMED:
            end = field.field.rpartition(":")[2]
            return moment_text(self.value.get(end)) if isinstance(self.value, dict) else ""
        return as_text(self.part, self.value)

    def note(self, words: str, *, fault: bool = False) -> None:
        """A sentence below the fields."""
        line = self.query_one(".part-note", Static)
        line.update(lines_shown(words))
        line.display = bool(words)
        line.set_class(fault, "-fault")
        self.faulty = fault

    # --- what happens in it

    def raw_with(self, choice: Choice, values: tuple[str, ...]) -> Any:
        """The part's whole value once these options of one of its choices are chosen."""
        if self.part.type is PartType.CHOICES:
            return list(values) or None
        if self.part.type is PartType.MATRIX:
            row = choice.field.rpartition(":")[2]
            return {**(self.value if isinstance(self.value, dict) else {}), row: values[0]}
        return values[0]

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """An option was clicked."""
        message.stop()
        if message.turn == message.source.turns:  # else it was clicked for the question before
            self.post_message(self.Given(self, self.raw_with(message.source, message.values), self.page))

    def on_rows_given(self, message: Rows.Given) -> None:
        """A row was added, changed or taken out."""
        message.stop()
        self.post_message(self.Given(self, message.rows or None, self.page))


def keys_of(part: Part, options: Sequence[Option]) -> str:
    """The digits that answer this part, for the line of keys: `1–4`."""
    if part.type not in (PartType.CHOICE, PartType.CHOICES, PartType.MATRIX) or not options:
        return ""
    last = KEYS[min(len(options), len(KEYS)) - 1]
    return f"1–{last}"
