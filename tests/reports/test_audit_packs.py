"""The packs of one audit, one agency and one auditor; drafts, comments and the final; an edited report compared."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from shutil import copytree

import docx
import openpyxl
import pytest
from builders_packs import CALENDAR
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace

from qa_toolkit.domain.accuracy import Answer, ReportVersion, next_version
from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError, NotAllowed, NotFound, NotReady
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Sitter
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.comparing import Differs, compare
from qa_toolkit.reports.delivering import deliver, paper_for
from qa_toolkit.reports.figures.collecting import numbers
from qa_toolkit.reports.figures.whole import Moments
from qa_toolkit.reports.layout.document import Document, Table, texts
from qa_toolkit.reports.layout.spreadsheet import Spreadsheet
from qa_toolkit.reports.making import KINDS, Request, make
from qa_toolkit.reports.packs.briefing import MARKING
from qa_toolkit.reports.sending import Paper, send
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import accuracy, findings, moderation, setup, submission
from qa_toolkit.workflow.plans import actions, moving, plans

AUDIT = "CE-2026-01"
CHILD = f"{AUDIT}-C01"
CHAIR = "t.chair@business-unit"
LATER = START + timedelta(days=20)
BEFORE = START - timedelta(days=1)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One child audited, its grade agreed, a strength and a finding to improve, and an action that answers it."""
    at = a_full_return(a_return(a_workspace(tmp_path_factory.mktemp("audit") / "w")), send=True)
    submission.receive(at, RETURN, by=BOSS, now=START)
    setup.add_person(at, CHAIR, "T. Chair", (Role.CHAIR,), by=BOSS, now=START)
    moderation.convene(at, AUDIT, TODAY, chair=CHAIR, present=[Sitter(who=LEAD)], by=BOSS, now=START)
    moderation.agree(at, CHILD, Grade.REQUIRES_IMPROVEMENT, "The plan was late for the risk.", by=CHAIR, now=START)
    for kind, text in ((FindingKind.STRENGTH, "The child was asked, and heard."),
                       (FindingKind.DEVELOP, "Plans come late for the risk.")):  # fmt: skip
        findings.raise_finding(at, AUDIT, kind, text, answers=[AnswerRef(return_id=RETURN, question="PL-01")], by=BOSS,
                               now=START, today=TODAY)  # fmt: skip
    plan = plans.open_plan(at, "Plan of the audit", Source.AUDIT, audit=AUDIT, by=BOSS, now=START, today=TODAY)
    made = actions.propose(
        at, plan.id, "Bring plans forward to the first strategy discussion", due=TODAY, agency="police",
        owner_role="Head", finding="F-2026-002", by=BOSS, now=START, today=TODAY,
    )  # fmt: skip
    moving.move(at, Deed.AGREE, [made.id], by=BOSS, now=START, today=TODAY)
    at.close()
    return at.root


@pytest.fixture
def at(audited: Path, tmp_path: Path) -> Workspace:
    """A copy of it for each test."""
    return Workspace(copytree(audited, tmp_path / "w"))


def made(at: Workspace, word: str, **words: str) -> Paper:
    return make(at, word, Request(Moments(BEFORE, LATER), CALENDAR, LATER, words=words))


def words_of(paper: Paper) -> str:
    assert isinstance(paper.body, Document)
    return "\n".join(texts(paper.body))


def test_an_audits_report_says_what_was_found_strengths_first_and_what_is_done(at: Workspace) -> None:
    said = words_of(made(at, "audit", audit=AUDIT))
    assert said.index("The child was asked, and heard.") < said.index("Plans come late for the risk.")
    assert "Seen in 1 of 1 children, 1 of 1 returns." in said
    assert "Bring plans forward to the first strategy discussion" in said
    assert "Draft 0.1 for the accuracy check" in said
    assert CHILD not in said
    assert RATER not in said


def test_every_answer_is_counted_once_under_its_source_and_edition(at: Workspace, tmp_path: Path) -> None:
    paper = made(at, "compliance", audit=AUDIT)
    assert isinstance(paper.body, Spreadsheet)
    send(at, paper, tmp_path / "c.xlsx", by=BOSS, now=LATER, today=TODAY)
    told = numbers(paper.figures)
    kinds = ("met", "partly", "not_met", "not_known", "not_seen", "not_applicable", "words", "open")
    counts = 0
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    for name, first, who in (("By source", 4, "source"), ("Questions", 6, "all"), ("By agency", 6, "police")):
        head, *rows = book[name].iter_rows(values_only=True)
        assert head[first : first + 3] == ("Met", "Partly met", "Not met")
        assert rows
        for row in rows:
            assert (row[0], row[1]) == ("Working Together to Safeguard Children", "2023")
            assert f".{who}" in row[-1]
            shown = row[first : first + 8]
            assert list(shown) == [told[f"{row[-1]}.{kind}"].value for kind in kinds]
            assert sum(shown) == row[-2]
            counts += sum(shown) if who != "source" else -sum(shown)
    # What the sources come to is what their questions come to, once in all and once by agency.
    assert counts == sum(row[3] for row in list(book["By source"].iter_rows(values_only=True))[1:])
    meanings = {row[2]: row[1] for row in list(book["Definitions"].iter_rows(values_only=True))[1:]}
    assert meanings == {kind: told[f"answers.{AUDIT}.PL-01.all.{kind}"].definition for kind in kinds}
    found = {key.split(".")[2]: key.split(".")[4] for key, n in told.items()
             if key.startswith("answers") and ".police." in key and n.value}  # fmt: skip
    # Partly; good; no; and four days where the standard is kept or not by the working calendar.
    assert (found["PL-01"], found["PL-03"], found["PL-04"], found["VC-01"]) == ("partly", "met", "not_met", "met")


def test_the_briefing_is_one_page_for_anybody_and_tells_of_no_case(at: Workspace) -> None:
    paper = made(at, "briefing", audit=AUDIT)
    said = words_of(paper)
    assert paper.audience is Audience.PUBLIC
    assert isinstance(paper.body, Document)
    assert paper.body.marking == MARKING
    assert said.index("The child was asked, and heard.") < said.index("Plans come late for the risk.")
    for secret in (CHILD, "1 of 1", "Requires improvement", "F-2026", "A-2026"):
        assert secret not in said


def test_an_agency_sees_its_own_beside_all(at: Workspace) -> None:
    said = words_of(made(at, "agency", agency="police"))
    assert "It has 1 open action, of the partnership’s 1; 1 is red" in said
    assert "Panel lower\n1 of 1\n1 of 1" in said
    with pytest.raises(InputError, match="There is no agency fire"):
        made(at, "agency", agency="fire")


def test_the_inspection_pack_names_children_by_pseudonym_and_what_is_missing(at: Workspace) -> None:
    paper = made(at, "inspection", theme="")
    assert paper.audience is Audience.CASE
    said = words_of(paper)
    short = CHILD.removeprefix(f"{AUDIT}-")
    assert f"Agency\n{short}\nAgreed by the panel\nRI\nPolice\nG" in said
    assert f"1 of 1 returns\n{AUDIT}: {short}" in said
    assert "RI requires improvement" in said
    assert "No success measure: 1 of the open actions." in said
    assert "Plans come late" not in words_of(made(at, "inspection", theme="No such theme"))


def test_an_auditor_is_told_what_came_of_their_own_cases_alone(at: Workspace) -> None:
    said = words_of(made(at, "auditor", person=RATER))
    assert f"{CHILD}\nGood\nRequires improvement" in said
    assert "Bring plans forward to the first strategy discussion (Police, agreed" in said
    with pytest.raises(InputError, match="scored no case"):
        made(at, "auditor", person=BOSS)


def test_what_a_pack_needs_is_asked_for(at: Workspace) -> None:
    for word, kind in KINDS.items():
        for need in kind.needs:
            with pytest.raises(InputError, match=f"needs --{need}"):
                made(at, word)
    with pytest.raises(InputError, match="There is no pack"):
        made(at, "minutes")


def draft(at: Workspace, *, final: bool = False) -> ReportVersion:
    version = accuracy.coming(at, AUDIT, final=final)
    return accuracy.record_version(at, AUDIT, version, "code", final=final, by=BOSS, now=LATER, today=TODAY)


def commented(at: Workspace, by: str = BOSS, agency: str = "police") -> str:
    return accuracy.comment(at, AUDIT, agency, "What is strong", "Two of the three were ours.",
                            by_whom="Detective inspector", by=by, now=LATER, today=TODAY).id  # fmt: skip


def test_a_report_is_final_only_when_every_comment_is_answered(at: Workspace) -> None:
    with pytest.raises(InputError, match="Write a draft first"):
        draft(at, final=True)
    with pytest.raises(InputError, match="no draft"):
        commented(at)
    assert draft(at).version == "0.1"
    first, second = commented(at), commented(at, LEAD)
    assert draft(at).version == "0.2"
    with pytest.raises(NotReady) as waiting:
        draft(at, final=True)
    assert [one.partition(",")[0] for one in waiting.value.missing] == [first, second]
    assert (first, second) == (f"{AUDIT}/K01", f"{AUDIT}/K02")
    with pytest.raises(InputError, match="what was changed"):
        accuracy.answer(at, first, Answer.DECLINED, "no", by=BOSS, now=LATER)
    accuracy.answer(at, first, Answer.ACCEPTED, "The number was put right.", by=BOSS, now=LATER)
    accuracy.answer(at, second.lower(), Answer.DECLINED, "The logs show it otherwise.", by=BOSS, now=LATER)
    said = words_of(made(at, "audit", audit=AUDIT, final="yes"))
    assert "Two of the three were ours.\nDeclined\nThe logs show it otherwise." in said
    assert "Draft" not in said
    assert draft(at, final=True).version == "1.0"
    assert draft(at).version == "1.1"


def test_one_version_can_be_had_in_several_formats(at: Workspace, tmp_path: Path) -> None:
    def written(name: str, *, final: bool = False, later: int = 0) -> str:
        now = LATER + timedelta(minutes=later)
        asked = {"audit": AUDIT, "final": "yes" if final else ""}
        paper = paper_for(at, "audit", asked, calendar=CALENDAR, now=now, today=TODAY)
        deliver(at, paper, tmp_path / name, by=BOSS, now=now, today=TODAY)
        return f"{paper.asked['version']} {paper.figures.head}"

    first = written("a.docx")
    assert first.startswith("0.1 ")
    assert written("a.html", later=1) == first
    key = commented(at)
    assert written("b.txt", later=2).startswith("0.2 ")
    accuracy.answer(at, key, Answer.ACCEPTED, "The number was put right.", by=BOSS, now=LATER + timedelta(minutes=3))
    final = written("c.docx", final=True, later=4)
    assert final.startswith("1.0 ")
    # What is recorded after it is in no file of the final version.
    setup.add_agency(at, "gp", "GPs", "health", by=BOSS, now=LATER + timedelta(minutes=5))
    assert written("c.html", final=True, later=6) == final
    assert [one.version for one in accuracy.versions(at, AUDIT)] == ["0.1", "0.2", "1.0"]
    assert written("d.txt", later=7).startswith("1.1 ")


@pytest.mark.parametrize(("by", "agency", "refused"), [(RATER, "police", NotAllowed), (BOSS, "health", InputError)])
def test_only_who_took_part_comments(at: Workspace, by: str, agency: str, refused: type[Exception]) -> None:
    draft(at)
    with pytest.raises(refused):
        commented(at, by, agency)
    with pytest.raises(NotFound):
        accuracy.answer(at, f"{AUDIT}/K09", Answer.ACCEPTED, "A reason that is long", by=BOSS, now=LATER)


def test_versions_count_on_from_the_last_final() -> None:
    made = [ReportVersion(id=str(n), audit=AUDIT, version="", final=final, on=TODAY, by=BOSS, figures="")
            for n, final in enumerate((False, False, True, False))]  # fmt: skip
    assert [next_version(made[:n], final=False) for n in range(5)] == ["0.1", "0.2", "0.3", "1.1", "1.2"]
    assert [next_version(made[:n], final=True) for n in (2, 4)] == ["1.0", "2.0"]


def test_an_edited_report_is_held_against_its_figures(at: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    paper = made(at, "main-board")
    send(at, paper, out, by=BOSS, now=LATER, today=TODAY)

    def differing() -> list[Differs]:
        return compare(at, out, calendar=CALENDAR, now=LATER + timedelta(days=9))

    assert differing() == []
    word = docx.Document(str(out))
    for paragraph in word.paragraphs:
        if "1 action is open" in paragraph.text:
            paragraph.text = paragraph.text.replace("1 action is open", "7 actions are open")
        elif paragraph.text.startswith("Agencies were asked"):
            paragraph.text = "Agencies were asked for 1 return: 5 came in time, 0 late; none are nil or missing."
    word.add_paragraph("Since 23 Nov 2026 we trained 4471 people under A-2026-001.")
    word.save(str(out))
    found = differing()
    assert [one.now for one in found] == ["7", "5", "4471"]
    assert [one.drafted for one in found][::2] == ["1", ""]
    assert not [one for one in found if one.now in ("23", "2026", "001")]
    assert all(one.words for one in found)


def test_a_changed_cell_is_named_by_its_row_and_column(at: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    paper = made(at, "audit", audit=AUDIT)
    send(at, paper, out, by=BOSS, now=LATER, today=TODAY)
    word = docx.Document(str(out))
    grid = next(t for t in word.tables if t.rows[0].cells[0].text == "Agreed grade")
    grid.rows[3].cells[1].text = "9"
    word.save(str(tmp_path / "renamed by its author.docx"))
    (one,) = compare(at, tmp_path / "renamed by its author.docx", calendar=CALENDAR, now=LATER + timedelta(days=9))
    assert (one.drafted, one.now) == ("1", "9")
    assert one.place == "Agreed grades, in children, Requires improvement, Children"
    assert isinstance(paper.body, Document)
    assert any(isinstance(part, Table) for part in paper.body.parts)


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)], ids=["empty", "text", "empty zip"])
def test_what_is_no_word_document_is_refused(at: Workspace, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.docx").write_bytes(data)
    with pytest.raises(InputError, match="no Word document"):
        compare(at, tmp_path / "x.docx", calendar=CALENDAR, now=LATER)
