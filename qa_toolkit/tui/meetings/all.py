"""All meetings: the one that sits or comes next first."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import Decision, Meeting, Stage
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.meetings.bar import MeetingBar
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.workflow.plans import listed, meetings

DEEDS = (
    Deed("open", "enter", "Open", "Open the meeting that is chosen.", True),
    Deed("plan", "p", "Plan", "Plan a meeting of a group.", True),
    Deed("change", "e", "Change", "Another day, papers date or chair for a meeting to come.", True),
    Deed("cancel", "x", "Cancel", "A meeting does not take place: say why.", False),
    Deed("correct", "o", "Correct", "Correct the minutes by a dated line; what was recorded stays.", False),
    Deed("between", "b", "Chair’s action", "What a chair decided between meetings, about an action.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Day", 12), ("Group", 26), ("Stands", 24), ("Decisions", 9))


class MeetingsScreen(TableScreen):
    """Every meeting."""

    HELP: ClassVar[str] = (
        "The meeting that sits stands first, then those to come, then those that were, latest first. Enter opens one: "
        "what changed since the last, its agenda, and what it decides.\n\np plans one; papers are made a week before "
        "unless you say otherwise. e changes the day, the papers date or the chair of one to come, x says why it does "
        "not take place. o corrects minutes by a dated line, before they are approved and after.\n\nb records what a "
        "chair decided between meetings because it could not wait: it counts at once, and the next meeting ratifies it."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    BAR = MeetingBar

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[Meeting] = []

    def fill(self) -> None:
        """Read and show them."""
        workspace = self.qa.workspace
        try:
            # First, while nothing of the file was read yet: then its snapshot is used.
            listed.listing(workspace)
            found = meetings.meetings(workspace)
        except QAError as error:
            self.head(str(error))
            return
        order = (Stage.OPEN, Stage.PLANNED)
        to_come = [one for one in found if one.stage in order]
        self.listed = sorted(to_come, key=lambda one: (order.index(one.stage), one.day))
        self.listed += [one for one in reversed(found) if one.stage not in order]
        self.head("Meetings" if self.listed else "No meeting is planned yet: p plans one.")
        self.rows(COLUMNS, [self._texts(one) for one in self.listed])

    def _texts(self, one: Meeting) -> tuple[str, ...]:
        decided = len(self.qa.workspace.actions_shelf.ids_under(Decision, one.id))
        return show_date(one.day), self._group(one), one.stage.label, str(decided or "")

    def _group(self, one: Meeting) -> str:
        return self.qa.workspace.partnership_shelf.all(Tier)[one.tier].name

    def words(self) -> str:
        """Its number, its papers and its chair."""
        one = self.at_cursor(self.listed)
        if one is None:
            return ""
        if one.cancelled:
            return f"{one.id} did not take place: {one.cancelled}"
        people = self.qa.workspace.people()
        chair = people[one.chair].name if one.chair in people else one.chair or "nobody yet"
        return f"{one.id}, {self._group(one)}. Papers as at {show_date(one.papers)}. Chair: {chair}."

    def action_open(self) -> None:
        """Open the meeting."""
        from qa_toolkit.tui.meetings.meeting import MeetingScreen  # only when it is asked for

        if (one := self.at_cursor(self.listed)) is not None:
            self.app.push_screen(MeetingScreen(one.id))

    @work
    async def action_plan(self) -> None:
        """Ask which group and when, and plan it."""
        from qa_toolkit.tui.meetings.forms import plan_form  # only when it is asked for

        if await self.fill_in(plan_form(self.qa)):
            self.fill()

    @work
    async def action_change(self) -> None:
        """Another day, papers date or chair for the one that is chosen."""
        from qa_toolkit.tui.meetings.forms import change_form  # only when it is asked for

        one = self.at_cursor(self.listed)
        if one is None or one.stage is not Stage.PLANNED:
            self.say("Choose a meeting that is to come: the days of one that was opened stay as they are.")
        elif await self.fill_in(change_form(self.qa, one)):
            self.fill()

    @work
    async def action_cancel(self) -> None:
        """Why the one that is chosen does not take place."""
        from qa_toolkit.tui.meetings.forms import cancel_form  # only when it is asked for

        one = self.at_cursor(self.listed)
        if one is None or one.stage is not Stage.PLANNED:
            self.say("Choose a meeting that is to come: one that was opened stays.")
        elif await self.fill_in(cancel_form(self.qa, one)):
            self.fill()

    @work
    async def action_correct(self) -> None:
        """A dated line that corrects the minutes of the one that is chosen."""
        from qa_toolkit.tui.meetings.forms import correct_form  # only when it is asked for

        one = self.at_cursor(self.listed)
        if one is None or one.ended_at is None:
            self.say("Choose a meeting that has ended: there are no minutes to correct before.")
        else:
            await self.fill_in(correct_form(self.qa, one))

    @work
    async def action_between(self) -> None:
        """What a chair decided between meetings."""
        from qa_toolkit.tui.meetings.between import ask_between  # only when it is asked for

        try:
            done = await ask_between(self)
        except QAError as error:
            self.refuse(error)
            return
        if done:
            self.fill()
