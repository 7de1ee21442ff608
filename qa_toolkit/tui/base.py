"""What every screen shares: the bar with the workspace and the person, plain messages, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.screen import Screen
from textual.widgets import Static

from qa_toolkit.domain.errors import NotReady, QAError
from qa_toolkit.domain.text import cells, shorten, visible
from qa_toolkit.tui.commands import Deed
from qa_toolkit.tui.text import shown

Severity = Literal["information", "warning", "error"]

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp
    from qa_toolkit.tui.forms.form import Form


class QAScreen(Screen[None]):
    """A screen of the toolkit."""

    HELP: ClassVar[str] = ""
    """What `?` says about this screen, as plain text."""
    DEEDS: tuple[Deed, ...] = ()
    AUTO_FOCUS = ""

    @property
    def qa(self) -> QAApp:
        """The app, with its workspace, person and clock."""
        return cast("QAApp", self.app)

    def say(self, sentence: str, *, severity: Severity = "information") -> None:
        """A short message that goes away by itself."""
        self.notify(visible(sentence), severity=severity, markup=False, timeout=6)

    def refuse(self, error: QAError) -> None:
        """Why something was not done; a list of reasons opens a page of its own."""
        missing = error.missing if isinstance(error, NotReady) else ()
        if missing or "\n" in str(error):
            # 5 ms, and seldom wanted.
            from qa_toolkit.tui.help import Page

            words = "\n".join([str(error), *(f"  - {sentence}" for sentence in missing)])
            self.app.push_screen(Page("Not yet", words))
        else:
            self.notify(visible(str(error)), severity="warning", markup=False, timeout=10)

    async def fill_in(self, form: Form) -> bool:
        """Put a form over this screen; whether it was done. What it says then is said here."""
        from qa_toolkit.tui.forms.form import FormScreen  # only when one is asked for

        asked = FormScreen(form)
        done = await self.app.push_screen_wait(asked) is not None
        if done and asked.said:
            self.say(asked.said)
        return done

    def action_back(self) -> None:
        """To the screen before; home from one that was gone to by its key."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.qa.action_home()


class TopBar(Static):
    """The first line of every screen: workspace and path, who acts; or the clock of an open concern, or a damage."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; background: $panel; color: $text; padding: 0 1; }
    TopBar.-concern { background: $error; color: $text; text-style: bold; }
    """

    _concern = ""

    def on_mount(self) -> None:
        """Write it, and look at the concern's clock once a minute."""
        self.tell()
        self.set_interval(60, self.tell)

    def on_resize(self) -> None:
        """Write it anew for the new width."""
        self._write()

    def tell(self) -> None:
        """Look at the concerns again, and write what is so now."""
        app = cast("QAApp", self.app)
        damaged = next((f"DAMAGED: {found}" for found in app.workspace.damages), "")
        concern = app.concern_sentence()
        self._concern = damaged or (f"CONCERN: {concern}" if concern else "")
        self._write()

    def _write(self) -> None:
        app, concern = cast("QAApp", self.app), self._concern
        self.set_class(bool(concern), "-concern")
        width = max(self.size.width or app.size.width, 20) - 2
        who = f"{app.person.name}, {app.person.agency}" if app.person else "who are you?"
        if concern:
            self.update(shown(shorten(concern, width)))
            return
        room = width - cells(who) - 2
        name = f"{app.workspace.name}  "
        path = _from_the_right(str(app.workspace.root), room - cells(name))
        left = shorten(name + path, room)
        self.update(shown(left + " " * max(width - cells(left) - cells(who), 1) + who))


def _from_the_right(path: str, width: int) -> str:
    """As much of the end of a path as fits."""
    if cells(path) <= width:
        return path
    return "…" + path[-(width - 1) :] if width > 1 else ""
