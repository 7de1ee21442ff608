"""Sending a return in: safety again, the auditor's grade before any computed one, what is missing, then read-only."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import OptionList, Static

from qa_toolkit.domain.dates import show_time
from qa_toolkit.domain.errors import NotReady, QAError, StoreError
from qa_toolkit.domain.returns import OVERALL, GradeGiven, Relation
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.forms.asking import AskText
from qa_toolkit.tui.scoring.declare import DeclareScreen
from qa_toolkit.tui.scoring.pages import pages_of
from qa_toolkit.tui.scoring.submit_page import StepScreen
from qa_toolkit.tui.scoring.submit_steps import ADVICE, GRADE, MISSING, NOTES
from qa_toolkit.tui.text import lines_shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow import returns, submission

PAUSE_S = 0.6
DEEDS = (
    Deed("next", "right,pagedown", "Next step", "To the next step. The left arrow goes back.", True, "turn(1)"),
    Deed("previous", "left,pageup", "Step before", "To the step before.", False, "turn(-1)"),
    Deed("send", "s", "Send it in", "Send the return in; it is read-only from then on.", True, "send"),
    Deed("all", "a", "Acknowledge all", "Let every note stand.", True, "acknowledge_all"),
    Deed("check", "k", "Agency check", "For the agency lead: record the check.", True, "check"),
    Deed("nil", "z", "Nil return", "Your agency has nothing on this child: a nil return, which counts.", True, "nil"),
    Deed("concern", "exclamation_mark", "Concern", "Raise an immediate safeguarding concern. Telephone first.", True),
    Deed("concern-writing", "f2", "Concern", "The same while writing, where ! is a letter.", True),
    Deed("out", "escape", "Leave", "Out of the text; else back to the questions.", True, "out"),
    Deed("down", "down,enter", "Field below", "To the next field of this step.", False, "field(1)"),
    Deed("up", "up", "Field above", "To the field above.", False, "field(-1)"),
)  # fmt: skip


class SubmitScreen(StepScreen):
    """The steps with their keys: choosing, writing, acknowledging, sending."""

    HELP: ClassVar[str] = (
        "One step at a time, in the order in which they have to be asked: first how the child is today, then your own "
        "grade and why, and only then what the rules make of your answers. Digits choose, the right and left arrows "
        "turn the steps, and what is missing can be opened with Enter. s sends it in when every step is done. "
        "After that the return can be read but not changed; to change it, ask a co-ordinator to give it back."
    )
    DEEDS = DEEDS
    BINDINGS = [
        *bindings(DEEDS),
        *(Binding(key, f"digit({n})", show=False, id=f"submit.digit-{n}", tooltip="Choose this")
          for n, key in enumerate(KEY_NAMES)),
    ]  # fmt: skip

    def __init__(self, return_id: str) -> None:
        super().__init__(return_id)
        self._pause: Timer | None = None

    # --- what is chosen and written

    def action_digit(self, number: int) -> None:
        """Choose."""
        for choice in self.query(Choice):
            values = choice.with_key(number)
            if values is not None:
                self._choose(choice, values)
            return

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """An option was clicked."""
        self._choose(message.source, message.values)

    def _choose(self, choice: Choice, values: tuple[str, ...]) -> None:
        value, field = values[0], choice.field
        if self.desk.read_only:
            self.say(self.check_words() if self.lead else "Only its auditor may change this return.")
            return
        choice.show(values)
        if field == "safe":
            self.safe = value
            question = self.desk.at.template.safety_question
            if question is not None and value in question.raises_concern and not self.desk.at.ret.concerns:
                self.action_concern()
        elif field == "relation":
            self.relation = value
        elif field == "grade":
            self._grade(grade=Grade(value))
        self.tell()

    def _grade(self, *, grade: Grade | None = None, reasons: str | None = None, departure: str | None = None) -> bool:
        of = self.step.of or OVERALL
        before = self.desk.at.ret.grades.get(of)
        if grade is None and before is None:
            self.desk.said = "Choose a grade as well; your words are kept as a draft meanwhile."
            return False
        now = self.qa.now()
        try:
            returns.grade(
                self.qa.workspace, self.return_id, grade or before.grade if before else grade or Grade.NOT_GRADED,
                reasons=reasons if reasons is not None else self._typed("reasons", before),
                departure=departure if departure is not None else before.departure if before else "",
                of=of, seen=seen(before) if before else unseen(GradeGiven, of), by=self.desk.by, now=now,
            )  # fmt: skip
        except StoreError as error:
            self.desk.said = f"NOT SAVED – {error} Your text is here; leaving the field tries again."
            return False
        except QAError as error:
            self.desk.said = str(error)
            return False
        finally:
            self.look()
        self.desk.said = f"Saved {show_time(now)}"
        return True

    def _typed(self, name: str, before: GradeGiven | None) -> str:
        for field in self.query(TypedText):
            if field.field == name:
                return field.text
        return getattr(before, name) if before else ""

    def on_typed_text_paused(self, message: TypedText.Paused) -> None:
        """A key."""
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE_S, lambda: self._keep(message.source))
        self.tell()

    def _keep(self, field: TypedText) -> None:
        if field.changed and not field.read_only:
            self.desk.keep_draft(self.draft_id, field.field, field.text)
            self.tell()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """A field was left: record it."""
        self.commit(message.source)

    def commit(self, field: TypedText) -> bool:
        """Record what a field holds."""
        if not field.changed or field.read_only or field not in self.query(TypedText):
            return True
        text = field.text
        done = self._grade(reasons=text) if field.field == "reasons" else self._grade(departure=text)
        if done:
            field.recorded = field.text
            self.desk.drop_draft(self.draft_id, field.field)
        else:
            said = self.desk.said
            self.desk.keep_draft(self.draft_id, field.field, field.text)
            self.desk.said = said
        self.tell()
        return done

    def keep_everything(self) -> None:
        """The program is ending: record what is typed, or keep it as a draft."""
        for field in self.query(TypedText):
            self.commit(field)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that mean nothing here are not shown."""
        if not self.steps:
            return True
        kind, sent = self.step.kind, not self.desk.at.editable
        if action == "concern_writing":
            return isinstance(self.focused, TypedText)
        if action == "acknowledge_all":
            return kind == NOTES and not sent
        if action == "check":
            return self.lead and not sent
        if action == "nil":
            return self.desk.mine and not sent and not any(a.answered for a in self.desk.at.ret.answers.values())
        if action in ("send", "turn"):
            return not sent and (action == "turn" or self.desk.mine)
        return True

    # --- keys

    def action_field(self, step: int) -> None:
        """To the next field of this step."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    async def action_turn(self, step: int) -> None:
        """To the next step."""
        self.keep_everything()
        if not self.desk.said.startswith("NOT SAVED"):
            self.desk.said = ""
        self.look()
        await self.show(self.place + step)

    async def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter on what is missing opens it; on a note, acknowledges it."""
        if self.step.kind == MISSING:
            self._jump(self.standing.stops[event.option_index].where)
        elif self.step.kind == NOTES:
            self.acknowledged.add(self.standing.notes[event.option_index].where)
            here = event.option_index
            await self.show(self.place)
            self.query_one("#lines", OptionList).highlighted = min(here + 1, len(self.standing.notes) - 1)

    def _jump(self, where: str) -> None:
        from qa_toolkit.tui.scoring.score import ScoreScreen  # a cycle otherwise

        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if where == "facts":
            where = next((p.id for p in pages_of(self.desk.at) if p.field and p.field.required and not p.done), where)
        undone = (n for n, s in enumerate(self.steps) if s.kind in (GRADE, ADVICE) and not self.done(s))
        if where == "grade":
            self.call_later(self.show, next(undone, self.place))
        elif where == "declaration":
            self.app.switch_screen(DeclareScreen(self.return_id))
        elif isinstance(below, ScoreScreen):
            below.jump_to = where
            self.app.pop_screen()
        else:
            self.app.switch_screen(ScoreScreen(self.return_id, where))

    async def action_acknowledge_all(self) -> None:
        """Let every note stand."""
        if self.step.kind == NOTES:
            self.acknowledged |= {note.where for note in self.standing.notes}
            await self.show(self.place)

    async def action_check(self) -> None:
        """The lead's check."""
        if not self.desk.at.file.audit.agency_check:
            self.say("This audit asks for no check by an agency lead.")
            return
        try:
            submission.check(self.qa.workspace, self.return_id, by=self.desk.by, now=self.qa.now())
        except QAError as error:
            self._refused(error)
            return
        self.desk.said = "Checked. The auditor can send it in now."
        self.look()
        await self.show(self.place)

    async def action_send(self) -> None:
        """Send it in."""
        self.keep_everything()
        if not self.desk.at.editable:
            self.say(self.hint())
            return
        left = [n for n, s in enumerate(self.steps[:-1]) if not self.done(s)]
        if left:
            self.desk.said = f"Not yet: “{self.steps[left[0]].title}” comes first."
            await self.show(left[0])
            return
        try:
            submission.submit(
                self.qa.workspace, self.return_id, safe=self.safe, relation=Relation(self.relation),
                acknowledged=tuple(sorted(self.acknowledged)), by=self.desk.by, now=self.qa.now(),
            )  # fmt: skip
        except QAError as error:
            self._refused(error)
            return
        self.desk.said = f"Sent in {show_time(self.qa.now())}."
        self.look()
        await self.show(len(self.steps) - 1)

    def _refused(self, error: QAError) -> None:
        missing = list(error.missing) if isinstance(error, NotReady) else []
        self.query_one("#status", Static).update(lines_shown("\n".join([str(error), *missing[:3]])))

    @work
    async def action_nil(self) -> None:
        """A nil return."""
        if self.step.kind and not self.desk.mine:
            return
        words = (
            "Your agency confirms that it has nothing on this child. It is a return, and it is counted.\n"
            "Say why in a few words, such as “not known to this service”."
        )
        kept = f"{self.return_id} nil return"
        reason = await self.app.push_screen_wait(AskText("A nil return", words, kept=kept))
        if reason is None:
            return
        try:
            submission.submit_nil(self.qa.workspace, self.return_id, reason, by=self.desk.by, now=self.qa.now())
        except QAError as error:
            self._refused(error)
            return
        self.qa.left.forget(kept)
        self.look()
        await self.show(len(self.steps) - 1)

    def action_concern(self) -> None:
        """Raise an immediate safeguarding concern."""
        from qa_toolkit.tui.scoring.concern import ConcernScreen  # only when it is asked for

        question = self.desk.at.template.safety_question
        self.app.push_screen(ConcernScreen(self.return_id, question.id if question else ""))

    def action_concern_writing(self) -> None:
        """The same, while writing."""
        self.action_concern()

    async def on_screen_resume(self) -> None:
        """Back from another screen."""
        if self.steps:
            self.look()
            self.tell()

    def action_out(self) -> None:
        """Out of the text, else back."""
        if isinstance(self.focused, TypedText):
            self.commit(self.focused)
            self.set_focus(next(iter(self.query(Choice)), None))
        else:
            self.keep_everything()
            self.app.pop_screen()
