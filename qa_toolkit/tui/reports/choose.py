"""Reports and packs: which one, of which days; Enter makes it and shows it before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qa_toolkit.domain.dates import parse_date, show_date, show_moment, zone
from qa_toolkit.domain.disclosure.rules import DEFAULT, RULE_SETS
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.text import cells
from qa_toolkit.reports.delivering import moments_of
from qa_toolkit.reports.making import KINDS, Kind, last_meeting
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import releasing

DEEDS = (
    Deed("make", "enter", "Make", "Make the pack that is chosen and read it; nothing is written yet.", True),
    Deed("as-at", "t", "As at", "As things stood at the end of an earlier day.", True),
    Deed("since", "s", "Since", "From which day on it says what changed.", True),
    Deed("numbers", "n", "Small numbers", "By which rule small numbers of children are hidden.", True),
    Deed("sent", "x", "Sent", "What has been sent, and whether it may still go.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class ReportsScreen(QAScreen):
    """Every pack."""

    HELP: ClassVar[str] = (
        "Each line is a report or a pack, with those it is for. Enter makes the one that is chosen, asks what it needs "
        "(an audit, an agency, a person), and shows it as text, page by page. Nothing is written until you have read "
        "it and press w there.\n\n"
        "t sets the day as at which things are told; s sets the day from which on changes are told. Left empty, a "
        "pack is of now, and looks back to its group’s last meeting, to the opening of its audit, or over its usual "
        "time. Below the list stands which days these are.\n\n"
        "x lists what has been sent, and says of any of it whether it may still go."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "reports.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.as_at: date | None = None
        self.since: date | None = None
        self.rules = DEFAULT

    def compose(self) -> ComposeResult:
        """The packs, and what the chosen one is."""
        yield TopBar()
        yield Static("Reports and packs: Enter makes the one that is chosen, to read first", id="heading")
        yield OptionList(id="list", markup=False)
        yield Static(id="about")
        yield Footer()

    def on_mount(self) -> None:
        """List them."""
        listed = self.query_one(OptionList)
        width = max(cells(kind.title) for kind in KINDS.values()) + 2
        for kind in KINDS.values():
            pad = " " * (width - cells(kind.title))
            listed.add_option(Option(shown(f"{kind.title}{pad}for {kind.audience.label}"), id=kind.word))
        listed.highlighted = 0
        listed.focus()

    @property
    def kind(self) -> Kind:
        """The pack where the cursor stands."""
        return list(KINDS.values())[self.query_one(OptionList).highlighted or 0]

    def tell(self) -> None:
        """What the chosen pack is, and of which days it would be."""
        kind, width = self.kind, max(self.qa.size.width - 3, 30)
        form = "A workbook (.xlsx)." if kind.workbook else "A paper: Word, web page, PDF or text."
        lines = [hanging(f"{kind.holds} {form}", width, 0), "", hanging(self._days(kind), width, 0)]
        lines.append(hanging(f"Small numbers of children: {self.rules.name}.", width, 0))
        self.query_one("#about", Static).update(lines_shown("\n".join(lines)))

    def _days(self, kind: Kind) -> str:
        qa = self.qa
        if not kind.days and self.since is None:
            until = f"the end of {show_date(self.as_at)}" if self.as_at else "now"
            return f"From the opening of the audit to {until}."
        try:
            since, _ = moments_of(
                qa.workspace, kind, {}, as_at=self.as_at, since=self.since, now=qa.now(), today=qa.today
            )
        except QAError as error:
            return str(error)
        place = zone(qa.workspace.partnership().zone)
        until = f"the end of {show_date(self.as_at)}" if self.as_at else "now"
        met = ", when the group last met," if kind.tier and self.since is None and self._met(kind) == since else ""
        return f"From {show_moment(since, place)}{met} to {until}."

    def _met(self, kind: Kind) -> datetime | None:
        return last_meeting(self.qa.workspace, kind.tier, self.qa.now())

    def on_option_list_option_highlighted(self) -> None:
        """Another pack."""
        self.tell()

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        if self.query_one(OptionList).option_count:
            self.tell()

    def on_option_list_option_selected(self) -> None:
        """Enter."""
        self.action_make()

    # --- deeds

    @work
    async def action_make(self) -> None:
        """Ask what it needs, make it, and show it."""
        from qa_toolkit.tui.reports.preview import PreviewScreen  # only when it is asked for

        qa, kind = self.qa, self.kind
        try:
            releasing.releaser(qa.workspace, qa.person.id if qa.person else "")
        except QAError as error:
            self.refuse(error)
            return
        words = await self._words(kind)
        if words is None:
            return
        self.app.push_screen(PreviewScreen(kind, words, as_at=self.as_at, since=self.since, rules=self.rules))

    async def _words(self, kind: Kind) -> dict[str, str] | None:
        """What the pack needs to know, by name; None when that was left."""
        workspace, words = self.qa.workspace, {}
        needed: dict[str, Callable[[], Sequence[tuple[str, str]]]] = {
            "audit": lambda: [(one.id, f"{one.id}  {one.title}") for one in [*workspace.audits().values()][::-1]],
            "agency": lambda: [(one.id, one.name) for one in workspace.agencies().values()],
            "person": lambda: [(one.id, f"{one.name}  {one.id}") for one in workspace.people().values()],
        }
        for need in kind.needs:
            options = needed[need]()
            if not options:
                self.say(f"There is no {need} yet.", severity="warning")
                return None
            names = [name for _, name in options]
            picked = await self.app.push_screen_wait(PickOne(kind.title, f"Of which {need}?", names))
            if picked is None:
                return None
            words[need] = options[picked][0]
        if kind.word == "audit":
            stages = ["The next draft, for the agencies to check", "The final version, once every comment is answered"]
            stage = await self.app.push_screen_wait(PickOne(kind.title, "Which version?", stages))
            if stage is None:
                return None
            words["final"] = "yes" if stage else ""
        if kind.word == "inspection":
            about = "Under one theme only, by its title? Empty is everything."
            theme = await self.app.push_screen_wait(AskText(kind.title, about))
            if theme is None:
                return None
            words["theme"] = theme
        return words

    @work
    async def action_as_at(self) -> None:
        """Ask for the later day."""
        words = "As at the end of which day? Empty is now."
        typed = await self.app.push_screen_wait(AskText("As at", words, _typed(self.as_at), check=self._been))
        if typed is not None:
            self.as_at = parse_date(typed) if typed else None
            self.tell()

    @work
    async def action_since(self) -> None:
        """Ask for the earlier day."""
        words = "From the end of which day on? Empty is as the pack is usually made."
        typed = await self.app.push_screen_wait(AskText("Since", words, _typed(self.since), check=self._been))
        if typed is not None:
            self.since = parse_date(typed) if typed else None
            self.tell()

    def _been(self, text: str) -> None:
        if text and parse_date(text) > self.qa.today:
            raise InputError(f"{show_date(parse_date(text))} is still to come: figures are of a day that has been.")

    @work
    async def action_numbers(self) -> None:
        """Ask by which rule small numbers are hidden."""
        rules = list(RULE_SETS.values())
        names = [f"{one.name}, as “{one.mark}” ({one.source})" for one in rules]
        picked = await self.app.push_screen_wait(PickOne("Small numbers of children", "By which rule?", names))
        if picked is not None:
            self.rules = rules[picked]
            self.tell()

    def action_sent(self) -> None:
        """What has been sent."""
        from qa_toolkit.tui.reports.sent import SentScreen  # only when it is asked for

        self.app.push_screen(SentScreen())


def _typed(day: date | None) -> str:
    return day.isoformat() if day else ""
