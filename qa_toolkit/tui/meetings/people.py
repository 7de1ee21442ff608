"""Who is at the meeting: present, deputy, apologies, absent, with one letter each; and whether it may decide."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.meetings import Came, Meeting
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.meetings.bar import MeetingBar
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging
from qa_toolkit.workflow.plans import attending, meetings
from qa_toolkit.workflow.plans.keeping import find

DEEDS = (
    Deed("present", "p", "Present", "The one who is chosen is there.", True, "came('present')"),
    Deed("deputy", "d", "Deputy", "The one who is chosen comes in somebody’s place.", True),
    Deed("apologies", "a", "Apologies", "The one who is chosen sent apologies.", True, "came('apologies')"),
    Deed("absent", "x", "Absent", "The one who is chosen stayed away.", False, "came('absent')"),
    Deed("chair", "c", "In the chair", "The one who is chosen chairs the meeting.", True),
    Deed("add", "g", "Somebody else", "Add one of the people here, or a guest by role and agency.", True),
    Deed("back", "escape", "Back", "To the meeting.", True),
)
COLUMNS = (("Who", 26), ("Agency", 16), ("Came", 10), ("", 0))


class MeetingPeopleScreen(TableScreen):
    """Who is there."""

    HELP: ClassVar[str] = (
        "Choose a line with the arrows, then one letter: p present, a apologies, x absent, d deputy (it asks in whose "
        "place). Who was at the last meeting stands here already; g adds somebody else: one of the people here as "
        "handle@agency, or a guest as a role and an agency, such as practice manager=health. c puts the one who is "
        "chosen in the chair.\n\nThe line at the top says whether the meeting may decide. Without a quorum it may go "
        "on: what it decides is ratified by the next."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    BAR = MeetingBar

    def __init__(self, meeting_id: str) -> None:
        super().__init__()
        self.meeting_id = meeting_id
        self.people: list[str] = []
        self._agencies: dict[str, str] = {}

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is now."""
        return find(self.qa.workspace, Meeting, self.meeting_id)

    def fill(self) -> None:
        """Show everybody who is expected, and who came besides."""
        workspace, meeting = self.qa.workspace, self.meeting
        self._agencies = attending.expected(workspace, meeting, today=self.qa.today)
        # In one order throughout, so that the line under the cursor stays where it is while letters are pressed.
        self.people += [who for who in self._agencies if who not in self.people]
        quorum = attending.quorum_of(workspace, workspace.actions_shelf, meeting)
        words = f"Who is at {meeting.id}: {quorum.sentence}"
        self.head(hanging(words, self.qa.size.width - 5, 2))
        self.rows(COLUMNS, [self._texts(meeting, who) for who in self.people])

    def _texts(self, meeting: Meeting, who: str) -> tuple[str, str, str, str]:
        known, one = self.qa.workspace.people(), meeting.attendee(who)
        name = known[who].name if who in known else who
        more = "in the chair" if who == meeting.chair else ""
        if one is not None and one.instead_of:
            more = f"for {known[one.instead_of].name if one.instead_of in known else one.instead_of}"
        return name, self._agencies.get(who, ""), one.came.label if one else "–", more

    @property
    def chosen(self) -> str:
        """Who is under the cursor."""
        return self.at_cursor(self.people) or ""

    def _named(self, who: str) -> str:
        """As a verb takes them: a guest with the agency."""
        return who if who in self.qa.workspace.people() else f"{who}={self._agencies.get(who, '')}"

    def action_came(self, came: str) -> None:
        """Record it."""
        if self.chosen:
            self._attend([self._named(self.chosen)], Came(came))

    def _attend(self, who: list[str], came: Came, instead_of: str = "") -> bool:
        """Record it; whether it was."""
        qa, done = self.qa, True
        try:
            attending.attend(
                qa.workspace, self.meeting_id, who, came, instead_of=instead_of, by=qa.by,
                now=qa.now(), today=qa.today,
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
            done = False
        self.fill()
        return done

    @work
    async def action_deputy(self) -> None:
        """Ask in whose place, and record it."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        who, known = self.chosen, self.qa.workspace.people()
        others = [id for id in self.people if id != who]
        names = [f"{known[id].name} ({known[id].agency})" if id in known else id for id in others]
        picked = await self.app.push_screen_wait(PickOne("Deputy", "In whose place do they come?", names))
        if picked is not None:
            self._attend([self._named(who)], Came.DEPUTY, self._named(others[picked]))

    @work
    async def action_add(self) -> None:
        """Ask who, and record that they are there."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        words = "One of the people here, as handle@agency. Or a guest, as a role and an agency: practice manager=health"
        kept = f"{self.meeting_id} somebody else"
        typed = await self.app.push_screen_wait(AskText("Somebody else is here", words, kept=kept))
        if typed and self._attend([typed], Came.PRESENT):
            self.qa.left.forget(kept)

    def action_chair(self) -> None:
        """Put them in the chair."""
        qa = self.qa
        try:
            meetings.change_meeting(
                qa.workspace, self.meeting_id, chair=self.chosen, by=qa.by, now=qa.now(),
                today=qa.today,
            )  # fmt: skip
        except QAError as error:
            self.refuse(error)
        self.fill()
