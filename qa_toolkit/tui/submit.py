"""Sending a return in: safety again, the auditor's grade before any computed one, what is missing, then read-only."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option as Line

from qa_toolkit.domain.dates import show_time
from qa_toolkit.domain.errors import NotReady, QAError, StoreError
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import OVERALL, GradeGiven, Relation
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.store.workspace import seen, unseen
from qa_toolkit.tui.asking import AskText
from qa_toolkit.tui.base import QAScreen, TopBar
from qa_toolkit.tui.commands import Deed, bindings
from qa_toolkit.tui.declare import RELATIONS, DeclareScreen
from qa_toolkit.tui.desk import Desk
from qa_toolkit.tui.pages import pages_of
from qa_toolkit.tui.submitsteps import (
    ADVICE,
    CHECK,
    GRADE,
    INDEPENDENCE,
    MISSING,
    NOTES,
    SAFETY,
    Standing,
    Step,
    grade_options,
    steps_of,
)
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import KEY_NAMES, Choice
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText
from qa_toolkit.workflow import returns, submission

PAUSE_S = 0.6
DEEDS = (
    Deed("next", "right,pagedown", "Next step", "To the next step. The left arrow goes back.", True, "turn(1)"),
    Deed("previous", "left,pageup", "Step before", "To the step before.", True, "turn(-1)"),
    Deed("send", "s", "Send it in", "Send the return in; it is read-only from then on.", True, "send"),
    Deed("all", "a", "Acknowledge all", "Let every note stand.", True, "acknowledge_all"),
    Deed("check", "k", "Agency check", "For the agency lead: record the check.", True, "check"),
    Deed("nil", "z", "Nil return", "Your agency has nothing on this child: a nil return, which counts.", True, "nil"),
    Deed("concern", "exclamation_mark,f2", "Concern", "Raise an immediate safeguarding concern. Telephone first.", True,
         "concern"),
    Deed("out", "escape", "Out", "Out of the text; else back to the questions.", True, "out"),
    Deed("down", "down", "Field below", "To the next field of this step.", False, "field(1)"),
    Deed("up", "up", "Field above", "To the field above.", False, "field(-1)"),
)  # fmt: skip


class SubmitScreen(QAScreen):
    """One step at a time; the list beside says which are done."""

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
    CSS_PATH = "submit.tcss"

    def __init__(self, return_id: str) -> None:
        super().__init__()
        self.return_id = return_id
        self.safe, self.relation = "", ""
        self.acknowledged: set[str] = set()
        self.place = 0
        self.desk: Desk
        self.steps: list[Step] = []
        self.standing: Standing
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        yield TopBar()
        with Horizontal(id="desk"):
            yield Static(id="steps")
            with Sheet(id="sheet"):
                yield Static(id="title")
                yield Static(id="about")
                yield Vertical(id="fields")
        yield Static(id="status")
        yield Footer()

    async def on_mount(self) -> None:
        """Begin at the first step that is not done."""
        self.desk = Desk(self.qa.workspace, self.return_id, self.qa.person.id if self.qa.person else "", self.qa.now)
        self.look()
        await self.show(0)

    @property
    def lead(self) -> bool:
        """Whether this person leads the agency and did not score the return."""
        person = self.qa.person
        agency = self.desk.at.ret.head.agency
        return person is not None and not self.desk.mine and person.agency == agency and person.is_(Role.AGENCY_LEAD)

    def look(self) -> None:
        """See again where the return stands."""
        self.desk.reload()
        self.standing = Standing.of(self.desk.at)
        self.steps = steps_of(self.desk.at, lead=self.lead)

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self.steps[self.place]

    # --- showing

    async def show(self, place: int) -> None:
        """Show a step."""
        self.place = max(0, min(place, len(self.steps) - 1))
        holder = self.query_one("#fields", Vertical)
        with self.app.batch_update():
            await holder.remove_children()
            about, fields = self._fill(self.step)
            self.query_one("#title", Static).update(
                shown(f"{self.return_id} · step {self.place + 1} of {len(self.steps)} · {self.step.title}")
            )
            self.query_one("#about", Static).update(lines_shown(about))
            if fields:
                await holder.mount(*fields)
        focusable = [w for w in holder.query("*").results(Widget) if w.focusable and w.display]
        self.set_focus(focusable[0] if focusable else None)
        self.tell()
        self.refresh_bindings()

    def tell(self) -> None:
        """The list of steps and the line at the foot."""
        lines, width = [], max(24, self.query_one("#steps").content_size.width)
        for number, step in enumerate(self.steps):
            done = self._done(step)
            word = "done" if done else "to do"
            title = shorten(visible(step.title), width - 12)
            line = Content(f" {'›' if number == self.place else ' '} {number + 1:>2} {title:<{width - 12}} {word}")
            lines.append(line.stylize("reverse bold") if number == self.place else line)
        self.query_one("#steps", Static).update(Content("\n").join(lines))
        self.query_one("#status", Static).update(shown(self.desk.said or self._hint()))

    def _hint(self) -> str:
        if not self.desk.at.editable:
            return "Submitted: it can be read, not changed. To change it, ask a co-ordinator to give it back."
        return "The right arrow goes to the next step."

    def _fill(self, step: Step) -> tuple[str, list[Widget]]:
        at, template = self.desk.at, self.desk.at.template
        if not at.editable:
            return self._sent(), []
        if step.kind == SAFETY and (question := template.safety_question) is not None:
            about = f"Asked again, today:\n{question.text_for(at.ret.head.kind)}"
            return about, [Choice("safe", template.options_of(question.main), [self.safe] if self.safe else [])]
        if step.kind == GRADE:
            return self._grade_step(step)
        if step.kind == ADVICE:
            return self._advice_step()
        if step.kind == MISSING:
            words = "Nothing is missing." if not self.standing.stops else "Enter opens the question."
            return words, self._list([stop.sentence for stop in self.standing.stops])
        if step.kind == NOTES:
            words = "Nothing to acknowledge." if not self.standing.notes else (
                "These may stand. Enter acknowledges one, a acknowledges all.")  # fmt: skip
            marks = ["(seen) " if n.where in self.acknowledged else "" for n in self.standing.notes]
            return words, self._list([f"{m}{n.sentence}" for m, n in zip(marks, self.standing.notes, strict=True)])
        if step.kind == INDEPENDENCE:
            about = "Has anything changed since you began? How near do you stand to this case?"
            return about, [Choice("relation", RELATIONS, [self.relation] if self.relation else [])]
        if step.kind == CHECK:
            return self._check_words(), []
        return self._send_words(), []

    def _grade_step(self, step: Step) -> tuple[str, list[Widget]]:
        given = self.desk.at.ret.grades.get(step.of)
        about, question = "Your own judgement, before anything computed from your answers is shown.", None
        if step.of == OVERALL:
            question = self.desk.at.template.grade_question
        if question is not None:
            kind = self.desk.at.ret.head.kind
            about = f"{question.text_for(kind)}\n{question.guidance_for(kind)}\n{about}".replace("\n\n", "\n")
        reasons = self._text_field("reasons", given.reasons if given else "")
        chosen = [given.grade.value] if given else []
        return about, [Choice("grade", grade_options(), chosen), self._label("Why, in a few sentences"), reasons]

    def _advice_step(self) -> tuple[str, list[Widget]]:
        given = self.desk.at.ret.grades.get(OVERALL)
        if given is None:
            return "The indicative grade is shown once you have recorded yours.", []
        found = indicative(self.desk.at.template, self.desk.at.ret, self.desk.at.header)
        about = f"Your grade: {given.grade.label}.\nIndicative grade (advice only): {found.because}"
        if found.grade is given.grade:
            return f"{about}\nThey agree. Nobody’s grade is overwritten by the other.", []
        return f"{about}\nThey differ, which you may well be right about. Yours stands.", [
            self._label("Why they differ"), self._text_field("departure", given.departure),
        ]  # fmt: skip

    def _label(self, words: str) -> Static:
        return Static(shown(words), classes="heading")

    def _text_field(self, name: str, recorded: str) -> TypedText:
        field = TypedText(name, recorded, long=True, today=self.qa.today, read_only=self.desk.read_only)
        draft = self.desk.drafts.get((self._draft_id, name))
        if draft is not None and draft.text != recorded:
            field.show(name, draft.text, recorded)
            self.desk.said = "What you were typing last time was put back. It is recorded when you leave the field."
        return field

    @property
    def _draft_id(self) -> str:
        return f"grade:{self.step.of or OVERALL}"

    def _list(self, lines: list[str]) -> list[Widget]:
        return [OptionList(*(Line(shown(line)) for line in lines), id="lines")] if lines else []

    def _check_words(self) -> str:
        ret = self.desk.at.ret
        if ret.check_stands:
            return "Your agency’s lead has checked this return, and nothing was changed since."
        if self.lead:
            return "You lead this agency. Press k when you have read the return and agree that it may go."
        return (
            "This audit asks an agency lead to check each return before it is sent in. Ask yours to open it: they "
            "see it under “To check”. A change after the check asks for a new one."
        )

    def _send_words(self) -> str:
        left = [s.title for s in self.steps[:-1] if not self._done(s)]
        if left:
            return "Still to do:\n" + "\n".join(f"- {title}" for title in left)
        return "Everything is there. Press s to send it in.\nFrom then on it can be read but not changed."

    def _sent(self) -> str:
        sent = self.desk.at.ret.submission
        nil = f" It is a nil return: {sent.nil_reason}" if sent is not None and sent.nil else ""
        return (
            f"{self.return_id} has been sent in.{nil} It can be read, and not changed.\n"
            "Is something wrong? Ask a co-ordinator to give it back: your answers are kept.\nEsc goes back."
        )

    # --- what is chosen and written

    def _done(self, step: Step) -> bool:
        return self.standing.done(step, self.safe, self.relation, self.acknowledged)

    def action_digit(self, number: int) -> None:
        """Choose."""
        for choice in self.query(Choice):
            choice.press(number)
            return

    def on_choice_chosen(self, message: Choice.Chosen) -> None:
        """A digit was pressed."""
        value, field = message.values[0], message.source.field
        if self.desk.read_only:
            self.say(self._check_words() if self.lead else "Only its auditor may change this return.")
            return
        message.source.show(message.values)
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
        if message.source.hits:
            self.query_one("#status", Static).update(lines_shown(message.source.hits[0].sentence))

    def _keep(self, field: TypedText) -> None:
        if field.changed and not field.read_only:
            self.desk.keep_draft(self._draft_id, field.field, field.text)
            self.tell()

    def on_typed_text_finished(self, message: TypedText.Finished) -> None:
        """A field was left: record it."""
        self.commit(message.source)

    def commit(self, field: TypedText) -> bool:
        """Record what a field holds."""
        if not field.changed or field.read_only or field not in self.query(TypedText):
            return True
        done = self._grade(**{field.field: field.text})
        if done:
            field.recorded = field.text
            self.desk.drop_draft(self._draft_id, field.field)
        else:
            said = self.desk.said
            self.desk.keep_draft(self._draft_id, field.field, field.text)
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
        from qa_toolkit.tui.score import ScoreScreen  # a cycle otherwise

        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        if where == "facts":
            where = next((p.id for p in pages_of(self.desk.at) if p.field and p.field.required and not p.done), where)
        undone = (n for n, s in enumerate(self.steps) if s.kind in (GRADE, ADVICE) and not self._done(s))
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
            self.say(self._hint())
            return
        left = [n for n, s in enumerate(self.steps[:-1]) if not self._done(s)]
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
        reason = await self.app.push_screen_wait(AskText("A nil return", words))
        if reason is None:
            return
        try:
            submission.submit_nil(self.qa.workspace, self.return_id, reason, by=self.desk.by, now=self.qa.now())
        except QAError as error:
            self._refused(error)
            return
        self.look()
        await self.show(len(self.steps) - 1)

    def action_concern(self) -> None:
        """Raise an immediate safeguarding concern."""
        from qa_toolkit.tui.concern import ConcernScreen  # only when it is asked for

        question = self.desk.at.template.safety_question
        self.app.push_screen(ConcernScreen(self.return_id, question.id if question else ""))

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
