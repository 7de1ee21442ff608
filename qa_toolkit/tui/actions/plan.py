"""One plan: its commitments, recommendations and good practice, who has still to answer, and the answers by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.plan import Plan, Recommendation
from qa_toolkit.tui.actions.acting import Who
from qa_toolkit.tui.actions.plan_lines import Line, lines_of
from qa_toolkit.tui.actions.taking_back import UNDO, TakesBack
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import hanging
from qa_toolkit.workflow.plans import keeping
from qa_toolkit.workflow.plans.spreading import Good
from qa_toolkit.workflow.plans.strategies import Kept

if TYPE_CHECKING:
    from qa_toolkit.tui.forms.form import Form

DEEDS = (
    Deed("answer", "enter,r", "Answer", "Record what an agency answers, or where a commitment stands.", True),
    Deed("new", "n", "New", "Add an action that answers it, a recommendation, or good practice.", True),
    Deed("actions", "a", "Actions", "The actions that answer the chosen line, in the tracker.", True),
    Deed("whole", "w", "Whole plan", "Every action of the plan, in the tracker.", True),
    Deed("take-back", "x", "Take back", "Take a recommendation back, with the reason; it stays in the record.", False),
    UNDO,
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Number", 15), ("Stands", 26), ("What it says", 0))


class PlanScreen(TableScreen, TakesBack):
    """What one plan holds besides its actions."""

    HELP: ClassVar[str] = (
        "A strategy’s commitments under their headings, with where each stands and when that is next to be said; the "
        "recommendations of the plan, with who has still to respond; and good practice, with who took it up. Below the "
        "table stands what is chosen, in full, with every answer.\n\n"
        "Enter answers: it records what an agency says to a recommendation (accepted, in part, or rejected with the "
        "reason), where a commitment stands, or what an agency did with good practice. n adds an action that answers "
        "the chosen line. a shows the actions that there are."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, plan_id: str) -> None:
        super().__init__()
        self.plan_id = plan_id
        self.plan: Plan | None = None
        self.listed: list[Line] = []

    def fill(self) -> None:
        """Read the plan, and show it."""
        workspace, by = self.qa.workspace, self.qa.person.id if self.qa.person else ""
        try:
            self.plan = plan = keeping.find(workspace, Plan, self.plan_id)
            self.listed = list(lines_of(workspace, plan, by, self.qa.today))
        except QAError as error:
            self.listed = []
            self.head(self.plan_id, str(error))
            return
        edition = f", {plan.edition}" if plan.edition else ""
        ended = " It was ended: nothing is added to it." if plan.ended else ""
        facts = f"{plan.source.label}. Answered for by {plan.owner or 'nobody named'}.{ended}"
        nothing = " It has no recommendation, commitment or good practice yet: n adds one."
        self.head(f"{plan.id}  {plan.title}{edition}", facts + ("" if self.listed or plan.ended else nothing))
        self.rows(COLUMNS, [(one.id, one.stands, one.text) for one in self.listed])

    @property
    def chosen(self) -> Line | None:
        """The line where the cursor stands."""
        return self.at_cursor(self.listed)

    def words(self) -> str:
        """It in full, with every answer."""
        one, width = self.chosen, self.qa.size.width - 6
        return "\n".join(hanging(said, width, 2) for said in (f"{one.id}: {one.text}", *one.more)) if one else ""

    # --- deeds

    @property
    def _who(self) -> Who | None:
        person = self.qa.person
        return Who(self.qa.workspace, person.id, self.qa.now, self.qa.today) if person else None

    def action_open(self) -> None:
        """Enter on a line."""
        self.action_answer()

    @work
    async def action_answer(self) -> None:
        """Ask for what its kind of line is answered with."""
        # The forms are only loaded when one is asked for.
        from qa_toolkit.tui.actions.answering import responding, stating, taking_up

        one, who, plan = self.chosen, self._who, self.plan
        if one is None or who is None or plan is None:
            return
        match one.of:
            case Recommendation() as made:
                await self._ask(responding(made, who))
            case Kept() as kept:
                await self._ask(stating(plan, kept, who))
            case Good() as good:
                await self._ask(taking_up(good, who))

    @work
    async def action_new(self) -> None:
        """Ask what is to be added to the plan."""
        from qa_toolkit.tui.actions.new import new_action, new_practice, new_recommendation
        from qa_toolkit.tui.forms.asking import PickOne

        one, who, person, plan = self.chosen, self._who, self.qa.person, self.plan
        if who is None or person is None or plan is None:
            return
        about = f" that answers {one.id}" if one is not None and not isinstance(one.of, Good) else ""
        labels = [f"An action{about}", "A recommendation", "Good practice to spread"]
        picked = await self.app.push_screen_wait(PickOne("Add", "What is to be added?", labels))
        if picked == 0:
            recommendation = one.id if one and isinstance(one.of, Recommendation) else ""
            commitment = one.id if one and isinstance(one.of, Kept) else ""
            await self._ask(new_action(who, person, plan.id, recommendation=recommendation, commitment=commitment))
        elif picked == 1:
            await self._ask(new_recommendation(who, plan.id))
        elif picked == 2:
            await self._ask(new_practice(who, plan.id))

    @work
    async def action_take_back(self) -> None:
        """Ask why a recommendation is taken back."""
        from qa_toolkit.tui.actions.answering import withdrawing  # only when it is asked for

        one, who = self.chosen, self._who
        if who is None or one is None:
            return
        if not isinstance(one.of, Recommendation):
            self.say(f"{one.id} is no recommendation. z takes back what you recorded last.")
            return
        await self._ask(withdrawing(one.of, who))

    async def _ask(self, form: Form) -> None:
        from qa_toolkit.tui.forms.form import FormScreen  # only when it is asked for

        screen = FormScreen(form)
        if await self.app.push_screen_wait(screen) is not None:
            self.say(screen.said)
            self.fill()

    def action_actions(self) -> None:
        """The actions of the chosen line."""
        from qa_toolkit.tui.actions.tracker import TrackerScreen  # only when it is asked for

        if (one := self.chosen) is not None:
            asked = f"recommendation:{one.id} all" if isinstance(one.of, Recommendation) else f'"{one.id}" all'
            self.app.push_screen(TrackerScreen(asked))

    def action_whole(self) -> None:
        """The actions of the plan."""
        from qa_toolkit.tui.actions.tracker import TrackerScreen  # only when it is asked for

        self.app.push_screen(TrackerScreen(f"plan:{self.plan_id} all"))
