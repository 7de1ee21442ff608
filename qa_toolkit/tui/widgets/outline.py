"""The sections with how far each is, in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from qa_toolkit.domain.text import shorten, visible
from qa_toolkit.tui.scoring.pages import CASE, Page, Tally, tallies


class Outline(Static):
    """Every section on a line; under the present one, its questions."""

    DEFAULT_CSS = "Outline { height: auto; padding: 0 1; }"

    def tell(self, pages: Sequence[Page], here: int, flags: dict[str, str]) -> None:
        """Show the sections; `flags` puts a word behind a question (queried, draft, not saved)."""
        self._told = (pages, here, flags)
        width = max(12, self.content_size.width or 18)
        lines = []
        now = pages[here].section if pages else ""
        for tally in tallies(pages):
            lines.append(self._section(tally, width, here=tally.section == now))
            if tally.section == now:
                lines += [self._page(p, n, here, width, flags) for n, p in enumerate(pages) if p.section == now]
        self.update(Content("\n").join(lines))
        holder = self.parent
        if isinstance(holder, ScrollableContainer):
            row = next((n for n, line in enumerate(lines) if "›" in line.plain), 0)
            holder.scroll_to(y=max(0, row - holder.size.height // 2), animate=False)

    _told: tuple[Sequence[Page], int, dict[str, str]] | None = None

    def on_resize(self) -> None:
        """Fit the words to the room."""
        if self._told is not None:
            self.tell(*self._told)

    def _section(self, tally: Tally, width: int, *, here: bool) -> Content:
        state = f"{tally.done}/{tally.asked}" if tally.asked else ""
        state = "all done" if tally.asked and tally.done == tally.asked else state
        name = visible(f"{tally.section} {tally.title}".strip())
        room = width - len(state) - 1
        line = Content(f"{shorten(name, room):<{room}} {state}")
        return line.stylize("bold") if here else line

    def _page(self, page: Page, number: int, here: int, width: int, flags: dict[str, str]) -> Content:
        mark = "›" if number == here else " "
        words = flags.get(page.id, "" if page.id == CASE else page.state)
        name = shorten(visible(page.short), max(4, width - len(words) - 4))
        line = Content(f" {mark} {name:<{max(4, width - len(words) - 4)}} {words}")
        return line.stylize("reverse bold") if number == here else line
