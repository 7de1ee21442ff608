"""The thread of a finding on one page: what shows it, where it was found before, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import work

from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.reports.audits.trace_text import trace_lines
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.reading import ReadingScreen
from qa_toolkit.workflow import findings
from qa_toolkit.workflow.allowed import person as person_of
from qa_toolkit.workflow.plans.tracking import yardstick
from qa_toolkit.workflow.tracing import trace

DEEDS = (
    Deed("open-return", "o", "Open an answer", "The return of one of the answers that show it.", True),
    Deed("take-back", "x", "Take back", "Take the finding back, with the reason; it stays in the record.", True),
    Deed("back", "escape", "Back", "To the screen before.", True),
)


class TraceScreen(ReadingScreen):
    """One finding's thread."""

    HELP: ClassVar[str] = (
        "A finding rests on answers, and is answered by recommendations and actions. The page goes both ways: what "
        "shows it, in how many children and returns; where the same was found before or again; and what came of it, "
        "with where each action stands today.\n\no opens the return of an answer, to read."
    )
    DEEDS = DEEDS
    BINDINGS: ClassVar = bindings(DEEDS)

    def __init__(self, finding_id: str) -> None:
        super().__init__()
        self.finding_id = finding_id

    def heading(self) -> str:
        """Which finding."""
        return f"The thread of {self.finding_id}"

    def lines(self) -> Iterator[str]:
        """Back and forward."""
        qa = self.qa
        reader = person_of(qa.workspace, qa.person.id if qa.person else "")
        at = yardstick(qa.workspace, qa.today, qa.calendar)
        yield from trace_lines(trace(qa.workspace, self.finding_id, at, reader))

    @work
    async def action_open_return(self) -> None:
        """Ask which answer, and open its return."""
        from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

        refs = findings.find(self.qa.workspace, self.finding_id).answers
        if not refs:
            self.say("It rests on no single answer.")
            return
        words = [ref.words for ref in refs]
        picked = await self.app.push_screen_wait(PickOne("Open an answer", "Which one?", words))
        if picked is not None:
            self.qa.open_return(refs[picked].return_id)

    @work
    async def action_take_back(self) -> None:
        """Ask why, and take it back."""
        from qa_toolkit.tui.forms.asking import AskText  # only when it is asked for

        done: list[str] = []

        def record(why: str) -> None:
            if not why.strip():
                raise InputError("Say in a sentence why it is taken back.")
            by = self.qa.person.id if self.qa.person else ""
            findings.withdraw(self.qa.workspace, self.finding_id, why, by=by, now=self.qa.now())
            done.append(why)

        words = "Why is it taken back? It stays in the record, and leaves every list and count."
        try:
            title = f"Take {self.finding_id} back"
            await self.app.push_screen_wait(AskText(title, words, check=record, kept=title))
            if done:
                self.qa.left.forget(title)
        except QAError as error:
            self.refuse(error)
        self.fill()
