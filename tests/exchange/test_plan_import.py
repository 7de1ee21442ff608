"""Somebody else's action plan: columns proposed and kept, days day first, owners matched, every unread row named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from builders_plans import CO, LEAD, NOW, TODAY, a_plan, planned_workspace
from openpyxl import Workbook

from qa_toolkit.domain.errors import InputError, NotAllowed, SheetError
from qa_toolkit.domain.plan_mapping import PlanField, check_mapping, mapping_id, propose
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.plan import Recommendation
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.exchange.plan_rows import PlanRead, read_day, read_plan_rows
from qa_toolkit.exchange.plan_table import read_plan_table
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import plan_import
from qa_toolkit.workflow.plans.keeping import thread_on

HEADINGS = ("Ref", "Recommendation", "Action", "Lead", "Agency", "Target date", "RAG", "% complete", "Comments")


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """Agencies, people and an empty plan."""
    workspace = planned_workspace(tmp_path / "w")
    a_plan(workspace)
    return workspace


def a_workbook(folder: Path, *rows: Sequence[object], headings: Sequence[object] = HEADINGS, above: int = 2) -> Path:
    book = Workbook()
    contents = book.active
    assert contents is not None
    contents.title = "Contents"
    contents["A1"] = "What is in this workbook"
    sheet = book.create_sheet("Plan")
    for number in range(above):
        sheet.cell(number + 1, 1).value = "Multi-agency action plan"
    for number, row in enumerate((headings, *rows), start=above + 1):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value  # type: ignore[assignment]
    file = folder / "old plan.xlsx"
    book.save(file)
    return file


def read(at: Workspace, file: Path, otherwise: date | None = None) -> PlanRead:
    table = read_plan_table(file)
    return read_plan_rows(table, propose(table.headings), at.people(), at.agencies(), otherwise=otherwise)


PROPOSED = [
    ("Action required", PlanField.TEXT), ("What needs to happen?", PlanField.TEXT), ("Actions", PlanField.TEXT),
    ("Lead officer", PlanField.OWNER), ("By whom", PlanField.OWNER), ("Lead agency", PlanField.AGENCY),
    ("Organisation", PlanField.AGENCY), ("Timescale", PlanField.DUE), ("By when?", PlanField.DUE),
    ("Date due", PlanField.DUE), ("BRAG status", PlanField.STATUS), ("RAG", PlanField.STATUS),
    ("Progress update", PlanField.UPDATE), ("% complete", PlanField.PROGRESS), ("Start date", PlanField.START),
    ("How will we know?", PlanField.MEASURE), ("Intended outcome", PlanField.OUTCOME),
    ("Recommendation", PlanField.RECOMMENDATION), ("Priority", PlanField.PRIORITY), ("Ref no.", PlanField.IGNORE),
    ("When", PlanField.DUE), ("When will it be done?", PlanField.DUE), ("What we do and when", PlanField.TEXT),
    ("Timeframe", PlanField.DUE), ("Responsible person / agency", PlanField.OWNER),
    ("Objective", PlanField.RECOMMENDATION), ("Priority area", PlanField.RECOMMENDATION),
    ("Current position", PlanField.UPDATE),
    ("Action no", PlanField.IGNORE), ("Colour of the folder", PlanField.STATUS), ("Cost", PlanField.IGNORE),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "field"), PROPOSED)
def test_a_heading_says_what_stands_under_it(heading: str, field: PlanField) -> None:
    assert propose([heading])[heading] is field


def test_a_field_is_proposed_once_and_a_mapping_needs_the_deed() -> None:
    assert propose(["Action", "Next action"]) == {"Action": PlanField.TEXT, "Next action": PlanField.IGNORE}
    with pytest.raises(InputError, match="what is to be done"):
        check_mapping({"Lead": PlanField.OWNER})
    with pytest.raises(InputError, match="“A” and “B” cannot both"):
        check_mapping({"A": PlanField.TEXT, "B": PlanField.TEXT})
    assert mapping_id(["Action ", "LEAD", ""]) == mapping_id(["lead", "action"])


DAYS = [
    ("31/03/2027", date(2027, 3, 31), False), ("2027-03-31", date(2027, 3, 31), False),
    ("3/4/27", date(2027, 4, 3), True), ("31.03.27", date(2027, 3, 31), True),
    ("March 2027", date(2027, 3, 31), True), ("end of Feb 2028", date(2028, 2, 29), True),
    ("4th March 2027", date(2027, 3, 4), False), ("1 Feb 27", date(2027, 2, 1), True),
    ("Mar-27", date(2027, 3, 31), True), ("by 31 March 2027", date(2027, 3, 31), True),
    ("By the end of March 2027 (revised)", date(2027, 3, 31), True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "told"), DAYS)
def test_days_are_day_first_and_what_was_guessed_is_told(text: str, day: date, told: bool) -> None:
    found, note = read_day(text)
    assert (found, bool(note)) == (day, told)


@pytest.mark.parametrize("text", ["ongoing", "ASAP", "Q4", "13/2027", "03/31/2027", "31/02/27", "",
                                  "Q2 2027", "Mar 27", "by Easter 2027", "31/12/2026 (was 1/9/2026)"])  # fmt: skip
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        read_day(text)


def test_a_refused_day_is_named_as_it_was_typed() -> None:
    with pytest.raises(InputError, match="“Easter 2027”"):
        read_day("by Easter 2027")


OWNERS = [
    ("L. Lead", "", (LEAD, "police", "", "")),
    ("L.Lead", "", (LEAD, "police", "", "")),
    ("L.Lead (DCI)", "", (LEAD, "police", "", "")),
    ("l.lead@police", "Police", (LEAD, "police", "", "")),
    ("Police", "", ("", "police", "", "")),
    ("Named nurse", "Health", ("", "health", "Named nurse", "")),
    ("Southshire Constabulary", "", ("", "", "", "Southshire Constabulary")),
    ("", "", ("", "", "", "")),
]


@pytest.mark.parametrize(("who", "agency", "wanted"), OWNERS)
def test_owners_are_matched_or_kept_as_names(
    at: Workspace, tmp_path: Path, who: str, agency: str, wanted: tuple[str, str, str, str]
) -> None:
    file = a_workbook(tmp_path, (1, None, "Audit twenty interviews", who, agency, "31/3/2027", None, None, None))
    (one,) = read(at, file).actions
    assert (one.owner.person, one.owner.agency, one.owner.role, one.owner.outside) == wanted


def test_a_day_on_which_it_begins_is_no_reason_to_leave_a_row_out(at: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Action,Lead,Start,Due\nAudit ten files,Police,Immediately,1/3/2027\n"
                    "Audit ten others,Police,Sept 2026,1/3/2027\n", encoding="utf-8")  # fmt: skip
    first, second = read(at, file).actions
    assert (first.start, first.notes) == (None, ("“Immediately” is no day on which it begins, and is left out",))
    assert second.start == date(2026, 9, 1)


def test_a_second_line_of_an_update_is_never_dropped_in_silence(at: Workspace, tmp_path: Path) -> None:
    # Under a merged cell only an update stands; such a row was once passed over like a heading between others.
    file = tmp_path / "plan.csv"
    file.write_text("Ref,Action,Lead,Due,Update\nSection 1,,,,\n1,Audit ten files,Police,1/3/2027,Begun in May\n"
                    ",,,,Half are done by now\n", "utf-8")  # fmt: skip
    found = read(at, file)
    assert len(found.actions) == 1
    assert [(fault.where, "row above" in fault.message) for fault in found.faults] == [("line 4", True)]


@pytest.mark.parametrize(
    ("status", "percent", "ended"),
    [
        ("Complete", "", True),
        ("closed.", "", True),
        ("", "100%", True),
        ("Partly complete", "90%", False),
        ("G", "", False),
    ],
)
def test_what_its_own_plan_calls_done_comes_open_and_says_so(
    at: Workspace, tmp_path: Path, status: str, percent: str, ended: bool
) -> None:
    # Somebody who is neither owner nor of the owner's agency verifies it here first.
    file = tmp_path / "plan.csv"
    file.write_text(f"Action,Lead,Due,Status,% complete\nAudit ten files,Police,1/3/2027,{status},{percent}\n", "utf-8")
    (one,) = read(at, file).actions
    assert one.ended is ended
    assert any("until somebody else has verified it" in note for note in one.notes) is ended


def test_headings_of_two_lines_are_read_together(tmp_path: Path) -> None:
    # The lower line was once taken for a row, and what stood under it for cells without a heading.
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (
        ["Our partnership"], ["Ref", "Action", "Responsibility", None, "Timescale", None, "RAG"],
        [None, None, "Lead officer", "Agency", "Start", "Target date", None],
        ["1", "Audit ten files", "DCI Smith", "Police", "1/9/2026", "31/3/2027", None],
    ):  # fmt: skip
        sheet.append(cells)
    sheet.merge_cells("C2:D2")
    book.save(tmp_path / "plan.xlsx")
    table = read_plan_table(tmp_path / "plan.xlsx")
    assert table.headings == ("Ref", "Action", "Lead officer", "Agency", "Start", "Target date", "RAG")
    assert [row.cells["Target date"] for row in table.rows] == ["31/3/2027"]
    (note,) = table.notes
    assert note.startswith("“RAG” holds no words. If its cells are coloured, that is not read")


def test_a_row_is_never_taken_for_a_second_line_of_headings(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Action,Owner,Due,\nAudit the lead’s files,Team lead,1/3/2027,Priority high\n", encoding="utf-8")
    assert len(read_plan_table(file).rows) == 1


def test_semicolons_under_a_title_that_has_none(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes("Our plan, its actions, and so on\r\n\r\nAction;Owner;Due\r\nMeet at the café;Police;1/3/2027\r\n"
                     .encode("cp1252"))  # fmt: skip
    table = read_plan_table(file)
    assert [row.cells for row in table.rows] == [{"Action": "Meet at the café", "Owner": "Police", "Due": "1/3/2027"}]


def test_what_stands_under_no_heading_is_told_once_for_a_column(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("Action,Owner,\nAudit ten files,Police,x\nAudit others,Police,y\n", encoding="utf-8")
    assert read_plan_table(file).notes == (
        "line 2: “x” stands under no heading and is not read; so do 1 more in that column.",
    )


def test_several_agencies_become_owner_and_support(at: Workspace, tmp_path: Path) -> None:
    row = (1, None, "Audit twenty interviews", "Police / Health and Education", None, "31/3/2027", None, None, None)
    (one,) = read(at, a_workbook(tmp_path, row)).actions
    assert (one.owner.agency, one.owner.supporting) == ("police", ("health", "education"))


def test_rows_that_cannot_be_read_are_listed_with_row_and_reason(at: Workspace, tmp_path: Path) -> None:
    good = (1, "Hear the child", "Audit twenty interviews", "Police", None, datetime(2027, 3, 31), None, 0.4, "Begun")  # noqa: DTZ001
    file = a_workbook(
        tmp_path, good,
        (2, None, "Train new starters", "Police", None, "ASAP", None, None, None),
        (3, None, "Do it", "Police", None, "1/1/2027", None, None, None),
        (4, None, None, "Police", None, "1/1/2027", None, None, None),
        (5, None, "Share chronologies", "L.Lead", "Health", "1/1/2027", None, None, None),
        HEADINGS, ("Part two",),
        (6, None, "x" * 31_000, "Police", None, "1/1/2027", None, None, None),
    )  # fmt: skip
    found = read(at, file)
    assert [one.where for one in found.actions] == ["sheet Plan, row 4"]
    assert (found.actions[0].progress, found.actions[0].recommendation) == (40, "Hear the child")
    faults = {fault.where: fault.message for fault in found.faults}
    assert list(faults) == [f"sheet Plan, row {row}" for row in (5, 6, 7, 8, 11)]
    for row, says in ((5, "not a date"), (6, "does not say"), (7, "nothing says"), (8, "is of police"), (11, "31,000")):
        assert says in faults[f"sheet Plan, row {row}"]
    assert len(read(at, file, otherwise=date(2027, 12, 31)).actions) == 2


def test_a_plan_is_brought_in_once_in_one_line_and_its_columns_are_kept(at: Workspace, tmp_path: Path) -> None:
    rows = [
        (1, "Hear the child", "Audit twenty interviews", "Police", None, "31/3/2027", "Amber", "40%", "- one\n- two"),
        (2, None, "Train all new starters", "Southshire", None, "March 2027", None, None, None),
        (3, "R7", "Write down the child’s words", "L.Lead", None, "1/2/2027", None, None, None),
    ]
    found = read(at, a_workbook(tmp_path, *rows))
    before = at.actions_shelf.journal.seq
    made = plan_import.bring_in(at, "AP-2026-001", found.actions, source="old plan.xlsx", by=CO, now=NOW, today=TODAY)
    assert at.actions_shelf.journal.seq == before + 1
    first = thread_on(at.actions_shelf, made[0].id)
    assert (first.state, first.updates[-1].progress) == (State.IN_PROGRESS, 40)
    assert first.updates[-1].text == "Status when it was brought in: Amber.\n- one\n- two"
    assert (made[1].outside, made[1].recommendation) == ("Southshire", made[0].recommendation)
    assert thread_on(at.actions_shelf, made[1].id).state is State.AGREED
    texts = [one.text for one in at.actions_shelf.all(Recommendation).values()]
    assert texts == ["Hear the child", "Recommendation R7 of “Review of a young person”"]
    assert made[2].priority is Priority.MEDIUM
    assert plan_import.fresh(at, "AP-2026-001", found.actions) == []
    plan_import.keep_mapping(at, propose(HEADINGS) | {"Ref": PlanField.PRIORITY}, by=CO, now=NOW)
    seq = at.partnership_shelf.journal.seq
    kept = plan_import.kept_mapping(Workspace(at.root), reversed(HEADINGS))
    assert kept is not None
    assert kept["Ref"] is PlanField.PRIORITY
    plan_import.keep_mapping(at, kept, by=CO, now=NOW)
    assert at.partnership_shelf.journal.seq == seq, "kept so already"


def test_one_row_that_a_rule_refuses_stops_all_and_is_named(at: Workspace, tmp_path: Path) -> None:
    found = read(at, a_workbook(tmp_path, (1, None, "Audit interviews", "Police", None, "31/3/2027", None, None, None)))
    with pytest.raises(NotAllowed):
        plan_import.bring_in(at, "AP-2026-001", found.actions, source="x", by=LEAD, now=NOW, today=TODAY)
    wrong = [*found.actions, found.actions[0]._replace(start=date(2028, 1, 1), where="row 9")]
    before = at.actions_shelf.journal.seq
    with pytest.raises(InputError, match="row 9: It would be due before it begins"):
        plan_import.bring_in(at, "AP-2026-001", wrong, source="x", by=CO, now=NOW, today=TODAY)
    assert at.actions_shelf.journal.seq == before


@pytest.mark.parametrize(
    ("raw", "actions"),
    [
        (b"Action,Owner,Due\nAudit ten files,Police,31/3/2027\n", 1),
        ("Action;Owner;Due\r\nAudit ten files;Police;31/3/2027\r\n".encode("utf-8-sig"), 1),
        ("Action\tOwner\tDue\nAudit the child’s file\tPolice\t31/3/2027\n".encode("cp1252"), 1),
        (b'Action,Owner,Due\n"Audit,\nten files",Police,31/3/2027\n', 1),
    ],
)
def test_csv_as_programs_write_it(at: Workspace, tmp_path: Path, raw: bytes, actions: int) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(raw)
    assert len(read(at, file).actions) == actions


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"name,colour\nA,B\n", "looks like the headings"), (b"", "looks like the headings"),
        (b"\xff\xfe\x00A\x00c", "is not text"), (b'Action,Due\n"x', "is not CSV"),
    ],
)  # fmt: skip
def test_what_is_no_plan_is_refused(tmp_path: Path, raw: bytes, says: str) -> None:
    file = tmp_path / "plan.csv"
    file.write_bytes(raw)
    with pytest.raises(SheetError, match=says):
        read_plan_table(file)


def test_a_workbook_without_a_plan_names_its_sheets(tmp_path: Path) -> None:
    file = a_workbook(tmp_path, ("a", "b"), headings=("x", "y"))
    with pytest.raises(SheetError, match="“Contents”, “Plan”"):
        read_plan_table(file)
    with pytest.raises(SheetError, match="the sheet Other"):
        read_plan_table(a_workbook(tmp_path), "Other")
