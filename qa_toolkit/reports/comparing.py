"""An edited Word report against the figures it was drafted from: every number that no longer agrees, and where.

Wording is the author's. A drafted sentence is found again by its words, whatever numbers stand in it now; one that was
reworded, by most of its words. Tables are found by their header, rows by their first cell. What was left out is no
difference; a number that was written in is pointed out where no figure of the report has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.calendars import WorkingCalendar
from qa_toolkit.domain.errors import InputError, NotFound
from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.layout.document import Bullets, Document, Heading, Note, Paragraph, Table
from qa_toolkit.reports.layout.word_reading import Read, read_word
from qa_toolkit.reports.making import again
from qa_toolkit.reports.sending import Paper
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace

_NUMBER = re.compile(r"(?<![\w-])\d[\d,]*(?![\w-]|\.\d)")
"""A number by itself: no part of a reference such as A-2026-014 or of a version."""
_DATE = re.compile(r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{4}(?: \d\d:\d\d)?")
_ALIKE = 0.6
"""Share of a sentence's words that a reworded one still has."""


class Differs(NamedTuple):
    """One number that does not agree."""

    place: str
    drafted: str
    """What the figures say; empty where no figure says it."""
    now: str
    words: str
    """The sentence or cell as it stands now."""

    @property
    def sentence(self) -> str:
        """In words."""
        if not self.drafted:
            return f"{self.place}: {self.now} is no figure of this report. “{self.words}”"
        return f"{self.place}: it says {self.now}, and the figures say {self.drafted}. “{self.words}”"


def compare(workspace: Workspace, file: Path, *, calendar: WorkingCalendar, now: datetime) -> list[Differs]:
    """Every number of an edited report that does not agree with the figures it was drafted from.

    Raises:
        NotFound: It is not there, or no note says what it was drafted from.
        InputError: It is no Word document, or not one of the packs that are papers.
    """
    read = read_word(file)
    paper = again(workspace, _note(workspace, file, read), calendar, now)
    if not isinstance(paper.body, Document):
        raise InputError(f"{file.name} was made from a workbook’s figures; only papers are compared.")
    return list(_differences(paper, paper.body, read))


def _note(workspace: Workspace, file: Path, read: Read) -> dict[str, object]:
    found = exports.notes_of(workspace.folder, file, record=read.record)
    if not found:
        raise NotFound(
            f"exports/ holds no note of {file.name}, nor of a report from record {read.record or 'unknown'}, so nobody "
            "can say what it was drafted from."
        )
    return found[0].contents


def _differences(paper: Paper, body: Document, read: Read) -> Iterator[Differs]:
    known = {number for text in _texts(body) for number in _in(text)}
    known |= {str(number.value) for number in numbers(paper.figures).values()}
    matched: set[int] = set()
    for said in paper.sentences:
        place = _find(said.text, read.paragraphs, matched)
        if place is None:
            continue
        matched.add(place)
        heading, text = read.paragraphs[place]
        there = _in(_part(said.text, text))
        drafted = _in(said.text)
        if len(there) == len(drafted):
            yield from (Differs(heading, a, b, text) for a, b in zip(drafted, there, strict=True) if a != b)
        else:
            yield from (Differs(heading, ", ".join(drafted), one, text) for one in there if one not in drafted)
    for number, (heading, text) in enumerate(read.paragraphs):
        if number not in matched:
            yield from (Differs(heading, "", one, text) for one in _in(text) if one not in known)
    for part in body.parts:
        if isinstance(part, Table):
            yield from _in_table(part, read)


def _texts(body: Document) -> Iterator[str]:
    for part in body.parts:
        match part:
            case Heading() | Paragraph() | Note():
                yield part.text
            case Bullets():
                yield from part.items
            case _:
                pass


def _in(text: str) -> list[str]:
    """The numbers of a text, days left out."""
    return [found.replace(",", "") for found in _NUMBER.findall(_DATE.sub(" ", text))]


def _pattern(sentence: str) -> re.Pattern[str]:
    words = [re.escape(part) for part in _NUMBER.split(sentence)]
    return re.compile(r"\d[\d,]*".join(words))


def _find(sentence: str, paragraphs: Sequence[tuple[str, str]], taken: set[int]) -> int | None:
    """The paragraph in which the sentence stands, by its words; else the one that is most like it."""
    pattern = _pattern(sentence)
    for number, (_, text) in enumerate(paragraphs):
        if pattern.search(text):
            return number
    wanted = _words(sentence)
    best, most = None, _ALIKE
    for number, (_, text) in enumerate(paragraphs):
        share = len(wanted & _words(text)) / len(wanted) if wanted else 0
        if number not in taken and share >= most:
            best, most = number, share
    return best


def _part(sentence: str, text: str) -> str:
    """The sentence as it stands in the text now; the whole text where it was reworded."""
    found = _pattern(sentence).search(text)
    return found[0] if found else text


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z’]+", text.casefold()))


def _in_table(table: Table, read: Read) -> Iterator[Differs]:
    found = next((rows for rows in read.tables if tuple(rows[0]) == table.header), None)
    if found is None:
        return
    drafted = {row[0]: row for row in table.rows}
    place = table.caption or ", ".join(table.header)
    for row in found[1:]:
        was = drafted.get(row[0])
        if was is None:
            yield from (Differs(f"{place}, {row[0]}", "", one, cell) for cell in row[1:] for one in _in(cell))
            continue
        for column, before, after in zip(table.header[1:], was[1:], row[1:], strict=False):
            if _in(before) != _in(after):
                yield Differs(f"{place}, {row[0]}, {column}", ", ".join(_in(before)) or "no number",
                              ", ".join(_in(after)) or "no number", after)  # fmt: skip
