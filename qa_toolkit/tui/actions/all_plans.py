"""All plans, whatever they come from, with where their actions stand: the three numbers always together."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.flow import Closure, closure
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.actions.acting import Who
from qa_toolkit.tui.actions.taking_back import UNDO, TakesBack
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging
from qa_toolkit.workflow.plans import listed, plans, tracking

DEEDS = (
    Deed("open", "enter,o", "Open", "Its commitments, recommendations and good practice.", True),
    Deed("actions", "a", "Actions", "Its actions, in the tracker.", True),
    Deed("new", "n", "New", "Open a plan: of an audit, a review, an inspection, a strategy.", True),
    Deed("end", "e", "End", "End a plan: nothing is added to it, and what is open goes on.", True),
    UNDO,
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Plan", 11), ("Source", 15), ("Open", 4), ("Red", 3), ("Amber", 5), ("Green", 5), ("Title", 0))


class PlansScreen(TableScreen, TakesBack):
    """Every plan."""

    HELP: ClassVar[str] = (
        "Plans of audits, reviews, inspections, self-assessments, scrutiny and meetings, and strategies, which are "
        "plans like any other. Open, red, amber and green count actions that are open. Below the table stand the three "
        "numbers of the chosen plan: submitted as done, verified by somebody independent, confirmed to have made a "
        "difference.\n\nEnter opens a plan: its commitments, recommendations and good practice, and their answers."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self) -> None:
        super().__init__()
        self.listed: list[Plan] = []
        self._numbers: dict[str, Closure] = {}

    def fill(self) -> None:
        """Read and show them: those that go on first, newest first."""
        workspace, person = self.qa.workspace, self.qa.person
        try:
            at = tracking.yardstick(workspace, self.qa.today, self.qa.calendar)
            known = listed.listing(workspace)
            rows = tracking.rows_of(known, at, person)
        except QAError as error:
            self.head("Plans", str(error))
            return
        newest = sorted(known.plans, key=lambda plan: plan.id, reverse=True)
        self.listed = sorted(newest, key=lambda plan: plan.ended is not None)
        of = {plan.id: [row.standing for row in rows if row.plan.id == plan.id] for plan in self.listed}
        self._numbers = {id: closure([one.state for one in stand]) for id, stand in of.items()}
        going = sum(plan.ended is None for plan in self.listed)
        ended = f", {len(self.listed) - going} ended" if going < len(self.listed) else ""
        self.head("Plans", f"{going} go on{ended}." if self.listed else "None yet: n opens one.")
        texts = []
        for plan in self.listed:
            count = Counter(one.colour for one in of[plan.id] if one.state.open)
            numbers = (count.total(), count[Colour.RED], count[Colour.AMBER], count[Colour.GREEN])
            title = f"{plan.title}{f', {plan.edition}' if plan.edition else ''}{' (ended)' if plan.ended else ''}"
            texts.append((plan.id, plan.source.label, *map(str, numbers), title))
        self.rows(COLUMNS, texts)

    @property
    def chosen(self) -> Plan | None:
        """The plan where the cursor stands."""
        return self.at_cursor(self.listed)

    def words(self) -> str:
        """Its title in full, and its three numbers."""
        one, width = self.chosen, self.qa.size.width - 6
        if one is None:
            return ""
        return "\n".join(hanging(said, width, 2) for said in (f"{one.id}: {one.title}", self._numbers[one.id].sentence))

    def action_open(self) -> None:
        """Open the plan."""
        from qa_toolkit.tui.actions.plan import PlanScreen  # only when it is asked for

        if self.chosen is not None:
            self.app.push_screen(PlanScreen(self.chosen.id))

    def action_actions(self) -> None:
        """Its actions."""
        from qa_toolkit.tui.actions.tracker import TrackerScreen  # only when it is asked for

        if self.chosen is not None:
            self.app.push_screen(TrackerScreen(f"plan:{self.chosen.id} all"))

    @work
    async def action_new(self) -> None:
        """Ask for a new plan."""
        from qa_toolkit.tui.actions.new import new_plan  # only when it is asked for
        from qa_toolkit.tui.forms.form import FormScreen

        person = self.qa.person
        if person is None:
            return
        screen = FormScreen(new_plan(Who(self.qa.workspace, person.id, self.qa.now, self.qa.today)))
        if await self.app.push_screen_wait(screen) is not None:
            self.say(screen.said)
            self.fill()

    @work
    async def action_end(self) -> None:
        """End the chosen plan after a yes."""
        from qa_toolkit.tui.forms.asking import Sure  # only when it is asked for

        one, person = self.chosen, self.qa.person
        if one is None or person is None:
            return
        words = f"{one.title}. Nothing can be added to it then; what is open in it goes on until each is closed."
        if not await self.app.push_screen_wait(Sure(f"End {one.id}?", words)):
            return
        try:
            plans.end_plan(
                self.qa.workspace, one.id, seen=seen(one), by=person.id, now=self.qa.now(), today=self.qa.today
            )
            self.say(f"{one.id} is ended. z takes that back.")
        except QAError as error:
            self.refuse(error)
        self.fill()
