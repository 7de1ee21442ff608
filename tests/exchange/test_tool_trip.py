"""The audit tool out and back: nothing is lost, nothing is altered in silence, and every wrong cell is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import Random

import pytest
from builders_round import THIS, own_return, two_rounds
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace, every_type
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_toolkit.domain.answers import Answer, Cause
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady, SheetError
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.questions import Missing
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.exchange.tool_in import ToolRead, read_tool, summary, written_concerns
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.exchange.tool_rows import ANSWER, CAUSE, COMMENT, EVIDENCE, FINISHED, REASON
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, concerns, differences, finishing, promises, returns, submission, taking_in

HOSTILE = (
    "=1+1", "-2 in May", "+44", "@SUM(A1)", "- one\n- two", "[red]x[/]", "\x1b[31m", "a\u202eb", "0123", "1e5", "TRUE",
    "12/03/2026", "x" * 30_000, "“quoted”, and ‘so’", "  led by spaces", "é\u0301 😀", "_x000D_", "a\ttab",
)  # fmt: skip


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A return that nobody has begun, on the template with a part of every type."""
    return a_workspace(tmp_path / "w", every_type())


def out(at: Workspace, name: str = "tool.xlsx") -> Path:
    file = at.root.parent / name
    write_tool(at, "CE-2026-01", "police", file, by=BOSS, now=START)
    return file


class Sheet:
    """One sheet of a tool, edited as a person would."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self.titles = [cell.value for cell in sheet[1]]

    def row(self, key: str) -> int:
        return next(cell.row for cell in self.sheet["A"] if str(cell.value).endswith(key))

    def put(self, key: str, title: str, value: object) -> None:
        cell = self.sheet.cell(self.row(key), self.titles.index(title) + 1)
        cell.value = value  # type: ignore[assignment]
        if isinstance(value, str):
            cell.data_type = "s"  # the cells are formatted as text, so a sign of equality begins no formula there


def edited(file: Path, deed: Callable[[Sheet], None], sheet: str = "C01") -> Path:
    book = load_workbook(file)
    deed(Sheet(book[sheet]))
    book.save(file)
    return file


def take(at: Workspace, file: Path) -> ToolRead:
    read = read_tool(file, at)
    for one in read.filled:
        taking_in.take_in(at, one, RATER, source=file.name, by=BOSS, now=START, today=TODAY)
    return read


def answers(at: Workspace) -> dict[str, Answer]:
    return dict(Workspace(at.root).ret(RETURN).answers)


# --- what a person fills in


FILLED: list[tuple[str, str, object, dict[str, object]]] = [
    ("T-01|answer", "yes_no", "Yes", {"answer": "yes"}),
    ("T-02|answer", "partly", "partly", {"answer": "partly"}),
    ("T-04|answer", "grade", "Requires improvement", {"answer": "requires_improvement"}),
    ("T-09|answer", "integer", 12, {"answer": 12}),
    ("T-09|answer", "integer as text", "12", {"answer": 12}),
    ("T-10|answer", "percentage", "45%", {"answer": 45}),
    ("T-11|answer", "a day that Excel made a date", date(2026, 11, 3), {"answer": "2026-11-03"}),
    ("T-11|answer", "a day as text", "3/11/2026", {"answer": "2026-11-03"}),
    ("T-12|answer", "short text", "=not a formula", {"answer": "=not a formula"}),
    ("T-13|answer", "long text", "- one\n- two", {"answer": "- one\n- two"}),
    ("T-14|answer", "references", "log 4\nlog 5", {"answer": ["log 4", "log 5"]}),
    ("T-20|answer", "several", "Option 2; Option 11", {"answer": ["option_2", "option_11"]}),
]


@pytest.mark.parametrize(("key", "what", "typed", "kept"), FILLED, ids=[one[1] for one in FILLED])
def test_every_type_is_taken_as_it_was_filled_in(
    at: Workspace, key: str, what: str, typed: object, kept: dict[str, object]
) -> None:
    file = edited(out(at), lambda sheet: sheet.put(f"{RETURN}|{key}", ANSWER, typed))
    take(at, file)
    assert answers(at)[key.partition("|")[0]].values == kept


def test_times_matrices_groups_and_parts_have_rows_of_their_own(at: Workspace) -> None:
    file = out(at)

    def fill(sheet: Sheet) -> None:
        sheet.put("T-21|answer#from", ANSWER, "2/11/2026")
        sheet.put("T-21|answer#to", ANSWER, datetime(2026, 11, 4, 9, 30))  # noqa: DTZ001 — a sheet knows no zone
        sheet.put("T-22|answer#home", ANSWER, "Yes")
        sheet.put("T-22|answer#school", ANSWER, "No")
        sheet.put("T-24|answer", ANSWER, "Good")
        sheet.put("T-24|days", ANSWER, "5 days")

    edited(file, fill)

    def group(sheet: Sheet) -> None:
        sheet.put("T-23|answer|1", "Began", "1/11/2026")
        sheet.put("T-23|answer|1", "Hours", 4)
        sheet.put("T-23|answer|3", "Child seen", "No")

    edited(file, group, "C01 T-23")
    take(at, file)
    found = answers(at)
    assert found["T-21"].main["from"] == "2026-11-02"
    assert found["T-21"].main["to"].startswith("2026-11-04T09:30")
    assert found["T-22"].main == {"home": "yes", "school": "no"}
    assert found["T-23"].main == [{"began": "2026-11-01", "hours": 4}, {"seen": "no"}]
    assert found["T-24"].values == {"answer": "good", "days": 5}


def test_relation_facts_grade_reasons_and_texts_come_back(at: Workspace) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.put("|@relation|", ANSWER, Relation.SAME_TEAM.label)
        sheet.put("|#saw|", ANSWER, "Crime; Custody")
        sheet.put("|#files|", ANSWER, 3)
        sheet.put("|@grade|overall", ANSWER, "Good")
        sheet.put("|@grade|overall", COMMENT, "Sound, with gaps.")
        sheet.put("T-02|answer", ANSWER, "No")
        sheet.put("T-02|answer", COMMENT, "Nobody rang.")
        sheet.put("T-02|answer", EVIDENCE, "Log 12 of May")
        sheet.put("T-02|answer", CAUSE, Cause.SYSTEM.label)
        sheet.put("T-03|answer", ANSWER, "Not applicable")
        sheet.put("T-03|answer", REASON, "No school then.")

    take(at, edited(out(at), fill))
    ret = Workspace(at.root).ret(RETURN)
    assert ret.head.rater == RATER
    assert ret.declarations["start"].relation is Relation.SAME_TEAM
    assert dict(ret.facts) == {"saw": ["crime", "custody"], "files": 3}
    assert (ret.grades["overall"].grade, ret.grades["overall"].reasons) == (Grade.GOOD, "Sound, with gaps.")
    told = ret.answers["T-02"]
    assert (told.comment, told.evidence, told.cause) == ("Nobody rang.", "Log 12 of May", Cause.SYSTEM)
    assert (ret.answers["T-03"].missing, ret.answers["T-03"].reason) == (Missing.NOT_APPLICABLE, "No school then.")
    line = at.shelf(f"audits/CE-2026-01/returns/{RETURN}").journal.line_of(2)
    assert (line.by, line.why) == (BOSS, f"filled in by {RATER}, tool.xlsx")


def test_a_nil_return_is_a_return(at: Workspace) -> None:
    take(at, edited(out(at), lambda sheet: sheet.put("|@nil|", ANSWER, "Not known to this service")))
    ret = Workspace(at.root).ret(RETURN)
    assert ret.submission is not None
    assert (ret.submission.nil, ret.submission.nil_reason) == (True, "Not known to this service")


def test_an_agency_whose_record_differs_says_so_and_may_take_it_back(at: Workspace) -> None:
    key = "|@differs|age_band"

    def says(sheet: Sheet) -> None:
        sheet.put(key, ANSWER, "10 to 12")
        sheet.put(key, COMMENT, "As the school has it")

    file = out(at)
    assert "say what your record has" in refused(at, edited(file, lambda sheet: sheet.put(key, COMMENT, "No")))
    take(at, edited(file, says))
    (row,) = differences.differences(at, "CE-2026-01", by=BOSS)
    assert (row.field, row.says, row.note) == ("age_band", "10_to_12", "As the school has it")
    again = out(at, "again.xlsx")
    assert read_tool(again, at).filled == ()
    take(at, edited(again, lambda sheet: (sheet.put(key, ANSWER, None), sheet.put(key, COMMENT, None))))
    assert differences.differences(at, "CE-2026-01", by=BOSS) == []


# --- finished, and so sent in


def finish(sheet: Sheet, safe: str = "Yes") -> None:
    sheet.put("|@safe|", ANSWER, safe)
    sheet.put("|@sent|", ANSWER, FINISHED)


def answered(tmp_path: Path, *, agency_check: bool = False) -> Workspace:
    """Every question of the dip sample answered on the record, and not sent in."""
    return a_full_return(a_return(a_workspace(tmp_path / "w", agency_check=agency_check)))


def test_a_return_that_is_finished_is_sent_in_and_twice_is_once(tmp_path: Path) -> None:
    at = answered(tmp_path)

    def fill(sheet: Sheet) -> None:
        sheet.put("|@grade|overall", ANSWER, "Inadequate")
        finish(sheet)

    file = edited(out(at), fill)
    (one,) = read_tool(file, at).filled
    assert finishing.lacking(at, one) == []
    take(at, file)
    ret = Workspace(at.root).ret(RETURN)
    assert ret.submission is not None
    assert (ret.submission.safe, ret.submission.nil) == ("yes", False)
    assert ret.submission.indicative
    assert ret.declarations["submission-1"].relation is Relation.NONE
    assert ret.grades["overall"].departure == finishing.NOT_SHOWN
    assert take(at, file).filled == ()
    assert submission.receive(at, RETURN, by=BOSS, now=START).round == 1


def test_a_finished_return_that_lacks_something_is_taken_in_and_stays_with_its_agency(at: Workspace) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.put("T-01|answer", ANSWER, "Yes")
        finish(sheet)

    file = edited(out(at), fill)
    (one,) = read_tool(file, at).filled
    assert "Say how near you stand to this case." in finishing.lacking(at, one)
    take(at, file)
    assert answers(at)["T-01"].main == "yes"
    assert at.ret(RETURN).submission is None


def test_finishing_asks_again_whether_the_child_is_safe_and_who_checked(tmp_path: Path) -> None:
    at = answered(tmp_path, agency_check=True)
    file = edited(out(at), lambda sheet: sheet.put("|@sent|", ANSWER, "yes"))
    said = refused(at, file)
    assert "because of 2 faults" in said
    assert "whether the child is safe" in said
    assert "which lead of the agency has checked it" in said
    edited(file, lambda sheet: (finish(sheet), sheet.put("|@checked|", ANSWER, "head of safeguarding")))
    take(at, file)
    ret = Workspace(at.root).ret(RETURN)
    assert ret.submission is not None
    assert [check.note for check in ret.checks.values()] == ["As the workbook says: head of safeguarding"]
    other = answered(tmp_path / "other")
    edited(file, lambda sheet: sheet.put("|@sent|", ANSWER, "no"))
    assert "pick “Yes, send it in”" in refused(other, file)


def test_a_child_who_is_not_safe_is_sent_in_with_the_concern_that_was_written(tmp_path: Path) -> None:
    at = answered(tmp_path)

    def fill(sheet: Sheet) -> None:
        sheet.put("S0-1|answer", ANSWER, "No")
        finish(sheet, "No")

    file = edited(out(at), fill)
    (one,) = read_tool(file, at).filled
    assert any("safeguarding concern" in sentence for sentence in finishing.lacking(at, one))
    edited(file, lambda sheet: sheet.put(RETURN, "What worries you", "Seen with older men"), "Concern")
    take(at, file)
    ret = Workspace(at.root).ret(RETURN)
    assert [concern.question for concern in ret.concerns.values()] == ["S0-1"]
    assert ret.submission is not None
    assert ret.submission.safe == "no"


def test_a_concern_that_was_telephoned_answers_for_the_question_that_asks_for_one(tmp_path: Path) -> None:
    at = answered(tmp_path)
    concerns.raise_concern(at, RETURN, what="Seen with older men", by=RATER, now=START)

    def fill(sheet: Sheet) -> None:
        sheet.put("S0-1|answer", ANSWER, "No")
        finish(sheet, "No")

    file = edited(out(at), fill)
    take(at, edited(file, lambda sheet: sheet.put(RETURN, "What worries you", "seen with older men"), "Concern"))
    ret = Workspace(at.root).ret(RETURN)
    assert [concern.question for concern in ret.concerns.values()] == ["S0-1"]
    assert ret.submission is not None


def test_a_self_assessment_goes_out_with_last_times_answers(tmp_path: Path) -> None:
    at = two_rounds(tmp_path / "w")
    id = own_return(at, THIS, "police")
    file = tmp_path / "tool.xlsx"
    write_tool(at, THIS, "police", file, by=BOSS, now=START)
    book = load_workbook(file)
    sheet = Sheet(book[next(name for name in book.sheetnames if name.startswith("O"))])
    assert sheet.sheet.cell(sheet.row(f"{id}|KN-01|answer"), sheet.titles.index(ANSWER) + 1).value == "Not started"
    assert read_tool(file, at).filled == ()


# --- nothing is altered in silence


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:16]))
def test_what_goes_out_unchanged_changes_nothing(at: Workspace, text: str) -> None:
    a_return(at)
    given = Answer(id="T-02", values={"answer": "no"}, comment=text, evidence=text, cause=Cause.PARTNER)
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    before = answers(at)
    read = take(at, out(at))
    assert read.filled == ()
    assert answers(at) == before


@pytest.mark.parametrize("text", [text for text in HOSTILE if "\x1b" not in text and "\u202e" not in text],
                         ids=lambda text: repr(text[:16]))  # fmt: skip
def test_text_typed_in_a_cell_arrives_as_it_was_typed(at: Workspace, text: str) -> None:
    take(at, edited(out(at), lambda sheet: sheet.put("T-02|answer", COMMENT, text)))
    assert answers(at)["T-02"].comment.strip() == text.replace("\r\n", "\n").strip()


def test_a_cell_that_was_cleared_clears_what_stood_there(at: Workspace) -> None:
    a_return(at)
    given = Answer(id="T-02", values={"answer": "no"}, comment="old", evidence="log 4", cause=Cause.PARTNER)
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)

    def clear(sheet: Sheet) -> None:
        for title in (ANSWER, COMMENT, CAUSE):
            sheet.put("T-02|answer", title, None)

    take(at, edited(out(at), clear))
    left = answers(at)["T-02"]
    assert (left.values, left.comment, left.cause, left.evidence) == ({}, "", None, "log 4")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32),
    texts=st.lists(st.text(st.characters(exclude_categories=["C"]), max_size=80), max_size=5),
)
@example(seed=1, texts=["a", "=b", "c\nd", " e ", "-f"])
def test_sorting_copying_and_odd_edits_lose_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, texts: list[str]
) -> None:
    """As a person would: type here and there, sort the sheet, copy a row. What was typed arrives, the rest stays."""
    at = a_workspace(tmp_path_factory.mktemp("trip") / "w", every_type())
    file, rng = out(at), Random(seed)
    book = load_workbook(file)
    sheet = Sheet(book["C01"])
    typed = {}
    for text, number in zip(texts, rng.sample(range(1, 9), len(texts)), strict=True):
        id = f"T-{number:02}"
        cell = sheet.sheet.cell(sheet.row(f"{RETURN}|{id}|answer"), sheet.titles.index(COMMENT) + 1)
        cell.value, cell.data_type = text, "s"
        typed[id] = text
    rows = [[(cell.value, cell.data_type) for cell in row] for row in sheet.sheet.iter_rows(min_row=2)]
    rng.shuffle(rows)
    for number, row in enumerate(rows, start=2):
        for column, (value, kind) in enumerate(row, start=1):
            cell = sheet.sheet.cell(number, column)
            cell.value, cell.data_type = value, kind if value is not None else "n"
    book.save(file)
    take(at, file)
    found = answers(at) if at.has_return(RETURN) else {}
    comments = {id: answer.comment for id, answer in found.items() if answer.comment}
    assert comments == {id: text.strip("\n") for id, text in typed.items() if text.strip()}


# --- faults


def refused(at: Workspace, file: Path) -> str:
    before = {name: at.shelf(name).journal.seq for name in at.folder.list()}
    with pytest.raises(SheetError) as error:
        read_tool(file, at)
    assert {name: at.shelf(name).journal.seq for name in at.folder.list()} == before
    return str(error.value)


def test_every_wrong_cell_is_named_and_nothing_is_taken(at: Workspace) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.put("T-01|answer", ANSWER, "Yes")
        sheet.put("T-02|answer", ANSWER, "perhaps")
        sheet.put("T-09|answer", ANSWER, "three")
        sheet.put("T-11|answer", ANSWER, "31/02/2026")
        sheet.put("|@relation|", ANSWER, "a friend")
        sheet.put("|@grade|overall", ANSWER, "Splendid")
        sheet.put("T-03|answer", CAUSE, "bad luck")
        sheet.put("S-01|answer", ANSWER, "Not known or not recorded")

    said = refused(at, edited(out(at), fill))
    assert "because of 7 faults" in said
    for words in ("sheet C01, cell F", "perhaps", "three", "31/02/2026", "a friend", "Splendid", "bad luck", "S-01"):
        assert words in said


def test_a_row_that_was_added_or_copied_with_other_words_is_named(at: Workspace) -> None:
    file = out(at)
    book = load_workbook(file)
    sheet = Sheet(book["C01"])
    table = book["C01"].tables["tblC01"]
    last = book["C01"].max_row
    for column, cell in enumerate(list(sheet.sheet[sheet.row("T-02|answer")]), start=1):
        sheet.sheet.cell(last + 1, column).value = cell.value
    sheet.sheet.cell(last + 1, sheet.titles.index(COMMENT) + 1).value = "only in the copy"
    sheet.sheet.cell(last + 2, 4).value = "A question of my own"
    table.ref = f"A1:K{last + 2}"
    table.autoFilter.ref = table.ref
    book.save(file)
    said = refused(at, file)
    assert "stands in sheet C01, cell A" in said
    assert "this row was added" in said


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (lambda book: book.custom_doc_props.__delitem__("kind"), "is not an audit tool"),
        (lambda book: setattr(book.custom_doc_props["audit"], "value", "CE-2025-09"), "another workspace"),
        (lambda book: setattr(book.custom_doc_props["template"], "value", "0" * 64), "another edition"),
    ],
    ids=["no tool", "another audit", "another template"],
)
def test_a_workbook_that_is_not_ours_is_refused_by_name(at: Workspace, deed: Callable[..., None], says: str) -> None:
    file = out(at)
    book = load_workbook(file)
    deed(book)
    book.save(file)
    said = refused(at, file)
    assert says in said
    assert "tool.xlsx" in said


def test_a_formula_is_refused_and_never_read_as_a_cleared_cell(at: Workspace) -> None:
    file = out(at)
    book = load_workbook(file)
    sheet = Sheet(book["C01"])
    sheet.sheet.cell(sheet.row("T-02|answer"), sheet.titles.index(COMMENT) + 1).value = "=A1"
    book.save(file)
    assert "holds formulas" in refused(at, file)


def test_a_key_of_another_agencys_return_is_refused(at: Workspace) -> None:
    def forge(sheet: Sheet) -> None:
        row = sheet.row("T-02|answer")
        sheet.sheet.cell(row, 1).value = "CE-2026-01-C01-HEALTH|T-02|answer"

    assert "is no return of police" in refused(at, edited(out(at), forge))


def test_a_concern_in_it_is_raised_once(at: Workspace) -> None:
    file = out(at)

    def worry(sheet: Sheet) -> None:
        sheet.put(RETURN, "What worries you", "Seen with older men")
        sheet.put(RETURN, "Whom you told (role)", "duty manager")
        sheet.put(RETURN, "When", "23/11/2026 09:15")

    edited(file, worry, "Concern")
    (one,) = read_tool(file, at).filled
    assert "A CONCERN" in " ".join(summary(read_tool(file, at)))
    raised = taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY)
    assert [concern.what for concern in raised] == ["Seen with older men"]
    assert taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY) == []
    assert len(list(concerns.of_return(at, RETURN))) == 1


def test_a_concern_that_was_logged_by_telephone_is_not_doubled(at: Workspace) -> None:
    a_return(at)
    concerns.raise_concern(at, RETURN, what="Seen with  OLDER men", by=RATER, now=START)
    file = edited(out(at), lambda sheet: sheet.put(RETURN, "What worries you", "seen with older men"), "Concern")
    (one,) = read_tool(file, at).filled
    assert taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY) == []


def test_who_holds_the_case_is_refused_before_anything_is_written(at: Workspace) -> None:
    file = edited(out(at), lambda sheet: sheet.put("|@relation|", ANSWER, Relation.HOLDS.label))
    (one,) = read_tool(file, at).filled
    with pytest.raises(InputError, match="waiver"):
        taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY)
    assert not at.has_return(RETURN)
    audits.waive(at, RETURN, RATER, "The only trained auditor there is.", agreed_by="panel chair", by=BOSS, now=START)
    taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY)
    # The waiver once stood in the report only of returns that were declared on the screen.
    assert at.ret(RETURN).declarations["start"].waiver == "The only trained auditor there is. (agreed by panel chair)"


def test_only_a_co_ordinator_takes_in_and_only_for_its_rater(at: Workspace) -> None:
    file = edited(out(at), lambda sheet: sheet.put("T-01|answer", ANSWER, "Yes"))
    (one,) = read_tool(file, at).filled
    for by, rater in ((RATER, RATER), (BOSS, LEAD), (BOSS, BOSS)):
        with pytest.raises(NotAllowed):
            taking_in.take_in(at, one, rater, source="a", by=by, now=START, today=TODAY)
    assert not at.has_return(RETURN)


def test_what_is_excused_does_not_go_out(at: Workspace) -> None:
    promises.excuse(at, RETURN, "The child was never here.", "chair of the panel", by=BOSS, now=START)
    with pytest.raises(NotReady, match="owes no return"):
        out(at)


def test_what_was_sent_in_takes_nothing_more_and_goes_out_no_more(tmp_path: Path) -> None:
    at = a_full_return(a_return(a_workspace(tmp_path / "w")))
    file = edited(out(at), lambda sheet: sheet.put("PL-01|answer", COMMENT, "Later thought"))
    (one,) = read_tool(file, at).filled
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)
    with pytest.raises(NotAllowed, match="sent in"):
        taking_in.take_in(at, one, RATER, source="a", by=BOSS, now=START, today=TODAY)
    with pytest.raises(NotReady, match="owes no return"):
        out(at, "again.xlsx")


def test_the_tool_says_whom_to_telephone_before_anything_else(at: Workspace) -> None:
    book = load_workbook(out(at))
    assert book.sheetnames[:3] == ["Read first", "Concern", "C01"]
    text = " ".join(str(cell.value) for row in book["Read first"].iter_rows() for cell in row if cell.value)
    assert "Telephone now Duty team, 01632 960000" in text
    assert text.index("Telephone now") < text.index("What this audit asks") < text.index("How to fill it in")
    sheet = book["C01"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert [cell.protection.locked for cell in sheet[3]] == [
        True, True, True, True, True, False, True, True, True, True, True,
    ]  # fmt: skip
    asked = Sheet(sheet).row("S-01|answer")
    assert [cell.protection.locked for cell in sheet[asked]][5:] == [False, True, False, False, False, False]
    picks = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"}
    assert len(picks) > 10


def test_a_concern_is_shown_even_where_the_rest_is_refused(at: Workspace) -> None:
    file = edited(out(at), lambda sheet: sheet.put(RETURN, "What worries you", "Seen with older men"), "Concern")
    edited(file, lambda sheet: sheet.put("T-02|answer", ANSWER, "perhaps"))
    assert "perhaps" in refused(at, file)
    assert written_concerns(file, at) == [(RETURN, "Seen with older men")]
    assert written_concerns(at.root / "none.xlsx", at) == []


def test_a_concern_that_was_telephoned_is_one_with_what_is_written_of_it(at: Workspace) -> None:
    logged = concerns.phoned(at, RETURN, what="Seen with older men", caller="practice nurse", by=BOSS, now=START,
                             today=TODAY)  # fmt: skip
    assert logged.how == "telephone, from the practice nurse"
    file = edited(out(at), lambda sheet: sheet.put(RETURN, "What worries you", "In a car with two adults"), "Concern")
    (one,) = read_tool(file, at).filled
    with pytest.raises(InputError, match="no concern X-K9"):
        taking_in.take_in(at, one, RATER, source="a.xlsx", same_as="X-K9", by=BOSS, now=START, today=TODAY)
    for _ in range(2):
        same = taking_in.take_in(at, one, RATER, source="a.xlsx", same_as=logged.id, by=BOSS, now=START, today=TODAY)
        assert same == []
    (raised,) = concerns.of_return(at, RETURN)
    assert raised.concern.what == "Seen with older men\n\nAs written in a.xlsx: In a car with two adults"


@pytest.mark.parametrize(("what", "caller"), [(" ", "nurse"), ("Not safe", "")])
def test_a_call_is_logged_with_what_and_who(at: Workspace, what: str, caller: str) -> None:
    with pytest.raises(InputError):
        concerns.phoned(at, RETURN, what=what, caller=caller, by=BOSS, now=START, today=TODAY)
    with pytest.raises(NotAllowed):
        concerns.phoned(at, RETURN, what="x", caller="nurse", by=RATER, now=START, today=TODAY)
    assert not at.has_return(RETURN)


def test_words_beside_nothing_that_is_asked_are_named_and_never_lost(at: Workspace) -> None:
    def fill(sheet: Sheet) -> None:
        sheet.put("|#files|", COMMENT, "Two of them thin")
        sheet.put("|@relation|", EVIDENCE, "Log 4")

    said = refused(at, edited(out(at), fill))
    assert said.count("it would be lost") == 2
