"""How a year is drawn: a column for each month; terms, entries, audits in no plan, and agencies as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from rich.text import Text
from textual.widgets import DataTable

from qa_toolkit.domain.audits import AuditEntry
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.programme import Entry, Load, Standing, month_in_words
from qa_toolkit.domain.school_terms import Term, TermDates, in_words, marks, terms_in_force
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.text import rich_shown

NARROW = 4
"""Columns of a month on a narrow screen."""
MARKS = {Standing.PROPOSED: "░", Standing.POSTPONED: "-", Standing.ABANDONED: "-", Standing.DONE: "▁"}
"""How the months of an entry are filled; `█` where it is agreed or running. The label says it in a word."""


class TermsRow(NamedTuple):
    """School terms."""

    terms: tuple[Term, ...]


class EntryRow(NamedTuple):
    """Something planned."""

    entry: Entry


class AuditRow(NamedTuple):
    """An audit that is in no plan."""

    entry: AuditEntry

    @property
    def due(self) -> str:
        """When its returns are due."""
        return show_date(self.entry.due)


class AgencyRow(NamedTuple):
    """What is asked of one agency."""

    agency: str
    loads: dict[str, Load]


Row = TermsRow | EntryRow | AuditRow | AgencyRow


def day(month: str) -> date:
    """The first day of a month."""
    return date(int(month[:4]), int(month[5:]), 1)


def rows(
    months: Sequence[str], entries: Mapping[str, Entry], audits: Mapping[str, AuditEntry], own: Mapping[str, TermDates],
    loads: Iterable[Load], agencies: Iterable[str],
) -> list[Row]:  # fmt: skip
    """The rows of these months, in the order in which they are shown."""
    planned = sorted((e for e in entries.values() if set(e.months) & set(months)), key=lambda e: (e.months[0], e.id))
    linked = {entry.audit for entry in entries.values()}
    loose = [one for one in audits.values() if one.id not in linked and _touches(one, months)]
    found: list[Row] = [TermsRow(terms_in_force(own.values()))]
    found += [EntryRow(entry) for entry in planned]
    found += [AuditRow(one) for one in sorted(loose, key=lambda one: (one.opened, one.id))]
    held = list(loads)
    for agency in agencies:
        mine = {load.month: load for load in held if load.agency == agency}
        if mine:
            found.append(AgencyRow(agency, mine))
    return found


def _touches(one: AuditEntry, months: Sequence[str]) -> bool:
    return f"{one.opened:%Y-%m}" <= months[-1] and f"{max(one.due, one.opened):%Y-%m}" >= months[0]


def draw(table: DataTable[Text], months: Sequence[str], found: Sequence[Row], width: int) -> None:
    """Fill the table for a screen of that many columns; the cursor stays where it was."""
    where, before = table.cursor_coordinate, table.row_count
    table.clear(columns=True)
    table.fixed_columns, table.cell_padding, table.header_height = 1, 0, 2
    wide = max(NARROW, min(8, (width - 30) // 12))
    first = max(width - 4 - 12 * wide, 20)
    table.add_column(rich_shown("What"), width=first)
    for month in months:
        name = month_in_words(month)
        year = name[-4:] if month.endswith("-01") or month == months[0] else ""
        table.add_column(_heading(name[:3], year), width=wide)
    for number, row in enumerate(found):
        tall = isinstance(row, EntryRow | AuditRow)
        cells = [_cell(row, month, wide) for month in months]
        table.add_row(_label(row, first - 1), *cells, key=str(number), height=2 if tall else 1)
    if found:
        row_now = min(where.row, len(found) - 1) if before else min(1, len(found) - 1)
        table.move_cursor(row=row_now, column=min(max(where.column, 1), 12))


def _heading(month: str, year: str) -> Text:
    return Text("\n").join((rich_shown(year, "dim"), rich_shown(month)))


def _label(row: Row, width: int) -> Text:
    match row:
        case TermsRow():
            return rich_shown("School terms", "dim")
        case EntryRow(entry):
            above = rich_shown(shorten(f"{entry.id}  {entry.standing.label}", width), "dim")
            return Text("\n").join((above, rich_shown(shorten(entry.title, width), "bold")))
        case AuditRow(audit):
            above = rich_shown(shorten(f"{audit.id}  {audit.status.value.capitalize()}, unplanned", width), "dim")
            return Text("\n").join((above, rich_shown(shorten(audit.title, width))))
        case AgencyRow(agency):
            return rich_shown(shorten(f"{agency}: returns", width))


def _cell(row: Row, month: str, wide: int) -> Text:
    match row:
        case TermsRow(terms):
            return rich_shown(marks(terms, month, min(wide - 1, 4)), "dim")
        case EntryRow(entry):
            return rich_shown(MARKS.get(entry.standing, "█") * (wide - 1) if month in entry.months else "")
        case AuditRow(audit):
            return rich_shown("▒" * (wide - 1) if _touches(audit, [month]) else "", "dim")
        case AgencyRow(_, loads):
            load = loads.get(month)
            if load is None:
                return rich_shown("")
            return rich_shown(f"{load.returns}{'!' * load.too_much}", "bold" if load.too_much else "")


def terms_in_words(own: Iterable[TermDates], month: str) -> str:
    """The terms of a month."""
    return f"{month_in_words(month)}: {in_words(terms_in_force(own), month)}"


def entry_in_words(entry: Entry) -> str:
    """Everything about an entry, in a few sentences."""
    when = month_in_words(entry.months[0])
    if len(entry.months) > 1:
        when += f" to {month_in_words(entry.months[-1])}"
    kind = entry.kind.value.replace("_", " ")
    words = f"{entry.id}, {entry.title} ({kind}), {when}: {entry.standing.label.lower()}"
    agreed = f", agreed by the {entry.tier}" if entry.standing is not Standing.AGREED else f" by the {entry.tier}"
    words += agreed if entry.tier and not entry.standing.dropped else ""
    words += f", because {entry.reason.rstrip('.')}" if entry.standing.dropped else ""
    words += f"; {entry.audit} came of it" if entry.audit else ""
    asked = ", ".join(f"{agency} {count}" for agency, count in entry.asks.items())
    return (
        f"{words}. Chosen from {entry.because.label.lower()}: {entry.why.rstrip('.')}."
        f"{f' Theme: {entry.theme}.' if entry.theme else ''}{f' Led by the {entry.lead}.' if entry.lead else ''}"
        f"{f' Asks: {asked}.' if asked else ''}"
    )
