"""Who am I: asked once, then shown on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from qa_toolkit.domain.people import Person
from qa_toolkit.tui.text import shown

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


class WhoScreen(ModalScreen[str | None]):
    """A list of the people here; type to narrow it."""

    HELP: ClassVar[str] = "Type part of your name or agency, choose yourself with the arrows, and press Enter."
    BINDINGS: ClassVar = [
        Binding("escape", "back", "Back", id="who.back", tooltip="Leave without choosing"),
        Binding("down", "move(1)", show=False, id="who.down", tooltip="Next person", priority=True),
        Binding("up", "move(-1)", show=False, id="who.up", tooltip="Person before", priority=True),
    ]
    CSS_PATH = "who.tcss"

    def compose(self) -> ComposeResult:
        """A line to type in, and the people."""
        with Vertical(id="who"):
            yield Static("Who are you?", id="who-title")
            yield Static("Your name stands beside everything you record.", id="who-about")
            yield Input(placeholder="type part of your name or agency", id="who-filter")
            yield OptionList(id="who-list", markup=False)
            yield Static("Arrows choose, Enter takes it, Esc leaves.", id="who-keys")

    def on_mount(self) -> None:
        """Everybody, until something is typed."""
        self._fill("")
        self.query_one(Input).focus()

    @property
    def _people(self) -> list[Person]:
        app = cast("QAApp", self.app)
        return [person for person in app.workspace.people().values() if person.active(app.today)]

    def _fill(self, typed: str) -> None:
        words = typed.casefold().split()
        lines = {person: self._line(person) for person in self._people}
        fitting = [p for p, line in lines.items() if all(w in f"{line} {p.id}".casefold() for w in words)]
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(shown(lines[person]), id=person.id) for person in fitting])
        listed.highlighted = 0 if fitting else None

    def _line(self, person: Person) -> str:
        agency = cast("QAApp", self.app).workspace.agencies()[person.agency].name
        roles = ", ".join(role.label for role in person.roles)
        return f"{person.name}  ·  {agency}  ·  {roles}"

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list."""
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        """Take the one that is chosen."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss(listed.get_option_at_index(listed.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take the one that was clicked."""
        self.dismiss(event.option_id)

    def action_move(self, step: int) -> None:
        """Up or down the list, while the cursor stays in the line."""
        listed = self.query_one(OptionList)
        if listed.option_count:
            listed.highlighted = ((listed.highlighted or 0) + step) % listed.option_count

    def action_back(self) -> None:
        """Leave."""
        self.dismiss(None)
