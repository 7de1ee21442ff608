"""What an auditor goes through, one page at a time: the safety question, the facts, then the sections in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa_toolkit.domain.progress import items
from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.model import HeaderField
from qa_toolkit.domain.template.questions import Part, PartType, Purpose, Question
from qa_toolkit.workflow.returns import Opened
from qa_toolkit.workflow.submission import what_stops

CASE = "case"
"""The page that shows what the partnership entered about the child."""
FACT = "fact:"
"""Begins the id of a page that asks a fact about the return."""
ABOUT = "About this return"


@dataclass(frozen=True)
class Page:
    """One page; it has a question, a header field, or neither (the facts of the case)."""

    id: str
    section: str
    title: str
    question: Question | None = None
    field: HeaderField | None = None
    done: bool = False
    """Whether it has an answer."""
    lacks: str = ""
    """What submission would still refuse of its answer, in a sentence: no evidence, half of its parts."""

    @property
    def lacking(self) -> bool:
        """Whether something is missing beside its answer."""
        return bool(self.lacks)

    @property
    def state(self) -> str:
        """How far it is, in a word."""
        return "lacking" if self.done and self.lacking else "done" if self.done else "open"

    @property
    def short(self) -> str:
        """What it is called in lists."""
        return self.question.id if self.question else self.field.label if self.field else "The case"


@dataclass(frozen=True)
class Tally:
    """How far a section is."""

    section: str
    title: str
    done: int
    asked: int
    first: int
    """The place of its first page."""


def pages_of(at: Opened) -> list[Page]:
    """Every page of this return as it stands: what its answers hide is not among them."""
    stopped = {stop.where: stop.sentence for stop in what_stops(at, checked=False)}
    questions = []
    for item in items(at.template, at.ret, at.header):
        id, section = item.question.id, item.section
        questions.append(
            Page(id, section.id, section.title, item.question, done=item.answered, lacks=stopped.get(id, ""))
        )
    # The safety question comes first wherever the template's author put it.
    first = [page for page in questions if page.question and page.question.purpose is Purpose.SAFETY]
    rest = [page for page in questions if page not in first]
    return [*first, *_about(at), *rest]


def _about(at: Opened) -> list[Page]:
    facts = at.file.subjects[at.ret.head.subject].facts
    found = [Page(CASE, "", ABOUT, done=True)] if facts else []
    for field in at.template.header:
        if field.about == "return":
            found.append(Page(f"{FACT}{field.id}", "", ABOUT, field=field, done=field.id in at.ret.facts))
    return found


def tallies(pages: Sequence[Page]) -> list[Tally]:
    """How far each section is, in the order in which they are met."""
    found: dict[str, Tally] = {}
    for place, page in enumerate(pages):
        before = found.get(page.section) or Tally(page.section, page.title, 0, 0, place)
        counts = page.id != CASE
        done = before.done + (page.state == "done" and counts)
        found[page.section] = Tally(before.section, before.title, done, before.asked + counts, before.first)
    return list(found.values())


def place_of(pages: Sequence[Page], id: str) -> int | None:
    """Where a page stands; the id is compared without case."""
    wanted = id.strip().casefold()
    return next((n for n, page in enumerate(pages) if page.id.casefold() == wanted), None)


def next_open(pages: Sequence[Page], after: int) -> int | None:
    """The next page without an answer, going round once; a fact that may be left empty does not count."""
    order = [*range(after + 1, len(pages)), *range(after + 1)]
    return next((n for n in order if not pages[n].done and _wanted(pages[n])), None)


def _wanted(page: Page) -> bool:
    return page.question is not None or (page.field is not None and page.field.required)


_TYPES = {
    "choice": PartType.CHOICE, "choices": PartType.CHOICES, "integer": PartType.INTEGER, "date": PartType.DATE,
    "short_text": PartType.SHORT_TEXT,
}  # fmt: skip


def part_of(field: HeaderField) -> Part:
    """A header field as something that can be filled in like any part of a question."""
    return Part(
        id=MAIN, type=_TYPES[field.type], options=field.options, min=field.min, max=field.max, required=field.required
    )
