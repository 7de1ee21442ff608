"""Sending a return in, as it is shown: the steps beside, and what each one says and asks."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option as Line

from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import OVERALL
from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.tui.base import QAScreen, Severity, TopBar
from qa_toolkit.tui.scoring.declare import RELATIONS
from qa_toolkit.tui.scoring.desk import Desk
from qa_toolkit.tui.scoring.submit_steps import (
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
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText


class StepScreen(QAScreen):
    """One step at a time; the list beside says which are done. What the keys do is the next class's."""

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

    def done(self, step: Step) -> bool:
        """Whether a step needs nothing more."""
        return self.standing.done(step, self.safe, self.relation, self.acknowledged)

    # --- showing

    async def show(self, place: int) -> None:
        """Show a step."""
        self.place = max(0, min(place, len(self.steps) - 1))
        holder = self.query_one("#fields", Vertical)
        with self.app.batch_update():
            await holder.remove_children()
            about, fields = self._fill(self.step)
            self.query_one("#title", Static).update(
                shown(f"Step {self.place + 1} of {len(self.steps)} · {self.step.title}")
            )
            self.query_one("#about", Static).update(lines_shown(about))
            if fields:
                await holder.mount(*fields)
        # A field to write in waits for Enter, so that the arrows still turn the step.
        focusable = [w for w in holder.query("*").results(Widget) if w.focusable and w.display]
        self.set_focus(focusable[0] if focusable and not isinstance(focusable[0], TypedText) else None)
        self.tell()
        self.call_after_refresh(self.tell)
        self.refresh_bindings()

    def tell(self) -> None:
        """The list of steps and the line at the foot."""
        width = max(24, self.query_one("#steps").content_size.width)
        lines = [Content(f" {shorten(self.return_id, width - 2)}\n")]
        for number, step in enumerate(self.steps):
            done = self.done(step)
            word = "done" if done else "to do"
            title = shorten(visible(step.title), width - 12)
            line = Content(f" {'›' if number == self.place else ' '} {number + 1:>2} {title:<{width - 12}} {word}")
            lines.append(line.stylize("reverse bold") if number == self.place else line)
        self.query_one("#steps", Static).update(Content("\n").join(lines))
        found = [hit.sentence for field in self.query(TypedText) for hit in field.hits][:2]
        said = self.desk.said or self.hint()
        given = self.desk.at.ret.grades.get(self.step.of) if self.step.kind == GRADE else None
        if given is not None and not given.reasons and not self.desk.read_only:
            said = f"{said} Press Enter and write why, in a few sentences."
        self.query_one("#status", Static).update(lines_shown("\n".join([said, *found])))

    def say(self, sentence: str, *, severity: Severity = "information") -> None:
        """On the line at the foot, where it covers nothing."""
        self.desk.said = sentence
        self.tell()

    def hint(self) -> str:
        """What to do next, for the line at the foot."""
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
            return self.check_words(), []
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
        label = self._label("Why, in a few sentences (Enter to write, Esc when done)")
        return about, [Choice("grade", grade_options(), chosen), label, reasons]

    def _advice_step(self) -> tuple[str, list[Widget]]:
        given = self.desk.at.ret.grades.get(OVERALL)
        if given is None:
            return "The indicative grade is shown once you have recorded yours.", []
        found = indicative(self.desk.at.template, self.desk.at.ret, self.desk.at.header)
        about = f"Your grade: {given.grade.label}.\nIndicative grade (advice only): {found.because}"
        if found.grade is given.grade:
            return f"{about}\nThey agree. Nobody’s grade is overwritten by the other.", []
        label = self._label("Why they differ (Enter to write, Esc when done)")
        about = f"{about}\nThey differ, which you may well be right about. Yours stands."
        return about, [label, self._text_field("departure", given.departure)]

    def _label(self, words: str) -> Static:
        return Static(shown(words), classes="heading")

    def _text_field(self, name: str, recorded: str) -> TypedText:
        field = TypedText(name, recorded, long=True, today=self.qa.today, read_only=self.desk.read_only)
        draft = self.desk.drafts.get((self.draft_id, name))
        if draft is not None and draft.text != recorded:
            field.show(name, draft.text, recorded)
            self.desk.said = "What you were typing last time was put back. It is recorded when you leave the field."
        return field

    @property
    def draft_id(self) -> str:
        """Under which this step's text is kept while it is typed."""
        return f"grade:{self.step.of or OVERALL}"

    def _list(self, lines: list[str]) -> list[Widget]:
        return [OptionList(*(Line(shown(line)) for line in lines), id="lines")] if lines else []

    def check_words(self) -> str:
        """Where the agency lead's check stands, to whoever reads it."""
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
        left = [s.title for s in self.steps[:-1] if not self.done(s)]
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
