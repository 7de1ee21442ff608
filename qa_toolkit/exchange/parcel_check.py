"""A return's file that came from outside: every line, every document in it, before any of it is filed."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from pydantic import ValidationError

from qa_toolkit.domain.answering import check_answer
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.audits import Allocation, Audit
from qa_toolkit.domain.errors import Damaged, InputError
from qa_toolkit.domain.header import check_facts
from qa_toolkit.domain.ids import check_person_id
from qa_toolkit.domain.returns import (
    OVERALL,
    Check,
    Concern,
    Declaration,
    Difference,
    GradeGiven,
    Relation,
    ReturnHead,
    Submission,
)
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Question
from qa_toolkit.store import lines
from qa_toolkit.store.lines import GENESIS, Line
from qa_toolkit.store.names import file_of
from qa_toolkit.store.workspace import return_journal

_KINDS = (ReturnHead, Declaration, Answer, Difference, GradeGiven, Concern, Check, Submission)
KINDS = {kind.table: kind for kind in _KINDS}
"""What a return's file may hold, besides its plain facts."""


class Checked(NamedTuple):
    """A return's file that can be trusted to be one."""

    id: str
    data: bytes
    lines: tuple[Line, ...]
    rater: str
    concerns: tuple[tuple[int, Concern], ...]
    """Each concern as it was put, with its line."""
    round: int
    relation: Relation
    """How near its rater says they stand to the case, as last declared; none where nothing was."""


def check_journal(
    data: bytes, owed: Allocation, audit: Audit, kind: str, template: Template, *, ours: bool = False
) -> Checked:
    """The file of the return that is owed, line by line; `ours`, as the partnership filed it, may have words taken out.

    Raises:
        Damaged: Its chain is broken, with the line.
        InputError: It holds what a return of this allocation does not.
        TooNew: A newer version wrote a line.
    """
    path = file_of(return_journal(owed.id))
    if not data.endswith(b"\n"):
        raise Damaged(f"{path} in this parcel does not end at a line. Ask for the parcel again.", path=path)
    found: list[Line] = []
    concerns: list[tuple[int, Concern]] = []
    head: ReturnHead | None = None
    rounds, relation = 0, Relation.NONE
    seq, prev = 0, GENESIS
    for raw in data.split(b"\n")[:-1]:
        line = lines.parse(raw, seq=seq + 1, prev=prev, path=path)
        seq, prev = line.seq, line.hash
        found.append(line)
        if line.body is None and ours:
            continue
        if line.body is None:
            raise _refused(owed.id, seq, "its text is missing")
        lines.check_foreign(line.body, seq=seq, path=path)
        body = lines.parse_body(line.body, seq=seq, path=path)
        for table, id in body.drops:
            if table not in KINDS or table in (ReturnHead.table, Submission.table, Concern.table):
                raise _refused(owed.id, seq, f"it takes {id[:40]} out, which is never taken out of a return")
        for table, id, doc in body.puts:
            if ours and table == "redactions":
                continue
            record = _record(owed.id, seq, table, id, doc, template, kind)
            if isinstance(record, ReturnHead):
                if seq != 1 or head is not None:
                    raise _refused(owed.id, seq, "it begins the return a second time")
                head = _check_head(record, owed, audit, kind)
            elif isinstance(record, Concern):
                if re.fullmatch(rf"{re.escape(owed.id)}-K[1-9][0-9]{{0,3}}", id) is None:
                    raise _refused(owed.id, seq, "its concern is another return’s")
                concerns.append((seq, record))
            elif isinstance(record, Declaration):
                relation = record.relation
            elif isinstance(record, Submission):
                rounds += 1
                if id != str(rounds):
                    raise _refused(owed.id, seq, "it is sent in out of order")
        if seq == 1 and head is None:
            raise _refused(owed.id, 1, "it does not begin as a return")
    if head is None:
        raise _refused(owed.id, 1, "it is empty")
    return Checked(owed.id, data, tuple(found), head.rater, tuple(concerns), rounds, relation)


def _record(return_id: str, seq: int, table: str, id: str, doc: dict[str, Any], template: Template, kind: str) -> Any:
    try:
        if table == "facts":
            if set(doc) != {"value"}:
                raise _refused(return_id, seq, f"the fact {id[:40]} is not made as one")
            return _check_fact(return_id, seq, template, id, doc["value"])
        if table not in KINDS:
            raise _refused(return_id, seq, f"it holds “{table[:40]}”, which no return does")
        record = KINDS[table].model_validate({**doc, "id": id})
        if isinstance(record, Answer):
            asked = {question.id: question for _, question in template.asked(kind)}
            if id not in asked:
                raise _refused(return_id, seq, f"{id[:40]} is not a question of this agency")
            _check_answer(return_id, seq, template, asked[id], record)
        if isinstance(record, GradeGiven) and id not in {OVERALL, *(section.id for section in template.sections)}:
            raise _refused(return_id, seq, f"{id[:40]} is not a section")
    except ValidationError:
        raise _refused(return_id, seq, f"its {table[:40]} cannot be read") from None
    return record


def _check_fact(return_id: str, seq: int, template: Template, id: str, value: Any) -> dict[str, Any]:
    try:
        return check_facts(template, {id: value}, about="return")
    except InputError:
        raise _refused(return_id, seq, f"what stands at the fact {id[:40]} is no answer to it") from None


def _check_answer(return_id: str, seq: int, template: Template, question: Question, answer: Answer) -> None:
    try:
        check_answer(template, question, answer)
    except InputError:
        # What was typed is not repeated: the return may be sealed for a blind second score.
        raise _refused(return_id, seq, f"what stands at {question.id} is no answer to it") from None


def _check_head(head: ReturnHead, owed: Allocation, audit: Audit, kind: str) -> ReturnHead:
    right = (owed.id, audit.id, owed.subject, owed.agency, kind, audit.template)
    if (head.id, head.audit, head.subject, head.agency, head.kind, head.template) != right:
        raise _refused(owed.id, 1, "it is another return under this one’s name")
    if check_person_id(head.rater) != head.rater:
        raise _refused(owed.id, 1, "its rater is not written as a person is")
    if head.rater.partition("@")[2] != owed.agency or (owed.rater and head.rater != owed.rater):
        raise _refused(owed.id, 1, f"it is scored by {head.rater[:60]}, and is not theirs to score")
    return head


def _refused(id: str, line: int, reason: str) -> InputError:
    return InputError(f"{id} in this parcel, line {line}: {reason}. Nothing of the parcel was filed.")
