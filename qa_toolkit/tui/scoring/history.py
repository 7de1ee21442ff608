"""The history of one answer: who, when, from what to what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from qa_toolkit.domain.answering import show_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.dates import show_moment
from qa_toolkit.domain.errors import QAError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.store.workspace import return_journal
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.workflow import returns
from qa_toolkit.workflow.history import Step, history

DEEDS = (Deed("back", "escape,h", "Back", "To the question.", True, "back"),)


def changes(template: Template, question: Question, step: Step) -> Iterator[str]:
    """What one step changed, a sentence each."""
    if step.redacted:
        yield "What was written here has been taken out of the record."
        return
    before, after = _answer(question.id, step.before), _answer(question.id, step.after)
    was, now = _said(template, question, before), _said(template, question, after)
    if was != now:
        yield f"from {was} to {now}" if step.before is not None else now
    for name in ("reason", "comment", "evidence"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{name}: {f'“{new}”' if new else 'taken out'}" + (f", before: “{old}”" if old else "")
    if before.cause != after.cause:
        yield f"cause: {after.cause.label if after.cause else 'taken out'}"
    if before.sensitive != after.sensitive:
        yield "marked sensitive" if after.sensitive else "no longer marked sensitive"


def _answer(id: str, document: dict[str, object] | None) -> Answer:
    return Answer.model_validate({**(document or {}), "id": id})


def _said(template: Template, question: Question, answer: Answer) -> str:
    return f"“{show_answer(template, question, answer)}”" if answer.answered else "not answered"


class HistoryScreen(QAScreen):
    """Everything that was ever recorded for one question, newest first."""

    HELP: ClassVar[str] = "Everything that was ever recorded for this question, newest first. Escape goes back."
    DEEDS = DEEDS
    BINDINGS = bindings(DEEDS)
    CSS_PATH = "history.tcss"

    def __init__(self, return_id: str, question_id: str) -> None:
        super().__init__()
        self.return_id, self.question_id = return_id, question_id

    def compose(self) -> ComposeResult:
        at = returns.opened(self.qa.workspace, self.return_id)
        question = at.template.questions[self.question_id]
        yield TopBar()
        with VerticalScroll(id="steps"):
            yield Static(shown(f"History of {question.id} in {at.ret.id}"), id="title")
            yield Static(lines_shown(question.text_for(at.ret.head.kind)), id="words")
            yield Static(self._steps(at.template, question), id="all")
        yield Footer()

    def _steps(self, template: Template, question: Question) -> Content:
        at = returns.opened(self.qa.workspace, self.return_id)
        try:
            returns.readable(self.qa.workspace, at, self.qa.person.id if self.qa.person else "")
        except QAError as error:
            return lines_shown(str(error))
        name = return_journal(self.return_id)
        steps = [s for s in history(self.qa.workspace, name, table="answers", id=question.id) if s.id == question.id]
        people = self.qa.workspace.people()
        lines = []
        for step in reversed(steps):
            who = people[step.by].name if step.by in people else step.by
            head = shown(f"{show_moment(step.at, seconds=True)}  {who} ({step.by}) {step.did}").stylize("bold")
            said = list(changes(template, question, step)) or ["nothing that shows was changed"]
            lines.append(head + Content("\n") + lines_shown("\n".join(f"    {one}" for one in said)))
        return Content("\n\n").join(lines) if lines else Content("Nothing has been recorded for this question yet.")
