"""A self-assessment round: agencies by indicators, each agency's own word, the panel's beside it, and last time's.

*Moderated* is the panel's word on an indicator, with its reason. It stands beside the agency's own and never in its
place. Last time's is that of the last round of the same template that was filed for the agency, if its steps are the
same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.grading import lower_median
from qa_toolkit.domain.moderation import AgreedGrade
from qa_toolkit.domain.records import Record
from qa_toolkit.domain.returns import OVERALL, Return
from qa_toolkit.domain.template.model import Section, Template
from qa_toolkit.domain.template.questions import PartType, Purpose, Question
from qa_toolkit.domain.template.scales import Grade


class Moderated(Record):
    """The panel's word on one indicator of one agency; the id is `<organisation>:<question>`."""

    table: ClassVar[str] = "moderated"

    panel: str
    subject: str
    question: str
    value: str
    """One of the options of the indicator's main part."""
    reasons: str


class Word(NamedTuple):
    """A step in words, with what it counts for."""

    label: str
    step: int | None = None
    note: str = ""
    """The reason, comment or evidence that goes with it."""
    computed: bool = False
    """Whether it is worked out from others, as advice."""
    seq: int = 0
    """For the panel's word, the line that last put it."""

    @property
    def shown(self) -> str:
        """The word, in brackets where it is computed."""
        return f"({self.label})" if self.computed else self.label


class Cell(NamedTuple):
    """One agency on one indicator, section or the whole."""

    own: Word | None = None
    moderated: Word | None = None
    before: Word | None = None
    """What stood at the end of the last round: moderated where it was, else its own."""
    unconfirmed: bool = False
    """Carried over from last time, and not looked at again."""
    asked: bool = True

    @property
    def stands(self) -> Word | None:
        """The panel's word where there is one, else the agency's own."""
        return self.moderated or self.own

    @property
    def moved(self) -> int | None:
        """Steps since last time: positive is up; None where one of the two has no step."""
        if self.stands is None or self.before is None or self.stands.step is None or self.before.step is None:
            return None
        return self.stands.step - self.before.step


class Line(NamedTuple):
    """One row of the view."""

    id: str
    """A question's id, a section's, or `overall`."""
    title: str
    cells: Mapping[str, Cell]
    """By agency."""


class Page(NamedTuple):
    """The rows of one section; the first page has the whole and every section."""

    id: str
    title: str
    lines: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """What moved since last time, strengths first."""
        moves = [cell.moved for line in self.lines for cell in line.cells.values()]
        known = [move for move in moves if move is not None]
        if not known:
            return "Nothing here can be set beside last time yet."
        up, down = sum(move > 0 for move in known), sum(move < 0 for move in known)
        return f"Beside last time, of {len(known)}: {up} higher, {len(known) - up - down} the same, {down} lower."


class Part(NamedTuple):
    """One agency's part in a round."""

    agency: str
    kind: str
    subject: str
    state: str
    """Where its return stands, in words."""
    ret: Return | None
    """Once it is filed and open."""
    moderated: Mapping[str, Moderated]
    """By question."""
    agreed: Mapping[str, AgreedGrade]
    """`overall` or section id to the panel's grade."""
    template: Template


class Board(NamedTuple):
    """The whole view."""

    audit: str
    title: str
    before: tuple[str, ...]
    """The rounds that last time's words are of."""
    agencies: tuple[str, ...]
    states: Mapping[str, str]
    subjects: Mapping[str, str]
    """Agency to its organisation's id."""
    pages: tuple[Page, ...]

    def find(self, agency: str, id: str) -> Cell | None:
        """The cell of an agency and a row."""
        return next((line.cells.get(agency) for page in self.pages for line in page.lines if line.id == id), None)


def is_indicator(template: Template, question: Question) -> bool:
    """Whether a question has steps, so that it can be set beside another's and be moderated."""
    steps = (option.score for option in template.options_of(question.main))
    return (
        question.asked_of == "agency" and question.purpose is Purpose.SCORED
        and question.main.type is PartType.CHOICE and any(score is not None for score in steps)
    )  # fmt: skip


def pages(template: Template, parts: Sequence[Part], befores: Mapping[str, Part]) -> tuple[Page, ...]:
    """The whole and its sections, then each section's indicators."""
    found = []
    for section in template.sections:
        lines = tuple(
            Line(question.id, question.text, {part.agency: _cell(template, question, part, befores) for part in parts})
            for question in section.questions if is_indicator(template, question)
        )  # fmt: skip
        if lines:
            found.append(Page(section.id, section.title, lines))
    graded = [section for section in template.sections if section.id in {page.id for page in found}]
    return (Page(OVERALL, "The whole", tuple(_graded(template, graded, parts, befores))), *found)


def _cell(template: Template, question: Question, part: Part, befores: Mapping[str, Part]) -> Cell:
    if template.agencies and part.kind not in template.agencies_of(question.id):
        return Cell(asked=False)
    before = befores.get(part.agency)
    own = _own(template, question, part.ret)
    answer = part.ret.answers.get(question.id) if part.ret is not None else None
    return Cell(
        own, _moderated(template, question, part), _before(template, question, before) if before else None,
        unconfirmed=answer is not None and answer.unconfirmed,
    )  # fmt: skip


def _own(template: Template, question: Question, ret: Return | None) -> Word | None:
    answer = ret.answers.get(question.id) if ret is not None else None
    if answer is None or not answer.answered:
        return None
    if question.sensitive or answer.sensitive:
        return Word("Sensitive")
    said = " · ".join(text for text in (answer.comment, answer.evidence) if text)
    if answer.missing is not None:
        return Word(answer.missing.label, None, " · ".join(text for text in (answer.reason, said) if text))
    return _word(template, question, _main(answer, question), said)


def _main(answer: Answer, question: Question) -> str:
    return str(answer.values.get(question.main.id, ""))


def _word(template: Template, question: Question, value: str, note: str) -> Word | None:
    option = next((one for one in template.options_of(question.main) if one.value == value), None)
    return Word(option.label, option.score, note) if option is not None else None


def _moderated(template: Template, question: Question, part: Part) -> Word | None:
    found = part.moderated.get(question.id)
    word = _word(template, question, found.value, found.reasons) if found is not None else None
    return word._replace(seq=found.seq) if word is not None and found is not None else None


def _before(template: Template, question: Question, part: Part) -> Word | None:
    old = part.template.questions.get(question.id)
    if old is None or _scale(part.template, old) != _scale(template, question):
        return None
    return _moderated(part.template, old, part) or _own(part.template, old, part.ret)


def _scale(template: Template, question: Question) -> list[tuple[str, int | None]]:
    return [(option.value, option.score) for option in template.options_of(question.main)]


def _graded(
    template: Template, sections: Iterable[Section], parts: Sequence[Part], befores: Mapping[str, Part]
) -> Iterator[Line]:
    ids = [(OVERALL, "The whole"), *((section.id, section.title) for section in sections)]
    graded = {part.agency: _grades(part) for part in parts}
    before = {agency: _grades(part) for agency, part in befores.items()}
    for id, title in ids:
        cells = {}
        for part in parts:
            cell = graded[part.agency].get(id, Cell())
            last = before.get(part.agency, {}).get(id)
            cells[part.agency] = cell._replace(before=last.stands if last is not None else None)
        yield Line(id, title, cells)


def _grades(part: Part) -> dict[str, Cell]:
    """One agency's sections and whole: its own and the panel's grade, each or else the middle of steps."""
    found: dict[str, Cell] = {}
    own, stands = list[int](), list[int]()
    for section in part.template.sections:
        indicators = [question for question in section.questions if is_indicator(part.template, question)]
        cells = [_cell(part.template, question, part, {}) for question in indicators]
        words = _words(part.template, indicators)
        middle = _middle([cell.own for cell in cells], words, own)
        after = _middle([cell.stands for cell in cells], words, stands)
        found[section.id] = Cell(middle, after if any(cell.moderated for cell in cells) else None)
    whole = [question for question in part.template.questions.values() if is_indicator(part.template, question)]
    words = _words(part.template, whole)
    found[OVERALL] = Cell(
        _computed(own, words), _computed(stands, words) if any(cell.moderated for cell in found.values()) else None
    )
    for id, given in (part.ret.grades if part.ret is not None else {}).items():
        found[id] = found.get(id, Cell())._replace(own=_of(given.grade, given.reasons))
    for id, agreed in part.agreed.items():
        word = _of(agreed.grade, agreed.reasons)._replace(seq=agreed.seq)
        found[id] = found.get(id, Cell())._replace(moderated=word)
    return found


def _words(template: Template, indicators: Sequence[Question]) -> Mapping[int, str]:
    """Step to its word, where all indicators share their steps; otherwise the words of grades."""
    scales = {tuple((o.score, o.label) for o in template.options_of(question.main)) for question in indicators}
    if len(scales) != 1:
        return {grade.points: grade.label for grade in Grade if grade.points}
    return {score: label for score, label in scales.pop() if score is not None}


def _middle(words: Iterable[Word | None], labels: Mapping[int, str], collected: list[int]) -> Word | None:
    steps = [word.step for word in words if word is not None and word.step is not None]
    found = _computed(steps, labels)
    if found is not None and found.step is not None:
        collected.append(found.step)
    return found


def _computed(steps: Sequence[int], labels: Mapping[int, str]) -> Word | None:
    if not steps:
        return None
    middle = lower_median([(step, 1) for step in steps])
    return Word(labels.get(middle, str(middle)), middle, f"the middle of {len(steps)}", computed=True)


def _of(grade: Grade, note: str = "") -> Word:
    return Word(grade.label, grade.points or None, note)
