"""A meeting from its planning to approved minutes at the keyboard, and what the footer of a paper is good for."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from builders_meetings import GROUP, a_group, a_meeting, decide, end
from builders_plans import CHAIR, CO, NOW, OWNER, an_action, bring
from keyboard import Keyboard

from qa_toolkit import clock
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.domain.plans.meetings import Kind
from qa_toolkit.domain.plans.plan import Plan
from qa_toolkit.reports.meetings.code import read_code

EVIL = "[red]x[/red] \x1b[31mred\x1b[0m {{ 7*7 }} =1+1 <w:t>"


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    """The group, with one action verified and one late, on the day of its meeting."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    workspace, _ = a_group(tmp_path / "findings" / "w")
    plan = next(iter(workspace.actions_shelf.all(Plan).values()))
    for text, state, due in (("Check ten files a month.", State.VERIFIED, 60), (f"Train {EVIL}", State.AGREED, -30)):
        bring(workspace, an_action(workspace, plan, text=text, due=due).id, state)
    workspace.close()
    return Keyboard(tmp_path / "findings" / "w", capsys)


def run(qa: Keyboard, words: str, *more: str, by: str = CO, code: int = 0) -> str:
    """A command that ends with that code; what it printed and said."""
    ran = qa("meeting", *words.split(), *more, by=by)
    assert ran.code == code, ran.err
    return ran.out + ran.err


def test_a_meeting_from_its_planning_to_its_minutes(qa: Keyboard, tmp_path: Path) -> None:
    assert "M-2026-001 is on 23 Nov 2026; its papers are as at 16 Nov 2026." in run(
        qa, f"plan qa-group 23/11/2026 --papers 16/11/2026 --chair {CHAIR}"
    )
    assert "Planned" in run(qa, "list")
    assert "Not quorate" in run(qa, "open M-2026-001")
    assert "Quorate: 4 present." in run(qa, "attend M-2026-001", *GROUP)
    run(qa, "apologies M-2026-001", "q.member@education")
    since = run(qa, "since M-2026-001")
    assert "0 open at the start + 2 agreed + 0 reopened − 0 closed" in since
    agenda = run(qa, "agenda M-2026-001")
    assert "A-2026-001 (consent list)  Check ten files a month." in agenda
    assert "R A-2026-002  Train [red]x[/red] \\x1b[31mred" in agenda
    assert "1 on the consent list. Nothing was recorded" in run(qa, "consent M-2026-001")
    assert "each minuted: 1" in run(qa, "consent M-2026-001 --yes")
    assert "M-2026-001/D02  More was asked for" in run(
        qa, "decide M-2026-001 A-2026-002 ask_more", EVIL, "--due-back", "23/12/2026"
    )
    assert "A-2026-003" in run(qa, "action M-2026-001", "Write to the forces.", "--due", "1/2/2027", "--owner", OWNER)
    assert "takes no part" in run(qa, "interest M-2026-001 A-2026-002", CHAIR, "was the manager")
    assert "names who chairs this item" in run(qa, "decide M-2026-001 A-2026-002 note", code=3)
    assert "w.worker@social-care is in the chair" in run(qa, "hand-over M-2026-001 A-2026-002 w.worker@social-care")
    assert "Owner: O.Owner · police" in run(qa, "item M-2026-001 A-2026-002")
    assert "Not reached, and carried over: 0" in run(qa, "end M-2026-001")
    run(qa, "correct M-2026-001", "It was nine files, not ten.", "--decision", "M-2026-001/D01")
    word = run(qa, "minutes M-2026-001 -o", str(tmp_path / "minutes.docx"))
    code = re.search(r"footer is ([0-9a-f]{16})", word)
    assert code
    text = run(qa, "minutes M-2026-001")
    for words in ("DRAFT: these minutes are a draft", "Closed. Cleo Co verified it", "Agreed with the consent list.",
                  "It was nine files, not ten.", "was the manager", "Apologies", "first that applies"):  # fmt: skip
        assert words in " ".join(text.split()), words
    assert "{{ 7*7 }}" in text
    assert read_code(tmp_path / "minutes.docx") == code[1]
    assert "D03" in run(qa, "log --tier qa-group")
    run(qa, "log -o", str(tmp_path / "log.txt"))
    assert run(qa, "show M-2026-001").count("M-2026-001/D0") == 3
    run(qa, "papers M-2026-001 -o", str(tmp_path / "papers.txt"))
    assert "Consent list" in (tmp_path / "papers.txt").read_text(encoding="utf-8")
    assert run(qa, "minutes M-2026-001 -o", str(tmp_path / "log.txt"), code=3).startswith(str(tmp_path / "log.txt"))
    run(qa, f"plan qa-group 23/11/2026 --papers 23/11/2026 --chair {CHAIR}")
    run(qa, "open M-2026-002")
    run(qa, "attend M-2026-002", *GROUP)
    run(qa, "approve M-2026-002 M-2026-001")
    assert "Approved by the meeting of 23 Nov 2026 (M-2026-002). One dated correction" in " ".join(
        run(qa, "minutes M-2026-001").split()
    )
    assert "is answered" in run(qa, "answer M-2026-001/D02", "Nine of the ten had it.", by=OWNER)
    assert qa("meeting", "list", "--json", by=CO).json[0]["stands"] == "Minutes approved"
    assert qa("meeting", "agenda", "M-2026-002", "--json", by=CO).json
    assert qa("meeting", "since", "M-2026-002", "--json", by=CO).json["balanced"]
    assert qa("meeting", "show", "M-2026-001", "--json", by=CO).json["stage"] == "approved"


@pytest.mark.parametrize("ending", ["docx", "txt", "html"])
def test_the_footer_says_whether_the_record_still_holds(qa: Keyboard, tmp_path: Path, ending: str) -> None:
    end(qa.workspace, a_meeting(qa.workspace).id)
    paper = tmp_path / f"minutes.{ending}"
    run(qa, "minutes M-2026-001 -o", str(paper))
    unchanged = qa("verify", "--minutes", str(paper), by="")
    assert (unchanged.code, unchanged.out[:4]) == (0, "Yes:")
    second = a_meeting(qa.workspace, on=1)
    decide(qa.workspace, second.id, "returns", Kind.NOTE, on=1)
    grown = qa("verify", "--minutes", str(paper), "--json", by="").json
    assert grown["answer"] == "yes"
    file = qa.root / "actions.journal"
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-9]))
    cut = qa("verify", "--minutes", str(paper), by="")
    assert (cut.code, cut.out[:3]) == (1, "No:")
    for listed in (qa.root / "exports" / "heads").iterdir():
        listed.unlink()
    lost = qa("verify", "--minutes", str(paper), by="")
    assert (lost.code, lost.out[:12]) == (3, "Cannot tell:")


def test_a_file_that_is_no_paper_of_a_meeting_is_refused_in_a_sentence(qa: Keyboard, tmp_path: Path) -> None:
    files = {
        "none.txt": (b"Nothing here.\n", "carries no code"),
        "odd.txt": (b"\xff\xfe\x00", "neither a Word document nor plain text"),
        "cut.docx": (b"PK\x03\x04 cut", "neither a Word document|carries no code|was cut short"),
    }
    for name, (data, words) in files.items():
        (tmp_path / name).write_bytes(data)
        ran = qa("verify", "--minutes", str(tmp_path / name), by="")
        assert ran.code == 3
        assert re.search(words, ran.err), ran.err
    assert "gone.docx: check the name" in qa("verify", "--minutes", str(tmp_path / "gone.docx"), by="").err


def test_a_code_is_read_from_the_footer_and_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    paper = tmp_path / "x.docx"
    with zipfile.ZipFile(paper, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", "<w:t>record ffffffffffffffff</w:t>" + " " * 60_000_000)
        footer = "<w:r><w:t>record 0123456</w:t></w:r><w:r><w:t>789abcdef</w:t><w:tab/>Page 1"
        packed.writestr("word/footer1.xml", footer)
    assert read_code(paper) == "0123456789abcdef"
    with zipfile.ZipFile(paper, "w") as packed:
        packed.writestr("xl/workbook.xml", "record ffffffffffffffff")
    with pytest.raises(InputError, match="is no Word document"):
        read_code(paper)


def test_what_could_identify_somebody_stops_the_minutes_until_it_is_released(qa: Keyboard, tmp_path: Path) -> None:
    meeting = a_meeting(qa.workspace)
    decide(qa.workspace, meeting.id, "returns", Kind.NOTE, "Ring her mother on 07700 900123 today.")
    refused = run(qa, "minutes M-2026-001 -o", str(tmp_path / "m.docx"), code=3)
    assert "--for qa-group" in refused
    assert "phone:" in refused
    assert not (tmp_path / "m.docx").exists()
    code = refused.partition("[")[2].partition("]")[0]
    qa("release", "allow", code, "--for", "qa-group", "--why", "the number is the team’s own")
    run(qa, "minutes M-2026-001 -o", str(tmp_path / "m.docx"))
    assert "team’s own" in qa("release", "list").out


def test_between_meetings_and_what_becomes_of_a_plan(qa: Keyboard) -> None:
    why = "The inspection begins on Monday."
    made = run(qa, "between qa-group A-2026-002 extend", why, "--day", "1/3/2027", "--chair", CHAIR)
    assert made.startswith("CA-2026-001")
    assert "M-2026-001 is on 7 Dec 2026" in run(qa, f"plan qa-group 7/12/2026 --chair {CHAIR}")
    assert "its papers are as at 20 Nov 2026" in run(qa, "change M-2026-001 --day 23/11/2026 --papers 20/11/2026")
    run(qa, "open M-2026-001")
    run(qa, "attend M-2026-001", *GROUP)
    assert "Later day agreed on A-2026-002" in run(qa, "agenda M-2026-001")
    assert "Ratified: Later day" in run(qa, "ratify M-2026-001 CA-2026-001")
    run(qa, "plan main-board 7/12/2026")
    assert "comes before the next" in run(qa, "cancel M-2026-002", "The hall is flooded.")
    assert "is cancelled" in run(qa, "change M-2026-002 --day 8/12/2026", code=3)
