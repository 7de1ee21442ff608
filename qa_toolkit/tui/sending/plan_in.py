"""Somebody else's action plan: what its columns hold, what would come of its rows, and bringing them in."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work

from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.plan_mapping import SEVERAL, PlanField
from qa_toolkit.domain.text import how_many, visible
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.sending import plan_words
from qa_toolkit.tui.sending.choosing import file_from
from qa_toolkit.tui.tablescreen import TableScreen

if TYPE_CHECKING:
    from qa_toolkit.domain.errors import Fault
    from qa_toolkit.exchange.plan_in import Understood
    from qa_toolkit.exchange.plan_table import PlanTable
    from qa_toolkit.workflow.plan_import import PlannedAction

DEEDS = (
    Deed("open", "enter", "Change", "What the chosen column holds; of a row, all that was read of it.", True),
    Deed("turn", "v", "Rows", "From the columns to the rows that come of them, and back.", True),
    Deed("file", "f", "File", "Name another workbook or CSV.", True),
    Deed("sheet", "s", "Sheet", "Another sheet of the workbook.", False),
    Deed("into", "p", "Into", "The plan into which its actions go.", True),
    Deed("due", "d", "Due", "A due day for the rows that have none.", True),
    Deed("take", "y", "Bring in", "Bring in every row that can be read, in one step.", True),
    Deed("look-again", "r", "Look again", "Read the file again.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
_COLUMNS = (("Column", 20), ("Holds", 26), ("For example", 0))
_ROWS = (("Row", 9), ("Becomes", 13), ("What is to be done, or why it does not come", 0))
_ENDINGS = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")


class PlanInScreen(TableScreen):
    """A plan from elsewhere, before it is brought in."""

    HELP: ClassVar[str] = (
        "An action plan that is kept in a workbook or CSV of its own. First its columns: what each seems to hold, with "
        "examples. Enter changes one; what is confirmed is kept, and offered for the next plan with the same headings."
        "\n\nv shows the rows: those that come, those that are in the plan already, and those that cannot be read, "
        "each with its reason. d gives a due day to rows that have none. Colours of cells are not read: here they are "
        "worked out by rules.\n\n"
        "p names the plan into which the actions go. y brings them in, agreed as they were where they come from, as "
        "one step, which z on the list of actions takes back. Nothing is changed before that."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.file = file
        self.plan = ""
        self.otherwise: date | None = None
        self._sheet = ""
        self._read_as: PlanTable | None = None
        self._changes: dict[str, PlanField] = {}
        self._found: Understood | None = None
        self._by_rows = False

    def on_mount(self) -> None:
        """Ask for the file, where none was named."""
        plans = self._plans()
        self.plan = plans[0] if len(plans) == 1 else ""
        if self.file is None:
            self.action_file()

    def _plans(self) -> list[str]:
        from qa_toolkit.workflow.plans.listed import plans  # only here

        return [id for id, one in sorted(plans(self.qa.workspace).items(), reverse=True) if not one.ended]

    # --- reading and showing

    def fill(self) -> None:
        """Read the file, and show what would come of it."""
        from qa_toolkit.exchange.plan_table import read_plan_table  # loaded only where a plan is read

        self._read_as = None
        if self.file is not None:
            try:
                self._read_as = read_plan_table(self.file, self._sheet)
            except QAError as error:
                self.head(f"{visible(self.file.name)}: not read", str(error))
                self._found = None
                self.draw()
                return
        self._understand()

    def _understand(self) -> None:
        from qa_toolkit.exchange.plan_in import understood

        self._found, table = None, self._read_as
        if table is None or self.file is None:
            self.head("A plan from elsewhere", "Press f and name the workbook or CSV.")
            self.draw()
            return
        sheet = f", sheet {visible(table.sheet)}" if table.sheet else ""
        title = f"Bring in a plan: {table.name}{sheet}"
        try:
            self._found = understood(
                self.qa.workspace, table, self._changes, into=self.plan, otherwise=self.otherwise
            )  # fmt: skip
        except QAError as error:
            self.head(title, str(error))
        else:
            self.head(title, plan_words.facts(self._found, table, self.plan, self.otherwise))
        self.draw()

    def draw(self) -> None:
        """The columns, or the rows."""
        if self._by_rows:
            listed = self._listed()
            self.rows(
                _ROWS, [(plan_words.place(one.where), becomes, plan_words.in_short(one)) for one, becomes in listed]
            )
            return
        table = self._read_as
        columns = self._columns_now() if table else {}
        self.rows(_COLUMNS, [(visible(heading), field.label, "; ".join(table.examples(heading)) if table else "")
                             for heading, field in columns.items()])  # fmt: skip

    def _columns_now(self) -> dict[str, PlanField]:
        from qa_toolkit.exchange.plan_in import columns_of

        return columns_of(self.qa.workspace, self._read_as, self._changes)[0] if self._read_as else {}

    def _listed(self) -> list[tuple[PlannedAction | Fault, str]]:
        return plan_words.listed(self._found) if self._found is not None else []

    def words(self) -> str:
        """The chosen column or row in full."""
        if self._by_rows:
            chosen = self.at_cursor(self._listed())
            return plan_words.in_full(chosen[0], chosen[1]) if chosen else ""
        heading = self.at_cursor(list(self._columns_now()))
        if heading is None or self._read_as is None:
            return ""
        examples = "; ".join(self._read_as.examples(heading, 6)) or "nothing stands in it"
        field = self._columns_now()[heading]
        holds = "is not used" if field is PlanField.IGNORE else f"holds {field.label}"
        return f"“{visible(heading)}” {holds}; Enter changes that. For example: {examples}"

    # --- deeds

    @work
    async def action_file(self) -> None:
        """Ask for the file."""
        words = "The workbook or CSV with the plan, or the folder in which it lies."
        before = str(self.file.parent) if self.file else self.qa.folders.get("take", str(Path.cwd()))
        found = await file_from(self, "Which plan?", words, before, _ENDINGS)
        if found is not None:
            self.file, self._sheet, self._changes, self._by_rows = found, "", {}, False
            self.fill()

    def action_turn(self) -> None:
        """From columns to rows and back."""
        self._by_rows = not self._by_rows
        self.table.move_cursor(row=0)
        self.draw()

    def action_open(self) -> None:
        """Change what a column holds; of a row, show all of it."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if not self._by_rows:
            self._change()
        elif chosen := self.at_cursor(self._listed()):
            self.app.push_screen(Page(plan_words.place(chosen[0].where), plan_words.in_full(chosen[0], chosen[1])))

    @work
    async def _change(self) -> None:
        from qa_toolkit.tui.forms.asking import PickOne

        columns = self._columns_now()
        heading = self.at_cursor(list(columns))
        if heading is None:
            return
        fields = list(PlanField)
        options = [field.label for field in fields]
        picked = await self.app.push_screen_wait(
            PickOne(f"What does “{visible(heading)}” hold?", "", options, fields.index(columns[heading]))
        )
        if picked is None:
            return
        field = fields[picked]
        for other, held in columns.items():
            if held is field and field not in SEVERAL and other != heading:
                self._changes[other] = PlanField.IGNORE
                self.say(f"“{visible(other)}” is not used now: only one column can hold {field.label}.")
        self._changes[heading] = field
        self._understand()

    @work
    async def action_sheet(self) -> None:
        """Another sheet."""
        from qa_toolkit.tui.forms.asking import PickOne

        others = self._read_as.others if self._read_as else ()
        if not others:
            self.say("There is no other sheet that looks like a plan.")
            return
        picked = await self.app.push_screen_wait(PickOne("Which sheet?", "", [visible(one) for one in others]))
        if picked is not None:
            self._sheet, self._changes = others[picked], {}
            self.fill()

    @work
    async def action_into(self) -> None:
        """Say into which plan."""
        await self._ask_plan()

    async def _ask_plan(self) -> bool:
        from qa_toolkit.tui.forms.asking import PickOne
        from qa_toolkit.workflow.plans.listed import plans

        ids, known = self._plans(), plans(self.qa.workspace)
        if not ids:
            self.say("There is no plan yet: `qa plan open` adds one.", severity="warning")
            return False
        picked = await self.app.push_screen_wait(
            PickOne("Into which plan?", "", [f"{id}  {known[id].title}" for id in ids])
        )
        if picked is not None:
            self.plan = ids[picked]
            self._understand()
        return picked is not None

    @work
    async def action_due(self) -> None:
        """A due day for rows without one."""
        from qa_toolkit.tui.forms.asking import AskText

        def check(text: str) -> None:
            if text:
                parse_date(text)

        before = show_date(self.otherwise) if self.otherwise else ""
        words = "For every row whose own cannot be read, such as 31/3/2027. Empty: such rows do not come."
        typed = await self.app.push_screen_wait(AskText("Due on which day?", words, before, check=check))
        if typed is not None:
            self.otherwise = parse_date(typed) if typed else None
            self._understand()

    @work
    async def action_take(self) -> None:
        """Bring it in."""
        from qa_toolkit.tui.forms.asking import Sure
        from qa_toolkit.workflow import plan_import

        if self._found is None or self._read_as is None or self.file is None:
            self.say("Press f and name the workbook or CSV first.")
            return
        if not self.plan and not await self._ask_plan():
            return
        found, by = self._found, self.qa.person.id if self.qa.person else ""
        if not found.fresh:
            self.say("There is nothing to bring in that is not there already.")
            return
        left = f" Not read, and left out: {how_many(len(found.read.faults), 'row')}." if found.read.faults else ""
        actions = how_many(len(found.fresh), "action")
        words = f"{actions} into {self.plan}, in one step.{left} How its columns are read is kept."
        if not await self.app.push_screen_wait(Sure("Bring it in?", words)):
            return
        source = f"{self.file.name}{', ' + self._read_as.sheet if self._read_as.sheet else ''}"
        try:
            made = plan_import.bring_in(
                self.qa.workspace, self.plan, found.fresh, source=source, by=by, now=self.qa.now(), today=self.qa.today
            )
            plan_import.keep_mapping(self.qa.workspace, found.columns, by=by, now=self.qa.now())
            self.say(f"Brought in: {made[0].id} to {made[-1].id}." if len(made) > 1 else f"Brought in: {made[0].id}.")
        except QAError as error:
            self.refuse(error)
        self._understand()

    def action_look_again(self) -> None:
        """Read the file again."""
        self.fill()
