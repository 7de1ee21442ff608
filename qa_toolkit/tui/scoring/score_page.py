"""The screen of one question at a time: what stands where, and how a page is shown."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from qa_toolkit.domain.answering import elapsed, is_weak
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.progress import last_touched
from qa_toolkit.domain.template.applying import Facts, parts_shown
from qa_toolkit.domain.template.questions import Part, PartType, Purpose, Question
from qa_toolkit.tui.base import QAScreen, Severity, TopBar
from qa_toolkit.tui.scoring.case_facts import case_words
from qa_toolkit.tui.scoring.desk import Desk
from qa_toolkit.tui.scoring.pages import CASE, Page, next_open, pages_of, part_of, place_of
from qa_toolkit.tui.text import lines_shown, shown
from qa_toolkit.tui.widgets.choosing import Choice
from qa_toolkit.tui.widgets.footer import Footer
from qa_toolkit.tui.widgets.guidance import NAMES, Guidance, paragraphs
from qa_toolkit.tui.widgets.outline import Outline
from qa_toolkit.tui.widgets.parts import NUMBERS, PartBox
from qa_toolkit.tui.widgets.question import Anchor, QuestionPane, boxes_for
from qa_toolkit.tui.widgets.sheet import Sheet
from qa_toolkit.tui.widgets.typing import TypedText


class PageScreen(QAScreen):
    """Outline, question and guidance; shows the page at `place`."""

    CSS_PATH = "score.tcss"

    def __init__(self, return_id: str, question_id: str = "") -> None:
        super().__init__()
        self.return_id, self.opening = return_id, question_id
        self.desk: Desk
        self.pages: list[Page] = []
        self.place = 0
        self.asking_reason = False

    def compose(self) -> ComposeResult:
        yield TopBar()
        with Horizontal(id="desk"):
            with Sheet(id="outline-side"):
                yield Outline(id="outline")
            yield QuestionPane(id="question")
            with Sheet(id="beside"):
                yield Guidance(id="guidance")
        yield Static(id="status")
        yield Footer()

    async def on_mount(self) -> None:
        """Open where this return was left."""
        self.desk = Desk(self.qa.workspace, self.return_id, self.qa.person.id if self.qa.person else "", self.qa.now)
        self.pages = pages_of(self.desk.at)
        await self.show(self._first_place())

    def _first_place(self) -> int:
        wanted = self.opening or next(iter(self.desk.drafts), ("", ""))[0]
        if not wanted and self.desk.at.open_queries and not self.desk.read_only:
            wanted = next(iter(self.desk.at.open_queries))
        if wanted and (place := place_of(self.pages, wanted)) is not None:
            return place
        last = last_touched(self.desk.at.ret)
        here = place_of(self.pages, last) if last else None
        if here is None:
            return 0
        found = next_open(self.pages, here)
        return here if found is None or not self.pages[here].done else found

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self.place]

    @property
    def pane(self) -> QuestionPane:
        """Where the question stands."""
        return self.query_one(QuestionPane)

    @property
    def answer(self) -> Answer:
        """The answer on this page, with what is not recorded yet."""
        return self.desk.shown(self.page.id)

    # --- showing

    async def show(self, place: int) -> None:
        """Show another page."""
        self.place = max(0, min(place, len(self.pages) - 1))
        self.asking_reason = False
        page, pane = self.page, self.pane
        if page.question is not None:
            shown_parts = self.parts_shown(page.question)
            boxes = boxes_for(self.desk.at.template, shown_parts, self.answer,
                              read_only=self.desk.read_only)  # fmt: skip
            pane.tell(page.question, self.desk.at.ret.head.kind, self.answer, self.desk.recorded(page.id),
                      read_only=self.desk.read_only)  # fmt: skip
        else:
            boxes = self._fact_boxes(page)
            pane.plain(case_words(self.desk.at) if page.id == CASE else page.field.label if page.field else "")
        await pane.put_parts(boxes)
        pane.scroll_home(animate=False)
        self._guide()
        self.tell()
        self._first_field().focus(scroll_visible=False)

    def _fact_boxes(self, page: Page) -> list[PartBox]:
        if page.field is None:
            return []
        value = self.desk.at.ret.facts.get(page.field.id)
        box = PartBox(part_of(page.field), page.field.options, value, read_only=self.desk.read_only, page=page.id)
        return [box]

    def parts_shown(self, question: Question) -> list[Part]:
        """The parts that the answers so far ask for."""
        at = self.desk.at
        answers = {id: a.values for id, a in at.ret.answers.items() if a.values}
        facts = Facts(at.ret.head.kind, at.header, answers)
        return list(parts_shown(question, self.answer.values, facts))

    def guidance(self) -> list[tuple[str, str]]:
        """What helps to answer this page, as headings and texts."""
        at, page = self.desk.at, self.page
        if page.question is not None:
            found = list(paragraphs(at.template, page.question, at.ret.head.kind))
            section = at.template.section_of[page.question.id]
            if section.intro:
                found.append((section.title, section.intro))
        else:
            help_words = page.field.help if page.field else ""
            found = [("About this page", help_words)] if help_words else []
        return [*found, ("Take care", NAMES)]

    def _guide(self) -> None:
        found = self.guidance()
        self.query_one("#guidance", Guidance).tell(found)
        self.query_one("#inside", Guidance).tell(found)

    def _first_field(self) -> Widget:
        first = next(iter(self.pane.boxes), None)
        if first is not None and not self.desk.read_only:
            if choices := list(first.query(Choice)):
                return choices[0]
            if first.part.type in NUMBERS:
                return first.fields[0]
        return self.pane.query_one(Anchor)

    def tell(self) -> None:
        """Say everything that follows from the answer, without mounting anything."""
        page, at, answer = self.page, self.desk.at, self.answer
        self.pages = pages_of(at)
        self.place = place_of(self.pages, page.id) or 0
        page = self.page
        self.pane.query_one("#place", Static).update(self._place_words(page, answer))
        if page.question is not None:
            self.pane.tell_missing(page.question, answer, asking=self.asking_reason)
            self.pane.tell_cause(answer, weak=self.weak(page.question, answer))
            self.pane.tell_asked(at.open_queries.get(page.id, ""))
            for box in self.pane.boxes:
                value, unknown = answer.values.get(box.part.id), box.part.id in answer.unknown
                box.show(value, unknown=unknown, words=self.words_of(box))
        else:
            self.pane.tell_asked("")
        self.pane.tell_offers([d for (q, _), d in self.desk.drafts.items() if q == page.id])
        self.query_one(Outline).tell(self.pages, self.place, self._flags())
        self.say_status()

    def words_of(self, box: PartBox) -> str:
        """What follows from a part's value: how long it took, and whether that was in time."""
        value = self.answer.values.get(box.part.id) if self.page.question is not None else None
        if box.part.type is not PartType.TIMED or not isinstance(value, dict) or not {"from", "to"} <= set(value):
            return ""
        took = elapsed(box.part, value, self.qa.calendar)
        if took.met is None:
            return f"It took {took.sentence}"
        return f"{'Met' if took.met else 'NOT met'}: it took {took.sentence}"

    def weak(self, question: Question, answer: Answer) -> bool:
        """Whether a chosen option is a weak one."""
        return is_weak(self.desk.at.template, question, answer)

    def _place_words(self, page: Page, answer: Answer) -> Content:
        words = [f"{page.short} · {page.title} · {self.place + 1} of {len(self.pages)}"]
        if page.question is not None:
            state = "Answered" if answer.answered else "Not answered yet"
            words.append(answer.missing.label if answer.missing else state)
            if answer.sensitive or page.question.sensitive:
                words.append("Sensitive: your agency and the chair only")
            if page.question.purpose is Purpose.SAFETY:
                words.append("Asked first, and again at the end")
            if answer.unconfirmed:
                words.append("Carried forward from last time: press y to keep it, or answer anew")
            if page.id in self.desk.at.ret.reworded:
                words.append(f"Answered under other words: {self.desk.at.ret.reworded[page.id]}")
            if page.id in self.desk.at.ret.aside and not answer.answered:
                words.append("Asked again: the answers it takes were changed meanwhile")
        return shown(" · ".join(words))

    def _flags(self) -> dict[str, str]:
        flags = {question: "draft" for question, _ in self.desk.drafts}
        flags |= dict.fromkeys(self.desk.at.open_queries, "asked about")
        return flags | dict.fromkeys(self.desk.pending, "NOT SAVED")

    def say_status(self, words: str = "") -> None:
        """The line at the foot: Saved, Draft kept, or NOT SAVED and why."""
        line = self.query_one("#status", Static)
        desk, page = self.desk, self.page
        trouble = desk.trouble.get(page.id) or next(iter(desk.trouble.values()), None)
        if trouble is not None:
            keys = "r records yours over it, t keeps theirs." if trouble.stale else "Your text is here. r tries again."
            line.update(lines_shown(f"{trouble.sentence}\n{keys}"))
        else:
            said = words or desk.said or self._standing()
            # What is asked for beside the answer may lie below the edge of a small screen.
            if page.done and page.lacks and page.lacks not in said:
                said = f"{said.rstrip('.')}. {page.lacks}"
            line.update(shown(said.replace("needs evidence:", "needs evidence (e):")))
        line.set_class(trouble is not None or desk.said.startswith("NOT SAVED"), "-trouble")

    def say(self, sentence: str, *, severity: Severity = "information") -> None:
        """On the line at the foot: a message over the page would cover the fields below it."""
        self.say_status(sentence)

    def _standing(self) -> str:
        if not self.desk.mine:
            return f"You are reading {self.desk.at.ret.head.rater}’s return. It cannot be changed from here."
        if self.desk.read_only:
            return "Submitted: it can be read, not changed. To change it, ask a co-ordinator to give it back."
        return "Every answer is saved as you give it."

    @property
    def typing(self) -> list[TypedText]:
        """The fields of this page that hold something unrecorded."""
        return [field for field in self.pane.query(TypedText) if field.changed and not field.read_only]
