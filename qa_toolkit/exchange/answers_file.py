"""A whole return's answers from a JSON or CSV file: read strictly, every wrong line named, all or nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa_toolkit.domain.answering import check_answer, read_missing, read_value
from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import Fault, QAError, SheetError
from qa_toolkit.domain.returns import Return
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Missing, Question
from qa_toolkit.domain.text import how_many
from qa_toolkit.store.outside import read_outside_text

LARGEST = 5_000_000
"""Bytes; a return of 100 answers with 30,000 characters each is below."""

COLUMNS = ("question", "value", "reason", "comment", "evidence", "cause", "sensitive")
"""What a CSV may have; further columns are named `part:<id>`."""


def read_answers(file: Path, template: Template, ret: Return) -> list[Answer]:
    """The answers in the file, checked; those already given keep what the file does not mention.

    JSON is `{"UI-01": {"values": {…}, "comment": …}, …}`, as `qa return show --json` prints under `answers`;
    CSV has a heading line with `question`, `value` and any of the other columns.

    Raises:
        SheetError: With every wrong line.
    """
    text = read_outside_text(file, LARGEST, "a return", kind=SheetError)
    faults: list[Fault] = []
    found: dict[str, Answer] = {}
    asked = {question.id: question for _, question in template.asked(ret.head.kind)}
    rows = _json_rows(text, file, faults) if file.suffix.lower() == ".json" else _csv_rows(text, file, faults)
    for where, question_id, given in rows:
        question = asked.get(question_id.strip().upper())
        try:
            if question is None:
                raise SheetError(f"{question_id or 'An empty cell'} is not a question of this return.")
            if question.id in found:
                raise SheetError(f"{question.id} stands in the file twice.")
            before = ret.answers.get(question.id) or Answer(id=question.id)
            found[question.id] = check_answer(template, question, _answer(template, question, before, given))
        except QAError as error:
            faults.append(Fault(where, str(error)))
    if faults:
        raise SheetError(f"Nothing was taken from {file.name}, because of {how_many(len(faults), 'fault')}:", faults)
    if not found:
        raise SheetError(f"{file.name} holds no answers.")
    return list(found.values())


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise SheetError(f"“{twice}” stands twice in the same place.")
    return found


def _json_rows(text: str, file: Path, faults: list[Fault]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    try:
        plain = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except SheetError as error:
        faults.append(Fault(file.name, str(error)))
        return
    except (ValueError, RecursionError) as error:
        # Not only what the JSON reader itself raises: a number of thousands of digits is refused by the language.
        faults.append(Fault(f"{file.name}, line {getattr(error, 'lineno', 1)}", "this is not JSON"))
        return
    if isinstance(plain, dict) and isinstance(plain.get("answers"), dict):
        plain = plain["answers"]
    if not isinstance(plain, dict):
        faults.append(Fault(file.name, "answers stand as {question: {…}}"))
        return
    for question_id, given in plain.items():
        where = f"{file.name}, {question_id}"
        if not isinstance(given, dict):
            given = {"value": given}
        yield where, question_id, given


def _no_constant(name: str) -> float:
    raise SheetError(f"{name} is not a number that can be kept.")


def _csv_rows(text: str, file: Path, faults: list[Fault]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        titles = reader.fieldnames or []
        wrong = [t for t in titles if t not in COLUMNS and not t.startswith("part:")]
        if "question" not in titles or wrong or len(set(titles)) != len(titles):
            reason = f"the heading line needs “question” and may have {', '.join(COLUMNS[1:])} and part:<id>, once each"
            faults.append(Fault(f"{file.name}, line 1", reason))
            return
        for row in reader:
            where = f"{file.name}, line {reader.line_num}"
            if None in row:
                faults.append(Fault(where, "more cells than headings"))
                continue
            given = {name: value for name, value in row.items() if value}
            yield where, given.pop("question", ""), given
    except csv.Error as error:
        faults.append(Fault(f"{file.name}, line {reader.line_num}", f"this is not CSV ({error})"))


def _answer(template: Template, question: Question, before: Answer, given: dict[str, Any]) -> Answer:
    update: dict[str, Any] = {"unconfirmed": False}
    values = dict(given.pop("values", None) or {})
    texts = {name.removeprefix("part:"): v for name, v in given.items() if name.startswith("part:")}
    if "value" in given:
        missing = read_missing(str(given["value"]))
        if missing is not None:
            update |= {"missing": missing, "values": {}}
        else:
            texts[question.main.id] = given["value"]
    for part_id, text in texts.items():
        part = question.part(part_id)
        if part is None:
            raise SheetError(f"{question.id} has no part “{part_id}”.")
        values[part_id] = read_value(template, question, part, text) if isinstance(text, str) else text
    if given.get("missing"):
        update |= {"missing": Missing(given["missing"]), "values": {}}
    elif values:
        update |= {"values": values, "missing": None}
    for name in ("reason", "comment", "evidence"):
        if name in given:
            update[name] = str(given[name])
    if given.get("cause"):
        if given["cause"] not in list(Cause):
            raise SheetError(f"{question.id}: “{given['cause']}” is no cause. There are: {', '.join(Cause)}.")
        update["cause"] = Cause(given["cause"])
    if given.get("unknown"):
        update["unknown"] = tuple(given["unknown"])
    if "sensitive" in given:
        update["sensitive"] = str(given["sensitive"]).strip().lower() in ("true", "yes", "1")
    return before.model_copy(update=update)
