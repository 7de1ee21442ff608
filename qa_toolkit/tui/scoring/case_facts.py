"""The facts of the case as the partnership entered them, and the form that says our record differs."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_toolkit.domain.errors import AnswerError, QAError
from qa_toolkit.domain.header import check_fact
from qa_toolkit.domain.saying import show_fact
from qa_toolkit.domain.template.model import HeaderField
from qa_toolkit.tui.forms.row import RowBox
from qa_toolkit.tui.scoring.pages import part_of
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.parts import PartBox
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow.returns import Opened


def case_words(at: Opened) -> str:
    """Every fact of the case on a line, with where our record says otherwise."""
    subject = at.file.subjects[at.ret.head.subject]
    lines = [f"What the partnership entered about {subject.label or at.ret.head.subject}:"]
    for field in at.template.header:
        if field.about != "subject":
            continue
        lines.append(f"  {field.label}: {show_fact(field, subject.facts.get(field.id))}")
        if (differs := at.ret.differences.get(field.id)) is not None:
            note = f" ({differs.note})" if differs.note else ""
            lines.append(f"      Our record says: {show_fact(field, differs.says)}{note}")
    lines.append("Does your own record say otherwise? Press d and say so; nothing above is changed by it.")
    return "\n".join(lines)


def facts_of_subject(at: Opened) -> list[HeaderField]:
    """The facts that a record may differ on."""
    return [field for field in at.template.header if field.about == "subject"]


class DifferScreen(ModalScreen[tuple[Any, str] | None]):
    """What our record says instead, and a note; gives both back."""

    CSS_PATH = "../forms/asking.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", id="differ.leave", tooltip="Go back without recording"),
        Binding("ctrl+s,f10", "done", "Record it", id="differ.done", tooltip="Record that our record differs"),
        Binding("down", "app.focus_next", show=False, id="differ.down", tooltip="To the next field"),
        Binding("up", "app.focus_previous", show=False, id="differ.up", tooltip="To the field before"),
        *(Binding(key, f"digit({n})", show=False, id=f"differ.digit-{n}", tooltip="Choose that option")
          for n, key in enumerate(KEY_NAMES)),
    ]  # fmt: skip

    def __init__(self, field: HeaderField, entered: Any) -> None:
        super().__init__()
        self._field, self._entered = field, entered

    def compose(self) -> ComposeResult:
        with Sheet(id="box"):
            yield Static(shown(f"{self._field.label}: our record says otherwise"), id="title")
            yield Static(lines_shown(f"The partnership entered: {show_fact(self._field, self._entered)}"), id="about")
            yield RowBox(part_of(self._field), self._field.options, None, label="Our record says")
            yield Static("A note, if it needs one (where it is recorded)")
            yield TypedText("note", id="note")
            yield Static("", id="fault")
            yield Static("Enter or Tab next field   Ctrl+S records it   Esc goes back", id="keys")

    def on_mount(self) -> None:
        """No fault yet."""
        self.query_one("#fault").display = False

    def on_part_box_given(self, message: PartBox.Given) -> None:
        """A digit."""
        message.stop()
        message.box.show(message.raw)

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """Enter goes on to the next field."""
        message.stop()
        if message.onward:
            self.focus_next()

    def action_digit(self, number: int) -> None:
        """Choose."""
        choice = self.focused
        values = choice.with_key(number) if isinstance(choice, Choice) else None
        if isinstance(choice, Choice) and values is not None:
            box = next(node for node in choice.ancestors if isinstance(node, PartBox))
            box.show(box.raw_with(choice, values))

    def action_done(self) -> None:
        """Give it back, if the fact takes it."""
        raw = self.query_one(PartBox).raw
        fault = self.query_one("#fault", Static)
        try:
            if raw in (None, "", []):
                raise AnswerError(f"Say what your record has for {self._field.label}.")
            check_fact(self._field, raw)
        except QAError as error:
            fault.update(lines_shown(str(error)))
            fault.display = True
            return
        self.dismiss((raw, self.query_one("#note", TypedText).text.strip()))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
