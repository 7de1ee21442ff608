"""What came back, a file or a whole folder: what each is, what it would change, why it waits; and taking it in."""

from __future__ import annotations

from asyncio import sleep
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.text import cells as width_of
from qa_toolkit.domain.text import how_many, shorten, visible
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.sending import back_asks, back_words
from qa_toolkit.tui.text import lines_shown, rich_shown, shown
from qa_toolkit.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from qa_toolkit.exchange.inbox import Item

DEEDS = (
    Deed("take", "y", "Take in", "Take in the file that is chosen; what it asks is asked first.", True),
    Deed("all-clean", "Y", "All clean", "Take in every file that waits for nothing.", True),
    Deed("plan", "p", "Plan", "Look at the chosen file as an action plan from elsewhere, to bring it in.", True),
    Deed("file", "f", "File", "Name another file, or another folder.", True),
    Deed("whole", "enter", "Whole text", "Everything that is said of the file, on a page.", False),
    Deed("look-again", "r", "Look again", "Read them again.", False),
    Deed("read", "tab", "Read on", "To what is said of the file and back; there the arrows scroll.", False,
         "app.focus_next"),
    Deed("back", "escape", "Back", "To the screen before.", True),
)  # fmt: skip
BECOMES = 12
"""Columns of what becomes of a file; the name and what it is share the rest."""


class TakeInScreen(QAScreen):
    """The files that came back."""

    HELP: ClassVar[str] = (
        "Each file is known by what stands in it, whatever it is called. Nothing is changed until you say so: y takes "
        "in the one that is chosen, Y all that wait for nothing. A workbook or parcel is taken in whole or not at all."
        "\n\nto take in: it would change what is said below.\n"
        "a question: y asks it, such as who filled it in, or whether a concern is one that was logged by telephone.\n"
        "waits: it has faults, named by sheet, row and column, or something has to be settled first.\n"
        "nothing new: all of it is on record already.\n"
        "a plan: somebody’s action plan, it seems; p looks at it.\n"
        "not ours: nothing is taken in from it, and below it is said what it is.\n\n"
        "A concern stands first, whatever else is wrong with its file. It alerts nobody: telephone."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "came_back.tcss"

    def __init__(self, place: Path | None = None) -> None:
        super().__init__()
        self.place = place
        self._items: list[Item] = []
        self._done: dict[Path, str] = {}
        self._band: list[str] = []
        self._folders: list[str] = []
        self._away = False

    def compose(self) -> ComposeResult:
        """Title, concerns, counts, the list, what is said of the chosen file."""
        yield TopBar()
        yield Static(id="told")
        yield Static(id="alarm")
        yield Static(id="facts")
        yield DataTable(id="files", cursor_type="row")
        with VerticalScroll(id="said"):
            yield Static(id="words")
        yield Footer()

    def on_mount(self) -> None:
        """Look, or ask where."""
        self.query_one(DataTable).focus()
        self._draw()
        if self.place is None:
            self.action_file()
        else:
            self._look_at(self.place)

    def on_resize(self) -> None:
        """The columns may be wider now, or narrower."""
        if self._items:
            self._draw()

    def on_screen_resume(self) -> None:
        """What was settled on a sheet's own screen shows here."""
        if self._away:
            self._away = False
            self.action_look_again()

    # --- looking

    @work
    async def action_file(self) -> None:
        """Ask where it is."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        words = "The file that came back, or the folder in which everything lies."
        before = self.qa.folders.get("take", str(Path.cwd()))
        typed = await self.app.push_screen_wait(AskText("What came back?", words, before, check=back_asks.there))
        if typed is None:
            return
        place = Path(typed).expanduser()
        self.qa.remember_folder("take", str(place if place.is_dir() else place.parent))
        self._look_at(place)

    @work(exclusive=True, group="look")
    async def _look_at(self, place: Path) -> None:
        # Reading workbooks and parcels is loaded only when some are looked at.
        from qa_toolkit.exchange import inbox

        qa, found = self.qa, []
        self.place, self._items, self._done = place, [], {}
        try:
            files = inbox.files(place) if place.is_dir() else [place]
            self._folders = inbox.folders(place) if place.is_dir() else []
        except QAError as error:
            self.refuse(error)
            files = []
        for number, file in enumerate(files, start=1):
            found.append(inbox.look(file, qa.workspace, by=self._by, today=qa.today))
            self.query_one("#facts", Static).update(shown(f"Looked at {number} of {len(files)} …"))
            await sleep(0)
        self._items = sorted(found, key=back_words.rank)
        self._draw()

    @property
    def _by(self) -> str:
        return self.qa.person.id if self.qa.person else ""

    def _draw(self) -> None:
        self.query_one("#told", Static).update(shown(f"Take in: {self.place or 'press f and say where it is'}"))
        self.query_one("#facts", Static).update(shown(self._facts()))
        self._alarm()
        table = self.query_one(DataTable)
        where = table.cursor_coordinate.row
        table.clear(columns=True)
        longest = max((width_of(item.name) for item in self._items), default=0)
        names = max(10, min(longest, self.size.width // 3))
        widths = (names, max(self.size.width - names - BECOMES - 10, 20), BECOMES)
        for heading, width in zip(("File", "What it is", "Becomes"), widths, strict=True):
            table.add_column(rich_shown(heading), width=width)
        for number, item in enumerate(self._items):
            texts = (item.name, visible(item.what), self._becomes(item))
            cells = [rich_shown(shorten(text, width)) for text, width in zip(texts, widths, strict=True)]
            table.add_row(*cells, key=str(number))
        if self._items:
            table.move_cursor(row=min(where, len(self._items) - 1))
        self._tell()

    def _alarm(self) -> None:
        self._band = back_words.band(self._items)
        alarm = self.query_one("#alarm", Static)
        alarm.update(lines_shown("\n".join(self._band)))
        alarm.display = bool(self._band)

    def _facts(self) -> str:
        if not self._items:
            return "No file lies here." if self.place else ""
        within = f" Not looked into: {shorten(', '.join(self._folders), 40)}." if self._folders else ""
        return back_words.facts([self._becomes(item) for item in self._items]) + within

    def _becomes(self, item: Item) -> str:
        return back_words.TAKEN if item.file in self._done else back_words.becomes(item)

    @property
    def chosen(self) -> int | None:
        """The place of the file where the cursor stands."""
        row = self.query_one(DataTable).cursor_coordinate.row
        return row if 0 <= row < len(self._items) else None

    def _tell(self) -> None:
        at = self.chosen
        words = self._said(self._items[at], self._band) if at is not None else ""
        self.query_one("#words", Static).update(lines_shown(words))
        self.query_one("#said").scroll_home(animate=False)

    def _said(self, item: Item, told: list[str]) -> str:
        return back_words.said(item, self._done.get(item.file, ""), told)

    def on_data_table_row_highlighted(self) -> None:
        """Say what is chosen."""
        self._tell()

    def on_data_table_row_selected(self) -> None:
        """Enter."""
        self.action_whole()

    def action_whole(self) -> None:
        """Everything that is said of the file."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        at = self.chosen
        if at is not None:
            self.app.push_screen(Page(self._items[at].name, self._said(self._items[at], [])))

    def action_look_again(self) -> None:
        """Read them again."""
        if self.place is not None:
            self._look_at(self.place)

    # --- taking in

    @work
    async def action_take(self) -> None:
        """Take in the chosen file."""
        from qa_toolkit.exchange.action_in import ActionsRead  # loaded already, by looking

        at = self.chosen
        if at is None:
            self.say("Press f and name what came back first.")
            return
        item = self._items[at]
        if item.file in self._done:
            self.say(f"{item.name} is taken in already.")
        elif item.waits and isinstance(item.brings, ActionsRead):
            from qa_toolkit.tui.sending.action_sheet import BringBackScreen  # it settles what is asked there

            self._away = True
            self.app.push_screen(BringBackScreen(item.file))
        elif item.clean:
            self._take(at, back_asks.Said())
        elif item.asks:
            answered = await back_asks.answers(self, item)
            if answered is not None:
                self._take(at, answered)
        else:
            why = "It brings nothing new." if not item.foreign else "It is none of ours: below it is said what it is."
            self.say("It cannot be taken in yet: below it is said why." if item.waits else why)

    def action_plan(self) -> None:
        """Look at the chosen file as a plan."""
        from qa_toolkit.tui.sending.plan_in import PlanInScreen  # only when it is asked for

        at = self.chosen
        if at is None:
            self.say("Press f and name what came back first.")
        elif not self._items[at].foreign:
            self.say("It is one of ours, and no plan from elsewhere.")
        else:
            self.app.push_screen(PlanInScreen(self._items[at].file))

    def _take(self, at: int, answered: back_asks.Said) -> bool:
        """Take one in, if it is still what was shown; whether it was."""
        from qa_toolkit.exchange import inbox

        qa, shown_before = self.qa, self._items[at]
        item = inbox.look(shown_before.file, qa.workspace, by=self._by, today=qa.today)
        self._items[at] = item
        if item._replace(brings=None) != shown_before._replace(brings=None):
            self.say(f"{item.name} would change something else by now: read it once more.", severity="warning")
            self._draw()
            return False
        try:
            done = inbox.take(item, qa.workspace, rater=answered.rater, same=answered.same, by=self._by, now=qa.now(),
                              today=qa.today)  # fmt: skip
        except QAError as error:
            self._items[at] = item._replace(waits=str(error), unnamed=(), alike={})
            self._draw()
            self.refuse(error)
            return False
        self._done[item.file] = done
        # Concerns stay in sight: being on record is not the same as having telephoned.
        self._items[at] = item._replace(waits="", unnamed=(), alike={}, brings=None)
        self._draw()
        self.query_one(TopBar).tell()
        return True

    @work
    async def action_all_clean(self) -> None:
        """Take in every file that waits for nothing."""
        from qa_toolkit.tui.forms.asking import Sure  # only when it is asked for

        clean = [n for n, item in enumerate(self._items) if item.clean and item.file not in self._done]
        if not clean:
            self.say("There is none that could be taken in as it is.")
            return
        left = len(self._items) - len(clean)
        words = f"{how_many(len(clean), 'file')}, one after the other." + (f" {left} stay as they are." if left else "")
        if await self.app.push_screen_wait(Sure("Take them in?", words)):
            taken = sum(self._take(n, back_asks.Said()) for n in clean)
            self.say(f"{taken} of {len(clean)} taken in.")
