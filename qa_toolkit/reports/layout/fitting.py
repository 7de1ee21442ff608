"""How the parts of a paper sit on its pages: what stays in one line, how wide columns are, what stays together.

Every layout asks here, so that a paper breaks in the same places in Word, in PDF, in HTML and as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from typing import Final

from qa_toolkit.reports.layout.document import Bullets, Chart, Note, Paragraph, Part, Table

TABLE_SIZE: Final = 9.0
"""Points of the words in a table on paper."""
PADDING: Final = 5.0
"""Points between the words of a cell and its edge, on each side."""
PAGE_WIDTH: Final = 482.0
"""Points across an A4 page between margins of 20 mm."""
_SPARE: Final = 3.0
"""Points more than the words are thought to need: faces differ, and a header is bold."""
_TOGETHER: Final = 15
"""Lines of a table that stays on one page: few enough that no page is left half empty for its sake."""
_MOST: Final = 0.3
"""Of the page's width: what one unbroken word may claim for its column."""
_KEPT: Final = re.compile(
    r"[A-Z]{1,4}-\d+(?:-[A-Z]?\d+)*(?:/[A-Z]\d+)?"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4})?"
)
"""Ids and days. A break inside one makes it hard to read and to look for."""
_MARKS: Final = ("*", "c", "–")
_NARROW, _BROAD = frozenset("iljtfrI.,:;’'|!()-/ "), frozenset("mwMW@%—")


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it stays in one line."""
    done = 0
    for found in _KEPT.finditer(text):
        if found.start() > done:
            yield text[done : found.start()], False
        yield found[0], True
        done = found.end()
    if done < len(text):
        yield text[done:], False


def numeric(table: Table) -> tuple[bool, ...]:
    """For each column, whether it holds numbers and so stands to the right; the first names its rows and does not."""
    return tuple(bool(column) and _numbers([row[column] for row in table.rows]) for column in range(len(table.header)))


def wordy(table: Table) -> bool:
    """Whether it holds words more than numbers, so that a narrow screen shows each row as a block of its own."""
    return len(table.header) > 2 and sum(numeric(table)) * 2 < len(table.header) - 1


def _numbers(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell]
    numbers = [cell.strip("+−-*").isdecimal() for cell in said]
    # Marks alone are no numbers: a hidden one, or a dash for none, stands where numbers are.
    return any(numbers) and all(number or cell in _MARKS for number, cell in zip(numbers, said, strict=True))


def widths(
    table: Table, room: float, measure: Callable[[str], float], *, padding: float = 0, narrowest: float = 0
) -> list[float]:
    """How wide each column is: its share of the room, and at least its longest word.

    Args:
        table: The table.
        room: The width of all columns together.
        measure: How wide a text is in one line.
        padding: What each column needs besides its words.
        narrowest: What a column of running words has at least; one of numbers or ids may be narrower.
    """
    shares = table.widths or (1,) * len(table.header)
    least = [
        max(_longest(table, column, measure, room * _MOST) + padding, narrowest if running(table, column) else 0)
        for column in range(len(table.header))
    ]
    if sum(least) >= room:
        return [room * one / sum(least) for one in least]
    found = [room * share / sum(shares) for share in shares]
    # What the narrow lack, the others give up in proportion; one that comes to its own least gives no more.
    held: set[int] = set()
    while short := {n for n, width in enumerate(found) if n not in held and width < least[n]}:
        held |= short
        free = [n for n in range(len(found)) if n not in held]
        left, parts = room - sum(least[n] for n in held), sum(shares[n] for n in free)
        found = [least[n] if n in held else left * shares[n] / parts for n in range(len(found))]
    return found


def running(table: Table, column: int) -> bool:
    """Whether a column holds words that go on in a next line: not numbers, ids or days alone."""
    return any(len(list(_unbroken(row[column]))) > 1 for row in table.rows)


def _longest(table: Table, column: int, measure: Callable[[str], float], most: float) -> float:
    words = {word for text in (table.header[column], *(row[column] for row in table.rows)) for word in _unbroken(text)}
    return min(max(map(measure, words), default=0), most)


def _unbroken(text: str) -> Iterator[str]:
    for piece, kept in pieces(text):
        yield from (piece,) if kept else piece.split()


def points(text: str) -> float:
    """About how wide a text is in a table on paper, in points of a plain face like Arial."""
    ems = sum(0.3 if char in _NARROW else 0.86 if char in _BROAD else 0.68 if char.isupper() else 0.56 for char in text)
    return ems * TABLE_SIZE


def on_paper(table: Table) -> list[float]:
    """How wide each column is on an A4 page, in points."""
    return widths(table, PAGE_WIDTH, points, padding=2 * PADDING + _SPARE)


def together(table: Table) -> bool:
    """Whether the table is short enough to stay on one page."""
    if len(table.rows) > _TOGETHER:
        return False
    room = [width - 2 * PADDING for width in on_paper(table)]
    return sum(_lines(row, room) for row in (table.header, *table.rows)) <= _TOGETHER


def _lines(row: Sequence[str], room: Sequence[float]) -> int:
    return max(
        sum(max(1, ceil(points(line) / width)) for line in text.split("\n"))
        for text, width in zip(row, room, strict=True)
    )


def leading(parts: Sequence[Part]) -> Iterator[tuple[Part, bool]]:
    """Each part, with whether it leads in the next and so stays on its page: words before a table, chart or list."""
    for number, part in enumerate(parts):
        after = parts[number + 1] if number + 1 < len(parts) else None
        yield part, isinstance(part, Paragraph | Note) and isinstance(after, Table | Chart | Bullets)
