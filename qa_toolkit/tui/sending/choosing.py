"""A file that somebody names, or picks from the folder that they name."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.sending.back_asks import there

_MOST = 200


async def file_from(screen: QAScreen, title: str, words: str, before: str, endings: Collection[str]) -> Path | None:
    """The file; of a folder, one of those in it with such an ending, the newest first. None where that was left."""
    from qa_toolkit.tui.forms.asking import AskText, PickOne  # only when it is asked for

    typed = await screen.app.push_screen_wait(AskText(title, words, before, check=there))
    if typed is None:
        return None
    place = Path(typed).expanduser()
    if not place.is_dir():
        screen.qa.remember_folder("take", str(place.parent))
        return place
    screen.qa.remember_folder("take", str(place))
    found = _files(place, endings)
    if not found:
        screen.say(f"No file with {' or '.join(endings)} lies in {place}.", severity="warning")
        return None
    picked = await screen.app.push_screen_wait(PickOne("Which one?", str(place), [one.name for one in found]))
    return found[picked] if picked is not None else None


def _files(folder: Path, endings: Collection[str]) -> list[Path]:
    try:
        found = [one for one in folder.iterdir() if one.suffix.lower() in endings and one.is_file()
                 and not one.name.startswith(("~$", "."))]  # fmt: skip
        return sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)[:_MOST]
    except OSError:
        return []
