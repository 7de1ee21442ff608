"""A self-assessment round: agencies by indicators, each agency's own word, the panel's under it, and last time's.

One section at a time; the first page has the whole and every section.
"""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.moderation import AgreedGrade
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.rounds import Board, Cell, Line, Moderated, Page, Word
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import cells, shorten
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import hanging, lines_shown, rich_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import moderation, rounds

DEEDS = (
    Deed("open", "enter", "Open", "Open the return of the agency that is chosen.", False),
    Deed("next", "n", "Section", "To the next section. p goes back.", True, "section(1)"),
    Deed("previous", "p", "Section before", "To the section before.", False, "section(-1)"),
    Deed("moderate", "m", "Panel’s word", "Record what the panel says of the indicator or section.", True),
    Deed("moved", "d", "What moved", "Only rows that moved since last time or that the panel moderated.", True),
    Deed("back", "escape", "Back", "To the grid.", True),
)
ROW, NARROWEST, WIDEST = 6, 8, 26
"""Columns of a row’s name, and of an agency at the least and the most."""


class IndicatorsScreen(QAScreen):
    """Agencies by indicators, a section at a time."""

    HELP: ClassVar[str] = (
        "A row for each indicator, a column for each agency. In a row, the agency’s own word comes first; under it, "
        "where there is one, the panel’s (“panel”), and what stood at the end of the last round (“before”).\n\nA star "
        "marks an answer carried over from last time that nobody looked at again. Words in brackets are computed: the "
        "middle of the steps. –: not asked of that agency. Returns count once they are filed.\n\nArrows choose; the "
        "lines below say it in full. m records the panel’s word, with its reason; the agency’s own is never changed. "
        "On the first page it records a grade for the section or the whole. Who sits is recorded with `qa panel "
        "convene`."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CSS_PATH = "indicators.tcss"

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self.board: Board | None = None
        self.place = 0
        self.moved_only = False
        self.lines: list[Line] = []

    def compose(self) -> ComposeResult:
        """The section, the table, what was said, the keys."""
        yield TopBar()
        yield Static(id="child")
        yield DataTable(id="side", cursor_type="cell", cell_padding=0)
        yield Static(id="said")
        yield Footer()

    def on_mount(self) -> None:
        """Read the round."""
        self.read()
        self.query_one(DataTable).focus()

    def read(self) -> None:
        """Read the round again, and show it."""
        qa = self.qa
        by = qa.person.id if qa.person else ""
        try:
            self.board = rounds.board(qa.workspace, self.audit_id, by=by, today=qa.today, calendar=qa.calendar)
        except QAError as error:
            self.board, self.lines = None, []
            self.query_one("#child", Static).update(lines_shown(str(error)))
            return
        self.fill()

    def on_resize(self) -> None:
        """More columns may fit."""
        if self.board is not None:
            self.fill()

    @property
    def page(self) -> Page | None:
        """The section that is shown."""
        return self.board.pages[self.place] if self.board is not None else None

    def fill(self) -> None:
        """Show the section."""
        board, page = self.board, self.page
        if board is None or page is None:
            return
        where = f"{page.title} ({self.place + 1} of {len(board.pages)})"
        before = f" Before: {', '.join(board.before)}." if board.before else ""
        self.query_one("#child", Static).update(shown(f"{board.audit}  {where}. {page.sentence}{before}"))
        self.lines = [line for line in page.lines if not self.moved_only or _tells(line)]
        table = self.query_one(DataTable)
        at = table.cursor_coordinate
        table.clear(columns=True)
        table.fixed_columns, table.header_height = 1, 2
        table.add_column(rich_shown("Row"), width=ROW + 1)
        width = _column(self.qa.size.width, len(board.agencies))
        for agency in board.agencies:
            table.add_column(_heading(agency, width), width=width + 1)
        for line in self.lines:
            kinds = _kinds(line)
            said = [_cell(line.cells.get(agency, Cell()), kinds, width) for agency in board.agencies]
            label = "Whole" if line.id == OVERALL else line.id
            first = Text("\n").join([rich_shown(label, "bold"), *(rich_shown(kind, "dim") for kind in kinds)])
            table.add_row(first, *said, height=1 + len(kinds))
        if self.lines:
            column = min(max(at.column, 1), len(board.agencies))
            table.move_cursor(row=min(at.row, len(self.lines) - 1), column=column)
        self.tell()

    @property
    def chosen(self) -> tuple[Line, str] | None:
        """The row and the agency where the cursor stands."""
        at = self.query_one(DataTable).cursor_coordinate
        if self.board is None or not 0 <= at.row < len(self.lines):
            return None
        return self.lines[at.row], self.board.agencies[max(at.column - 1, 0)]

    def on_data_table_cell_highlighted(self) -> None:
        """Say in full what is chosen."""
        self.tell()

    def tell(self) -> None:
        """The chosen cell in full."""
        said, chosen = self.query_one("#said", Static), self.chosen
        if chosen is None or self.board is None:
            said.update(shown("Nothing on this page moved; d shows every row." if self.moved_only else "No rows."))
            return
        line, agency = chosen
        cell = line.cells.get(agency, Cell())
        words = [line.title if line.id == OVERALL else f"{line.id}  {line.title}"]
        words.append(f"  {agency}, {self.board.states[agency].lower()}: {_said(cell)}")
        if cell.unconfirmed:
            words.append("  * carried over from last time, and not looked at again")
        if cell.moderated is not None:
            words.append(f"  panel: {_word(cell.moderated)}")
        if cell.before is not None:
            moved = {None: "", 0: "; the same now"}.get(cell.moved, f"; {_steps(cell.moved or 0)} now")
            words.append(f"  before: {cell.before.shown}{moved}")
        width = self.qa.size.width - 3
        said.update(lines_shown("\n".join(hanging(one, width, 6) for one in words)))

    # --- deeds

    def action_section(self, step: int) -> None:
        """To another section."""
        if self.board is not None:
            self.place = max(0, min(self.place + step, len(self.board.pages) - 1))
            self.query_one(DataTable).move_cursor(row=0)
            self.fill()

    def action_moved(self) -> None:
        """Only what moved, or every row."""
        self.moved_only = not self.moved_only
        self.fill()

    def on_data_table_cell_selected(self) -> None:
        """Enter."""
        self.action_open()

    def action_open(self) -> None:
        """The return of the agency that is chosen."""
        if self.board is not None and (chosen := self.chosen) is not None:
            agency = chosen[1]
            self.qa.open_return(f"{self.board.subjects[agency]}-{agency.upper()}")

    @work
    async def action_moderate(self) -> None:
        """Ask the step and its reason, and record them."""
        from qa_toolkit.tui.forms.asking import AskText, PickOne  # only when it is asked for

        chosen, board = self.chosen, self.board
        if chosen is None or board is None:
            return
        line, agency = chosen
        graded = self.place == 0
        template = self._template()
        options = [] if graded else list(template.options_of(template.questions[line.id].main))
        labels = [grade.label for grade in Grade] if graded else [option.label for option in options]
        words = f"What does the panel say of {agency}? {line.title}"
        picked = await self.app.push_screen_wait(PickOne("The panel’s word", words, labels))
        if picked is None:
            return

        def check(text: str) -> None:
            moderation.check_reasons(text)

        words = f"{labels[picked]} ({agency}, {line.id}): what decided it?"
        subject, by = board.subjects[agency], self.qa.person.id if self.qa.person else ""
        kept = f"{subject} {line.id}: {labels[picked]}"
        reasons = await self.app.push_screen_wait(AskText("Why", words, long=True, check=check, kept=kept))
        if not reasons:
            return
        known = line.cells.get(agency, Cell()).moderated
        table = (AgreedGrade if graded else Moderated).table
        saw = {(table, f"{subject}:{line.id}"): known.seq if known is not None else 0}
        try:
            if graded:
                moderation.agree(
                    self.qa.workspace, subject, list(Grade)[picked], reasons, of=line.id, seen=saw, by=by,
                    now=self.qa.now(),
                )  # fmt: skip
            else:
                rounds.moderate(
                    self.qa.workspace, subject, line.id, options[picked].value, reasons, seen=saw, by=by,
                    now=self.qa.now(),
                )  # fmt: skip
            self.qa.left.forget(kept)
        except QAError as error:
            self.refuse(error)
        self.read()

    def _template(self) -> Template:
        return self.qa.workspace.template(self.qa.workspace.audit(self.audit_id).audit.template)


def _column(width: int, agencies: int) -> int:
    return max(NARROWEST, min(WIDEST, (width - ROW - 2) // max(agencies, 1) - 1))


def _heading(agency: str, width: int) -> Text:
    """An agency's name, on two lines where one is too narrow."""
    if cells(agency) <= width:
        return rich_shown(agency)
    above, dash, below = agency.partition("-")
    return Text("\n").join(rich_shown(shorten(half, width)) for half in (above + dash, below))


def _kinds(line: Line) -> list[str]:
    """Which lines a row has under the agencies' own words."""
    found = line.cells.values()
    kinds = ["panel"] if any(cell.moderated for cell in found) else []
    return [*kinds, "before"] if any(cell.before for cell in found) else kinds


def _tells(line: Line) -> bool:
    return any(cell.moderated is not None or cell.moved for cell in line.cells.values())


def _cell(cell: Cell, kinds: list[str], width: int) -> Text:
    own = "–" if not cell.asked else _fit(cell.own, width - cell.unconfirmed) + "*" * cell.unconfirmed
    under = {"panel": (cell.moderated, "bold"), "before": (cell.before, "dim")}
    lines = [rich_shown(_fit(under[kind][0], width), under[kind][1]) for kind in kinds]
    return Text("\n").join([rich_shown(own), *lines])


def _fit(word: Word | None, width: int) -> str:
    """A word for a narrow column: each of its words cut with a full stop where the whole does not fit."""
    if word is None:
        return ""
    if cells(word.shown) <= width:
        return word.shown
    words = word.label.split()
    room = max((width - len(words) + 1 - 2 * word.computed) // len(words), 2)
    short = " ".join(one if len(one) <= room else f"{one[: room - 1]}." for one in words)
    return shorten(f"({short})" if word.computed else short, width)


def _said(cell: Cell) -> str:
    if not cell.asked:
        return "not asked"
    return _word(cell.own) if cell.own is not None else "no answer that is filed"


def _word(word: Word) -> str:
    return f"{word.shown}{', ' if word.computed else '. '}{word.note}" if word.note else word.shown


def _steps(moved: int) -> str:
    count = "a step" if abs(moved) == 1 else f"{abs(moved)} steps"
    return f"{count} {'higher' if moved > 0 else 'lower'}"
