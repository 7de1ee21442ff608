"""The agencies with their people under them, as rows of a table, and each row in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from rich.text import Text
from textual.widgets import DataTable

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.people import Agency, Person
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.text import rich_shown

NOBODY = "nobody yet"


class Row(NamedTuple):
    """An agency, or one of its people."""

    agency: Agency
    person: Person | None = None

    @property
    def key(self) -> str:
        """What the row is called in the table."""
        return self.person.id if self.person else self.agency.id


def rows(agencies: Mapping[str, Agency], people: Iterable[Person], today: date) -> list[Row]:
    """Every agency in the order in which they came, its people by name under it, those who left last."""
    found = []
    everybody = sorted(people, key=lambda person: (gone(person, today), person.name.casefold()))
    for agency in agencies.values():
        found.append(Row(agency))
        found += [Row(agency, person) for person in everybody if person.agency == agency.id]
    return found


def gone(person: Person, today: date) -> bool:
    """Whether the last day has passed."""
    return person.until is not None and person.until < today


def dates(person: Person, today: date) -> str:
    """When somebody is here, as far as it is said."""
    if person.until is not None and person.until < today:
        return f"left {show_date(person.until)}"
    said = []
    if person.since is not None:
        said.append(f"{'since' if person.since <= today else 'from'} {show_date(person.since)}")
    if person.until is not None:
        said.append(f"until {show_date(person.until)}")
    return ", ".join(said)


def roles(person: Person) -> str:
    """What somebody does here."""
    return ", ".join(role.label for role in person.roles) or "no role"


def in_words(row: Row, people: Iterable[Person], today: date) -> str:
    """The row in full, for the line below the table."""
    if row.person is None:
        theirs = [one for one in people if one.agency == row.agency.id and not gone(one, today)]
        count = f"{len(theirs)} {'person' if len(theirs) == 1 else 'people'}" if theirs else NOBODY
        contact = row.agency.contact or "nobody named: reminders have no address"
        return f"{row.agency.id}: {row.agency.name}, {count}. To templates it is {row.agency.kind}. Contact: {contact}."
    when = dates(row.person, today)
    return f"{row.person.id}: {row.person.name}, {row.agency.name}. {roles(row.person)}{f'; {when}' if when else ''}."


def draw(table: DataTable[Text], found: list[Row], today: date, widths: list[int]) -> None:
    """Fill the table; the cursor stays on its row."""
    at = table.cursor_row
    before = str(table.ordered_rows[at].key.value) if at < table.row_count else ""
    table.clear(columns=True)
    for title, width in zip(("Agency, and its people", "Kind, or roles", "Contact, or dates"), widths, strict=True):
        table.add_column(rich_shown(title), width=width)
    for row in found:
        if row.person is None:
            texts, style = (row.agency.name, row.agency.kind, row.agency.contact), "bold"
        else:
            texts = (f"  {row.person.name}", roles(row.person), dates(row.person, today))
            style = "dim" if gone(row.person, today) else ""
        cells = (rich_shown(shorten(text, width), style) for text, width in zip(texts, widths, strict=True))
        table.add_row(*cells, key=row.key)
    go_to(table, found, before)


def go_to(table: DataTable[Text], found: list[Row], key: str) -> None:
    """The cursor on the row of that key, where there is one."""
    place = next((n for n, row in enumerate(found) if row.key == key), None)
    if place is not None:
        table.move_cursor(row=place)
