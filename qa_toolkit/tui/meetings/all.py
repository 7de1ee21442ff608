"""All meetings: the one that sits or comes next first."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Footer, Static

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import Decision, Meeting, Stage
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, rich_shown, shown
from qa_toolkit.workflow.plans import meetings, tracking

DEEDS = (
    Deed("open", "enter", "Open", "Open the meeting that is chosen.", True),
    Deed("plan", "p", "Plan", "Plan a meeting of a group.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class MeetingsScreen(QAScreen):
    """Every meeting."""

    HELP: ClassVar[str] = (
        "The meeting that sits stands first, then those to come, then those that were, latest first. Enter opens one: "
        "what changed since the last, its agenda, and what it decides. p plans one; papers are made a week before "
        "unless `qa meeting change` says otherwise."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "meeting.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[Meeting] = []

    def compose(self) -> ComposeResult:
        """A table."""
        yield TopBar()
        yield Static(shown("Meetings", "bold"), id="meeting-head")
        yield DataTable(id="meetings", cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        self.fill()
        self.query_one(DataTable).focus()

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here."""
        self.fill()

    def fill(self) -> None:
        """Read and show them."""
        workspace = self.qa.workspace
        table, head = self.query_one(DataTable), self.query_one("#meeting-head", Static)
        try:
            # First, while nothing of the file was read yet: then its snapshot is used.
            tracking.listing(workspace)
            found, shelf = meetings.meetings(workspace), workspace.actions_shelf
        except QAError as error:
            head.update(lines_shown(str(error)))
            return
        order = (Stage.OPEN, Stage.PLANNED)
        to_come = [one for one in found if one.stage in order]
        self.listed = sorted(to_come, key=lambda one: (order.index(one.stage), one.day))
        self.listed += [one for one in reversed(found) if one.stage not in order]
        head.update("Meetings" if self.listed else "No meeting is planned yet: p plans one.")
        tiers, row = workspace.partnership_shelf.all(Tier), table.cursor_row
        table.clear(columns=True)
        for title, width in (("Day", 12), ("Group", 26), ("Stands", 24), ("Decisions", 9)):
            table.add_column(rich_shown(title), width=width)
        for one in self.listed:
            decided = len(shelf.ids_under(Decision, one.id))
            cells = (show_date(one.day), tiers[one.tier].name, one.stage.label, str(decided or ""))
            table.add_row(*(rich_shown(text) for text in cells))
        if self.listed:
            table.move_cursor(row=min(row, len(self.listed) - 1))

    def on_data_table_row_selected(self) -> None:
        """Open it."""
        self.action_open()

    def action_open(self) -> None:
        """Open the meeting."""
        from qa_toolkit.tui.meetings.meeting import MeetingScreen  # only when it is asked for

        row = self.query_one(DataTable).cursor_row
        if 0 <= row < len(self.listed):
            self.app.push_screen(MeetingScreen(self.listed[row].id))

    @work
    async def action_plan(self) -> None:
        """Ask which group and when, and plan it."""
        from qa_toolkit.tui.forms.asking import AskText, PickOne  # only when it is asked for

        qa = self.qa
        tiers = sorted(qa.workspace.partnership_shelf.all(Tier).values(), key=lambda one: one.order)
        picked = await self.app.push_screen_wait(PickOne("Plan a meeting", "Of which group?", [t.name for t in tiers]))
        if picked is None:
            return

        def check(text: str) -> None:
            parse_date(text)

        day = await self.app.push_screen_wait(AskText("Plan a meeting", "On which day?", check=check))
        if not day:
            return
        try:
            made = meetings.plan_meeting(
                qa.workspace, tiers[picked].id, parse_date(day), by=qa.person.id if qa.person else "", now=qa.now(),
                today=qa.today,
            )  # fmt: skip
            self.say(f"{made.id} is planned; its papers are as at {show_date(made.papers)}.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_back(self) -> None:
        """To the screen before."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        else:
            self.qa.action_home()
