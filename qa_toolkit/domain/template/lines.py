"""In which line of a TOML file something stands: found by a second look, and only when there is a fault to report.

tomllib keeps no positions. This reads just enough TOML to follow table headers, keys at the start of a line, strings
over several lines and brackets. It is only used on text that tomllib has accepted.
"""

from __future__ import annotations

import re
from typing import Final

from qa_toolkit.domain.template.shape import Loc

_HEADER: Final = re.compile(r"\s*(\[{1,2})([^\[\]]+)\]{1,2}\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_NAME: Final = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_TOKEN: Final = re.compile(r'"""|\'\'\'|"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*|[\[\]]')


class LineIndex:
    """Lines by place, for the text of one file."""

    def __init__(self, text: str) -> None:
        self._lines: dict[Loc, int] = {}
        self._counts: dict[Loc, int] = {}
        self._read(text)

    def line_of(self, path: Loc) -> int | None:
        """The line of that place, counted from 1, or of the nearest thing around it; None if none is known."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._lines:
                return self._lines[path[:end]]
        return None

    def _read(self, text: str) -> None:
        table: Loc = ()
        quote, depth = "", 0
        for number, line in enumerate(text.split("\n"), 1):
            if not quote and not depth:
                header = _HEADER.match(line)
                if header:
                    table = self._open(header[2], header[1] == "[[", number)
                    continue
                key = _KEY.match(line)
                if key:
                    self._note((*table, *_names(key[1])), number)
                    quote, depth = _after(line[key.end() :], "", 0)
                continue
            quote, depth = _after(line, quote, depth)

    def _open(self, dotted: str, many: bool, number: int) -> Loc:
        path: Loc = ()
        names = _names(dotted)
        for position, name in enumerate(names):
            path = (*path, name)
            if many and position == len(names) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        self._note(path, number)
        return path

    def _note(self, path: Loc, number: int) -> None:
        for end in range(1, len(path) + 1):
            self._lines.setdefault(path[:end], number)


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _NAME.findall(dotted))


def _after(rest: str, quote: str, depth: int) -> tuple[str, int]:
    """The open string and the number of open brackets after the rest of a line."""
    place = 0
    while place < len(rest):
        if quote:
            end = rest.find(quote, place)
            if end < 0:
                return quote, depth
            place, quote = end + 3, ""
            continue
        token = _TOKEN.search(rest, place)
        if token is None:
            break
        if token[0] in ('"""', "'''"):
            quote = token[0]
        elif token[0] in "[]":
            depth += 1 if token[0] == "[" else -1
        place = token.end()
    return quote, max(depth, 0)
