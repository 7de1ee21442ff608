"""The action sheet out and back: three values compared, nothing lost, nothing altered in silence."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from builders_plans import (
    AUDITOR,
    CO,
    COLLEAGUE,
    LEAD,
    NOW,
    OTHER_LEAD,
    OWNER,
    TODAY,
    a_plan,
    an_action,
    bring,
    days,
    do,
    evidence,
    moment,
    planned_workspace,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.domain.action_sheet import Field, Verdict, view_words
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady, SheetError, Stale
from qa_toolkit.domain.plans.lifecycle import Deed, State
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.reasons import Reason
from qa_toolkit.exchange.action_in import ActionsRead, read_actions, settled, unsettled
from qa_toolkit.exchange.action_out import write_actions
from qa_toolkit.exchange.action_rows import (
    CLOSE,
    DUE,
    NEW_DAY,
    POINTER,
    PROGRESS,
    PROOF_DAY,
    PROOF_KIND,
    SHEET,
    TEXT,
    UPDATE,
    VIEW,
    WHY,
)
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import action_sheets, releasing, undoing
from qa_toolkit.workflow.plans import actions, due_dates, progress
from qa_toolkit.workflow.plans.keeping import thread_on

A1, A2, A3 = "A-2026-001", "A-2026-002", "A-2026-003"
WHY_LATER = "Two teams have no manager, so children in the east wait."


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """Three actions of the police: agreed, in progress with an update, submitted."""
    return a_tracked_workspace(tmp_path / "w")


def a_tracked_workspace(root: Path) -> Workspace:
    workspace = planned_workspace(root)
    plan = a_plan(workspace)
    for number, state in enumerate((State.AGREED, State.IN_PROGRESS, State.SUBMITTED)):
        action = an_action(workspace, plan, text=f"Audit ten files of the kind {number}")
        bring(workspace, action.id, state)
    progress.update(workspace, [A2], "Half of the teams know.", progress=45, by=OWNER, now=moment(-9), today=days(-9))
    return workspace


def out(at: Workspace, name: str = "sheet.xlsx", by: str = CO, owner: str = "") -> Path:
    file = at.root.parent / name
    write_actions(
        at, "police", file, owner=owner, calendar=england_and_wales(), by=by, now=NOW, today=TODAY
    )  # fmt: skip
    return file


class Sheet:
    """The sheet, edited as a person would."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.titles = [cell.value for cell in sheet[1]]

    def cell(self, action: str, title: str) -> tuple[int, int]:
        row = next(cell.row for cell in self.sheet["A"] if str(cell.value).startswith(action))
        return row, self.titles.index(title) + 1

    def put(self, action: str, title: str, value: object) -> None:
        cell = self.sheet.cell(*self.cell(action, title))
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"

    def rows(self) -> list[list[object]]:
        return [[cell.value for cell in row] for row in self.sheet.iter_rows(min_row=2)]

    def set_rows(self, rows: list[list[object]]) -> None:
        self.sheet.delete_rows(2, self.sheet.max_row)
        for number, row in enumerate(rows, start=2):
            for place, value in enumerate(row, start=1):
                cell = self.sheet.cell(number, place)
                cell.value = value  # type: ignore[assignment]
                if isinstance(value, str):
                    cell.data_type = "s"


def edited(file: Path, deed: Callable[[Sheet], None]) -> Path:
    book = load_workbook(file)
    deed(Sheet(book[SHEET]))
    book.save(file)
    return file


def written(file: Path, *cells: tuple[str, str, object]) -> Path:
    """These cells filled in: action, column, what is written."""

    def fill(sheet: Sheet) -> None:
        for cell in cells:
            sheet.put(*cell)

    return edited(file, fill)


def filled(at: Workspace, *cells: tuple[str, str, object]) -> ActionsRead:
    """A sheet that came back with these cells filled in."""
    return read_actions(written(out(at), *cells), at, TODAY)


def take(at: Workspace, read: ActionsRead, by: str = CO, **answers: str) -> list[str]:
    given = {key.replace("_", "."): answer for key, answer in answers.items()}
    return action_sheets.take_in(
        at, settled(read, given), source="a sheet", by=by, now=moment(1), today=days(1)
    )  # fmt: skip


def verdicts(read: ActionsRead) -> dict[str, Verdict]:
    return {one.key: one.verdict for one in read.differences}


def thread(at: Workspace, id: str) -> Thread:
    return thread_on(Workspace(at.root).actions_shelf, id)


# --- out


def test_a_sheet_says_how_to_fill_it_in_and_opens_only_what_an_owner_may_write(at: Workspace) -> None:
    book = load_workbook(out(at))
    assert book.sheetnames[:2] == ["Read first", SHEET]
    said = " ".join(str(cell.value) for row in book["Read first"].iter_rows() for cell in row if cell.value)
    for words in ("OFFICIAL-SENSITIVE", "As at", "Cleo Co", "Red: past its due date", "How to fill it in"):
        assert words in said
    sheet = Sheet(book[SHEET])
    assert sheet.sheet.protection.sheet
    hidden = [col for col, dimension in sheet.sheet.column_dimensions.items() if dimension.hidden]
    assert hidden == ["A", "S"]
    opened = {title for title in sheet.titles if not sheet.sheet.cell(*sheet.cell(A1, title)).protection.locked}
    assert opened == {UPDATE, PROGRESS, VIEW, NEW_DAY, WHY, POINTER, PROOF_KIND, PROOF_DAY, CLOSE}
    assert sheet.sheet.cell(*sheet.cell(A3, CLOSE)).protection.locked, "submitted already"
    checks = {one.type for one in sheet.sheet.data_validations.dataValidation}
    assert {"list", "date", "whole"} <= checks
    assert sheet.sheet.cell(*sheet.cell(A1, UPDATE)).number_format == "@"
    assert book.custom_doc_props["digest"].value


def test_nothing_that_was_typed_is_kept_outside_the_record(at: Workspace) -> None:
    due_dates.ask_later(at, A2, days(90), WHY_LATER, by=OWNER, now=NOW, today=TODAY)
    out(at)
    kept = "".join(file.read_text() for file in (at.root / "exports").rglob("*.json"))
    for typed in ("Half of the teams", "Two teams", "Audit ten files"):
        assert typed not in kept


def test_who_may_write_a_sheet_and_what_stays_out_of_it(at: Workspace) -> None:
    actions.correct(at, A1, {"sensitive": True}, why="It concerns one member of staff.", by=CO, now=NOW, today=TODAY)
    with pytest.raises(NotAllowed, match="co-ordinator, the lead of the agency, or an owner"):
        out(at, by=OTHER_LEAD)
    file = at.root.parent / "kept.xlsx"
    written = write_actions(at, "police", file, calendar=england_and_wales(), by=LEAD, now=NOW, today=TODAY)
    assert (written.actions, written.kept_back) == ([A2, A3], 1)
    out(at, "own.xlsx", by=OWNER, owner=OWNER)
    assert any(A1 in str(cell.value) for cell in load_workbook(at.root.parent / "own.xlsx")[SHEET]["A"])
    with pytest.raises(NotReady, match="no open action"):
        write_actions(at, "health", at.root.parent / "h.xlsx", calendar=england_and_wales(), by=CO, now=NOW,
                      today=TODAY)  # fmt: skip


def test_typed_identifiers_stop_a_sheet_until_somebody_decides(at: Workspace) -> None:
    progress.update(at, [A1], "Ring 07700 900123 for the log.", by=OWNER, now=NOW, today=TODAY)
    with pytest.raises(NotReady, match="could identify somebody") as error:
        out(at)
    assert A1 in error.value.missing[0]
    assert not (at.root.parent / "sheet.xlsx").exists()
    decide_others(at, error.value.missing[0])
    read = filled(at)
    assert not read.differences, "other words in what is to be read come back as nobody’s"
    sheet = load_workbook(at.root.parent / "sheet.xlsx")[SHEET]
    assert any("Ring the desk for the log." in str(cell.value) for row in sheet for cell in row)


def decide_others(at: Workspace, sentence: str) -> None:
    code = sentence.partition("[")[2].rstrip("]")
    why = "The desk is enough."
    releasing.change(at, code, "the desk", Audience.QA_GROUP, why, by=CO, now=NOW, today=TODAY)


def test_other_words_do_not_stand_where_an_owner_writes(at: Workspace) -> None:
    due_dates.ask_later(at, A2, days(90), f"{WHY_LATER} Ring 07700 900123.", by=OWNER, now=NOW, today=TODAY)
    with pytest.raises(NotReady) as error:
        out(at)
    decide_others(at, error.value.missing[0])
    with pytest.raises(NotReady) as error:
        out(at)
    assert "here it can be let through, not changed" in error.value.missing[0]


# --- back


def test_what_is_as_it_went_out_changes_nothing(at: Workspace) -> None:
    due_dates.ask_later(at, A2, days(90), WHY_LATER, by=OWNER, now=NOW, today=TODAY)
    read = filled(at)
    assert read.differences == ()
    assert settled(read, {}) == []


def test_everything_that_an_owner_may_write_arrives_in_one_line(at: Workspace) -> None:
    read = filled(
        at,
        (A1, UPDATE, "- briefed\n- trained\n= as planned"), (A1, PROGRESS, 30), (A1, VIEW, view_words("amber")),
        (A2, NEW_DAY, datetime(2027, 3, 1)), (A2, WHY, WHY_LATER),  # noqa: DTZ001 — a sheet knows no zone
        (A2, POINTER, "Dip sample of ten files, v2\nMinutes of 3 May"), (A2, PROOF_KIND, "Minutes"),
        (A2, PROOF_DAY, "03/11/2026"), (A2, CLOSE, "Yes"),
    )  # fmt: skip
    assert set(verdicts(read).values()) == {Verdict.CLEAN}
    before = at.actions_shelf.journal.seq
    assert take(at, read) == [A1, A2]
    assert at.actions_shelf.journal.seq == before + 1
    assert at.actions_shelf.all(Reason)[str(before + 1)].text == "a sheet"
    one, two = thread(at, A1), thread(at, A2)
    assert (one.updates[-1].text, one.updates[-1].progress, one.updates[-1].says, one.updates[-1].by) == (
        "- briefed\n- trained\n= as planned", 30, "amber", CO,
    )  # fmt: skip
    assert one.state is State.IN_PROGRESS, "thirty per cent done has begun"
    assert two.wants_later_day is not None
    assert (two.wants_later_day.new, two.wants_later_day.reason) == (date(2027, 3, 1), WHY_LATER)
    assert [proof.pointer for proof in two.evidence] == ["Dip sample of ten files, v2", "Minutes of 3 May"]
    assert two.evidence[0].on == date(2026, 11, 3)
    assert two.state is State.SUBMITTED


def test_the_same_sheet_twice_changes_nothing_the_second_time(at: Workspace) -> None:
    file = out(at)
    written(
        file,
        (A1, UPDATE, "Said once."),
        (A1, PROGRESS, 10),
        (A1, POINTER, "Log 4 of May"),
        (A1, CLOSE, "Yes"),
        (A2, NEW_DAY, "1/3/2027"),
        (A2, WHY, WHY_LATER),
    )
    take(at, read_actions(file, at, TODAY))
    again = read_actions(file, at, TODAY)
    assert set(verdicts(again).values()) == {Verdict.KNOWN}
    assert settled(again, {}) == []


def test_what_was_taken_in_is_one_undo(at: Workspace) -> None:
    read = filled(at, (A1, UPDATE, "Theirs."), (A1, PROGRESS, 30), (A2, POINTER, "Log 4 of May"), (A2, CLOSE, "Yes"))
    take(at, read)
    undoing.take_back(at, by=CO, now=moment(2), today=days(2))
    assert (thread(at, A1).state, thread(at, A1).updates) == (State.AGREED, ())
    assert (thread(at, A2).state, thread(at, A2).evidence) == (State.IN_PROGRESS, ())


def test_what_moved_on_both_sides_is_asked_about_and_the_rest_is_taken(at: Workspace) -> None:
    file = written(out(at), (A2, PROGRESS, 60), (A2, UPDATE, "Theirs."), (A1, UPDATE, "Nobody else said this."))
    progress.update(at, [A2], "Told by telephone.", progress=50, by=CO, now=NOW, today=TODAY)
    read = read_actions(file, at, TODAY)
    assert verdicts(read) == {
        f"{A1}.update": Verdict.CLEAN, f"{A2}.update": Verdict.ASK, f"{A2}.progress": Verdict.ASK,
    }  # fmt: skip
    one = next(one for one in read.differences if one.key == f"{A2}.progress")
    assert (one.sent, one.theirs, one.ours) == ("45%", "60%", "50%")
    assert [brought.action for brought in settled(read, {})] == [A1]
    assert len(unsettled(read, {f"{A2}.progress": "ours"})) == 1
    take(at, read, **{f"{A2}_progress": "theirs", f"{A2}_update": "ours"})
    assert thread(at, A2).updates[-1].progress == 60
    with pytest.raises(InputError, match="is not asked about"):
        settled(read, {f"{A1}.update": "theirs"})
    with pytest.raises(InputError, match="neither theirs nor ours"):
        settled(read, {f"{A2}.progress": "mine"})


def test_an_action_that_moves_between_looking_and_taking_stops_it(at: Workspace) -> None:
    read = filled(at, (A1, UPDATE, "Theirs."), (A2, UPDATE, "And this."))
    progress.update(at, [A2], "Meanwhile.", by=CO, now=NOW, today=TODAY)
    before = at.actions_shelf.journal.seq
    with pytest.raises(Stale, match=A2):
        take(at, read)
    assert at.actions_shelf.journal.seq == before


NOT_AN_OWNERS = [
    (A1, DUE, date(2027, 9, 9), "changed by a decision"),
    (A1, TEXT, "Do less", "a co-ordinator changes it"),
    (A1, VIEW, "Green", "worse, never that it is better"),
    (A1, PROGRESS, "most of it", "whole number from 0 to 100"),
    (A1, PROGRESS, 140, "whole number from 0 to 100"),
    (A1, NEW_DAY, "31/02/2027", "does not exist"),
    (A1, NEW_DAY, "1/3/2027", "why more time"),
    (A1, WHY, WHY_LATER, "no day"),
    (A1, POINTER, "x", "where it can be seen"),
    (A1, PROOF_DAY, "1/3/2026", "nothing under “Evidence”"),
    (A1, CLOSE, "Yes", "has no evidence yet"),
    (A1, CLOSE, "perhaps", "write Yes"),
    (A1, POINTER, "x" * 32_767, "32,767 characters"),
]


@pytest.mark.parametrize(("action", "title", "typed", "says"), NOT_AN_OWNERS, ids=[row[3] for row in NOT_AN_OWNERS])
def test_what_cannot_be_taken_is_refused_in_a_sentence_and_the_rest_is_taken(
    at: Workspace, action: str, title: str, typed: object, says: str
) -> None:
    read = filled(at, (action, title, typed), (A2, UPDATE, "This is taken."))
    (refused,) = read.with_verdict(Verdict.REFUSED)
    assert says in refused.note
    assert [one.key for one in read.with_verdict(Verdict.CLEAN)] == [f"{A2}.update"]
    assert take(at, read) == [A2]


@pytest.mark.parametrize(
    ("title", "typed", "means"),
    [
        (PROGRESS, 0.45, 45), (PROGRESS, "45%", 45), (PROGRESS, "45 %", 45), (PROGRESS, 0, 0), (PROGRESS, 100, 100),
    ],
)  # fmt: skip
def test_percentages_as_sheets_keep_them(at: Workspace, title: str, typed: object, means: int) -> None:
    read = filled(at, (A1, title, typed))
    take(at, read)
    assert thread(at, A1).updates[-1].progress == means


def test_a_one_is_asked_about_because_excel_keeps_100_percent_as_one(at: Workspace) -> None:
    (one,) = filled(at, (A2, PROGRESS, 1)).differences
    assert one.verdict is Verdict.ASK
    assert "100%" in one.note


def test_a_view_better_than_the_rules_is_refused_with_the_rule_and_the_rest_is_taken(tmp_path: Path) -> None:
    workspace = planned_workspace(tmp_path / "w")
    action = an_action(workspace, a_plan(workspace), due=-3)
    bring(workspace, action.id, State.IN_PROGRESS)
    read = filled(workspace, (action.id, VIEW, "Amber: at risk"), (action.id, UPDATE, "Two visits are left."))
    [view] = [one for one in read.differences if one.field is Field.VIEW]
    assert view.verdict is Verdict.REFUSED
    assert view.note.startswith(f"By the rules {action.id} is red: past its due date")
    action_sheets.take_in(workspace, settled(read, {}), source="s", by=OWNER, now=NOW, today=TODAY)
    assert [(one.text, one.says) for one in thread_on(workspace.actions_shelf, action.id).updates][-1] == (
        "Two visits are left.", "",
    )  # fmt: skip


def test_a_view_as_bad_as_the_rules_or_worse_is_taken(at: Workspace) -> None:
    read = filled(at, (A2, VIEW, "Red: will not be done in time"))
    assert [one.verdict for one in read.differences if one.field is Field.VIEW] == [Verdict.CLEAN]


def test_cleared_cells_take_nothing_away_and_say_so(at: Workspace) -> None:
    due_dates.ask_later(at, A2, days(90), WHY_LATER, by=OWNER, now=NOW, today=TODAY)
    read = filled(at, (A2, PROGRESS, None), (A2, NEW_DAY, None), (A2, WHY, None), (A2, VIEW, None), (A3, CLOSE, None))
    assert verdicts(read) == {
        f"{A2}.progress": Verdict.LEFT, f"{A2}.date": Verdict.LEFT, f"{A3}.close": Verdict.LEFT,
    }  # fmt: skip
    assert settled(read, {}) == []


def test_a_long_update_is_kept_in_parts_and_none_of_it_is_lost(at: Workspace) -> None:
    # It used to be refused: a cell holds more than an update does.
    long = "\n".join(f"Line {number}: " + "word " * 100 for number in range(63)).strip()
    assert 30_000 < len(long) < 32_767
    read = filled(at, (A1, UPDATE, long))
    (told,) = read.differences
    assert (told.verdict, told.note) == (Verdict.CLEAN, "It is kept as 2 updates, one after the other.")
    take(at, read)
    kept = [one.text for one in thread(at, A1).updates]
    assert [len(text) <= 30_000 for text in kept] == [True, True]
    assert " ".join(kept).split() == long.split()
    assert kept[0].endswith("word")
    assert kept[1].startswith("Line ")
    assert verdicts(read_actions(at.root.parent / "sheet.xlsx", at, TODAY)) == {f"{A1}.update": Verdict.KNOWN}


def test_a_reason_that_no_cell_can_hold_goes_out_cut_and_comes_back_as_no_change(at: Workspace) -> None:
    # Excel counts an emoji as two, so 30,000 characters may be more than a cell holds.
    due_dates.ask_later(
        at, A2, days(90), "Two teams are moving. " + "\U0001f3e0" * 29_000, by=OWNER, now=NOW, today=TODAY
    )
    file = out(at)
    assert not read_actions(file, at, TODAY).differences
    assert "Cut short" in load_workbook(file).sheetnames


def test_what_happened_since_decides_about_closure_and_days(at: Workspace) -> None:
    file = written(
        out(at),
        (A1, CLOSE, "Yes"),
        (A1, POINTER, "Log 4 of May"),
        (A2, NEW_DAY, "1/3/2027"),
        (A2, WHY, WHY_LATER),
        (A2, CLOSE, "Yes"),
    )
    evidence(at, A2)
    do(at, Deed.HOLD, A1)
    do(at, Deed.SEND_BACK, A3, by=COLLEAGUE)
    due_dates.change_due(at, [A2], days(70), "The group agreed a month.", "QA Group", by=CO, now=NOW, today=TODAY)
    read = read_actions(file, at, TODAY)
    found = verdicts(read)
    assert found[f"{A1}.close"] is Verdict.REFUSED, "on hold"
    assert found[f"{A2}.date"] is Verdict.ASK
    assert found[f"{A2}.close"] is Verdict.CLEAN
    assert found[f"{A3}.close"] is Verdict.LEFT, "the old Yes is no new wish"


def test_an_action_that_ended_or_was_handed_over_takes_nothing_by_itself(at: Workspace) -> None:
    file = written(out(at), (A1, UPDATE, "Late."), (A2, UPDATE, "Whose?"))
    do(at, Deed.REJECT, A1)
    actions.hand_over(at, [A2], owner=AUDITOR, why="Health took it on.", by=CO, now=NOW, today=TODAY)
    read = read_actions(file, at, TODAY)
    assert verdicts(read) == {f"{A1}.update": Verdict.REFUSED, f"{A2}.update": Verdict.ASK}


def test_only_owner_lead_or_co_ordinator_take_it_in(at: Workspace) -> None:
    read = filled(at, (A1, UPDATE, "Theirs."))
    for by in (OTHER_LEAD, COLLEAGUE):
        with pytest.raises(NotAllowed):
            take(at, read, by=by)
    assert take(at, read, by=LEAD) == [A1]


# --- rows that moved


def test_rows_added_copied_removed_or_sorted_apart_are_all_told(at: Workspace) -> None:
    file = out(at)

    def mangle(sheet: Sheet) -> None:
        sheet.put(A1, POINTER, "First paper")
        rows = sheet.rows()
        copy = list(rows[0])
        copy[sheet.titles.index(POINTER)] = "Second paper"
        copy[sheet.titles.index(UPDATE)] = "Only in the copy."
        added: list[object] = [None] * len(copy)
        added[sheet.titles.index(TEXT)] = "An action of my own"
        apart = list(rows[1])
        apart[0] = rows[2][0]
        sheet.set_rows([added, copy, apart, rows[0]])

    read = read_actions(edited(file, mangle), at, TODAY)
    refused = " ".join(f"{one.theirs} {one.note}" for one in read.with_verdict(Verdict.REFUSED))
    assert "An action of my own" in refused
    assert "added by hand" in refused
    assert "sorted apart" in refused
    assert read.gone == (A2, A3)
    take(at, read)
    assert [proof.pointer for proof in thread(at, A1).evidence] == ["Second paper", "First paper"]
    assert thread(at, A1).updates[-1].text == "Only in the copy."


def test_two_copies_that_say_different_things_are_named(at: Workspace) -> None:
    def copied(sheet: Sheet) -> None:
        sheet.put(A1, PROGRESS, 10)
        rows = sheet.rows()
        copy = list(rows[0])
        copy[sheet.titles.index(PROGRESS)] = 20
        sheet.set_rows([*rows, copy])

    (one,) = read_actions(edited(out(at), copied), at, TODAY).differences
    assert one.verdict is Verdict.REFUSED
    assert "cell K5" in one.note


def test_a_formula_is_named_with_its_cell_and_never_read_as_cleared(at: Workspace) -> None:
    file = out(at)
    book = load_workbook(file)
    sheet = Sheet(book[SHEET])
    sheet.sheet.cell(*sheet.cell(A1, UPDATE)).value = "=A1&B1"
    sheet.sheet.cell(*sheet.cell(A2, PROGRESS)).value = "=40+20"
    book.save(file)
    read = read_actions(file, at, TODAY)
    assert [one.verdict for one in read.differences] == [Verdict.REFUSED, Verdict.REFUSED]
    assert all("holds a formula" in one.note for one in read.differences)
    # What was typed is shown, and not what came of it.
    assert [one.theirs for one in read.differences] == ["Your update: =A1&B1", "Percent done: =40+20"]
    assert not [note for note in read.notes if "formulas" in note]


def test_columns_that_are_gone_or_new_and_sheets_that_were_added_are_told(at: Workspace) -> None:
    file = out(at)
    book = load_workbook(file)
    sheet = Sheet(book[SHEET])
    sheet.sheet.cell(1, sheet.titles.index(PROGRESS) + 1).value = "Prozent"
    sheet.sheet.cell(2, len(sheet.titles) + 2).value = "a thought beside it"
    book.create_sheet("Notes")["A1"] = "more"
    book.save(file)
    read = read_actions(file, at, TODAY)
    said = " ".join(read.notes)
    assert "The column “Percent done” is gone" in said
    assert "The sheet “Notes” was added" in said
    refused = " ".join(one.theirs for one in read.with_verdict(Verdict.REFUSED))
    assert "a thought beside it" in refused
    assert "45" in refused
    assert not read.with_verdict(Verdict.CLEAN, Verdict.LEFT)


def test_a_sheet_of_another_workspace_or_none_is_refused(at: Workspace, tmp_path: Path) -> None:
    file = out(at)
    other = planned_workspace(tmp_path / "other")
    with pytest.raises(SheetError, match="did not go out from this workspace"):
        read_actions(file, other, TODAY)
    for name, value, says in (("digest", "0" * 64, "do not belong together"),
                              ("sheet", "../../../etc/passwd", "does not say which action sheet")):  # fmt: skip
        book = load_workbook(file)
        book.custom_doc_props[name].value = value
        book.save(at.root.parent / "forged.xlsx")
        with pytest.raises(SheetError, match=says):
            read_actions(at.root.parent / "forged.xlsx", at, TODAY)


def test_a_sheet_whose_properties_were_lost_is_known_by_its_rows(at: Workspace) -> None:
    file = edited(out(at), lambda sheet: sheet.put(A1, UPDATE, "Saved by another program."))
    book = load_workbook(file)
    for name in ("kind", "sheet", "agency", "digest"):
        del book.custom_doc_props[name]
    del book[SHEET].tables["tblActions"]
    book.save(file)
    assert verdicts(read_actions(file, at, TODAY)) == {f"{A1}.update": Verdict.CLEAN}


# --- as a person would


WORDS = st.text(st.characters(exclude_categories=["C"]), max_size=60) | st.sampled_from(
    ["=1+1", "- one\n- two", "+44", "@SUM(A1)", "“so”", "1/2", "TRUE", "0123", "_x000D_", " led by spaces", "x" * 9_000]
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), texts=st.lists(WORDS, min_size=1, max_size=3))
def test_whatever_a_person_does_to_a_sheet_nothing_they_typed_is_lost(
    tmp_path_factory: pytest.TempPathFactory, seed: int, texts: list[str]
) -> None:
    """Type here and there, sort, copy, insert and delete rows: every text is taken, or told with its place."""
    rng, at = Random(seed), a_tracked_workspace(tmp_path_factory.mktemp("trip") / "w")
    typed: list[str] = []

    def play(sheet: Sheet) -> None:
        for text, id in zip(texts, rng.sample([A1, A2, A3], len(texts)), strict=True):
            sheet.put(id, rng.choice([UPDATE, POINTER, TEXT]), text)
            typed.append(text)
        rows = sheet.rows()
        if rng.random() < 0.4:
            copy = list(rng.choice(rows))
            copy[sheet.titles.index(UPDATE)] = "typed into a copy"
            typed.append("typed into a copy")
            rows.append(copy)
        if rng.random() < 0.4:
            added: list[object] = [None] * len(sheet.titles)
            added[rng.randrange(1, len(sheet.titles) - 1)] = "typed into a row of its own"
            typed.append("typed into a row of its own")
            rows.append(added)
        rng.shuffle(rows)
        sheet.set_rows(rows)

    before = at.actions_shelf.journal.seq
    read = read_actions(edited(out(at), play), at, TODAY)
    told = "\n".join(one.theirs for one in read.differences)
    for text in typed:
        for line in filter(str.strip, text.splitlines()):
            assert line.strip() in told or line.strip() in {"Audit ten files of the kind 0"}, line
    if settled(read, {}):
        take(at, read)
        assert at.actions_shelf.journal.seq == before + 1
    kept = "\n".join(
        [one.text for id in (A1, A2, A3) for one in thread(at, id).updates]
        + [one.pointer for id in (A1, A2, A3) for one in thread(at, id).evidence]
    )
    for one in read.with_verdict(Verdict.CLEAN):
        for line in filter(str.strip, one.theirs.splitlines()):
            assert line.strip().removesuffix(" (Other)") in kept


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_trip_through_libreoffice_alters_nothing(at: Workspace, tmp_path: Path) -> None:
    due_dates.ask_later(at, A2, days(90), WHY_LATER, by=OWNER, now=NOW, today=TODAY)
    typed = "= as planned\n- “one”\n- two"
    written(out(at), (A1, UPDATE, typed), (A1, NEW_DAY, date(2027, 3, 1)), (A1, WHY, WHY_LATER))
    folder = tmp_path / "saved"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(at.root.parent / "sheet.xlsx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    read = read_actions(folder / "sheet.xlsx", at, TODAY)
    assert verdicts(read) == {f"{A1}.update": Verdict.CLEAN, f"{A1}.date": Verdict.CLEAN}
    take(at, read)
    asked = thread(at, A1).wants_later_day
    assert thread(at, A1).updates[-1].text == typed
    assert asked is not None
    assert asked.new == date(2027, 3, 1)
