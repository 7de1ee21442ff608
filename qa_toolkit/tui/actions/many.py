"""Marking actions in the tracker and doing one deed to all of them."""

from __future__ import annotations

from textual import work

from qa_toolkit.domain.errors import QAError
from qa_toolkit.tui.actions.deeds import ActionDeeds
from qa_toolkit.tui.actions.tracker_list import TrackerList
from qa_toolkit.tui.commands import Deed
from qa_toolkit.workflow.plans.tracking import Row
from qa_toolkit.workflow.plans.watching import Watched

ON_MANY = (
    Deed("mark", "space", "Mark", "Mark this action, or take the mark away.", False),
    Deed("mark-all", "a", "Mark all", "Mark every action that is shown, or none.", False),
    Deed("new", "n", "New", "Add an action, a recommendation or a plan, with advice as it is typed.", True),
    Deed("many", "b", "Many", "One deed for all that are marked: shown first, one line, one undo.", True),
)


class ManyDeeds(ActionDeeds):
    """A tracker in which actions can be marked."""

    watched: Watched | None

    @property
    def listed(self) -> TrackerList:
        """The list."""
        raise NotImplementedError

    def sift(self) -> None:
        """Show again what the filter asks for."""
        raise NotImplementedError

    def read_only(self) -> bool:
        """Whether an earlier day is shown, which has been said."""
        raise NotImplementedError

    def action_mark(self) -> None:
        """Mark the action, and go on to the next."""
        line = self.listed.chosen
        if isinstance(line, Row):
            self.listed.marked ^= {line.action.id}
            self.sift()
            self.listed.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all that are shown, or, where all are marked, none."""
        shown = {line.action.id for line in self.listed.lines if isinstance(line, Row)}
        self.listed.marked = set() if shown <= self.listed.marked else shown
        self.sift()

    @work
    async def action_new(self) -> None:
        """Ask what is to be added, and add it."""
        # All of it is only loaded when it is asked for.
        from qa_toolkit.tui.actions.acting import Who
        from qa_toolkit.tui.actions.new import new_action, new_plan, new_recommendation, running_plans
        from qa_toolkit.tui.forms.asking import PickOne
        from qa_toolkit.tui.forms.form import FormScreen

        person = self.qa.person
        if person is None or self.read_only():
            return
        labels = ["An action", "A recommendation", "A plan"]
        picked = await self.app.push_screen_wait(PickOne("Add", "What is to be added?", labels))
        if picked is None:
            return
        who, line, form = Who(self.qa.workspace, person.id, self.qa.now, self.qa.today), self.listed.chosen, None
        if picked == 2:
            form = new_plan(who)
        else:
            there = running_plans(self.qa.workspace)
            if not there:
                self.say("There is no plan yet to which it could be added: add a plan first.")
                return
            begin = line.plan.id if isinstance(line, Row) and not line.plan.ended else there[0].id
            form = new_action(who, person, begin) if picked == 0 else new_recommendation(who, begin)
        screen = FormScreen(form)
        if await self.app.push_screen_wait(screen) is not None:
            self.say(screen.said)
            self.fill()

    @work
    async def action_many(self) -> None:
        """Ask which deed and with what, show what it comes to, and do it after a yes."""
        # All of it is only loaded when it is asked for.
        from qa_toolkit.tui.actions.acting import Who
        from qa_toolkit.tui.actions.bulk import KINDS, PreviewScreen
        from qa_toolkit.tui.actions.forms import RUNGS
        from qa_toolkit.tui.forms.asking import PickOne
        from qa_toolkit.tui.forms.form import Form, FormScreen, Values
        from qa_toolkit.workflow.plans import bulk

        person, watched = self.qa.person, self.watched
        if person is None or watched is None or self.read_only():
            return
        ids = [line.action.id for line in self.listed.lines if isinstance(line, Row)]
        ids = [id for id in dict.fromkeys(ids) if id in self.listed.marked]
        if not ids:
            self.say("Mark actions first: Space marks one, a marks all that are shown.")
            return
        count = "one action" if len(ids) == 1 else f"{len(ids)} actions"
        labels = [kind.label for kind in KINDS]
        picked = await self.app.push_screen_wait(PickOne(f"For {count}", "What is to be done?", labels))
        if picked is None:
            return
        kind, day = KINDS[picked], Who(self.qa.workspace, person.id, self.qa.now, self.qa.today).day
        effects: list[bulk.Effect] = []

        def look(row: Values) -> str:
            effects[:] = bulk.preview(self.qa.workspace, ids, kind.make(row), watched.at, **day)
            return ""

        about = "It is shown for each before anything is changed."
        form = Form(f"{kind.label}: {count}", about, kind.parts, look, options={"to": RUNGS}, goes_on=True)
        row = await self.app.push_screen_wait(FormScreen(form))
        if row is None or not await self.app.push_screen_wait(PreviewScreen(kind.label, effects)):
            return
        may = [effect for effect in effects if not effect.refused]
        seen = {key: seq for effect in may for key, seq in effect.seen.items()}
        try:
            done = bulk.apply(self.qa.workspace, [one.id for one in may], kind.make(row), seen=seen, **day)
            self.listed.marked = set()
            self.qa.left.forget(form.title)
            self.say(f"Done to {len(done)} of {len(ids)}. z takes all of it back at once.")
        except QAError as error:
            self.refuse(error)
        self.fill()
