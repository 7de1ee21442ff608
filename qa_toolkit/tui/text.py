"""Text by people, made safe for the screen: as text, never as markup, escape codes or hidden characters.

The only way in which a string that is not written in this program reaches a widget.
"""

from __future__ import annotations

import re
import textwrap

from rich.text import Text
from textual.content import Content

from qa_toolkit.domain.text import visible

_IN_A_DATE = re.compile(r"(?<=\d) (?=[A-Z][a-z]{2} \d{4})|(?<=[A-Z][a-z]{2}) (?=\d{4})")
"""The two spaces of `24 Nov 2026`, at which no line should break."""


def shown(text: str, style: str = "") -> Content:
    """One line for a widget; line ends and control characters are written out."""
    return Content.styled(visible(text), style) if style else Content(visible(text))


def lines_shown(text: str, style: str = "") -> Content:
    """Several lines for a widget; line ends and tabs stay."""
    safe = visible(text, lines=True)
    return Content.styled(safe, style) if style else Content(safe)


def hanging(text: str, width: int, indent: int) -> str:
    """One line of text, wrapped to so many columns; the lines after the first are indented, and dates stay whole."""
    kept = _IN_A_DATE.sub("\N{NO-BREAK SPACE}", visible(text))
    wrapped = textwrap.wrap(
        kept, max(20, width), subsequent_indent=" " * indent, drop_whitespace=True, break_on_hyphens=False
    )
    lead = text[: len(text) - len(text.lstrip(" "))]
    return "\n".join([lead + wrapped[0].lstrip(), *wrapped[1:]]).replace("\N{NO-BREAK SPACE}", " ") if wrapped else ""


def rich_shown(text: str, style: str = "") -> Text:
    """One line for the cell of a table or the label of a tree, which take nothing else."""
    return Text(visible(text), style=style, no_wrap=True, overflow="ellipsis", end="")
