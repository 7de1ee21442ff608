"""The action tracker: every action of every plan, filtered as one types, with the story of the one that is chosen."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plans.filtering import Query
from qa_toolkit.domain.plans.querying import Reading, show
from qa_toolkit.store.workspace import ACTIONS, Workspace
from qa_toolkit.tui.actions.deeds import ON_ONE
from qa_toolkit.tui.actions.many import ON_MANY, ManyDeeds
from qa_toolkit.tui.actions.story import StoryBeside
from qa_toolkit.tui.actions.tracker_list import TrackerList, count_words, lines_of, places
from qa_toolkit.tui.base import TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.tui.widgets.longlist import LongList
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow.plans.stories import Story, story
from qa_toolkit.workflow.plans.tracking import Row
from qa_toolkit.workflow.plans.watching import Watched, as_at, watch

DEEDS = (
    Deed("story", "enter", "Story", "The whole story of the action, on a screen of its own.", True),
    *ON_ONE,
    *ON_MANY,
    Deed("find", "slash", "Filter", "Type words, or such as agency:police colour:red overdue.", True),
    Deed("choose-filter", "f", "Choose", "Choose what to filter by from lists.", True),
    Deed("sort", "s", "Sort", "In another order.", True),
    Deed("group", "g", "Group", "Under headings, by agency, colour, plan and so on.", True),
    Deed("as-at", "t", "As at", "The tracker as it stood on an earlier day, to read.", False),
    Deed("legend", "l", "Legend", "What the colours mean, and by which rules.", False),
    Deed("plans", "p", "Plans", "All plans: commitments, recommendations, good practice, and their answers.", False),
    Deed("bring-back", "i", "Bring in", "An action sheet that its owner filled in and sent back.", False),
    Deed("plan-in", "I", "Bring in a plan", "An action plan that is kept elsewhere, in a workbook or CSV.", False),
    Deed("look-again", "r", "Look again", "Read everything again.", False),
    Deed("back", "escape", "Back", "Out of the filter, or to the screen before.", True),
)


class TrackerScreen(ManyDeeds):
    """Every action."""

    HELP: ClassVar[str] = (
        "Every action of every plan, worst first; ended ones are left out until the filter asks for them.\n\n"
        "/ goes to the filter. Words are looked for in number, text, owner, agency and recommendation. Beside them: "
        "agency: owner: colour: state: tier: theme: source: plan: priority: goes-to: with: recommendation:, each with "
        "one value or several (agency:police,health); due:20 is due within 20 working days, due:2026-12 in that month; "
        "and the words overdue, stale, ownerless, mine, waiting, escalated, extended, asked, refused, open, ended, "
        "all. A minus before any of it turns it round; quotes look for the very words. f writes it for you.\n\n"
        "The colour is worked out by the rules that l shows, and below or beside the list stands the rule that gave "
        "it. t shows the tracker as it stood on an earlier day: to read, not to change.\n\n"
        "d does something to the chosen action. Space marks actions and b does one thing to all that are marked: it is "
        "shown for each first, is recorded as one line, and z takes it back. p goes to the plans, with what they "
        "commit to and recommend, and who has still to answer."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "tracker.tcss"

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed
        """The filter that it opens with."""
        self.past: date | None = None
        self.looking: Workspace | None = None
        """The workspace that is looked at: of an earlier day, where one was asked for."""
        self.watched: Watched | None = None
        self.reading = Reading(Query())
        self._away = False

    def compose(self) -> ComposeResult:
        """The filter, what it found, the list with its story, the three numbers, the keys."""
        yield TopBar()
        yield Static(id="past")
        with Horizontal(id="find-line"):
            yield Static("Filter", id="find-label")
            yield TypedText("find", self.typed, hint="words, or agency:police colour:red overdue", id="find")
        yield Static(id="counts")
        yield Static(id="hint")
        with Horizontal(id="body"):
            yield TrackerList(id="list")
            yield StoryBeside(id="story")
        yield Static(id="chosen")
        yield Static(id="numbers")
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one("#past").display = False
        self.fill()
        self.listed.focus()

    def on_screen_suspend(self) -> None:
        """Elsewhere things may be done: read again on coming back, and only then."""
        self._away = True

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here."""
        if self._away and self.watched is not None:
            self._away = False
            self.fill()

    def action_plans(self) -> None:
        """All plans."""
        from qa_toolkit.tui.actions.all_plans import PlansScreen  # only when it is asked for

        self.app.push_screen(PlansScreen())

    def action_bring_back(self) -> None:
        """A sheet that came back."""
        from qa_toolkit.tui.sending.action_sheet import BringBackScreen  # only when it is asked for

        self.app.push_screen(BringBackScreen())

    def action_plan_in(self) -> None:
        """A plan that is kept elsewhere."""
        from qa_toolkit.tui.sending.plan_in import PlanInScreen  # only when it is asked for

        self.app.push_screen(PlanInScreen())

    @property
    def listed(self) -> TrackerList:
        """The list."""
        return self.query_one("#list", TrackerList)

    @property
    def row(self) -> Row | None:
        """The action where the cursor stands."""
        line = self.listed.chosen
        return line if isinstance(line, Row) else None

    # --- what is shown

    def fill(self) -> None:
        """Read where every action stands, and show what the filter asks for."""
        person = self.qa.person
        if person is None:
            return
        self.looking = self.looking or self.qa.workspace
        try:
            self.watched = watch(self.looking, person, today=self.past or self.qa.today, calendar=self.qa.calendar)
        except QAError as error:
            self.watched = None
            self.query_one("#counts", Static).update(lines_shown(str(error)))
            return
        line = self.query_one("#past", Static)
        line.display = self.past is not None
        if self.past is not None:
            line.update(shown(f"As it stood on {show_date(self.past)}: to read only. t shows today."))
        self.sift()
        self.query_one(TopBar).tell()

    def sift(self) -> None:
        """Read the filter, and show what it asks for."""
        watched, person = self.watched, self.qa.person
        if watched is None or person is None:
            return
        self.reading = watched.read(self.query_one("#find", TypedText).text)
        query = self.reading.query
        rows = watched.found(query)
        lines = lines_of(rows, query.group, watched.known(ended=query.says_state))
        marked = self.listed.marked & {row.action.id for row in rows}
        self.listed.marked = marked
        self.listed.show(lines)
        group = f", by {query.group.label}" if query.group else ""
        live = "" if query.says_state else " live"
        marks = f" {len(marked)} marked." if marked else ""
        found = f"{places(lines)}{live} of {watched.count} actions"
        colours = f": {count_words(rows)}" if rows else ""
        words = f"{found}{colours}; {query.sort.words}{group}.{marks}"
        self.query_one("#counts", Static).update(shown(words))
        hint = self.query_one("#hint", Static)
        hint.update(lines_shown("\n".join(self.reading.faults) or self.reading.hint))
        hint.display = bool(self.reading.faults or self.reading.hint)
        self.query_one("#numbers", Static).update(shown(self._numbers(watched)))
        self.tell_chosen()

    def _numbers(self, watched: Watched) -> str:
        """The three numbers and the name of the rules, in a line where there is no room for the sentence."""
        done, rules = watched.closure, watched.at.rules.title
        if self.qa.size.width >= 150:
            return f"{done.sentence} Colours by {rules}; l says what they mean."
        three = f"{done.submitted} submitted, {done.verified} verified, {done.confirmed} confirmed"
        return f"Of {done.of}: {three}. {rules} (l)"

    def tell_chosen(self) -> None:
        """The chosen action in words, and its story where there is room for it."""
        row, width = self.row, self.qa.size.width - 3
        box = self.query_one(StoryBeside)
        if row is None:
            words = "Nothing is like that. ended or all looks at ended ones too; an empty filter shows what is live."
            if self.watched is not None and not self.watched.count:
                words = "No action has been proposed yet."
            self.query_one("#chosen", Static).update(lines_shown(words))
            box.say(words)
            return
        where = row.standing
        goes = f" Goes to {where.rung.rung.label}." if where.rung else ""
        said = f"{row.action.id}  {where.state.label}. {where.reason}{goes}"
        lines = [hanging(said, width, 2), hanging(row.action.text, width, 2)]
        self.query_one("#chosen", Static).update(lines_shown("\n".join(lines)))
        if box.display:
            at_once = self.looking is not None and self.looking.is_read(ACTIONS)
            box.follow(row, self._read, at_once=at_once)

    def _read(self, id: str) -> Story | None:
        person = self.qa.person
        if self.looking is None or self.watched is None or person is None:
            return None
        return story(self.looking, id, self.watched.at, person)

    def on_long_list_moved(self, message: LongList.Moved) -> None:
        """Another action is chosen."""
        message.stop()
        self.tell_chosen()

    def on_long_list_chosen(self, message: LongList.Chosen) -> None:
        """Enter."""
        message.stop()
        self.action_story()

    def on_resize(self) -> None:
        """The lines break elsewhere, and there may be room for the story now."""
        if self.watched is not None:
            self.call_after_refresh(self.tell_chosen)

    # --- filter, order, headings

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """A key in the filter."""
        message.stop()
        self.sift()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """Enter in the filter goes to the list."""
        message.stop()
        if message.onward:
            self.listed.focus()

    def write(self, query: Query | None) -> None:
        """Put a filter, if one was chosen, in the place of what was typed."""
        if query is not None:
            self.query_one("#find", TypedText).show("find", show(query))
            self.sift()

    def action_find(self) -> None:
        """To the end of the filter."""
        field = self.query_one("#find", TypedText)
        field.move_cursor(field.document.end)
        field.focus()

    @work
    async def action_choose_filter(self) -> None:
        """Ask what to filter by, and write it."""
        from qa_toolkit.tui.actions.choosing import filter_chosen  # only when it is asked for

        if self.watched is not None:
            query = self.reading.query
            self.write(await filter_chosen(self.app, query, self.watched.known(ended=query.says_state)))

    @work
    async def action_sort(self) -> None:
        """Ask in which order."""
        from qa_toolkit.tui.actions.choosing import order_chosen  # only when it is asked for

        self.write(await order_chosen(self.app, self.reading.query))

    @work
    async def action_group(self) -> None:
        """Ask by what."""
        from qa_toolkit.tui.actions.choosing import headings_chosen  # only when it is asked for

        self.write(await headings_chosen(self.app, self.reading.query))

    # --- doing

    def read_only(self) -> bool:
        """Whether an earlier day is shown; says so."""
        if self.past is None:
            return False
        self.say(f"This is the tracker as it stood on {show_date(self.past)}, so nothing can be changed here. Esc "
                 "shows today.")  # fmt: skip
        return True

    def subject(self) -> Story | None:
        """The chosen action, if it is today's."""
        row, person = self.row, self.qa.person
        if not self.read_only() and row is not None and person is not None and self.watched is not None:
            try:
                return story(self.qa.workspace, row.action.id, self.watched.at, person)
            except QAError as error:
                self.refuse(error)
        return None

    # --- looking

    def action_story(self) -> None:
        """The story on a screen of its own."""
        from qa_toolkit.tui.actions.action import StoryScreen  # only when it is asked for

        if self.row is not None:
            self.app.push_screen(StoryScreen(self.row.action.id, past=self.past, looking=self.looking))

    def action_legend(self) -> None:
        """What the colours mean."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if self.watched is not None:
            rules = self.watched.at.rules
            words = "\n".join([f"{rules.title}, in force since {show_date(rules.since)}", "", *rules.legend])
            self.app.push_screen(Page("What the colours mean", words))

    @work
    async def action_as_at(self) -> None:
        """Ask for a day, and show the tracker as it stood then."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        if self.past is not None:
            self.past, self.looking = None, None
            self.fill()
            return

        def check(text: str) -> None:
            as_at(self.qa.workspace, parse_date(text), self.qa.today).close()

        words = "The tracker as it stood at the end of which day? Nothing can be changed there. Such as 23/11/2025."
        typed = await self.app.push_screen_wait(AskText("As at", words, check=check))
        if typed:
            self.past = parse_date(typed)
            self.looking = as_at(self.qa.workspace, self.past, self.qa.today)
            self.fill()

    def action_look_again(self) -> None:
        """Read everything again."""
        self.fill()
        self.say("Read again.")

    def action_back(self) -> None:
        """Out of the filter, back to today, or to the screen before."""
        if isinstance(self.focused, TypedText):
            self.listed.focus()
        elif self.past is not None:
            self.past, self.looking = None, None
            self.fill()
        else:
            super().action_back()
