"""The panel's papers and minutes: strengths first, what was agreed with its reason, and nothing that is sensitive."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from builders_panel import AUDIT, CHAIR, CHILD, HEALTH, MEMBER, OTHER_CHILD, POLICE, SECRET, a_panel_workspace
from builders_scoring import BOSS, LEAD, RATER, START, TODAY

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Asked, Confidence, Sitter, Whose
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.reports.panels.out import write_panel_minutes, write_panel_papers
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import audits, findings, moderation, releasing

LATER = START + timedelta(hours=1)


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    return a_panel_workspace(tmp_path / "w")


def text_of(path: Path) -> str:
    return " ".join(path.read_text(encoding="utf-8").split())


def in_order(text: str, *words: str) -> bool:
    place = 0
    for one in words:
        found = text.find(one, place)
        assert found >= 0, f"{one!r} does not stand after what comes before it"
        place = found
    return True


def test_a_paper_tells_strengths_first_then_what_differs_and_what_the_grades_hang_on(
    at: Workspace, tmp_path: Path
) -> None:
    word, plain = write_panel_papers(at, CHILD, tmp_path, by=MEMBER, now=LATER)
    said = text_of(plain)
    assert in_order(said, "OFFICIAL-SENSITIVE", f"Panel paper: {CHILD}", "not to be passed on", "At a glance",
                    "What worked well", "VC-01", "Yes: Police, Community Health", "Grades, biggest gap first",
                    "Contradictions to settle", "PL-01", "Police: No; Community Health: Yes", "Where agencies differ",
                    "Seen by a.", "Seen in: Log 12 of a, pages 3 to 7", "What the indicative grades hang on",
                    "Whose view is heard", "For the panel to settle")  # fmt: skip
    assert "Good: Police; Requires improvement: Community Health" in said
    assert SECRET not in said
    document = docx.Document(str(word))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "Seen by n.\nSeen in: Log 12 of n, pages 3 to 7" in cells
    assert not any(SECRET in cell for cell in cells)


def test_the_chairs_own_copy_is_the_chairs_alone_and_says_so(at: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="made by the chair"):
        write_panel_papers(at, CHILD, tmp_path, for_chair=True, by=BOSS, now=LATER)
    (plain,) = write_panel_papers(at, CHILD, tmp_path, formats=("txt",), for_chair=True, by=CHAIR, now=LATER)
    assert plain.name == f"{CHILD}-chair-paper.txt"
    assert SECRET in text_of(plain)
    assert "for nobody else" in text_of(plain)


def test_there_is_a_paper_for_each_child_in_the_panels_order_and_each_is_noted(at: Workspace, tmp_path: Path) -> None:
    written = write_panel_papers(at, AUDIT, tmp_path, formats=("txt",), by=BOSS, now=LATER)
    assert [path.name for path in written] == [f"{CHILD}-panel-paper.txt", f"{OTHER_CHILD}-panel-paper.txt"]
    assert "No return is filed for this child yet" in text_of(written[1])
    assert "Asked for and not filed yet: Police, Community Health." in text_of(written[1])
    notes = [json.loads(path.read_text()) for path in sorted((at.root / "exports").iterdir())]
    assert [note["file"] for note in notes] == [path.name for path in written]
    assert {note["audience"].partition(":")[0] for note in notes} == {"Panel"}


def test_minutes_hold_what_was_agreed_who_was_there_and_whose_view_was_heard(at: Workspace, tmp_path: Path) -> None:
    moderation.begin_turn(at, CHILD, by=BOSS, now=LATER)
    moderation.declare_interest(at, CHILD, MEMBER, "supervised the nurse", by=BOSS, now=LATER)
    moderation.agree(at, CHILD, Grade.GOOD, "The plan was late and did no harm", confidence=Confidence.MEDIUM,
                     dissent="Health saw it otherwise.", by=CHAIR, now=LATER)  # fmt: skip
    moderation.change_sitting(at, AUDIT, left=[LEAD], by=BOSS, now=LATER)
    moderation.record_voice(at, CHILD, Whose.FAMILY, Asked.UNSAFE, asked_by="social worker", by=BOSS, now=LATER)
    for kind, words in ((FindingKind.DEVELOP, "Plans come late"), (FindingKind.STRENGTH, "Children are asked")):
        findings.raise_finding(at, AUDIT, kind, words, answers=[AnswerRef(return_id=POLICE, question="PL-01")], by=BOSS,
                               now=LATER, today=TODAY)  # fmt: skip
    moderation.end_turn(at, CHILD, by=BOSS, now=LATER + timedelta(minutes=25))
    word, plain = write_panel_minutes(at, AUDIT, tmp_path, by=BOSS, now=LATER)
    said = text_of(plain)
    assert in_order(said, "No grade for the whole is agreed yet for DS-2026-05-C02", "Present", "Toni Chair",
                    "Strengths found", "Children are asked. Seen in 1 of 2 children, 1 of 2 returns", CHILD,
                    "Quorate: 2 present and voting.", "Pat Member stood aside: supervised the nurse",
                    "Heard from 10:00 to 10:25.", "F-2026-002 (Strength)", "F-2026-001 (Area to develop)",
                    "Grades agreed", "Good (fairly", "Seen otherwise", "Health saw it otherwise.",
                    "Good, as given by Police.", "Community Health: The agency gave Requires improvement",
                    "one step higher",
                    "Family: Not asked, because it was not safe. By: social worker.", OTHER_CHILD, "Not heard yet.",
                    "To improve", "Community Health: One return moderated: too few to say anything.",
                    "Toni Chair, chair.",
                    )  # fmt: skip
    assert "Lee Lead" not in said.split("Strengths found")[0], "those who have left are not present any more"
    assert SECRET not in said
    assert docx.Document(str(word)).tables


@pytest.mark.parametrize("by", [RATER, LEAD])
def test_papers_are_for_those_who_moderate_and_those_who_sit(at: Workspace, tmp_path: Path, by: str) -> None:
    if by == LEAD:
        assert write_panel_papers(at, CHILD, tmp_path, by=by, now=LATER), "who sits has the papers"
        return
    with pytest.raises(NotAllowed, match="Moderation is for the chair"):
        write_panel_papers(at, CHILD, tmp_path, by=by, now=LATER)
    assert list(tmp_path.glob("*paper*")) == []


def test_a_panel_that_heard_no_child_has_minutes_too(at: Workspace, tmp_path: Path) -> None:
    """It once ended in an error of the program: an audit may have no cases yet when its panel is convened."""
    template, source = library.load("dip-sample")
    audits.open_audit(at, "DS-2026-06", "Empty", template, source, agencies=["police"], due=TODAY, opened=TODAY,
                      by=BOSS, now=START)  # fmt: skip
    moderation.convene(at, "DS-2026-06", TODAY, chair=CHAIR, present=[Sitter(who=MEMBER)], by=BOSS, now=START)
    (plain,) = write_panel_minutes(at, "DS-2026-06", tmp_path, formats=("txt",), by=BOSS, now=LATER)
    assert "DS-2026-06 Empty" in text_of(plain)


def test_nothing_is_written_over_what_is_there_or_without_a_panel(tmp_path: Path) -> None:
    at = a_panel_workspace(tmp_path / "w", convened=False)
    with pytest.raises(InputError, match="No panel of DS-2026-05 has sat yet"):
        write_panel_minutes(at, AUDIT, tmp_path, by=BOSS, now=LATER)
    folder = tmp_path / "papers"
    (plain,) = write_panel_papers(at, CHILD, folder, formats=("txt",), by=BOSS, now=LATER)
    with pytest.raises(InputError, match="is a file: name a folder"):
        write_panel_papers(at, CHILD, plain, by=BOSS, now=LATER)
    with pytest.raises(InputError, match="--force"):
        write_panel_papers(at, CHILD, folder, formats=("txt",), by=BOSS, now=LATER)
    assert write_panel_papers(at, CHILD, folder, formats=("txt",), force=True, by=BOSS, now=LATER) == [plain]


def test_what_could_identify_somebody_stops_a_paper_until_somebody_decides(at: Workspace, tmp_path: Path) -> None:
    moderation.record_voice(at, CHILD, Whose.FAMILY, Asked.GAVE, view="Ring mother on 020 7946 0958.", by=BOSS,
                            now=LATER)  # fmt: skip
    with pytest.raises(NotReady) as refused:
        write_panel_papers(at, AUDIT, tmp_path, by=BOSS, now=LATER)
    (place,) = refused.value.missing
    assert place.startswith(f"{CHILD}-panel-paper, Whose view is heard")
    assert "--for panel" in str(refused.value)
    assert list(tmp_path.glob("*.docx")) == []
    code, why = place.partition("[")[2].rstrip("]"), "The panel knows whom it rings."
    releasing.change(at, code, "her number", Audience.PANEL, why, by=BOSS, now=LATER, today=TODAY)
    (plain,) = write_panel_papers(at, CHILD, tmp_path, formats=("txt",), by=BOSS, now=LATER)
    assert "Ring mother on her number." in plain.read_text(encoding="utf-8")
    (note,) = (json.loads(path.read_text()) for path in (at.root / "exports").iterdir())
    assert note["identifiers"] == 1
    assert [one["reason"] for one in note["decided"]] == [why]
    (chairs,) = write_panel_papers(at, CHILD, tmp_path, formats=("txt",), for_chair=True, by=CHAIR, now=LATER)
    assert "her number" in chairs.read_text(encoding="utf-8"), "what is decided for the panel holds for its chair"
    (said,) = write_panel_minutes(at, AUDIT, tmp_path, formats=("txt",), by=BOSS, now=LATER)
    assert "020 7946 0958" not in said.read_text(encoding="utf-8")


def test_the_sitting_changes_and_what_was_agreed_keeps_who_voted(at: Workspace) -> None:
    moderation.agree(at, CHILD, Grade.GOOD, "The plan was in time.", by=CHAIR, now=LATER)
    moderation.change_sitting(at, AUDIT, left=[LEAD], apologies="Health", minutes_each=20, by=BOSS, now=LATER)
    panel = moderation.change_sitting(at, AUDIT, came=[], by=BOSS, now=LATER)
    assert [sitter.who for sitter in panel.present] == [CHAIR, MEMBER]
    assert (panel.apologies, panel.minutes_each) == ("Health", 20)
    fresh = Workspace(at.root).audit(AUDIT).all(moderation.AgreedGrade)[f"{CHILD}:overall"]
    assert [sitter.who for sitter in fresh.voting] == [CHAIR, LEAD, MEMBER]
    with pytest.raises(InputError, match="convene a new sitting"):
        moderation.change_sitting(at, AUDIT, left=[CHAIR], by=BOSS, now=LATER)
    with pytest.raises(InputError, match="is not recorded as present"):
        moderation.change_sitting(at, AUDIT, left=[LEAD], by=BOSS, now=LATER)


def test_an_interest_recorded_by_mistake_is_taken_back(at: Workspace) -> None:
    moderation.declare_interest(at, CHILD, LEAD, "manages the officer", by=BOSS, now=LATER)
    moderation.withdraw_interest(at, CHILD, LEAD, "it was another child", by=BOSS, now=LATER)
    assert at.audit(AUDIT).all(moderation.Interest) == {}
    with pytest.raises(InputError, match="declared no interest"):
        moderation.withdraw_interest(at, CHILD, LEAD, "it was another child", by=BOSS, now=LATER)
    assert HEALTH in at.audit(AUDIT).received
