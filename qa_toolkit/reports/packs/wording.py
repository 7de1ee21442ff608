"""Words that packs share, and sentences drafted from figures: each is tied to the figures that it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from qa_toolkit.domain.dates import day_of, end_of_day, show_date, show_moment, zone
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.layout.document import Bar, Chart, Document, Note, Part, Table
from qa_toolkit.reports.views.board import ActionForBoard
from qa_toolkit.reports.views.numbers import Breakdown, Number
from qa_toolkit.reports.views.public import ForPublic
from qa_toolkit.sheets.columns import Tone

COLOUR_TONES: Final = {
    Colour.RED.label: Tone.BAD, Colour.AMBER.label: Tone.POOR, Colour.GREEN.label: Tone.GOOD,
    Colour.GREY.label: Tone.QUIET, Colour.BLUE.label: Tone.FAIR,
}  # fmt: skip
GRADE_TONES: Final = {
    Grade.OUTSTANDING.label: Tone.FAIR, Grade.GOOD.label: Tone.GOOD, Grade.REQUIRES_IMPROVEMENT.label: Tone.POOR,
    Grade.INADEQUATE.label: Tone.BAD, Grade.NOT_GRADED.label: Tone.QUIET,
}  # fmt: skip
GRADE_MARKS: Final = {
    Grade.OUTSTANDING.label: "O", Grade.GOOD.label: "G", Grade.REQUIRES_IMPROVEMENT.label: "RI",
    Grade.INADEQUATE.label: "I", Grade.NOT_GRADED.label: "NG",
}  # fmt: skip
"""Where there is no room for the words: the letters that inspectorates use."""
MARK_TONES: Final = {mark: GRADE_TONES[label] for label, mark in GRADE_MARKS.items()}
EXAMPLE: Final = "A worked example: the partnership, the people and the children are invented."
DRAFTED: Final = "The sentences here were drafted from the figures and are the author’s to edit."


_PLACE: Final = re.compile(r"\{\}|\[([^|\]]*)\|([^\]]*)\]")
"""Where a count stands in a sentence, or a word that follows it in number."""


class Said(NamedTuple):
    """A drafted sentence, and the keys of the figures in it."""

    text: str
    keys: tuple[str, ...]


class Draft:
    """The sentences drafted for one paper."""

    def __init__(self) -> None:
        self.said: list[Said] = []

    def say(self, sentence: str, *numbers: Number) -> str:
        """The sentence with each `{}` filled by a figure's count, in order.

        `[action is|actions are]` takes the form that goes with the count before it.
        """
        waiting = list(numbers)
        last = 0

        def put(found: re.Match[str]) -> str:
            nonlocal last
            if found[0] == "{}":
                last = waiting.pop(0).value
                return str(last)
            return found[1] if last == 1 else found[2]

        text = _PLACE.sub(put, sentence)
        if waiting:
            raise ValueError(f"figures without a place in “{sentence}”")
        self.said.append(Said(text, tuple(number.key for number in numbers)))
        return text


def period(view: ForPublic) -> str:
    """From when to when."""
    return f"{_shown(view.since, view)} to {_shown(view.as_at, view)}"


def as_at(view: ForPublic) -> str:
    """The moment of the figures, as people read it."""
    return _shown(view.as_at, view)


def _shown(moment: datetime, view: ForPublic) -> str:
    """The end of a day is that day; any other moment has its time."""
    place = zone(view.zone)
    day = day_of(moment, place)
    return show_date(day) if moment == end_of_day(day, place) else show_moment(moment, place)


def paper(view: ForPublic, title: str, audience: str, parts: Iterable[Part], *, version: str = "1") -> Document:
    """A paper of those figures, with all that every paper carries."""
    first: list[Part] = [Note(EXAMPLE)] if view.example else []
    return Document(
        title=title, marking=view.marking, as_at=as_at(view), head=view.head, parts=(*first, *parts),
        subtitle=f"{view.name}, {period(view)}", version=version, author=view.name, audience=audience,
    )  # fmt: skip


def table_of(numbers: Iterable[Number], what: str, caption: str) -> Table:
    """Figures as rows: what, how many, of how many."""
    rows = [(n.label, str(n.value), "" if n.of is None else str(n.of)) for n in numbers]
    unit = next(iter(numbers), None)
    head = unit.unit.capitalize() if unit is not None else "Count"
    return Table((what, head, "Of"), tuple(rows), (5, 2, 1), caption)


def table_by(found: Breakdown) -> Table:
    """A breakdown as a table."""
    rows = tuple((line.name, *(str(number.value) for number in line.numbers)) for line in found.lines)
    # Each column has room for the longest word of its own name.
    longest = [max(6, *map(len, name.split())) for name in found.header[1:]]
    return Table(found.header, rows, (24, *longest), found.title)


def grades_chart(numbers: Iterable[Number], title: str) -> Chart:
    """Grades as bars: the whole scale, and those without a grade only where there are any."""
    scale = {grade.label for grade in Grade if grade.points}
    return chart_of([n for n in numbers if n.value or n.label in scale], title, "children", GRADE_TONES)


def chart_of(numbers: Iterable[Number], title: str, unit: str, tones: dict[str, Tone] | None = None) -> Chart:
    """Figures as bars."""
    bars = tuple(Bar(n.label, n.value, (tones or {}).get(n.label, Tone.FAIR)) for n in numbers)
    return Chart(title, unit, bars)


def day(value: object) -> str:
    """A day as it is shown; nothing for none."""
    return show_date(value) if value else ""  # type: ignore[arg-type]


def why(action: ActionForBoard) -> str:
    """Why an action has its colour, where the colour is said beside it."""
    reason = action.reason.removeprefix(f"{action.colour}: ")
    return reason[:1].upper() + reason[1:]


def some(lines: Sequence[str], most: int, letters: int) -> Sequence[str]:
    """The first lines: at most so many, and so many letters together, but one at least; a page has to hold them."""
    shown, used = 0, 0
    while shown < min(most, len(lines)) and (not shown or used + len(lines[shown]) <= letters):
        used += len(lines[shown])
        shown += 1
    return lines[:shown]


def listed(words: Iterable[str]) -> str:
    """“a, b and c”."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""
