"""What is asked before a workbook that came back is taken in: who filled it in, and whether a concern is logged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.base import QAScreen

if TYPE_CHECKING:
    from qa_toolkit.exchange.inbox import Item


class Said(NamedTuple):
    """What was answered."""

    rater: str = ""
    same: dict[str, str] = {}
    """By return, the logged concern that a written one is; empty for another."""


async def answers(screen: QAScreen, item: Item) -> Said | None:
    """What the file asks, answered; None where that was left."""
    from qa_toolkit.tui.forms.asking import PickOne  # only when it is asked for

    rater, same = "", {}
    if item.unnamed:
        people = [one for one in screen.qa.workspace.people().values() if one.agency == item.agency]
        if not people:
            screen.say(f"Nobody of {item.agency} is recorded: g on the first screen adds who filled it in.")
            return None
        words = f"Nobody is named as the rater of {', '.join(item.unnamed)}."
        picked = await screen.app.push_screen_wait(
            PickOne("Who filled it in?", words, [f"{one.name} ({one.id})" for one in people])
        )
        if picked is None:
            return None
        rater = people[picked].id
    for return_id, logged in item.alike.items():
        written = next((one for one in item.concerns if one.startswith(f"{return_id}:")), "")
        ids = [*logged, ""]
        options = [f"The same as {id}: {shorten(logged[id], 60)}" for id in logged]
        picked = await screen.app.push_screen_wait(
            PickOne("Is it logged already?", written, [*options, "Another one: it gets a clock of its own"])
        )
        if picked is None:
            return None
        same[return_id] = ids[picked]
    return Said(rater, same)


def there(typed: str) -> None:
    """Refuse a path at which nothing lies that could be read; a pipe or a device would be waited for without end.

    Raises:
        InputError: There is no such file or folder.
    """
    try:
        place = Path(typed).expanduser()
        found = bool(typed) and (place.is_file() or place.is_dir())
    except (OSError, ValueError, RuntimeError):
        found = False  # too long a name, a home that nobody has
    if not found:
        raise InputError(f"There is no file or folder {typed or 'of that name'}: check how it is written.")
