"""The groups of the worked example: they meet, decide on what their agenda asks, and minute it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from qa_toolkit.domain.plans.agenda_items import Item, Section
from qa_toolkit.domain.plans.meetings import Came, Kind
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.example import cast
from qa_toolkit.example.lives import GROUP, MEETINGS, NEXT_MEETING, PAPERS, STRATEGY_GROUP
from qa_toolkit.example.plans import Plans
from qa_toolkit.workflow.plans import agenda, attending, deciding, meetings
from qa_toolkit.workflow.plans.acting import Given
from qa_toolkit.workflow.plans.keeping import thread_on

_PRESENT = (cast.LEAD_OF["police"], cast.LEAD_OF["social-care"], cast.AUDITOR_OF["health"],
            cast.AUDITOR_OF["education"], cast.AUDITOR_OF["lantern"])  # fmt: skip
_HEALTH, _SCHOOLS, _LANTERN = _PRESENT[2:]
_AWAY = {
    # Without health the first meeting was not quorate: the next had to ratify what it decided.
    GROUP: (_HEALTH, _SCHOOLS, _LANTERN, _SCHOOLS, _LANTERN, _SCHOOLS),
    STRATEGY_GROUP: (_SCHOOLS, _LANTERN, _SCHOOLS),
}
_READ_FIRST = 9
"""Items beyond closures and dates that a meeting gets through; the rest carries over."""
_CHAIRS_ACTION = -228

_NOTED = {
    Section.PROGRAMME: "On course; the placement audit waits for its new date.",
    Section.RETURNS: "Thanks to those who were in time. The co-ordinator rings those who were not.",
    Section.CONCERNS: "Each was acknowledged the same day.",
    Section.GRADES: "The panel and the agencies differ in few files, and both ways.",
    Section.REPEATS: "Found again: the group asks what stood in the way, before it asks for more of the same.",
    Section.RE_AUDITS: "The re-audit is in the programme.",
}


_TO_COME = ((GROUP, NEXT_MEETING), ("business-group", 30), (STRATEGY_GROUP, 44), ("main-board", 58))


class Meetings:
    """The meetings of the groups, on the days on which they were held, and those to come."""

    def __init__(self, told: Plans) -> None:
        self.told, self.workspace, self.by = told, told.workspace, told.builder.by

    def tell(self) -> None:
        """Put every meeting on its day."""
        for tier, days in MEETINGS.items():
            for number, day in enumerate(days):
                self.told.at(day, partial(self._hold, tier, number), 4)
        self.told.at(_CHAIRS_ACTION, self._chairs_action, 4)
        self.told.at(-2, self._to_come, 5)

    def _to_come(self) -> None:
        for tier, day in _TO_COME:
            on = self.told.builder.working(day)
            meetings.plan_meeting(
                self.workspace, tier, on, papers=on - timedelta(days=PAPERS), chair=cast.CHAIR.id, by=self.by,
                **self.told.when,
            )  # fmt: skip

    def _hold(self, tier: str, number: int) -> None:
        told, today = self.told, self.told.today
        made = meetings.plan_meeting(
            self.workspace, tier, today, papers=today - timedelta(days=PAPERS), chair=cast.CHAIR.id, by=self.by,
            **told.when,
        )  # fmt: skip
        meetings.open_meeting(self.workspace, made.id, by=self.by, **told.when)
        away = _AWAY[tier][number]
        there = [who for who in _PRESENT if who != away]
        attending.attend(self.workspace, made.id, there, by=self.by, **told.when)
        attending.attend(self.workspace, made.id, [away], Came.APOLOGIES, by=self.by, **told.when)
        # What a meeting looks at is what was so before it, so it is read once.
        papers = agenda.papers(self.workspace, made.id, calendar=told.builder.calendar, **told.when)
        self._decide(papers)
        if (tier, number) == (GROUP, 2):
            self._set_action(made.id)
        left = [item.key for item in agenda.unreached(self.workspace, papers)]
        meetings.end_meeting(self.workspace, made.id, left, by=self.by, **told.when)

    def _decide(self, papers: agenda.Papers) -> None:
        items = agenda.items(self.workspace, papers)
        agreed = [item.key for item in items if item.consent]
        if agreed:
            deciding.consent(self.workspace, papers, agreed, by=cast.CHAIR.id, **self.told.when)
        reached = 0
        for item in items:
            if item.consent:
                continue
            settles = item.section in (Section.MINUTES, Section.RATIFY, Section.CLOSURES, Section.LATER_DAYS)
            reached += not settles
            if settles or reached <= _READ_FIRST:
                self._one(papers.meeting_id, item)

    def _one(self, meeting: str, item: Item) -> None:
        """One decision by itself; the chair records it, because the co-ordinator owns some of the actions."""
        kind, text, given = Kind.NOTE, _NOTED.get(item.section, "Looked at; nothing is asked."), Given()
        if item.section is Section.MINUTES:
            kind, text = Kind.APPROVE_MINUTES, ""
        elif item.section is Section.RATIFY:
            kind, text = Kind.RATIFY, ""
        elif item.section is Section.CLOSURES:
            kind, text = self._closure(item)
        elif item.section is Section.LATER_DAYS:
            kind, text = Kind.EXTEND, "Agreed for the last time: the group wants to see it done by then."
        elif item.section in (Section.RED, Section.ESCALATED):
            back = self.told.today + timedelta(days=80)
            kind, text = Kind.ASK_MORE, "What is different for children meanwhile? An answer in writing."
            given = Given(due_back=back)
        made = deciding.decide(self.workspace, meeting, item.key, kind, text, given, by=cast.CHAIR.id, **self.told.when)
        if kind is Kind.ASK_MORE and made.id.endswith(("1", "3", "5", "7", "9")):
            self.told.at(self.told.day + 45, partial(self._answer, made.id))

    def _answer(self, decision: str) -> None:
        """What came back; for the others nothing did, and the next agenda says so."""
        deciding.answer(
            self.workspace, decision, "Children are met as before by the duty team; the wait is three weeks longer.",
            by=self.by, **self.told.when,
        )  # fmt: skip

    def _closure(self, item: Item) -> tuple[Kind, str]:
        verified = self._thread(item.key).state.verified_or_later
        if verified:
            return Kind.CLOSE, "Closed, with the evidence on the screen."
        return Kind.NOTE, "Waits for somebody from elsewhere to look at the evidence."

    def _thread(self, action: str) -> Thread:
        return thread_on(self.workspace.actions_shelf, action)

    def _set_action(self, meeting: str) -> None:
        given = Given(
            day=self.told.today + timedelta(days=60), owner=self.told.builder.by,
            measure="A list of who sits for whom, with the next papers",
        )  # fmt: skip
        made = deciding.decide(
            self.workspace, meeting, "programme", Kind.SET_ACTION, "Name a deputy for each member.", given, by=self.by,
            **self.told.when,
        )  # fmt: skip
        self.told.at(self.told.day + 50, partial(self.told.finish, made.subject))

    def _chairs_action(self) -> None:
        """Between meetings the chair agrees a later day that cannot wait."""
        ids = sorted(self.workspace.actions_shelf.all(Action))
        waiting = [id for id in ids if self._thread(id).wants_later_day is not None]
        if waiting:
            deciding.chairs_action(
                self.workspace, GROUP, waiting[0], Kind.EXTEND, "The contract would have lapsed before then.",
                chair=cast.CHAIR.id, by=self.by, **self.told.when,
            )  # fmt: skip
