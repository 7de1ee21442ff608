"""What the packs say is what the figures say, to the last number; and no class of reader is told of a higher one."""

from __future__ import annotations

import re
import zipfile
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from typing import Any

import docx
import openpyxl
import pytest
from builders_packs import CALENDAR, NOW, TODAY, a_history
from builders_plans import CO, MEMBER, days, moment

from qa_toolkit.domain.audience import Audience, narrow
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.identifiers import Kind
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.release import check_pattern, code, hits, like
from qa_toolkit.reports.checking import check
from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.figures.whole import Moments
from qa_toolkit.reports.layout.document import Document, Table, texts
from qa_toolkit.reports.layout.html import html
from qa_toolkit.reports.layout.pdf import pdf
from qa_toolkit.reports.layout.spreadsheet import Spreadsheet, places
from qa_toolkit.reports.making import KINDS, Request, make
from qa_toolkit.reports.packs.business_group import figure
from qa_toolkit.reports.packs.wording import Draft
from qa_toolkit.reports.sending import Paper, looked_through, send
from qa_toolkit.reports.views.board import ForBoard
from qa_toolkit.reports.views.business import ForBusiness
from qa_toolkit.reports.views.numbers import Number
from qa_toolkit.reports.views.qa_group import ForQAGroup
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import releasing, setup
from qa_toolkit.workflow.plans import actions, plans, progress

SECRET = "The family said that it helped, and Sam is calmer"
GROUPS = ("qa-group", "business-group", "main-board", "inspection")
HOSTILE = '=HYPERLINK("http://x") <script>alert(1)</script> #panic("x") {{ 7*7 }} {% x %} \x1b[31m\u202e $x$ & "q"'
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def made(workspace: Workspace, word: str, since: int = -200) -> Paper:
    return make(workspace, word, Request(Moments(moment(since), LATER), CALENDAR, LATER))


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history and a strategy, made once."""
    at = a_history(tmp_path_factory.mktemp("packs") / "w", 8, count=12, deeds=60)
    strategy = plans.open_plan(at, "Strategy", Source.STRATEGY, by=CO, now=NOW, today=TODAY)
    one = plans.commit(at, strategy.id, "Prevention", "Every school knows whom to call.", by=CO, now=NOW, today=TODAY)
    plans.state(at, one.id, "Forty of 52 schools were reached.", difference="Calls come earlier.", by=CO, now=NOW,
                today=TODAY)  # fmt: skip
    at.close()
    return at.root


@pytest.fixture
def workspace(history: Path, tmp_path: Path) -> Workspace:
    """A copy of it for each test."""
    return Workspace(copytree(history, tmp_path / "w"))


def first_open(workspace: Workspace) -> str:
    found = made(workspace, "qa-group").figures
    # Past its day, so that an update does not make it green.
    return next(one.id for one in found.actions if one.open and one.days_overdue)


def words_of(paper: Paper) -> str:
    body = paper.body
    return "\n".join(texts(body) if isinstance(body, Document) else (text for _, text in places(body)))


def written(workspace: Workspace, paper: Paper, out: Path) -> Path:
    send(workspace, paper, out, by=CO, now=LATER, today=TODAY)
    return out


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    (table,) = sheet.tables.values()
    head, *rows = ([cell.value for cell in row] for row in sheet[table.ref])
    return [dict(zip(head, row, strict=True)) for row in rows if any(cell is not None for cell in row)]


def evaluated(formula: str, tables: dict[str, list[dict[str, Any]]]) -> int:
    """What a formula of these workbooks gives: one SUMIFS or COUNTIFS over a table."""
    name, table, rest = re.fullmatch(r"=(SUMIFS|COUNTIFS)\((\w+)(.*)\)", formula).groups()  # type: ignore[union-attr]
    tests = re.findall(r'\[([^\]]+)\],"=?([^"]*)"', rest if name == "COUNTIFS" else rest.replace("[Count],", ""))
    found = [row for row in tables[table] if all(str(row[column]) == value for column, value in tests)]
    return sum(row["Count"] for row in found) if name == "SUMIFS" else len(found)


def test_every_number_of_the_workbook_is_a_figure_and_every_formula_gives_it(
    workspace: Workspace, tmp_path: Path
) -> None:
    paper = made(workspace, "business-group")
    book = openpyxl.load_workbook(written(workspace, paper, tmp_path / "out.xlsx"))
    told = numbers(narrow(paper.figures, ForBusiness))
    tables = {next(iter(s.tables)): rows_of(s) for s in book if s.tables}
    assert {row["Key"]: (row["Count"], row["Of"]) for row in tables["tblFigures"]} == {
        key: (number.value, number.of) for key, number in told.items()
    }
    values = openpyxl.load_workbook(tmp_path / "out.xlsx", data_only=True)["Summary"]
    formulas = 0
    for row in book["Summary"].iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and re.match(r"=(SUM|COUNT)IFS", cell.value):
                assert evaluated(cell.value, tables) == values[cell.coordinate].value, cell.coordinate
                formulas += 1
    assert formulas > 25
    assert len(tables["tblActions"]) == told["actions.flow.end"].value
    assert len(tables["tblOverdue"]) == told["actions.open.overdue"].value
    assert len(tables["tblDates"]) == told["actions.moved_dates"].value
    for name, breakdown in (("tblAgency", paper.figures.by_agency), ("tblSource", paper.figures.by_source)):
        assert [tuple(row.values()) for row in tables[name]] == [
            (line.name, *(n.value for n in line.numbers)) for line in breakdown.lines
        ]
    assert figure(paper.figures.flow[0]) in [cell.value for cell in book["Summary"]["B"]]


@pytest.mark.parametrize("word", ["qa-group", "main-board"])
def test_every_drafted_sentence_says_its_figures_and_stands_in_the_paper(
    workspace: Workspace, tmp_path: Path, word: str
) -> None:
    paper = made(workspace, word)
    out = docx.Document(str(written(workspace, paper, tmp_path / "out.docx")))
    said = [p.text for p in out.paragraphs]
    told = numbers(paper.figures)
    assert len(paper.sentences) > 4
    for sentence in paper.sentences:
        assert any(sentence.text in text for text in said)
        in_words = [int(number) for number in re.findall(r"\d+", sentence.text)]
        assert in_words == [told[key].value for key in sentence.keys]
    assert isinstance(paper.body, Document)
    shown = [[[cell.text for cell in row.cells] for row in table.rows] for table in out.tables]
    assert shown == [[list(part.header), *map(list, part.rows)] for part in paper.body.parts if isinstance(part, Table)]


def test_all_packs_of_one_moment_say_the_same(workspace: Workspace) -> None:
    found = {word: numbers(made(workspace, word).figures) for word in GROUPS}
    first = found["qa-group"]
    assert all(one == first for one in found.values())
    board, business = (numbers(narrow(made(workspace, "qa-group").figures, kind)) for kind in (ForBoard, ForBusiness))
    assert board.items() <= business.items() <= first.items()


def test_what_owners_type_reaches_the_qa_group_and_nobody_below(workspace: Workspace) -> None:
    id = first_open(workspace)
    progress.update(workspace, [id], SECRET, by=CO, now=NOW, today=TODAY)
    assert SECRET in words_of(made(workspace, "qa-group"))
    assert SECRET not in words_of(made(workspace, "business-group"))
    assert SECRET not in words_of(made(workspace, "main-board"))


def test_a_sensitive_action_is_counted_and_its_words_are_not_shown(workspace: Workspace) -> None:
    id, before = first_open(workspace), made(workspace, "business-group").figures.flow[-1].value
    text = workspace.actions_shelf.all(Action)[id].text
    actions.correct(workspace, id, {"sensitive": True, "text": f"{text} 4471"}, why="It names a place of harm.", by=CO,
                    now=NOW, today=TODAY)  # fmt: skip
    for word in GROUPS:
        paper = made(workspace, word)
        assert "4471" not in words_of(paper)
        assert paper.figures.flow[-1].value == before


@pytest.fixture
def typed(workspace: Workspace) -> Workspace:
    """An update with what an owner should not have typed, and an agency's contact."""
    setup.add_agency(workspace, "gp", "GPs", "health", contact="duty@gp.example", by=CO, now=NOW)
    said = "Ring 07700 900123 about CE-2026-01-C07, or write to duty@gp.example"
    progress.update(workspace, [first_open(workspace)], said, by=CO, now=NOW, today=TODAY)
    return workspace


def test_an_identifier_stops_a_pack_until_somebody_decides_by_name(typed: Workspace, tmp_path: Path) -> None:
    paper, out = made(typed, "qa-group"), tmp_path / "out.docx"
    with pytest.raises(NotReady) as refused:
        send(typed, paper, out, by=CO, now=LATER, today=TODAY)
    assert not out.exists()
    assert not (typed.root / "exports").exists()
    phone, case = (one.partition("[")[2].rstrip("]") for one in refused.value.missing)
    assert [one.partition(":")[0] for one in (phone, case)] == ["phone", "case"]
    assert all("Red" in one or "Amber" in one for one in refused.value.missing)
    releasing.change(typed, phone, "the duty desk", Audience.QA_GROUP, "The number is not needed.", by=CO, now=LATER,
                     today=TODAY)  # fmt: skip
    releasing.release(typed, case, Audience.QA_GROUP, "The group knows the case.", by=CO, now=LATER, today=TODAY)
    sent = send(typed, paper, out, by=CO, now=LATER, today=TODAY)
    shown = "\n".join(cell.text for table in docx.Document(str(out)).tables for cell in table._cells)
    assert "Ring the duty desk about CE-2026-01-C07, or write to duty@gp.example" in shown
    assert {one.handling.by for one in sent.handled if one.handling} == {CO}
    # The next pack remembers, and a class that sees less is asked again.
    assert all(one.handling for one in looked_through(typed, made(typed, "qa-group"), today=TODAY))
    assert not [one for one in hits("CE-2026-01-C07", Audience.PANEL, TODAY) if one.kind is Kind.CASE]


def test_what_was_decided_for_one_class_holds_for_those_who_see_more_only(typed: Workspace) -> None:
    for audience, decided in ((Audience.MAIN_BOARD, True), (Audience.CASE, False)):
        phone = next(one for one in looked_through(typed, made(typed, "qa-group"), today=TODAY))
        releasing.release(typed, phone.code, audience, "It is a helpline that all may know.", by=CO, now=LATER,
                          today=TODAY)  # fmt: skip
        again = next(one for one in looked_through(typed, made(typed, "qa-group"), today=TODAY))
        assert bool(again.handling) is decided


def test_a_pattern_lets_the_same_kind_through_in_bulk_and_must_say_enough() -> None:
    assert like("a.b@northshire.gov.uk", "*@northshire.gov.uk")
    assert like("023 8000 0000", "0238000*")
    assert not like("a.b@other.example", "*@northshire.gov.uk")
    for vague in ("*", "*@*", "a*", "???@", "[a-z]*abcd"):
        with pytest.raises(InputError, match="says too little"):
            check_pattern(Kind.EMAIL, vague)
    (one,), (other,) = (hits(text, Audience.PUBLIC, TODAY) for text in ("07700 900123", "(07700)900 123"))
    assert code(one) == code(other)
    assert "07700" not in code(one)


def test_only_a_coordinator_or_a_chair_releases_and_says_why(typed: Workspace, tmp_path: Path) -> None:
    paper = made(typed, "main-board")
    with pytest.raises(NotAllowed, match="a co-ordinator or a chair"):
        send(typed, paper, tmp_path / "x.html", by=MEMBER, now=LATER, today=TODAY)
    id = looked_through(typed, made(typed, "qa-group"), today=TODAY)[0].code
    for reason, to in (("short", "the desk"), ("A reason that is long enough", "ring 07700 900999")):
        with pytest.raises(InputError):
            releasing.change(typed, id, to, Audience.QA_GROUP, reason, by=CO, now=LATER, today=TODAY)
    with pytest.raises(InputError, match="is no code"):
        releasing.release(typed, "phone", Audience.QA_GROUP, "A reason that is long", by=CO, now=LATER, today=TODAY)


def test_a_pack_can_be_checked_again_later(workspace: Workspace, tmp_path: Path) -> None:
    out = written(workspace, made(workspace, "main-board"), tmp_path / "board.html")
    progress.update(workspace, [first_open(workspace)], "More was done since.", by=CO, now=LATER + HOUR, today=TODAY)
    later = LATER + timedelta(days=3)
    found = check(Workspace(workspace.root), out, calendar=CALENDAR, now=later, today=days(3))
    assert all(one.ok for one in found), found
    assert "released it on" in found[0].sentence
    out.write_text(out.read_text().replace("open", "shut"))
    changed = check(workspace, out, calendar=CALENDAR, now=later, today=days(3))
    assert [one.ok for one in changed] == [False, True, True, True]
    (tmp_path / "other.html").write_text("x")
    with pytest.raises(InputError, match="no note"):
        check(workspace, tmp_path / "other.html", calendar=CALENDAR, now=later, today=days(3))


def test_packs_do_not_read_the_record_and_take_their_own_view() -> None:
    import ast

    import qa_toolkit.reports.packs as packs

    for file in Path(packs.__file__).parent.glob("*.py"):
        named = [n.module or "" for n in ast.walk(ast.parse(file.read_text())) if isinstance(n, ast.ImportFrom)]
        assert not [name for name in named if name.startswith(("qa_toolkit.store", "qa_toolkit.workflow"))], file.name
    views = {"qa-group": ForQAGroup, "business-group": ForBusiness, "main-board": ForBoard}
    assert all(KINDS[word].audience is view.made_for for word, view in views.items())


def test_a_paper_is_no_workbook_and_the_other_way(workspace: Workspace, tmp_path: Path) -> None:
    for word, name in (("business-group", "x.docx"), ("main-board", "x.xlsx"), ("main-board", "x")):
        with pytest.raises(InputError):
            send(workspace, made(workspace, word), tmp_path / name, by=CO, now=LATER, today=TODAY)
    assert isinstance(made(workspace, "business-group").body, Spreadsheet)
    assert not list(tmp_path.glob("x*"))


@pytest.mark.parametrize("word", ["qa-group", "main-board", "inspection"])
def test_every_paper_can_be_heard_from_top_to_bottom(workspace: Workspace, word: str) -> None:
    body = made(workspace, word).body
    assert isinstance(body, Document)
    page = html(body)
    heading_levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert heading_levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(heading_levels))
    tables = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert tables
    for table in tables:
        assert '<caption class="heard">' in table
        assert '<th scope="col"' in table
    assert page.count("<svg") == len(re.findall(r'<svg [^>]*role="img" aria-label="[^"]+"', page))
    assert all(part.caption for part in body.parts if isinstance(part, Table))
    assert pdf(body, LATER).startswith(b"%PDF-")


def test_every_sheet_says_what_it_holds(workspace: Workspace, tmp_path: Path) -> None:
    out = written(workspace, made(workspace, "business-group"), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(out)
    assert book.properties.title == "Business Group: action plans"
    assert book.properties.category == "OFFICIAL-SENSITIVE"
    for sheet in book:
        for table in sheet.tables.values():
            assert table.headerRowCount != 0
            assert all(column.name for column in table.tableColumns)
    with zipfile.ZipFile(out) as parts:
        tables = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/tables/")]
        drawings = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/drawings/drawing")]
    assert all(" altTextSummary=" in table or "altText" in table for table in tables)
    assert drawings
    assert all(re.findall(r'descr="[^"]{20,}"', drawing) for drawing in drawings)


def test_a_count_takes_the_words_that_go_with_it() -> None:
    one, two = (Number(key=str(n), label="x", value=n, unit="actions") for n in (1, 2))
    draft = Draft()
    assert draft.say("{} [action is|actions are] open, {} [is|are] red.", one, two) == "1 action is open, 2 are red."
    assert draft.said[0].keys == ("1", "2")
    with pytest.raises(ValueError, match="without a place"):
        draft.say("{} open.", one, two)


def test_what_people_typed_runs_in_no_pack_of_any_format(workspace: Workspace, tmp_path: Path) -> None:
    id = first_open(workspace)
    typed_over = {"text": HOSTILE, "measure": HOSTILE, "outcome": HOSTILE}
    actions.correct(workspace, id, typed_over, why="To try what it does.", by=CO, now=NOW, today=TODAY)
    progress.update(workspace, [id], HOSTILE, by=CO, now=NOW, today=TODAY)
    for word in ("qa-group", "main-board", "inspection"):
        for ending in (".docx", ".html", ".pdf", ".txt"):
            out = written(workspace, made(workspace, word), tmp_path / f"{word}{ending}")
            if ending == ".html":
                assert "<script" not in out.read_text()
            if ending in (".html", ".txt"):
                assert "\x1b" not in out.read_text()
            if ending == ".docx" and word == "qa-group":
                assert "{{ 7*7 }}" in "".join(c.text for t in docx.Document(str(out)).tables for c in t._cells)
    out = written(workspace, made(workspace, "business-group"), tmp_path / "out.xlsx")
    book = openpyxl.load_workbook(out)
    typed = [cell for row in book["Open actions"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    assert typed
    assert all(cell.data_type == "s" and cell.hyperlink is None for cell in typed)
