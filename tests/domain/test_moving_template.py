"""However often an audit moves, every answer is there: as it was under its own version, set aside elsewhere."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.moving_template import through
from qa_toolkit.domain.returns import Return, ReturnHead
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template_moves import TemplateMove, given_under
from qa_toolkit.store import library

FIRST, TEXT = library.load("dip-sample")
OTHER = read_template(
    TEXT.replace("Did the police do what the plan asked", "Did the police do all that the plan asked")
    .replace('lower the risk?"\ntype = "grade"', 'lower the risk?"\ntype = "rag"')
    .replace('id = "VC-01"', 'id = "VC-03"'),
    "other.toml",
)
VERSIONS = {template.digest: template for template in (FIRST, OTHER)}
VALUES = {"PL-01": "yes", "PL-04": "no", "PL-03": {FIRST.digest: "good", OTHER.digest: "green"}, "VC-01": "yes",
          "VC-03": "partly"}  # fmt: skip
ID = "CE-2026-01-C01-POLICE"


def moved(lasts: list[int]) -> list[TemplateMove]:
    """An audit that went to and fro, its return having had so many lines each time."""
    there = [FIRST, OTHER]
    return [
        TemplateMove(
            id=f"CE-2026-01-T{n + 1}", before=there[n % 2].digest, after=there[(n + 1) % 2].digest,
            before_edition="", after_edition="", through={ID: last}, reason="Unclear",
        )
        for n, last in enumerate(lasts)
    ]  # fmt: skip


@given(st.lists(st.integers(1, 40), max_size=5), st.dictionaries(st.sampled_from(sorted(VALUES)), st.integers(2, 45)))
def test_nothing_is_lost_and_what_was_given_under_a_version_reads_there_as_it_was(
    lasts: list[int], put: dict[str, int]
) -> None:
    moves = moved(sorted(lasts))
    in_force = moves[-1].after if moves else FIRST.digest
    answers = {}
    for id, seq in put.items():
        under = given_under(moves, ID, seq, in_force)
        value = VALUES[id]
        if id in VERSIONS[under].questions:
            answers[id] = Answer(id=id, seq=seq, values={"answer": value if isinstance(value, str) else value[under]})
    head = ReturnHead(id=ID, audit="CE-2026-01", subject="CE-2026-01-C01", agency="police", kind="police",
                      rater="a@police", template="", started=date(2026, 1, 5))  # fmt: skip
    ret = Return(head=head, answers=answers)
    for digest in VERSIONS:
        read = through(ret, moves, in_force, digest, VERSIONS.__getitem__)
        assert {**read.answers, **read.aside}.keys() == answers.keys()
        assert all(read.aside[id] == answers[id] for id in read.aside)
        for id, answer in answers.items():
            if given_under(moves, ID, answer.seq, in_force) == digest:
                assert read.answers[id] == answer
                assert id not in read.reworded
        if digest != in_force:
            continue
        for id in read.reworded:
            assert id == "PL-04"
