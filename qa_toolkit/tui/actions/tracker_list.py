"""The tracker's lines: one for each action, as many columns as the width allows, and headings where it is grouped."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import ClassVar

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.filtering import grouped
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.querying import Vocabulary
from qa_toolkit.domain.plans.tracked import Field
from qa_toolkit.tui.widgets.longlist import LongList, Piece, fitted
from qa_toolkit.workflow.plans.tracking import Row
from qa_toolkit.workflow.plans.watching import colours

STATES = {
    State.SUBMITTED: "submitted", State.CONFIRMED: "confirmed", State.IN_PROGRESS: "in progress",
}  # fmt: skip
"""States that are too long for a column."""


def state_word(state: State) -> str:
    """The state, short enough for a column."""
    return STATES.get(state, state.label.lower())


def when_words(row: Row) -> str:
    """In one narrow column: how late or how soon it is where somebody works on it, else its state."""
    where = row.standing
    worked_on = where.state in (State.AGREED, State.IN_PROGRESS, State.REOPENED)
    return where.due_words if worked_on else state_word(where.state)


def owner_words(row: Row) -> str:
    """Who owns it, in a few words."""
    action = row.action
    return action.owner or action.owner_role or action.outside or "nobody"


def count_words(rows: list[Row]) -> str:
    """How many of each colour, each with its letter and its word."""
    return ", ".join(f"{count} {colour.label.lower()}" for colour, count in colours(rows).items())


class TrackerList(LongList[Row | str]):
    """Actions, and headings as plain texts."""

    DEFAULT_CSS = """
    TrackerList > .tracker--red { color: $text-error; text-style: bold; }
    TrackerList > .tracker--amber { color: $text-warning; }
    TrackerList > .tracker--green { color: $text-success; }
    TrackerList > .tracker--blue { color: $text-primary; }
    TrackerList > .tracker--grey { color: $text-muted; }
    TrackerList > .tracker--marked { text-style: reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"tracker--{colour.value}" for colour in Colour), "tracker--marked"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.marked: set[str] = set()
        """Ids of the actions that are marked for a deed done to many."""

    def key_of(self, line: Row | str) -> Hashable | None:
        """An action's number."""
        return None if isinstance(line, str) else line.action.id

    def pieces(self, line: Row | str, width: int) -> Sequence[Piece]:
        """The columns."""
        if isinstance(line, str):
            return [(f" {line}", "longlist--heading")]
        where, action = line.standing, line.action
        marked = action.id in self.marked
        found = [
            ("●" if marked else " ", "tracker--marked" if marked else ""),
            (fitted(action.id, 12), "tracker--marked" if marked else ""),
            (fitted(where.colour.label, 6), f"tracker--{where.colour.value}"),
        ]
        if width >= 90:
            found.append((fitted(state_word(where.state), 13), "longlist--faint"))
            found.append((fitted(where.due_words or show_date(action.due), 12), ""))
        else:
            found.append((fitted(when_words(line), 12), ""))
        if width >= 60:
            found.append((fitted(action.agency or action.outside or "nobody", 13), ""))
        if width >= 120:
            found.append((fitted(owner_words(line), 26), ""))
        return [*found, (action.text, "")]


def lines_of(rows: list[Row], group: Field | None, known: Vocabulary) -> list[Row | str]:
    """The actions, under headings where they are grouped."""
    if group is None:
        return list(rows)
    found: list[Row | str] = []
    names = known.get(group, {})
    for value, members in grouped(group, rows):
        name = names.get(value, value) or f"no {group.label}"
        title = value if not value or name == value else name
        found.append(f"{title or name} ({len(members)}: {count_words(members)})")
        found += members
    return found


def places(lines: Iterable[Row | str]) -> int:
    """How many actions stand in the list; one that stands under several headings counts once."""
    return len({line.action.id for line in lines if not isinstance(line, str)})
