"""What a new edition does to a question, and whether last time's answers can still be set beside this time's."""

from __future__ import annotations

import pytest

from qa_toolkit.domain.template.differing import Change, differences
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.store import library

BEFORE, SOURCE = library.load("dip-sample")
VC_01 = SOURCE[SOURCE.index('id = "VC-01"') : SOURCE.index('id = "VC-02"')]


def edited(*changes: tuple[str, str]):
    text = SOURCE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return read_template(text, "dip.toml")


def test_the_same_edition_has_no_differences() -> None:
    assert differences(BEFORE, BEFORE) == []


@pytest.mark.parametrize(
    ("old", "new", "question", "change"),
    [
        ("Is there a current multi-agency safety plan?", "Is there a signed safety plan?", "PL-01", Change.REWORDED),
        ('id = "PL-03"', 'id = "PL-33"', "PL-03", Change.GONE),
        ('id = "PL-03"', 'id = "PL-33"', "PL-33", Change.NEW),
        (VC_01, VC_01.replace("yes_partly_no", "met_partly_not"), "VC-01", Change.OTHER_ANSWERS),
    ],
)
def test_what_became_of_a_question_is_told(old: str, new: str, question: str, change: Change) -> None:
    found = {(one.question, one.change) for one in differences(BEFORE, edited((old, new)))}
    assert (question, change) in found


def test_only_other_words_and_other_agencies_leave_answers_comparable() -> None:
    assert {change for change in Change if change.comparable} == {Change.REWORDED, Change.OTHER_AGENCIES}
