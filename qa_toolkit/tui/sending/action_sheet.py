"""An action sheet that came back: what differs from the record, what is to be settled, and taking in the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work

from qa_toolkit.domain.action_sheet import Difference, Field, Verdict
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.text import how_many, shorten
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.sending.choosing import file_from
from qa_toolkit.tui.tablescreen import TableScreen

if TYPE_CHECKING:
    from qa_toolkit.exchange.action_in import ActionsRead

DEEDS = (
    Deed("file", "f", "File", "Name the workbook that came back, or the folder in which it lies.", True),
    Deed("theirs", "t", "Theirs", "What the sheet says is taken.", True, "settle('theirs')"),
    Deed("ours", "o", "Ours", "The record stays as it is.", True, "settle('ours')"),
    Deed("take", "y", "Take in", "Take in what is clean or settled, in one step.", True),
    Deed("look-again", "r", "Look again", "Read the workbook again.", False),
    Deed("back", "escape", "Back", "To the screen before.", True),
)
COLUMNS = (("Action", 11), ("What", 9), ("Becomes", 14), ("Sheet says", 0))
_ORDER = (Verdict.ASK, Verdict.CLEAN, Verdict.REFUSED, Verdict.LEFT, Verdict.KNOWN)
_LONGEST = 160
"""Characters of one value below the list; Enter shows the whole of it."""
_WORDS = {
    Field.UPDATE: "update", Field.PROGRESS: "percent", Field.VIEW: "own view", Field.DATE: "later day",
    Field.EVIDENCE: "evidence", Field.CLOSE: "closure", Field.SHEET: "row",
}  # fmt: skip


class BringBackScreen(TableScreen):
    """What came back, beside what was sent and what is so now."""

    HELP: ClassVar[str] = (
        "A workbook that `qa export actions` wrote and an owner filled in. Nothing is changed until y; then what is "
        "clean or settled is taken in as one step, which z on the list of actions takes back.\n\n"
        "clean: nobody has changed it here since the sheet went out.\n"
        "to settle: it was changed here as well. t takes what the sheet says, o leaves the record as it is.\n"
        "not taken: it is not an owner’s to change, or cannot be read; the sentence says why, with the cell.\n"
        "left as it is: a cell was cleared, and clearing takes nothing away.\n"
        "known already: the record says so too."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, file: Path | None = None) -> None:
        super().__init__()
        self.file = file
        self._read: ActionsRead | None = None
        self._rows: list[Difference] = []
        self._answers: dict[str, str] = {}

    def on_mount(self) -> None:
        """Ask for the file, where none was named."""
        if self.file is None:
            self.action_file()

    def fill(self) -> None:
        """Read the workbook against the record as it is now, and show what differs."""
        # Reading workbooks costs 100 ms of import, and is seldom wanted.
        from qa_toolkit.exchange.action_in import read_actions

        self._read = None
        if self.file is not None:
            try:
                self._read = read_actions(self.file, self.qa.workspace, self.qa.today)
            except QAError as error:
                self._show(f"{self.file.name}: not read", str(error))
                return
        if self._read is None:
            self._show("A sheet that came back", "Press f and name the workbook.")
            return
        found = {one.key for one in self._read.with_verdict(Verdict.ASK)}
        self._answers = {key: answer for key, answer in self._answers.items() if key in found}
        self._rows = sorted(self._read.differences, key=lambda one: _ORDER.index(one.verdict))
        self._show(f"{self._read.name}  from {self._read.agency}", self._counts(self._read))

    def _counts(self, read: ActionsRead) -> str:
        counted = [(verdict, len(read.with_verdict(verdict))) for verdict in _ORDER]
        parts = [f"{count} {verdict.value}" for verdict, count in counted if count]
        words = f"{read.rows} actions: {', '.join(parts)}." if parts else "It is as it went out."
        gone = f" Not on the sheet any more: {', '.join(read.gone)}." if read.gone else ""
        return " ".join([words + gone, *read.notes])

    def _show(self, title: str, facts: str) -> None:
        if self._read is None:
            self._rows = []
        self.head(title, facts)
        self.draw()

    def draw(self) -> None:
        """Show the differences for this width."""
        self.rows(COLUMNS, [(one.action, _WORDS[one.field], self._becomes(one), " ".join(one.theirs.split()))
                            for one in self._rows])  # fmt: skip

    def _becomes(self, one: Difference) -> str:
        answer = self._answers.get(one.key, "")
        return f"{answer} settled" if answer else one.verdict.value

    @property
    def chosen(self) -> Difference | None:
        """The difference where the cursor stands."""
        return self.at_cursor(self._rows)

    def words(self) -> str:
        """It with what was sent, what came back and what is so now."""
        one = self.chosen
        if one is None:
            return ""
        known = (("Sent", one.sent), ("Theirs", one.theirs), ("Ours now", one.ours))
        words = [f"{name}: {shorten(' '.join(text.split()), _LONGEST)}" for name, text in known if text]
        first = f"{one.action}, {_WORDS[one.field]}: {self._becomes(one)}. {one.note}"
        return "\n".join([first, *words])

    def action_open(self) -> None:
        """Enter: the whole of what was written."""
        from qa_toolkit.tui.help import Page  # only when it is asked for

        if (one := self.chosen) is not None:
            parts = [f"{name}:\n{text}" for name, text in
                     (("Sent", one.sent), ("Theirs", one.theirs), ("Ours now", one.ours)) if text]  # fmt: skip
            self.app.push_screen(Page(f"{one.action}, {_WORDS[one.field]}", "\n\n".join([one.note, *parts]).strip()))

    @work
    async def action_file(self) -> None:
        """Ask for the workbook; a folder offers those that lie in it, the newest first."""
        words = "The workbook that came back, or the folder in which it lies."
        before = str(self.file.parent) if self.file else self.qa.folders.get("take", str(Path.cwd()))
        found = await file_from(self, "Which file?", words, before, (".xlsx",))
        if found is not None:
            self.file, self._answers = found, {}
            self.fill()

    def action_settle(self, answer: str) -> None:
        """Say which of the two holds, and go to the next that is to be settled."""
        one = self.chosen
        if one is None or one.verdict is not Verdict.ASK:
            self.say("There is nothing to settle here: it is said beside it what becomes of it.")
            return
        self._answers[one.key] = answer
        self.fill()
        waiting = (n for n, row in enumerate(self._rows) if row.verdict is Verdict.ASK and row.key not in self._answers)
        if (place := next(waiting, None)) is not None:
            self.table.move_cursor(row=place)

    @work
    async def action_take(self) -> None:
        """Take in what is clean or settled."""
        from qa_toolkit.exchange.action_in import settled, unsettled
        from qa_toolkit.tui.forms.asking import Sure
        from qa_toolkit.workflow import action_sheets

        read, person, now = self._read, self.qa.person, self.qa.now()
        if read is None or person is None or self.file is None:
            self.say("Press f and name the workbook first.")
            return
        brought = settled(read, self._answers)
        if not brought:
            self.say("There is nothing to take in.")
            return
        left = len(unsettled(read, self._answers)) + len(read.with_verdict(Verdict.REFUSED))
        words = f"For {how_many(len(brought), 'action')}, in one step." + (f" {left} are left out." if left else "")
        if not await self.app.push_screen_wait(Sure("Take it in?", words)):
            return
        source = f"action sheet {read.sheet} of {read.agency}, {self.file.name}"
        try:
            touched = action_sheets.take_in(
                self.qa.workspace, brought, source=source, by=person.id, now=now, today=self.qa.today
            )
            self.say(f"Taken in: {', '.join(touched)}.")
        except QAError as error:
            self.refuse(error)
        self.fill()

    def action_look_again(self) -> None:
        """Read the workbook again."""
        self.fill()
