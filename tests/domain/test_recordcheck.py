"""The words of a record check, a pasted column, and how far it has come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.audits import Known
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.recordcheck import Standing, label, progress, read_answer, read_column

ASKED = ("CE-2026-01-C01", "CE-2026-01-C02", "CE-2026-01-C04")
K, N, F = Known.KNOWN, Known.NOT_KNOWN, Known.FAMILY_KNOWN


@pytest.mark.parametrize(
    ("word", "known"),
    [("known", K), (" Known ", K), ("K", K), ("yes", K), ("NOT KNOWN", N), ("not_known", N), ("n", N), ("No", N),
     ("family  known", F), ("family_known", F), ("f", F), ("no reply", None), ("no_reply", None), ("r", None),
     ("", None), ("-", None)],
)  # fmt: skip
def test_an_answer_is_read_however_it_is_written(word: str, known: Known | None) -> None:
    assert read_answer(word) is known


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("knwon", "“knwon” is no answer to a record check. Did you mean “known”?"),
     ("famly known", "Did you mean “family known”?"),
     ("perhaps", "Write one of: known, not known, family known, no reply.")],
)  # fmt: skip
def test_another_word_is_refused_with_what_is_near(word: str, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_answer(word)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("known\nn\nfamily", [K, N, F]),
        ("known\r\n\r\nn\r\n\r\n", [K, None, N]),
        ("C04\tn\nC01\tk\n", {2: N, 0: K}),
        ("Child\tAnswer\nce-2026-01-c02\tfamily known", {1: F}),
        ("c02\t", {1: None}),
    ],
    ids=["in-order", "windows-with-a-gap", "named", "with-heading", "named-no-reply"],
)
def test_a_column_is_read(text: str, found: list[Known | None] | dict[int, Known]) -> None:
    places = found if isinstance(found, dict) else dict(enumerate(found))
    assert read_column(text, ASKED, "CE-2026-01") == {ASKED[n]: known for n, known in places.items()}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("\n \n", ["There is nothing in what was pasted."]),
        ("k\nn", ["2 answers for 3 children"]),
        ("k\nknwon\nnott known", ["Line 2: “knwon”", "“known”?", "Line 3: “nott known”", "“not known”?"]),
        ("C01\tk\nC05\tn", ["Line 2: this agency is asked about no child “C05”. Did you mean C0"]),
        ("C01\tk\nc01\tn", ["Line 2: C01 stands in line 1 already."]),
        ("Child\tAnswer", ["a heading and no answers"]),
    ],
    ids=["nothing", "count", "words", "child", "twice", "heading-only"],
)
def test_a_column_that_is_not_understood_is_refused_whole(text: str, sentences: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        read_column(text, ASKED, "CE-2026-01")
    assert [sentence for sentence in sentences if sentence not in str(refused.value)] == []


@given(st.lists(st.sampled_from([K, N, F, None]), min_size=1, max_size=12), st.booleans())
def test_a_written_column_is_read_as_it_was_meant(answers: list[Known | None], named: bool) -> None:
    asked = [f"CE-2026-01-C{n:02}" for n in range(1, len(answers) + 1)]
    lines = [f"{id}\t{label(one)}" if named else label(one) for id, one in zip(asked, answers, strict=True)]
    assert read_column("\n".join(lines), asked, "CE-2026-01") == dict(zip(asked, answers, strict=True))


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ([], "Nobody is asked yet: add a case first."),
        ([Standing("gp", 2, {K: 2}), Standing("police", 2, {K: 1, N: 0})], "3 of 4 asked replied."),
        ([Standing("gp", 2, {}), Standing("school", 0, {})], "0 of 2 asked replied. No reply at all from gp."),
    ],
    ids=["nobody", "some", "silent"],
)
def test_progress_names_who_is_silent(found: list[Standing], sentence: str) -> None:
    assert progress(found) == sentence
