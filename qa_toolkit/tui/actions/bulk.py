"""One deed for many actions on the screen: which deed, with what, and what it would come to for each, before a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.tui.actions.forms import ESCALATE, EXTEND, HANDOVER
from qa_toolkit.tui.forms.form import Values, day, percent, words
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.workflow.plans.bulk import Change, Effect, Escalate, Extend, HandOver, Moved, Note

_NOTE = (words("text", "How it goes", long=True), percent("progress", "How much is done"))
_WHY = words("why", "Why", long=True)

MOST = 200
"""Actions that a preview writes out."""


class Kind(NamedTuple):
    """A deed that can be done to many."""

    label: str
    parts: tuple[Part, ...]
    make: Callable[[Values], Change]


def _note(row: Values) -> Change:
    return Note(row["text"], row.get("progress"))


def _hand_over(row: Values) -> Change:
    return HandOver(**row)


def _extend(row: Values) -> Change:
    return Extend(row["new"], row["why"], row["decided_by"])


def _escalate(row: Values) -> Change:
    return Escalate(Rung(row["to"]), row["why"])


def _moved(deed: Deed) -> Callable[[Values], Change]:
    return lambda row: Moved(deed, row.get("why", ""), row.get("review"))


KINDS = (
    Kind("Note: the same update for each", _NOTE, _note),
    Kind("Hand over to another owner", HANDOVER, _hand_over),
    Kind("Change the due date", EXTEND, _extend),
    Kind("Take up a tier", ESCALATE, _escalate),
    Kind("Agree", (words("why", "What is to be remembered", long=True, required=False),), _moved(Deed.AGREE)),
    Kind("Put on hold", (_WHY, day("review", "When they are looked at again")), _moved(Deed.HOLD)),
    Kind("Take off hold", (words("why", "What is to be remembered", long=True, required=False),), _moved(Deed.RESUME)),
    Kind("Send back", (words("why", "What is missing", long=True),), _moved(Deed.SEND_BACK)),
    Kind("Reject", (_WHY,), _moved(Deed.REJECT)),
)  # fmt: skip


class PreviewScreen(ModalScreen[bool]):
    """What would change for each, and what is refused; nothing has been written yet."""

    BINDINGS: ClassVar = [
        Binding("y", "say(True)", "Yes", id="preview.yes", tooltip="Do it to those that may be"),
        Binding("n,escape", "say(False)", "No", id="preview.no", tooltip="Go back; nothing is changed"),
        Binding("down", "scroll(1)", "Down", show=False, id="preview.down", tooltip="A line down"),
        Binding("up", "scroll(-1)", "Up", show=False, id="preview.up", tooltip="A line up"),
        Binding("pagedown", "scroll(10)", "Page down", show=False, id="preview.pagedown", tooltip="Ten lines down"),
        Binding("pageup", "scroll(-10)", "Page up", show=False, id="preview.pageup", tooltip="Ten lines up"),
    ]
    DEFAULT_CSS = """
    PreviewScreen { align: center middle; background: $background 60%; }
    PreviewScreen #preview { width: 90%; max-width: 110; height: auto; max-height: 90%; background: $surface;
        border: round $primary; padding: 0 1; }
    PreviewScreen #preview-title { text-style: bold; height: auto; }
    PreviewScreen #preview-keys { color: $text-muted; height: auto; }
    PreviewScreen #preview-lines { height: auto; margin-top: 1; }
    """

    def __init__(self, label: str, effects: list[Effect]) -> None:
        super().__init__()
        self.label, self.effects = label, effects

    def compose(self) -> ComposeResult:
        """How many, each of them, the keys."""
        done = sum(not effect.refused for effect in self.effects)
        left = len(self.effects) - done
        width = min(self.app.size.width * 9 // 10, 110) - 6
        # What is refused comes first: it is what somebody has to know before they say yes.
        first = sorted(self.effects, key=lambda effect: not effect.refused)[:MOST]
        lines = [hanging(line, width, 4) for effect in first for line in _lines(effect)]
        if len(self.effects) > MOST:
            lines.append(f"and {len(self.effects) - MOST} more, which are not written out here.")
        refused = f" {left} refused, and left out." if left else ""
        with Sheet(id="preview"):
            title = f"{self.label}: {done} of {len(self.effects)} would change.{refused}"
            yield Static(shown(title), id="preview-title")
            keys = "y does it, as one line that can be taken back   n or Esc changes nothing   arrows scroll"
            yield Static(keys if done else "n or Esc goes back", id="preview-keys")
            yield Static(lines_shown("\n".join(lines)), id="preview-lines")

    def action_scroll(self, lines: int) -> None:
        """Up or down."""
        self.query_one(Sheet).scroll_relative(y=lines, animate=False)

    def action_say(self, yes: bool) -> None:
        """Give back the answer; where all are refused there is nothing to say yes to."""
        self.dismiss(yes and any(not effect.refused for effect in self.effects))


def _lines(effect: Effect) -> list[str]:
    said = f"refused: {effect.refused}" if effect.refused else effect.changes
    return [f"{effect.id}  {effect.text}", f"    {said}"]
