"""A pack as it would be written, to read page by page; then checked, and written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from qa_toolkit.domain.dates import day_of, show_moment, zone
from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.release import Found
from qa_toolkit.reports.delivering import deliver, paper_for
from qa_toolkit.reports.explaining import in_short, small_numbers
from qa_toolkit.reports.making import Kind
from qa_toolkit.reports.preview import Preview, page_starts, preview
from qa_toolkit.reports.sending import Paper, as_released, looked_through
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer

DEEDS = (
    Deed("on", "pagedown,space,down,right", "Next", "The next page.", True),
    Deed("up", "pageup,up,left", "Before", "The page before.", False),
    Deed("first", "home", "First page", "The first page.", False),
    Deed("last", "end", "Last page", "The last page.", False),
    Deed("go", "g", "Go to", "To a heading.", True),
    Deed("check", "c", "Check", "What could identify somebody, and what small numbers hide.", True),
    Deed("write", "w", "Write", "Write it as a file, with a note of it; nothing is sent.", True),
    Deed("back", "escape", "Back", "To the list of packs; nothing is written.", True),
)
_WIDEST = 100
"""Columns of the text: longer lines are hard to read."""
_FORMATS = ((".docx", "Word, to edit"), (".html", "Web page, one file"), (".pdf", "PDF"), (".txt", "Text"))


class _Page(Static):
    """As much of the paper as there is room for; what stands above it may take more lines once it is known."""

    def on_resize(self) -> None:
        """Other pages."""
        cast("PreviewScreen", self.screen).turn()


class PreviewScreen(QAScreen):
    """A pack before it is written."""

    HELP: ClassVar[str] = (
        "The pack as it would be written, as plain text: Word, web page and PDF say the same words and look better. "
        "Page Down and Page Up turn the pages, g goes to a heading. Of a workbook’s long tables only the first rows "
        "stand here.\n\n"
        "c shows what in it could identify somebody, for you to decide on, and what small numbers hide. What you let "
        "through or change is remembered for the next pack. w writes the file; where something is still to be decided "
        "it says so and writes nothing. Names cannot be told by rule: read it."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "reports.tcss"

    def __init__(
        self, kind: Kind, words: Mapping[str, str], *, as_at: date | None, since: date | None, rules: RuleSet
    ) -> None:
        super().__init__()
        self.kind, self.words, self.days, self.rules = kind, dict(words), (as_at, since), rules
        self.paper: Paper | None = None
        self.found: list[Found] = []
        self.text = Preview([], [])
        self.starts = [0]
        self.line = 0
        """The line at which the page that is shown begins."""

    def compose(self) -> ComposeResult:
        """What it is, where its check stands, a page."""
        yield TopBar()
        yield Static(shown(f"{self.kind.title}: being made …", "bold"), id="heading")
        yield Static(id="facts")
        yield _Page(id="page")
        yield Footer()

    def on_mount(self) -> None:
        """Make it, once the screen says that it is being made."""
        self.call_after_refresh(self.make)

    def make(self) -> None:
        """Work it out, and show its first page."""
        qa, (as_at, since) = self.qa, self.days
        try:
            self.paper = paper_for(
                qa.workspace, self.kind.word, self.words, as_at=as_at, since=since, rules=self.rules,
                calendar=qa.calendar, now=qa.now(), today=qa.today,
            )  # fmt: skip
        except QAError as error:
            self.query_one("#heading", Static).update(shown(f"{self.kind.title}: not made", "bold"))
            missing = "\n".join(getattr(error, "missing", ()))
            self.query_one("#page", Static).update(lines_shown(f"{error}\n{missing}".strip()))
            return
        self.lay_out()

    def on_screen_resume(self) -> None:
        """What was decided shows here."""
        if self.paper is not None:
            self.lay_out()

    def on_resize(self) -> None:
        """Other pages."""
        if self.paper is not None:
            self.call_after_refresh(self.lay_out)

    def lay_out(self) -> None:
        """Look it through, lay it out for this width, and show the page."""
        qa, paper = self.qa, self.paper
        if paper is None:
            return
        self.found = looked_through(qa.workspace, paper, today=qa.today)
        body = as_released(qa.workspace, paper, self.found, today=qa.today)
        place = zone(qa.workspace.partnership().zone)
        self.text = preview(body, max(min(qa.size.width - 2, _WIDEST), 30), place)
        self._head(paper)
        self.call_after_refresh(self.turn)

    def _head(self, paper: Paper) -> None:
        place, width = zone(self.qa.workspace.partnership().zone), max(self.qa.size.width - 3, 30)
        figures = paper.figures
        open_ones = len({one.code for one in self.found if one.handling is None})
        if open_ones:
            stands = f"{open_ones} {'thing' if open_ones == 1 else 'things'} to decide on before it is written: c."
        elif self.found:
            stands = "Everything found in its text is decided."
        else:
            stands = "Nothing in its text looks like an identifier; names cannot be told by rule."
        days = f"{show_moment(figures.since, place)} to {show_moment(figures.as_at, place)}."
        lines = (f"For {paper.audience.label}. {days}", f"{stands} {in_short(paper)}")
        self.query_one("#facts", Static).update(lines_shown("\n".join(hanging(line, width, 0) for line in lines)))

    def turn(self) -> None:
        """Show the page in which the line stands."""
        if self.paper is None or not self.query("#page"):
            return  # not made yet, or left while it was being laid out
        box = self.query_one("#page", Static)
        height = max(box.content_size.height, 3)
        self.starts = page_starts(self.text.lines, height)
        number = max(n for n, start in enumerate(self.starts) if start <= self.line)
        # A heading that was gone to stands at the top, wherever its page begins.
        start = self.line if self.line in {at for _, at in self.text.headings} else self.starts[number]
        end = next((one for one in self.starts if one > start), len(self.text.lines))
        box.update(lines_shown("\n".join(self.text.lines[start : min(end, start + height)])))
        title = self.kind.title if self.paper is None else self.paper.body.title
        version = f", version {self.paper.asked['version']}" if self.paper and "version" in self.paper.asked else ""
        words = f"{title}{version}: page {number + 1} of {len(self.starts)} on this screen"
        self.query_one("#heading", Static).update(shown(words, "bold"))

    # --- reading

    def action_on(self) -> None:
        """The next page."""
        self._to(next((one for one in self.starts if one > self.line), self.line))

    def action_up(self) -> None:
        """The page before."""
        self._to(max((one for one in self.starts if one < self.line), default=0))

    def action_first(self) -> None:
        """The first page."""
        self._to(0)

    def action_last(self) -> None:
        """The last page."""
        self._to(self.starts[-1])

    def _to(self, line: int) -> None:
        self.line = line
        if self.paper is not None:
            self.turn()

    @work
    async def action_go(self) -> None:
        """Ask for a heading, and go there."""
        if not self.text.headings:
            self.say("It has no headings.")
            return
        names = [name for name, _ in self.text.headings]
        picked = await self.app.push_screen_wait(PickOne("Go to", "Which heading?", names))
        if picked is not None:
            self._to(self.text.headings[picked][1])

    # --- deeds

    def action_check(self) -> None:
        """What was found in it."""
        from qa_toolkit.tui.reports.release import ReleaseScreen  # only when it is asked for

        qa, paper = self.qa, self.paper
        if paper is None:
            return
        self.app.push_screen(
            ReleaseScreen(
                paper.audience, lambda: looked_through(qa.workspace, paper, today=qa.today), short=in_short(paper),
                numbers=small_numbers(paper),
            )
        )  # fmt: skip

    @work
    async def action_write(self) -> None:
        """Ask for format and file, and write it."""
        qa, paper = self.qa, self.paper
        if paper is None:
            return
        if any(one.handling is None for one in self.found):
            self.say("First decide on what could identify somebody: it is shown now.", severity="warning")
            self.action_check()
            return
        ending = ".xlsx"
        if not self.kind.workbook:
            names = [f"{words} ({end})" for end, words in _FORMATS]
            picked = await self.app.push_screen_wait(PickOne("Write it", "As what?", names))
            if picked is None:
                return
            ending = _FORMATS[picked][0]
        words = "As which file? Its folder has to be there."
        where = await self.app.push_screen_wait(
            AskText("Write it", words, str(Path.cwd() / self._file_name(paper, ending)), check=_free)
        )
        if where is None:
            return
        try:
            sent = deliver(
                qa.workspace, paper, Path(where).expanduser(), by=qa.person.id if qa.person else "", now=qa.now(),
                today=qa.today,
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
            return
        cut = f" {len(sent.cut)} texts are too long for a cell: see “Cut short” in it." if sent.cut else ""
        self.say(f"{Path(where).name} is written, with a note of it. Nothing was sent.{cut}")
        if self.kind.word == "audit":
            # The version is used up: what is written next is the next one.
            self.app.pop_screen()

    def _file_name(self, paper: Paper, ending: str) -> str:
        place = zone(self.qa.workspace.partnership().zone)
        about = [paper.asked.get(word, "").partition("@")[0] for word in ("audit", "agency", "person", "version")]
        day = day_of(paper.figures.as_at, place).isoformat()
        return "-".join([self.kind.word, *(one for one in about if one), day]) + ending


def _free(text: str) -> None:
    place = Path(text).expanduser()
    if not text or place.is_dir():
        raise InputError("Name the file, with its ending.")
    if not place.parent.is_dir():
        raise InputError(f"There is no folder {place.parent}: make it, or name another.")
    if place.exists():
        raise InputError(f"{place.name} is there already: choose another name.")
