"""Text typed by others: made safe to show, fit to store, and cut to a width in terminal cells.

`visible` is for showing, at every edge: screens, command output, messages, spreadsheets. `clean` is for storing. What
is stored is what was typed; it is made harmless only where it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from qa_toolkit.domain.errors import AnswerError

MAX_TEXT: Final = 30_000
"""The longest text an answer may hold, in characters: below the 32,767 that fit a spreadsheet cell."""

# Control characters, surrogates, format characters (zero width, bidirectional, tags), line and paragraph separators,
# characters that draw nothing at all, and the noncharacters that XML forbids. Ranges rather than a walk over Unicode:
# the walk takes 0.1 s. tests/domain/test_text.py holds them against the interpreter's own tables.
_UNSAFE_RANGES: Final = (
    (0x00, 0x1F), (0x7F, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F), (0x600, 0x605), (0x61C, 0x61C), (0x6DD, 0x6DD),
    (0x70F, 0x70F), (0x890, 0x891), (0x8E2, 0x8E2), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x2028, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xD800, 0xDFFF), (0xFDD0, 0xFDEF),
    (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB), (0xFFFE, 0xFFFF), (0x110BD, 0x110BD), (0x110CD, 0x110CD),
    (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    *((plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(1, 17)),
)  # fmt: skip
_UNSAFE: Final = re.compile("[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in _UNSAFE_RANGES) + "]")
_ZERO_WIDTH: Final = frozenset({"Mn", "Me", "Cf"})
# Anything but Latin letters and the quotation marks, dashes and signs that programs put in. Where there is none of it,
# nothing is unsafe and every character is one cell wide; to look for so few ranges is ten times faster.
_RARE: Final = re.compile("[^ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with everything that could act on a screen written out, as `\x1b` or `\u202e`.

    A new line and a tab are kept only with `lines`. Doing it twice changes nothing more. It cannot be undone: a
    backslash is left alone, so an escape character and the four characters `\x1b` look the same afterwards. Joiners
    inside emoji and in some scripts are written out as well, which is plain but safe.
    """
    if _RARE.search(text) is None or _UNSAFE.search(text) is None:
        return text
    return text.translate(_table(lines))


@cache
def _table(lines: bool) -> dict[int, str]:
    table = {code: _written_out(code) for first, last in _UNSAFE_RANGES for code in range(first, last + 1)}
    if lines:
        del table[0x0A], table[0x09]
    return table


def _written_out(code: int) -> str:
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def clean(text: str, *, limit: int = MAX_TEXT) -> str:
    r"""The text as it is stored: one way of writing each letter (NFC), and `\n` at the end of each line.

    Raises:
        AnswerError: It is longer than `limit`, or holds what no file can keep (NUL, half a character).
    """
    if text.isascii() and len(text) <= limit and "\r" not in text and "\x00" not in text:
        return text  # nearly always, and there is nothing to do
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Before NFC, whose time grows with the square of the length on some texts.
    _check_length(text, limit)
    if "\x00" in text:
        raise AnswerError(
            f"The text holds an empty character (NUL) at place {text.index(chr(0)) + 1}, which cannot be stored: "
            "take it out, or paste the text again as plain text."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise AnswerError(
            f"The character at place {fault.start + 1} is not whole, so the text was probably not UTF-8: "
            "save it as UTF-8, or type that character again."
        ) from None
    text = unicodedata.normalize("NFC", text)
    _check_length(text, limit)
    return text


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise AnswerError(
            f"The text has {len(text):,} characters and the most that can be kept is {limit:,}: "
            "shorten it, or refer to the document that holds the rest."
        )


def full_stop(text: str) -> str:
    """The text as a sentence among others: with a full stop, where it ends in none."""
    text = text.rstrip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def how_many(count: int, thing: str) -> str:
    """`1 return`, `3 returns`, for things whose plural is an s."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"


def cells(text: str) -> int:
    """How many terminal cells one line of the text takes up: wide East Asian letters and emoji two, accents none."""
    if text.isascii() or _RARE.search(text) is None:
        return len(text)
    return sum(map(_cell, text))


def _cell(char: str) -> int:
    if unicodedata.category(char) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shorten(text: str, width: int, mark: str = "…") -> str:
    """The text in at most `width` terminal cells, ending in `mark` where something was left off.

    Accents stay with their letter, and half of a wide letter is never shown.
    """
    if width <= 0:
        return ""
    # Every character that is drawn takes a cell or more, so a long text is never measured to its end.
    if len(text) <= width * 8 and cells(text) <= width:
        return text
    room = width - cells(mark)
    if room < 0:
        return shorten(mark, width, "")
    used, end = 0, 0
    for end, char in enumerate(text):  # noqa: B007 — the place where it stopped is what is wanted
        used += _cell(char)
        if used > room:
            break
    else:
        return text
    return text[:end].rstrip() + mark
