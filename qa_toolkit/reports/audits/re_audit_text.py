"""An audit and its re-audit, as lines of plain text: the command and the screen say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa_toolkit.domain.small_samples import Way
from qa_toolkit.domain.then_and_now import Row, ThenAndNow

NOTHING = "Nothing can be compared yet: returns count once they are filed in both audits."
_HEADINGS = {
    Way.BETTER: "Questions that are better", Way.WORSE: "Questions that are lower",
    Way.CANNOT_TELL: "Questions of which one cannot tell",
}  # fmt: skip


def re_audit_lines(found: ThenAndNow) -> list[str]:
    """What is set beside what, then grades, sections and questions, what is better first."""
    lines = [f"{found.later} beside {found.earlier}", found.what_a_pair_is, ""]
    rows = (*found.grades, *found.sections, *found.questions)
    if not any(row.then and row.now for row in rows):
        return [*lines, NOTHING, *_apart(found)]
    lines += ["Grades", *_rows(found.grades, found.unit)] if found.grades else []
    lines += ["", "Sections", *_rows(found.sections, found.unit)] if found.sections else []
    for way, heading in _HEADINGS.items():
        if told := [row for row in found.questions if row.way is way]:
            lines += ["", heading, *_rows(told, found.unit)]
    return [*lines, "", found.by_chance, *_apart(found)]


def _rows(rows: Iterable[Row], unit: str) -> Iterator[str]:
    for row in rows:
        yield f"  {row_title(row)}"
        yield from (f"      {line}" for line in row_lines(row, unit))


def row_title(row: Row) -> str:
    """A row's name: grades are named by their title alone."""
    return row.title if row.agreed or row.id in ("agreed", "own") else f"{row.id}  {row.title}"


def row_lines(row: Row, unit: str) -> list[str]:
    """One row in words: then, now, what can be said, and what to know about it."""
    then, now = row.then.total(), row.now.total()
    lines = [
        f"then: {row.counts(row.then)} ({_of(then, unit)}); now: {row.counts(row.now)} ({_of(now, unit)})",
        row.tested.sentence,
    ]
    if row.wording:
        lines.append(f"Asked in other words: {row.wording}.")
    if row.left_out:
        lines.append(f"Left out, because they answered in one of the two only: {', '.join(row.left_out)}.")
    return lines


def _of(count: int, unit: str) -> str:
    one = {"children": "child", "agencies": "agency", "teams": "team"}
    return f"{count} {one[unit] if count == 1 else unit}"


def _apart(found: ThenAndNow) -> list[str]:
    if not found.apart:
        return []
    return ["", "Not compared", *(f"  {id} {why}" for id, why in found.apart)]
