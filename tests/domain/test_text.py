from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.text import _RARE, _UNSAFE, MAX_TEXT, _cell, cells, clean, shorten, visible

ACTING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def test_no_character_that_acts_on_a_screen_is_left_as_it_is() -> None:
    everything = "".join(map(chr, range(0x110000)))
    left = [char for char in visible(everything) if unicodedata.category(char) in ACTING]
    assert left == []


def test_with_lines_only_the_new_line_and_the_tab_are_kept() -> None:
    everything = "".join(map(chr, range(0x110000)))
    assert {char for char in visible(everything, lines=True) if unicodedata.category(char) in ACTING} == {"\n", "\t"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", r"\x1b]52;c;aGk=\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("\x7f\x00", r"\x7f\x00"),
        ("a\u202eb\u2066", r"a\u202eb\u2066"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
        ("a\u2028b", r"a\u2028b"),
        ("a\r\nb\tc", r"a\x0d\x0ab\x09c"),
        ("\uffff", r"\uffff"),
        ("\u3164", r"\u3164"),
        ("[red]é日🙂\u00a0£", "[red]é日🙂\u00a0£"),
    ],
)
def test_hidden_characters_are_written_out_and_others_left(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_making_text_visible_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert visible(visible(text, lines=True), lines=True) == visible(text, lines=True)


@pytest.mark.parametrize("piece", ["a", "\x1b", "a\x1b", "\u202e", "é\x00", "\U000e0041"])
def test_a_megabyte_is_made_visible_at_once(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    visible(text)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("e\u0301", "é"), ("a\r\nb\rc\n", "a\nb\nc\n"), ("  x\t", "  x\t"), ("\x1b", "\x1b"), ("", "")],
)
def test_stored_text_has_one_spelling_and_one_line_end(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("ab\x00", "at place 3"),
        ("a\ud800", "at place 2 is not whole"),
        ("a" * (MAX_TEXT + 1), "30,001 characters"),
        # Each of these becomes two letters under NFC, and the limit is for what is kept.
        ("\u0958" * 20_000, "40,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(typed: str, says: str) -> None:
    with pytest.raises(AnswerError, match=says):
        clean(typed)


def test_the_longest_text_is_kept_and_a_caller_may_ask_for_less() -> None:
    assert len(clean("a" * MAX_TEXT)) == MAX_TEXT
    with pytest.raises(AnswerError, match="most that can be kept is 200"):
        clean("a" * 201, limit=200)


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("日本", 4), ("e\u0301", 1), ("🙂", 2), ("", 0), ("a日", 3)])
def test_width_is_counted_in_terminal_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "width", "short"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("日本語テキスト", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("ab cd", 4, "ab…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 5, ""),
    ],
)
def test_text_is_cut_to_a_width_with_a_mark(text: str, width: int, short: str) -> None:
    assert shorten(text, width) == short


@given(st.text(), st.integers(0, 20), st.sampled_from(["…", "...", "", "日"]))
def test_shortened_text_never_takes_more_than_its_width(text: str, width: int, mark: str) -> None:
    assert cells(shorten(text, width, mark)) <= width


def test_the_quick_look_lets_nothing_through_that_is_unsafe_or_not_one_cell_wide() -> None:
    quick = [char for char in map(chr, range(sys.maxunicode + 1)) if _RARE.search(char) is None]
    assert len(quick) > 500
    assert [char for char in quick if _UNSAFE.search(char) or _cell(char) != 1] == []
