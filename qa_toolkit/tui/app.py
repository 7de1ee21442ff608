"""The terminal face: the app, what works everywhere, and how it is opened and closed without loss."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.worker import get_current_worker

from qa_toolkit import clock
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.dates import day_of, zone
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.people import Person
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.commands import Deed, Deeds
from qa_toolkit.tui.themes import THEMES
from qa_toolkit.workflow.cut_steps import finish_cut_steps

if TYPE_CHECKING:
    from qa_toolkit.tui.left import Left

EVERYWHERE = (
    Deed("help-here", "question_mark", "Help", "What this screen is for.", True),
    Deed("keys", "f1", "Keys", "Every key that works here.", False),
    Deed("audits", "f3", "Audits", "All audits, and the grid of one.", False),
    Deed("home", "f4", "Home", "What you owe today.", False),
    Deed("who", "f5", "Who am I", "Act as somebody else of this workspace.", False),
    Deed("look", "f6", "Colours", "Light, dark or high contrast, in turn.", False),
    Deed("tracker", "f7", "Actions", "Every action of every plan, and where it stands.", False),
    Deed("meetings", "f8", "Meetings", "The groups’ meetings: what changed, the agenda, decisions.", False),
    Deed("take-in", "ctrl+t", "Take in", "What came back this week, a file or a whole folder.", False),
    Deed("reports", "f12", "Reports", "Packs and reports: read, check and write them; what has been sent.", False),
    Deed("palette", "ctrl+p", "Everything", "A list of everything that can be done here; type to find.", False,
         "command_palette"),
    Deed("leave", "ctrl+q", "Leave", "Record what is typed, and close the program.", False),
)  # fmt: skip

LOOKS = ("qa-light", "qa-dark", "qa-contrast")


class QAApp(App[None]):
    """The toolkit on the screen."""

    TITLE = "QA toolkit"
    COMMANDS: ClassVar = {Deeds}
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (150, "-roomy")]
    BINDINGS: ClassVar = [
        Binding(d.key, d.does, d.name, show=d.show, id=f"deed.{d.id}", tooltip=d.help,
                key_display=d.keys_in_words, priority=d.key in ("ctrl+q", "ctrl+p", "f1"))
        for d in EVERYWHERE
    ]  # fmt: skip
    CSS_PATH = "home/home.tcss"
    """The first screen's, read with the app's own; each other screen's is read when it is first opened."""
    CSS = """
    Screen { background: $background; }
    /* Text folded to no width at all ends the program: a window that is dragged small for a moment cuts it off. */
    Screen > *, OptionList { min-width: 24; }
    Toast { width: 70; max-width: 90%; }
    """

    def __init__(
        self,
        workspace: Workspace,
        person: Person | None,
        *,
        now: Callable[[], datetime] = clock.now,
        opening: str = "",
        remember: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        # Before the styles are read for the first time: set later, they would all be read twice.
        self.set_reactive(QAApp.theme, LOOKS[1])
        self.stylesheet.set_variables(self.get_css_variables())
        self.workspace, self.person, self.now = workspace, person, now
        self._opening, self._remember = opening, remember
        self._concern = ("", "")
        self.folders: dict[str, str] = {}
        """Where files were last written (`send`) and taken in from (`take`)."""

    @cached_property
    def left(self) -> Left:
        """What was typed in forms that were left, by anybody who acts here."""
        from qa_toolkit.tui.left import Left  # only once a form is opened

        return Left(self.workspace, lambda: self.by, self.now)

    @property
    def by(self) -> str:
        """Who is at the keys, as a deed names them; nobody before that is said."""
        return self.person.id if self.person else ""

    @property
    def today(self) -> date:
        """Today, in the workspace's zone."""
        return day_of(self.now(), zone(self.workspace.partnership().zone))

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days that lateness counts."""
        return england_and_wales()

    # --- opening and closing

    def on_mount(self) -> None:
        """Show the first screen, and see that no ending loses what is typed."""
        self._catch_signals()
        self.call_after_refresh(_settled)
        if self.person is None:
            self.action_who()
        else:
            self._first_screen()

    def _first_screen(self) -> None:
        from qa_toolkit.tui.home.screen import HomeScreen

        self.push_screen(HomeScreen())
        if self._opening:
            opening, self._opening = self._opening, ""
            self.open_return(opening) if "-C" in opening or "-O" in opening else self.open_audit(opening)

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._end)
                except (NotImplementedError, RuntimeError, ValueError):
                    # Windows has no such handlers; there the draft that is 0.6 seconds old is what stays.
                    return

    def _end(self) -> None:
        self.keep_everything()
        self.exit()

    def keep_everything(self) -> None:
        """Keep what is typed on every open screen, at once."""
        for screen in reversed(self.screen_stack):
            keep = getattr(screen, "keep_everything", None)
            if keep is not None:
                keep()

    def action_command_palette(self) -> None:
        """The list of everything, once: with help over it, its key would open another of the same name, and fail."""
        from textual.command import CommandPalette  # loaded by now, but no part of what the app is

        if not any(isinstance(screen, CommandPalette) for screen in self.screen_stack):
            super().action_command_palette()

    async def action_leave(self) -> None:
        """Record what is typed, and close."""
        self.keep_everything()
        self.exit()

    async def action_quit(self) -> None:
        """The same as leaving."""
        await self.action_leave()

    def remember_folder(self, which: str, folder: str) -> None:
        """Offer this folder next time; kept in the user's settings where those are kept at all."""
        self.folders[which] = folder
        if self._remember is not None:
            from qa_toolkit.store import settings

            try:
                settings.write(settings.read()._replace(**{which: folder}))
            except (QAError, OSError):
                return  # a convenience: it is remembered until the program ends

    # --- people

    def action_who(self) -> None:
        """Ask who acts."""
        from qa_toolkit.tui.who import WhoScreen

        self.push_screen(WhoScreen(), self._became)

    def _became(self, id: str | None) -> None:
        if id is None:
            if self.person is None:
                self.exit()
            return
        self.person = self.workspace.people()[id]
        if self._remember is not None:
            self._remember(id)
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._first_screen()

    async def push_screen_wait(self, screen: Screen[Any] | str, *, mode: str | None = None) -> Any:
        """What the person answers; None, as if they had left it, where something else is asked over the asker already.

        Keys that come at once each begin what they ask for before the first of them shows.
        """
        asker = get_current_worker().node
        if isinstance(asker, Screen) and asker is not self.screen and self.screen.is_modal:
            return None
        return await super().push_screen_wait(screen, mode=mode)

    # --- going places

    def open_return(self, return_id: str) -> None:
        """The screen of one return; of one that is owed and not begun, begun by its rater."""
        from qa_toolkit.tui.scoring.opening import screen_for_return

        try:
            self.push_screen(screen_for_return(self, return_id))
        except QAError as error:
            self.refuse(error)

    def open_audit(self, audit_id: str) -> None:
        """The grid of one audit."""
        from qa_toolkit.tui.audits.grid import GridScreen

        self.push_screen(GridScreen(audit_id))

    def action_audits(self) -> None:
        """All audits."""
        from qa_toolkit.tui.audits.all import AuditsScreen

        self._go(AuditsScreen())

    def action_tracker(self) -> None:
        """Every action."""
        from qa_toolkit.tui.actions.tracker import TrackerScreen

        self._go(TrackerScreen())

    def action_meetings(self) -> None:
        """All meetings."""
        from qa_toolkit.tui.meetings.all import MeetingsScreen

        self._go(MeetingsScreen())

    def action_take_in(self) -> None:
        """What came back."""
        from qa_toolkit.tui.sending.came_back import TakeInScreen

        self._go(TakeInScreen())

    def action_reports(self) -> None:
        """Packs and reports."""
        from qa_toolkit.tui.reports.choose import ReportsScreen

        self._go(ReportsScreen())

    def action_home(self) -> None:
        """What I owe."""
        from qa_toolkit.tui.home.screen import HomeScreen

        self._go(HomeScreen())

    def _go(self, screen: Screen[None]) -> None:
        if self.person is None:
            return
        self.keep_everything()
        while len(self.screen_stack) > 2:
            self.pop_screen()
        self.switch_screen(screen) if len(self.screen_stack) > 1 else self.push_screen(screen)

    def refuse(self, error: QAError) -> None:
        """Say why something was not done."""
        from qa_toolkit.tui.base import QAScreen

        if isinstance(self.screen, QAScreen):
            self.screen.refuse(error)

    # --- help and looks

    def action_help_here(self) -> None:
        """What this screen is for."""
        from qa_toolkit.tui.help import Page

        words = getattr(self._read(), "HELP", "") or "Esc goes back."
        self.push_screen(Page("Help for this screen", f"{words}\n\nF1 lists every key. Ctrl+P finds anything."))

    def action_keys(self) -> None:
        """Every key that works here."""
        from qa_toolkit.tui.commands import working
        from qa_toolkit.tui.help import Page
        from qa_toolkit.tui.text import hanging

        def row(deed: Deed) -> str:
            words = f"{deed.keys_in_words:<22}{deed.name}: {deed.help}"
            # The page is nine tenths of the screen, less its border, padding and scroll bar.
            return hanging(words, min(self.size.width * 9 // 10, 100) - 8, 22)

        here = [row(deed) for deed in working(self._read())]
        self.push_screen(Page("Keys", "\n".join([*here, "", "Everywhere", *map(row, EVERYWHERE)])))

    def _read(self) -> Screen[Any]:
        """The screen that help is asked about: a page of help that lies over it is closed."""
        from qa_toolkit.tui.help import Page

        while isinstance(self.screen, Page):
            self.pop_screen()
        return self.screen

    def action_look(self) -> None:
        """The next look."""
        at = LOOKS.index(self.theme) if self.theme in LOOKS else -1
        self.theme = LOOKS[(at + 1) % len(LOOKS)]

    # --- the concern's clock

    def concern_sentence(self) -> str:
        """The clock of an open concern that this person can see, or nothing."""
        if self.person is None:
            return ""
        from qa_toolkit.domain.clock import clock as concern_clock
        from qa_toolkit.workflow.reading import concerns

        try:
            raised = [one for one in concerns(self.workspace, self.person) if not one.closed]
        except QAError:
            return ""
        if not raised:
            return ""
        clocks = [concern_clock(one.concern, one.follow_up, self.now(), self.calendar) for one in raised]
        worst = min(range(len(clocks)), key=lambda n: (not clocks[n].overdue, clocks[n].due or self.now()))
        more = f" (and {len(raised) - 1} more)" if len(raised) > 1 else ""
        return f"{raised[worst].return_id}: {clocks[worst].sentence}{more}"


def _settled() -> None:
    """The first screen stands: what was loaded for it stays, so the collector need never look through it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def run(root: Path, who: str = "", *, opening: str = "", remembers: bool = True) -> int:
    """Open the program on a workspace; the exit code.

    With `remembers`, who somebody says they are is kept in their own settings.
    """
    from qa_toolkit.store import settings

    workspace = Workspace(root)
    finish_cut_steps(workspace, now=clock.now())
    mine = settings.read() if remembers else settings.Settings()
    known = who.strip().lower() or mine.person
    person = workspace.people().get(known)
    if who and person is None:
        raise InputError(f"“{who}” is not one of the people of “{workspace.name}”. `qa people list` shows them.")

    def remember(id: str) -> None:
        settings.write(settings.read()._replace(person=id))

    app = QAApp(workspace, person, opening=opening, remember=remember if remembers else None)
    app.folders = {name: folder for name in ("send", "take") if (folder := getattr(mine, name))}
    app.run()
    workspace.close()
    return app.return_code or 0
