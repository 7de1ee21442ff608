"""Home: what this person owes today, each a key away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from qa_toolkit.domain.clock import clock
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.asked import AskedFor
from qa_toolkit.store.workspace import audit_of
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.home.board import Line, board
from qa_toolkit.tui.text import hanging, lines_shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import watchlist
from qa_toolkit.workflow.reading import Cell, Today, has_cases, open_audits, today_for

if TYPE_CHECKING:
    from qa_toolkit.workflow.concerns import Raised

DEEDS = (
    Deed("open", "enter", "Open", "Open the line that is chosen.", False),
    Deed("audits-here", "a", "Audits", "All audits, and the grid of one.", True, "app.audits"),
    Deed("late", "l", "Owed", "Days to go and days late over all open audits; reminders, promises.", True),
    Deed("actions-here", "f7", "Actions", "Every action of every plan, and where it stands.", True, "app.tracker"),
    Deed("meetings-here", "f8", "Meetings", "The groups’ meetings: agenda and decisions.", True, "app.meetings"),
    Deed("take-in", "i", "Post", "What came back this week: workbooks, parcels; a file or a folder.", True),
    *(
        Deed(f"board-{n}", str(n), name, f"{name}, from the board.", False, f"board({n})")
        for n, name in enumerate(
            ("Returns late", "Record checks", "Concerns", "Overdue actions", "Stale actions", "Closures", "Papers"), 1
        )
    ),
    # From the left as many as fit are shown: last what is wanted least often.
    Deed("reports", "p", "Packs", "Packs and reports, for the groups and for each audit.", True),
    Deed("partnership", "g", "People", "Agencies and people: who takes part, and adding and changing them.", True),
    Deed("calendar", "y", "Year", "Twelve months at a glance: what is planned, and what it asks of whom.", True),
    Deed("again", "r", "Look again", "Read everything again.", False),
)


LATE_SHOWN = 12
"""Late returns on this screen; where there are more, one line says so and leads to all of them."""


def due_in_words(cell: Cell) -> str:
    """When it is due, as people say it."""
    if not cell.state.owed:
        return f"due {show_date(cell.due)}"
    if cell.late:
        return f"LATE by {days(cell.late)}, due {show_date(cell.due)}"
    if cell.days_left == 0:
        return f"due today, {show_date(cell.due)}"
    return f"due {show_date(cell.due)}, {days(cell.days_left)} left"


def days(count: int) -> str:
    """A number of working days in words."""
    return f"{count} working day{'' if count == 1 else 's'}"


class HomeScreen(QAScreen):
    """What I owe."""

    HELP: ClassVar[str] = (
        "What you owe today, soonest due first. Choose a line with the arrows and press Enter to open it.\n\n"
        "Returns to score: yours, or your agency's that nobody has taken yet.\n"
        "Came back with questions: a co-ordinator asks about some answers; they are kept, and can be changed.\n"
        "To look at today, for co-ordinators and chairs: seven lines that always stand in this order; their digit goes "
        "there. In a new partnership the first steps stand there, until an audit has cases.\n"
        "Asked by a meeting: Enter answers, and the next meeting hears it.\n"
        "Your actions: those that you own and that are late, due in 20 working days, or without an update.\n"
        "Concerns: open immediate safeguarding concerns, with their clock. This tool alerts nobody: telephone."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "home.tcss"

    def __init__(self) -> None:
        super().__init__()
        self.today: Today | None = None
        self.board: list[Line] = []
        """What a co-ordinator looks at in the morning; in a new partnership, the first steps."""
        self._begins = False
        self.actions: list[watchlist.Wanted] = []
        """This person's actions that want something."""
        self.asked: list[AskedFor] = []
        """What meetings asked this person for."""
        self._columns = 0
        """The width for which the lines were broken; 0 before the first time."""

    def compose(self) -> ComposeResult:
        """The bar, a greeting, one list of everything owed, the keys."""
        yield TopBar()
        yield Static(id="greeting")
        yield OptionList(id="owed", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Fill it."""
        self.fill()
        self.set_focus(self.query_one(OptionList))

    def on_screen_suspend(self) -> None:
        """Elsewhere things may be done: read again on coming back, and only then."""
        self.today = None

    def on_screen_resume(self) -> None:
        """What was done elsewhere shows here."""
        if self.is_mounted and self.today is None:
            self.fill()

    def action_open(self) -> None:
        """Open the line that is chosen: what Enter does in the list by itself, for those who choose it by its name."""
        self.query_one(OptionList).action_select()

    def action_again(self) -> None:
        """Read everything again."""
        self.fill()
        self.say("Read again.")

    def action_partnership(self) -> None:
        """Agencies and people."""
        from qa_toolkit.tui.partnership.screen import PartnershipScreen  # only when it is asked for

        self.app.push_screen(PartnershipScreen())

    def action_late(self) -> None:
        """What is owed over all open audits: for those who run them."""
        from qa_toolkit.tui.owed.late import LateScreen  # only when it is asked for

        self.app.push_screen(LateScreen())

    def action_calendar(self) -> None:
        """The year at a glance."""
        from qa_toolkit.tui.calendar.screen import CalendarScreen  # only when it is asked for

        self.app.push_screen(CalendarScreen())

    def action_board(self, number: int) -> None:
        """To one line of the board."""
        line = self.board[number - 1] if number <= len(self.board) else None
        if line is not None and line.go is not None:
            line.go()
        elif line is not None:
            self.say(f"{line.words}.")

    def action_take_in(self) -> None:
        """What came back."""
        self.qa.action_take_in()

    def action_reports(self) -> None:
        """Packs and reports."""
        self.qa.action_reports()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What only co-ordinators and chairs are offered."""
        person = self.qa.person
        run = ("late", "calendar", "board", "reports", "take_in")
        return action not in run or (person is not None and person.is_(Role.COORDINATOR, Role.CHAIR))

    def fill(self) -> None:
        """Read what is owed, and show it."""
        person = self.qa.person
        if person is None:
            return
        try:
            self.today = today_for(self.qa.workspace, person, today=self.qa.today, calendar=self.qa.calendar)
            found = watchlist.actions(self.qa.workspace, person, today=self.qa.today, calendar=self.qa.calendar)
            runs_it = person.is_(Role.COORDINATOR, Role.CHAIR)
            self.board, self.actions = board(self.qa, self.today, found) if runs_it else [], found.mine
            self.asked = found.asked
            self._begins = person.is_(Role.COORDINATOR) and not has_cases(self.qa.workspace) and self._first_steps()
        except QAError as error:
            self.query_one("#greeting", Static).update(lines_shown(str(error)))
            return
        self._list(self.today)
        self.query_one(TopBar).tell()

    def _first_steps(self) -> bool:
        """Put the first steps in the place of a board that has nothing to say, where nothing is in use yet."""
        from qa_toolkit.tui.home.first_steps import first_steps  # once in a partnership’s life

        steps = first_steps(self.qa)
        if steps:
            self.board = [*steps, *(line for line in self.board if line.go)]
        return bool(steps)

    def _list(self, today: Today) -> None:
        self._columns = self.qa.size.width
        listed = self.query_one(OptionList)
        before = listed.highlighted
        options = self._options(today)
        owed = sum(option.id is not None for option in options)
        self.query_one("#greeting", Static).update(lines_shown(self._greeting(today, owed)))
        listed.clear_options()
        listed.add_options(options)
        first = next((n for n, option in enumerate(options) if not option.disabled), None)
        listed.highlighted = before if before is not None and before < len(options) else first

    def _greeting(self, today: Today, owed: int) -> str:
        agency = self.qa.workspace.agencies()[today.person.agency].name
        roles = ", ".join(role.label.lower() for role in today.person.roles)
        below = f"{show_date(self.qa.today)} · Enter opens the line that is chosen."
        if self._begins:
            below = "A new partnership: a digit goes to each first step, and there is no hurry."
        elif not owed:
            below = "Nothing is owed today. Thank you."
        return f"{today.person.name}, {roles}, {agency}\n{below}"

    def _options(self, today: Today) -> list[Option]:
        runs_it = today.person.is_(Role.COORDINATOR, Role.CHAIR)
        looked_at = [self._board_line(n, line) for n, line in enumerate(self.board, start=1)]
        groups: list[tuple[str, list[tuple[str, Content]]]] = [
            ("Concerns open", [self._concern(raised) for raised in today.concerns]),
            ("Came back with questions", [self._cell(cell) for cell in today.queries]),
            ("Returns to score", [self._cell(cell) for cell in today.returns]),
            ("Asked by a meeting", [self._asked(one) for one in self.asked]),
            ("Your actions", [self._action(one) for one in self.actions]),
            ("In your agency, to be checked", [self._cell(cell) for cell in today.to_check]),
            ("Submitted, to be filed" if runs_it else "Filed, thank you", [self._cell(c) for c in today.came_back]),
        ]
        if runs_it:
            late = [self._cell(cell, who=True) for cell in today.late[:LATE_SHOWN]]
            if more := len(today.late) - len(late):
                late.append(("late:", self._line(f"  and {more} more: What is owed (l) shows them all")))
            groups.append(("Late", late))
            audits = [
                (f"audit:{entry.id}", self._line(f"  {entry.id}  {entry.title}, due {show_date(entry.due)}"))
                for entry in open_audits(self.qa.workspace)
            ]
            groups.append(("Audits open", audits))
        heading = Content.styled("First steps" if self._begins else "To look at today", "bold")
        options: list[Option] = [Option(heading, disabled=True)] if looked_at else []
        options += [Option(words, id=id, disabled=not id) for id, words in looked_at]
        for title, lines in groups:
            if lines:
                count = len(today.late) if title == "Late" else len(lines)
                heading = Content.styled(f"{title} ({count})", "bold")
                options.append(Option(heading, disabled=True))
                options += [Option(line, id=f"{title}:{id}") for id, line in lines]
        return options

    def _board_line(self, number: int, line: Line) -> tuple[str | None, Content]:
        """A line of the board; one that leads nowhere cannot be chosen."""
        return (f"Board:board:{number}" if line.go else None), self._line(f"  {number} {line.words}")

    def _action(self, one: watchlist.Wanted) -> tuple[str, Content]:
        due = show_date(date.fromisoformat(one.due))
        words = f"  {one.id}  {one.colour}, due {due} ({one.due_words}): {one.text}"
        return f"action:{one.id}", self._line(words, "bold" if one.overdue else "")

    def _asked(self, one: AskedFor) -> tuple[str, Content]:
        late = one.day < self.qa.today
        words = f"  {one.subject}  {'LATE, ' if late else ''}to answer by {show_date(one.day)}: {one.words}"
        return f"asked:{one.id}", self._line(words, "bold" if late else "")

    def _cell(self, cell: Cell, *, who: bool = False) -> tuple[str, Content]:
        title = self.qa.workspace.audits()[audit_of(cell.return_id)].title
        known = cell.summary
        done = f", {known.answered} of {known.asked} answered" if known and known.round == 0 else ""
        person = f", {cell.rater or cell.agency}" if who else ""
        words = f"  {cell.return_id}  {cell.state.label}{done}; {due_in_words(cell)}{person}"
        if self.qa.size.width >= 150:
            words += f"  ·  {title}"
        return f"return:{cell.return_id}", self._line(words, "bold" if cell.late else "")

    def _concern(self, raised: Raised) -> tuple[str, Content]:
        found = clock(raised.concern, raised.follow_up, self.qa.now(), self.qa.calendar)
        words = self._line(f"  {raised.concern.id}  {found.sentence}", "bold")
        return f"concern:{raised.return_id}:{raised.concern.id}", words

    def _line(self, words: str, style: str = "") -> Content:
        """A line of the list; what does not fit goes on below, indented."""
        return lines_shown(hanging(words, self.qa.size.width - 6, 6), style)

    @work
    async def _answer(self, id: str) -> None:
        """Say what came back to a meeting that asked."""
        from qa_toolkit.tui.home.answering import answer_form  # only when it is asked for

        one = next((one for one in self.asked if one.id == id), None)
        if one is not None and await self.fill_in(answer_form(self.qa, one)):
            self.fill()

    def on_resize(self) -> None:
        """The lines break elsewhere."""
        if self.today is not None and self._columns != self.qa.size.width:
            self._list(self.today)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the line."""
        # The group's title comes first: the same return may stand in two groups, and ids in a list must differ.
        _, kind, id, *_ = (event.option_id or "").split(":")
        if kind == "return":
            self.qa.open_return(id)
        elif kind == "audit":
            self.qa.open_audit(id)
        elif kind == "late":
            self.action_late()
        elif kind == "board":
            self.action_board(int(id))
        elif kind == "action":
            from qa_toolkit.tui.actions.action import StoryScreen  # only when it is asked for

            self.app.push_screen(StoryScreen(id))
        elif kind == "asked":
            self._answer(id)
        elif kind == "concern":
            # The heaviest of the three, and the rarest.
            from qa_toolkit.tui.scoring.concern import ConcernScreen

            self.app.push_screen(ConcernScreen(id))
