"""The example’s running audit carried through by command: workbooks and parcels, out, filled in and back."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from keyboard import Keyboard
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from qa_toolkit import clock
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.grading import indicative
from qa_toolkit.domain.ids import return_id
from qa_toolkit.domain.progress import items
from qa_toolkit.domain.returns import OVERALL, Declaration, GradeGiven, Relation, Return
from qa_toolkit.domain.states import State
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.example import cast
from qa_toolkit.example.builder import fact
from qa_toolkit.example.scorer import Scorer
from qa_toolkit.exchange.tool_rows import ANSWER, FINISHED, groups, tool_rows
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import reading, returns, starting

AUDIT, TODAY = "MC-2026-01", date(2026, 11, 24)
CO = cast.COORDINATOR.id


@pytest.fixture
def qa(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Keyboard:
    """A copy of the example, an hour later, with a clock that moves on."""
    at = [datetime(2026, 11, 24, 11, 0, tzinfo=UTC)]

    def now() -> datetime:
        at[0] += timedelta(seconds=20)
        return at[0]

    monkeypatch.setattr(clock, "now", now)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ours"))
    monkeypatch.delenv("QA_USER", raising=False)
    monkeypatch.delenv("QA_WORKSPACE", raising=False)
    shutil.copytree(example, tmp_path / "partnership")
    return Keyboard(tmp_path / "partnership", capsys)


def scored(at: Workspace, id: str) -> returns.Opened:
    """The return as an auditor of that agency would fill it in; nothing of it is on the disk."""
    file, owed = returns.owed(at, id)
    template, header = at.template(file.audit.template), file.subjects[owed.subject].facts
    ret = returns.opened(at, id).ret if id in file.started else starting.unbegun(at, file, owed, owed.asked)
    rng, answers = Random(id), dict[str, Answer](ret.answers)
    scorer = Scorer(template, rng, 2.7, header, TODAY)
    facts = {one.id: fact(one, rng, TODAY) for one in template.header if one.about == "return"}
    ret = replace(ret, facts=facts, declarations={"start": Declaration(id="start", relation=Relation.NONE)})
    while left := [one.question for one in items(template, ret, header) if one.question.id not in answers]:
        answers[left[0].id] = scorer.answer(left[0])
        ret = replace(ret, answers=dict(answers))
    grades = {
        section.id: GradeGiven(id=section.id, grade=Grade.GOOD, reasons="As its answers say.")
        for section in template.sections if section.own_grade
    }  # fmt: skip
    advice = indicative(template, ret, header).grade
    grades[OVERALL] = GradeGiven(id=OVERALL, grade=advice, reasons="As the answers say.")
    return returns.Opened(replace(ret, grades=grades), file, template)


# --- workbooks, for agencies that do not run the program


class Book:
    """A tool, opened as an agency would."""

    def __init__(self, file: Path) -> None:
        self.file, self.book = file, load_workbook(file)
        self.cells = dict(self._cells(self.book))

    @staticmethod
    def _cells(book: Workbook):
        for sheet in book.worksheets:
            titles = {cell.column: str(cell.value) for cell in sheet[1]}
            for row in sheet.iter_rows(min_row=2):
                yield from (((str(row[0].value), titles.get(cell.column, "")), cell) for cell in row)

    def put(self, key: str, title: str, words: object) -> Cell:
        cell = self.cells[key, title]
        cell.value = words or None
        if isinstance(words, str) and words:
            cell.data_type = "s"
        return cell

    def fill(self, at: returns.Opened) -> None:
        """All of a return, and that it is finished."""
        ret: Return = at.ret
        for row in tool_rows(at.template, ret, at.header):
            if (row.key, ANSWER) in self.cells:
                self.put(row.key, ANSWER, row.answer)
                for title, words in row.texts.items():
                    self.put(row.key, title, words)
        for question, part, rows in groups(ret, at.template, at.header):
            for number, held in enumerate(rows, start=1):
                for column in part.columns:
                    options = {option.value: option.label for option in at.template.options_of(column)}
                    words = options.get(str(held.get(column.id)), held.get(column.id))
                    self.put(f"{ret.id}|{question.id}|{part.id}|{number}", column.label or column.id, words)
        self.put(f"{ret.id}|@safe|", ANSWER, "Yes")
        self.put(f"{ret.id}|@sent|", ANSWER, FINISHED)

    def save(self) -> str:
        self.book.save(self.file)
        return str(self.file)


def tool(qa: Keyboard, agency: str) -> Book:
    file = qa.root.parent / f"{agency}.xlsx"
    assert qa("tool", "out", str(file), "--audit", AUDIT, "--agency", agency, by=CO).code == 0
    return Book(file)


def state(qa: Keyboard, child: int, agency: str) -> State:
    grid = reading.grid(qa.workspace, AUDIT, today=TODAY, calendar=england_and_wales())
    return grid.cells[f"{AUDIT}-C{child:02}", agency].state


def lines(qa: Keyboard) -> dict[str, int]:
    """How long each file of the record is: what is never rewritten has changed if it is longer."""
    return {str(file): file.stat().st_size for file in qa.root.rglob("*.journal")}


def test_workbooks_go_out_to_three_agencies_and_come_back(qa: Keyboard) -> None:
    first, third = (return_id(f"{AUDIT}-C{child:02}", "lantern") for child in (1, 3))
    lantern = tool(qa, "lantern")
    for id in (first, third):
        lantern.fill(scored(qa.workspace, id))
    file, before = lantern.save(), lines(qa)
    assert "say who with --rater" in qa("tool", "in", file, by=CO).err
    looked = qa("tool", "in", file, "--rater", cast.AUDITOR_OF["lantern"], by=CO)
    assert (looked.code, lines(qa)) == (0, before)
    assert f"{first}: " in looked.out
    assert "finished" in looked.out
    assert "Nothing was changed: with --yes it is taken in." in looked.err
    taken = qa("tool", "in", file, "--rater", cast.AUDITOR_OF["lantern"], "--yes", by=CO)
    assert taken.code == 0, taken.err
    assert f"`qa return receive {first}` files it" in taken.err
    assert qa("return", "receive", first, by=CO).code == 0
    assert (state(qa, 1, "lantern"), state(qa, 3, "lantern")) == (State.RECEIVED, State.SUBMITTED)
    assert "there is nothing to take in" in qa("tool", "in", file, by=CO).err

    # One with faults: all of them are named, by sheet, row and column, and nothing of it is taken.
    school = tool(qa, "education")
    one, two = (return_id(f"{AUDIT}-C{child:02}", "education") for child in (1, 2))
    school.fill(scored(qa.workspace, one))
    asked = (key for key, title in school.cells if title == ANSWER and key.startswith(f"{two}|"))
    picked = next(key for key in asked if "@" not in key)
    wrong = [school.put(f"{one}|@grade|{OVERALL}", ANSWER, "Splendid"), school.put(picked, ANSWER, "perhaps")]
    before = lines(qa)
    refused = qa("tool", "in", school.save(), "--rater", cast.AUDITOR_OF["education"], "--yes", by=CO)
    assert refused.code == 4
    for cell in wrong:
        assert f"sheet {cell.parent.title}, cell {cell.coordinate}" in refused.err
    assert lines(qa) == before
    school.put(f"{one}|@grade|{OVERALL}", ANSWER, scored(qa.workspace, one).ret.grades[OVERALL].grade.label)
    school.put(picked, ANSWER, "")
    assert qa("tool", "in", school.save(), "--rater", cast.AUDITOR_OF["education"], "--yes", by=CO).code == 0
    assert (state(qa, 1, "education"), state(qa, 2, "education")) == (State.SUBMITTED, State.NOT_STARTED)

    # One that knows one of the children, and worries about the other.
    youth = tool(qa, "youth-justice")
    one, two = (return_id(f"{AUDIT}-C{child:02}", "youth-justice") for child in (1, 3))
    youth.put(f"{one}|@nil|", ANSWER, "Not known to this service.")
    youth.put(two, "What worries you", "Seen last night with adults who were moved on before.")
    file = youth.save()
    for words in ((), ("--yes",)):
        came = qa("tool", "in", file, "--rater", cast.AUDITOR_OF["youth-justice"], *words, by=CO)
        assert came.err.startswith(f"CONCERN written in {two}: Seen last night")
    assert (state(qa, 1, "youth-justice"), state(qa, 3, "youth-justice")) == (State.NIL, State.IN_PROGRESS)
    assert f"{two}-K1" in qa("concern", "list", by=CO).out
    assert qa("verify", by=CO).code == 0


# --- parcels, for agencies that run it


def test_parcels_go_to_two_agencies_and_one_comes_back_altered(
    qa: Keyboard, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = qa.root.parent
    third = {agency: return_id(f"{AUDIT}-C03", agency) for agency in ("police", "health")}
    back = {}
    for agency, id in third.items():
        monkeypatch.setenv("XDG_CONFIG_HOME", str(here / f"{agency} keys"))
        key = qa("key", "show", "--json", inside=False).json
        monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "ours"))
        known = qa("agencies", "key", agency, key["key"], "--fingerprint", key["fingerprint"], by=CO)
        assert known.code == 0
        out = str(here / f"{agency}.parcel")
        assert qa("parcel", "out", "--audit", AUDIT, "--agency", agency, "-o", out, by=CO).code == 0

        monkeypatch.setenv("XDG_CONFIG_HOME", str(here / f"{agency} keys"))
        rater = cast.AUDITOR_OF[agency]
        theirs = Keyboard(here / f"{agency} folder", capsys)
        opened = qa("parcel", "open", out, "--to", str(theirs.root), "--name", "An Auditor", "--role", "auditor",
                    "--handle", rater.partition("@")[0], inside=False)  # fmt: skip
        assert opened.code == 0, opened.err
        _score(theirs, id, rater)
        back[agency] = here / f"{agency} back.parcel"
        assert theirs("parcel", "return", "-o", str(back[agency]), by=rater).code == 0
        assert theirs("verify", by=rater).code == 0

    # The key of one agency does not open the other's, and a character changed on the way is found.
    stolen = qa("parcel", "open", str(here / "police.parcel"), "--to", str(here / "no"), inside=False)
    assert "sealed for somebody else" in stolen.err
    monkeypatch.setenv("XDG_CONFIG_HOME", str(here / "ours"))
    sealed = back["health"].read_bytes()
    middle = len(sealed) * 2 // 3
    other = b"A" if sealed[middle : middle + 1] != b"A" else b"B"
    altered = here / "altered.parcel"
    altered.write_bytes(sealed[:middle] + other + sealed[middle + 1 :])
    before = lines(qa)
    refused = qa("parcel", "in", str(altered), "--yes", by=CO)
    assert refused.code != 0
    assert "altered on the way" in refused.err
    assert lines(qa) == before
    assert not qa.workspace.has_return(third["health"])

    looked = qa("parcel", "in", str(back["police"]), by=CO)
    assert "Nothing was changed: with --yes it is taken in." in looked.err
    assert lines(qa) == before
    filed = qa("parcel", "in", str(back["police"]), "--yes", by=CO)
    assert third["police"] in filed.err.partition("Filed as received:")[2]
    assert state(qa, 3, "police") is State.RECEIVED
    after = lines(qa)
    again = qa("parcel", "in", str(back["police"]), "--yes", by=CO)
    assert "nothing to do" in again.out
    assert lines(qa) == after
    name = return_journal(third["police"])
    assert qa.workspace.folder.read(name).data == Workspace(here / "police folder").folder.read(name).data
    assert qa("parcel", "in", str(back["health"]), "--yes", by=CO).code == 0
    assert state(qa, 3, "health") is State.RECEIVED
    assert qa("verify", by=CO).code == 0


def _score(qa: Keyboard, id: str, rater: str) -> None:
    """A return scored and sent in by its agency, by command."""
    assert qa("return", "start", id, by=rater).code == 0
    assert qa("return", "declare", id, "none", by=rater).code == 0
    at = scored(qa.workspace, id)
    answers = {one.id: one.model_dump(mode="json", exclude_defaults=True, exclude={"id", "seq"})
               for one in at.ret.answers.values()}  # fmt: skip
    file = qa.root.parent / f"{id}.json"
    file.write_text(json.dumps(answers), encoding="utf-8")
    facts = [f"{name}={';'.join(value) if isinstance(value, list) else value}" for name, value in at.ret.facts.items()
             if value is not None]  # fmt: skip
    assert qa("return", "fact", id, *facts, by=rater).code == 0
    assert qa("return", "answer", id, "--file", str(file), by=rater).code == 0
    for of, given in at.ret.grades.items():
        words = ["--section", of] if of != OVERALL else []
        graded = qa("return", "grade", id, given.grade.value, "--reasons", given.reasons, *words, by=rater)
        assert graded.code == 0, graded.err
    sent = qa("return", "submit", id, "--safe", "yes", "--acknowledge", by=rater)
    assert sent.code == 0, sent.err
