"""The record check: children by agencies, keyed straight in, a column pasted or filled at once."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events, work
from textual.widgets.data_table import CursorType

from qa_toolkit.domain.audits import Known
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.recordcheck import label, progress, standings
from qa_toolkit.domain.text import cells, shorten
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.tablescreen import TableScreen
from qa_toolkit.tui.text import rich_shown
from qa_toolkit.workflow import checking

DEEDS = (
    Deed("known", "k", "Known", "The agency knows the child.", True, "answer('known')"),
    Deed("not-known", "n", "Not known", "The agency does not know the child.", True, "answer('not_known')"),
    Deed("family", "f", "Family", "The agency knows the family, not the child.", True, "answer('family_known')"),
    Deed("no-reply", "r", "None", "Take the answer back: no reply yet.", True, "answer('')"),
    Deed("undo", "z", "Undo", "Put back what was there before the last step, one step at a time.", False),
    Deed("column", "c", "Column", "Give every child of the column the answer of this cell. It asks first.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
WIDTH = 13
"""Columns of an agency; narrower where many agencies would not fit."""
LEAST = 6
_SHOWN_ROWS = 12
"""Changes that a preview lists one by one; the rest are counted."""
Answers = dict[str, Known | None]


class RecordCheckScreen(TableScreen):
    """Who knows which child."""

    HELP: ClassVar[str] = (
        "A row for each child, a column for each agency. Arrows move; one letter answers: k known, n not known, f "
        "family known, r no reply, which takes an answer back. z puts back what was there before.\n\nTo paste a "
        "column, stand in it and paste: lines of child, tab, answer; or answers alone, one for each child in the order "
        "of the grid. What would change is shown first. If one word is not understood, nothing is taken over.\n\nA "
        "dot is an answer that has not come; a dash is a child whom the agency is not asked about."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)
    CURSOR: ClassVar[CursorType] = "cell"
    NOTE: ClassVar[str] = "Paste a column of answers, c fills it with this one, z undoes."

    def __init__(self, audit_id: str) -> None:
        super().__init__()
        self.audit_id = audit_id
        self._file: AuditFile | None = None
        self._ids: dict[tuple[str, str], str] = {}
        self._saw: dict[tuple[str, str], int] = {}
        self._steps: list[Answers] = []

    def fill(self) -> None:
        """Read the audit, and show it; the cursor stays where it was."""
        try:
            file = self._file = self.qa.workspace.audit(self.audit_id)
        except QAError as error:
            self.head(str(error))
            return
        self._saw = checking.as_seen(file)
        self._ids = {(one.subject, one.agency): one.id for one in file.allocations.values()}
        found = standings(file.audit.agencies, file.allocations.values(), file.record_checks)
        self.head(f"{file.audit.id}  Record check", progress(found))
        table = self.table
        where = table.cursor_coordinate
        table.clear(columns=True)
        first = max([7, *(cells(self._label(s)) for s in file.subjects)])
        count = max(len(file.audit.agencies), 1)
        width = max(LEAST, min(WIDTH, (self.qa.size.width - first - 6) // count - 2))
        table.fixed_columns = 1
        table.header_height = 2 if any("-" in a and cells(a) > width for a in file.audit.agencies) else 1
        table.add_column(rich_shown("Child"), width=first)
        for agency in file.audit.agencies:
            table.add_column(_heading(agency, width), width=width)
        for subject in file.subjects:
            row = [self._cell(subject, agency, width) for agency in file.audit.agencies]
            table.add_row(rich_shown(self._label(subject), "bold"), *row, key=subject)
        of = "/" if width < WIDTH else " of "
        counts = [rich_shown(f"{one.replied}{of}{one.asked}", "bold") for one in found]
        table.add_row(rich_shown("Replied", "bold"), *counts, key="count")
        if file.subjects:
            row_now, last = min(where.row, len(file.subjects) - 1), len(file.audit.agencies)
            table.move_cursor(row=row_now, column=min(max(where.column, 1), last))
        self.drawn()

    def _label(self, subject: str) -> str:
        return shorten(subject.removeprefix(f"{self.audit_id}-"), 22)

    def _known(self, id: str) -> Known | None:
        check = self._file.record_checks.get(id) if self._file else None
        return check.known if check else None

    def _cell(self, subject: str, agency: str, width: int) -> Text:
        id = self._ids.get((subject, agency))
        if id is None:
            return rich_shown("–", "dim")
        known = self._known(id)
        words = {Known.KNOWN: "known", Known.NOT_KNOWN: "not known", Known.FAMILY_KNOWN: "family"}
        if width < cells("not known"):
            words[Known.NOT_KNOWN] = "not"
        return rich_shown(shorten(words[known], width)) if known else rich_shown("·", "dim")

    @property
    def agency(self) -> str:
        """The agency of the column, or nothing."""
        column = self.table.cursor_column
        agencies = self._file.audit.agencies if self._file else ()
        return agencies[column - 1] if 0 < column <= len(agencies) else ""

    @property
    def chosen(self) -> str:
        """The return of the cell, or nothing."""
        row = self.table.cursor_row
        subjects = list(self._file.subjects) if self._file else []
        return self._ids.get((subjects[row], self.agency), "") if 0 <= row < len(subjects) else ""

    def words(self) -> str:
        """The answer where the cursor stands, or the agency's count."""
        agency, id = self.agency, self.chosen
        if self._file is None or not agency:
            return ""
        if self.table.cursor_row >= len(self._file.subjects):
            found = standings([agency], self._file.allocations.values(), self._file.record_checks)[0]
            counts = ", ".join(f"{known.label.lower()} {found.counts[known]}" for known in Known)
            return f"{self._agency_named(agency)}: {counts}, no reply {found.asked - found.replied}."
        if not id:
            return f"{self._agency_named(agency)} is not asked about this child."
        check = self._file.record_checks.get(id)
        note = f" ({check.note})" if check and check.note else ""
        subject = self._label(self._file.allocations[id].subject)
        return f"{subject}, {self._agency_named(agency)}: {label(self._known(id)).lower()}{note}."

    def _agency_named(self, agency: str) -> str:
        found = self.qa.workspace.agencies().get(agency)
        return found.name if found else agency

    # --- keying

    def action_answer(self, value: str) -> None:
        """Record one letter’s answer, and go on to the next child."""
        id = self.chosen
        if not id:
            self.say("No answer is asked for here. Move to a child and an agency.")
            return
        if self._write({id: Known(value) if value else None}, "answered the record check"):
            table = self.table
            if self._file and table.cursor_row < len(self._file.subjects) - 1:
                table.action_cursor_down()

    def action_undo(self) -> None:
        """Put back what was there before the last step of this sitting."""
        if not self._steps:
            self.say("Nothing to undo since this screen was opened.")
            return
        if self._write(self._steps[-1], "took back answers to the record check", remember=False):
            self._steps.pop()

    def _write(self, answers: Answers, did: str, *, remember: bool = True) -> bool:
        person = self.qa.person
        if person is None or self._file is None:
            return False
        before = {id: self._known(id) for id in answers}
        saw = {key: line for key, line in self._saw.items() if key[1] in answers}
        try:
            changed = checking.record_checks(
                self.qa.workspace, self.audit_id, answers, did=did, seen=saw, by=person.id, now=self.qa.now()
            )
        except QAError as error:
            self.refuse(error)
            self.fill()
            return False
        if remember and changed:
            self._steps.append(before)
        self.fill()
        return True

    @work
    async def action_column(self) -> None:
        """Give the whole column the answer of this cell, after a yes."""
        id, agency = self.chosen, self.agency
        if not id:
            self.say("Stand on a child’s answer first: the column gets that one.")
            return
        known = self._known(id)
        found = checking.whole_column(self.qa.workspace, self.audit_id, agency, known)
        title = f"{self._agency_named(agency)}: “{label(known).lower()}” for every child?"
        await self._ask_and_write(title, found, "filled a column of the record check")

    # --- pasting

    @work
    async def on_paste(self, event: events.Paste) -> None:
        """A column from a spreadsheet or an e-mail: shown first, then written whole."""
        event.stop()
        agency = self.agency
        if not agency:
            self.say("Stand in an agency’s column, and paste again.")
            return
        try:
            found = checking.preview(self.qa.workspace, self.audit_id, agency, event.text)
        except QAError as error:
            from qa_toolkit.tui.help import Page  # only when it is needed

            self.app.push_screen(Page("The column is not understood", str(error)))
            return
        title = f"Paste {len(found)} answers of {self._agency_named(agency)}?"
        await self._ask_and_write(title, found, "pasted a column of the record check")

    async def _ask_and_write(self, title: str, found: list[checking.Answered], did: str) -> None:
        from qa_toolkit.tui.forms.asking import Sure  # only when it is asked for

        changes = [one for one in found if one.before != one.after]
        if not changes:
            self.say("Nothing changes: this is what is recorded already.")
            return
        lines = [
            f"{self._label(one.subject)}  {label(one.before).lower()} → {label(one.after).lower()}"
            for one in changes[:_SHOWN_ROWS]
        ]
        if len(changes) > _SHOWN_ROWS:
            lines.append(f"and {len(changes) - _SHOWN_ROWS} more")
        same = len(found) - len(changes)
        if same:
            lines.append(f"{same} {'is' if same == 1 else 'are'} recorded so already.")
        if await self.app.push_screen_wait(Sure(title, "\n".join(lines))):
            self._write({one.return_id: one.after for one in changes}, did)


def _heading(agency: str, width: int) -> Text:
    """An agency over its column, broken once where it is too long."""
    above, _, below = agency.partition("-")
    parts = [agency] if cells(agency) <= width or not below else [f"{above}-", below]
    return Text("\n").join(rich_shown(shorten(part, width)) for part in parts)
