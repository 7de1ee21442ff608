"""Independence, declared before the first question."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.workflow import starting

MEANS = {
    Relation.NONE: "You never worked on it and nobody who reports to you does. You may score it.",
    Relation.SAME_SERVICE: "Somebody in your service works on it. You may score it, and the panel is told.",
    Relation.SAME_TEAM: "A colleague in your team works on it. You may score it, and the panel is told.",
    Relation.SUPERVISES: "You may not score it, unless a co-ordinator has recorded a waiver for you.",
    Relation.HOLDS: "You may not score it, unless a co-ordinator has recorded a waiver for you.",
}
RELATIONS = tuple(Option(value=r.value, label=r.label, descriptor=MEANS[r]) for r in Relation)
DEEDS = (
    Deed("go-on", "enter", "Go on", "Record what is chosen, and go on to the first question.", True, "go_on"),
    Deed("back", "escape", "Back", "Leave without declaring; nothing is recorded.", True, "back"),
)


class DeclareScreen(QAScreen):
    """How near the auditor stands to the case: five answers, one digit."""

    HELP: ClassVar[str] = (
        "Nobody scores a case that they hold or supervise. Press the digit beside what is true, then Enter. It is "
        "recorded with the return and asked again when you submit. If you may not score it, tell your agency’s lead: "
        "somebody else is named, or a co-ordinator records a waiver with its reason, which shows in the report."
    )
    DEEDS = DEEDS
    BINDINGS = [
        *bindings(DEEDS),
        *(Binding(key, f"digit({n})", show=False, id=f"declare.digit-{n}", tooltip="Choose this")
          for n, key in enumerate(KEY_NAMES[: len(RELATIONS)])),
    ]  # fmt: skip
    CSS_PATH = "declare.tcss"

    def __init__(self, return_id: str) -> None:
        super().__init__()
        self.return_id = return_id

    def compose(self) -> ComposeResult:
        audit = self.qa.workspace.audit(audit_of(self.return_id)).audit
        yield TopBar()
        with Sheet(id="sheet"):
            yield Static(shown(f"{self.return_id}: {audit.title}"), id="title")
            yield Static(
                lines_shown(
                    "Before the first question: how near do you stand to this case?\n"
                    "Nobody scores a case that they hold or supervise. Your word is recorded with the return."
                ),
                id="about",
            )
            yield Choice("relation", RELATIONS, id="relation")
            yield Static("", id="fault")
            yield Static("Press the digit of what is true, then Enter to go on.", id="keys")
        yield Footer()

    def on_mount(self) -> None:
        """The cursor stands on the choice."""
        self.query_one("#fault").display = False
        self.query_one(Choice).focus()

    def action_digit(self, number: int) -> None:
        """Choose."""
        values = self.query_one(Choice).with_key(number)
        if values is not None:
            self._choose(values)

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """An option was clicked."""
        self._choose(message.values)

    def _choose(self, values: tuple[str, ...]) -> None:
        # Shown only; nothing is recorded before Enter.
        self.query_one(Choice).show(values)
        self._fault("")

    def action_go_on(self) -> None:
        """Record it, and score."""
        from qa_toolkit.tui.scoring.score import ScoreScreen  # the heaviest screen, only when it is needed

        chosen = self.query_one(Choice).chosen
        if not chosen:
            self._fault("Press the digit of what is true first.")
            return
        person = self.qa.person
        try:
            starting.start_declared(self.qa.workspace, self.return_id, Relation(chosen[0]),
                                   by=person.id if person else "", now=self.qa.now(), today=self.qa.today)  # fmt: skip
        except QAError as error:
            self._fault(f"{error} Esc goes back.")
            return
        self.app.switch_screen(ScoreScreen(self.return_id))

    def _fault(self, sentence: str) -> None:
        fault = self.query_one("#fault", Static)
        fault.update(lines_shown(sentence))
        fault.display = bool(sentence)
