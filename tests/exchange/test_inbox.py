"""What came back this week: each file known by what stands in it, the clean ones taken, the others told."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from pathlib import Path

import pytest
from builders_plans import NOW as PLAN_NOW
from builders_scoring import BOSS, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from keyboard import Keyboard
from openpyxl import Workbook, load_workbook

from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.parcels import AgencyKey, Outgoing
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.plan import Source
from qa_toolkit.exchange import inbox, keys, parcel_box
from qa_toolkit.exchange.action_out import write_actions
from qa_toolkit.exchange.action_rows import PROGRESS, UPDATE
from qa_toolkit.exchange.parcel_open import open_parcel
from qa_toolkit.exchange.parcel_out import parcel_out
from qa_toolkit.exchange.parcel_return import parcel_return
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.exchange.tool_rows import ANSWER, FINISHED
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal
from qa_toolkit.workflow import concerns
from qa_toolkit.workflow.plans import actions, moving, plans, progress
from qa_toolkit.workflow.plans.keeping import thread_on

ACTION = "A-2026-001"


@pytest.fixture
def at(tmp_path: Path) -> Workspace:
    """A return that nobody has begun, and an action of the same agency."""
    workspace = a_workspace(tmp_path / "w")
    plans.open_plan(workspace, "A review", Source.REVIEW, by=BOSS, now=START, today=TODAY)
    actions.propose(
        workspace, "AP-2026-001", "Audit ten files of the year", due=date(2027, 3, 1), owner=RATER, by=BOSS, now=START,
        today=TODAY,
    )  # fmt: skip
    moving.move(workspace, Deed.AGREE, [ACTION], by=BOSS, now=START, today=TODAY)
    return workspace


@pytest.fixture
def folder(at: Workspace, tmp_path: Path) -> Path:
    """A tool and an action sheet under each other's names, and what else lies in such a folder."""
    found = tmp_path / "in"
    found.mkdir()
    tool, sheet = found / "actions of police.xlsx", found / "tool.xlsx"
    write_tool(at, "CE-2026-01", "police", tool, by=BOSS, now=START)
    write_actions(at, "police", sheet, calendar=england_and_wales(), by=BOSS, now=START, today=TODAY)
    fill(tool, "C01", ANSWER, key="PL-01|answer", value="Partly")
    fill(sheet, "Actions", UPDATE, key=ACTION, value="Nine were read.")
    book = Workbook()
    book.save(found / "accounts.xlsx")
    (found / "letter.docx.txt").write_text("Dear all")
    (found / "half.xlsx").write_bytes(tool.read_bytes()[:3000])
    (found / "~$tool.xlsx").write_bytes(b"left by Excel")
    (found / "older").mkdir()
    return found


def fill(file: Path, sheet: str, title: str, *, key: str, value: object) -> None:
    book = load_workbook(file)
    cells = book[sheet]
    titles = [cell.value for cell in cells[1]]
    row = next(cell.row for cell in cells["A"] if key in str(cell.value))
    cells.cell(row, titles.index(title) + 1).value = value  # type: ignore[assignment]
    book.save(file)


def looked(at: Workspace, folder: Path) -> dict[str, inbox.Item]:
    return {one.name: inbox.look(one, at, by=BOSS, today=TODAY) for one in inbox.files(folder)}


def test_each_file_is_known_by_what_stands_in_it(at: Workspace, folder: Path) -> None:
    before = {name: at.shelf(name).journal.seq for name in at.folder.list()}
    found = looked(at, folder)
    assert found["actions of police.xlsx"].what == "an audit tool of police in CE-2026-01"
    assert found["actions of police.xlsx"].changes == (f"{RETURN}: 1 answers",)
    assert found["tool.xlsx"].what == "an action sheet of police"
    assert found["tool.xlsx"].changes == (f"{ACTION}.update: Nine were read.",)
    assert "no action plan" in found["accounts.xlsx"].foreign
    assert "neither a workbook nor a parcel" in found["letter.docx.txt"].foreign
    assert "half.xlsx" in found["half.xlsx"].waits
    assert len(found) == 5
    assert inbox.counts(found.values()) == "5 files: 2 clean, 1 waiting, 0 with nothing new, 2 that are not for here."
    assert inbox.folders(folder) == ["older"]
    assert {name: at.shelf(name).journal.seq for name in at.folder.list()} == before


def test_the_clean_ones_are_taken_and_twice_changes_nothing(at: Workspace, folder: Path) -> None:
    for item in looked(at, folder).values():
        if item.clean:
            inbox.take(item, at, by=BOSS, now=START, today=TODAY)
    assert at.ret(RETURN).answers["PL-01"].values == {"answer": "partly"}
    assert thread_on(at.actions_shelf, ACTION).updates[-1].text == "Nine were read."
    again = looked(at, folder)
    assert [item.changes for item in again.values() if not item.waits and not item.foreign] == [(), ()]
    with pytest.raises(InputError, match="brings nothing"):
        inbox.take(again["accounts.xlsx"], at, by=BOSS, now=START, today=TODAY)


def test_what_is_to_be_settled_waits(at: Workspace, folder: Path) -> None:
    fill(folder / "tool.xlsx", "Actions", PROGRESS, key=ACTION, value=40)
    progress.update(at, [ACTION], "By telephone.", progress=20, by=BOSS, now=PLAN_NOW, today=TODAY)
    item = looked(at, folder)["tool.xlsx"]
    assert not item.clean
    assert "2 to settle" in item.waits


def test_a_parcel_is_known_and_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = a_workspace(tmp_path / "boss")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "theirs"))
    theirs = keys.own()
    with boss.change(PARTNERSHIP, by=BOSS, did="recorded an agency’s key", now=START) as change:
        change.put(AgencyKey(id="police", key=theirs.public))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ours"))
    sealed, _ = parcel_out(boss, "CE-2026-01", "police", by=BOSS, now=START)
    packed = parcel_box.open_sealed(sealed, key=theirs)
    assert isinstance(packed, Outgoing)
    agency, _ = open_parcel(packed, tmp_path / "p", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=START)
    back, _ = parcel_return(a_full_return(a_return(agency), send=True), by=RATER)
    file = tmp_path / "holiday.jpg"
    file.write_bytes(back)
    item = inbox.look(file, boss, by=BOSS, today=TODAY)
    assert item.what == "a parcel of police in CE-2026-01"
    assert item.clean
    assert inbox.take(item, boss, by=BOSS, now=START, today=TODAY) == f"taken in; filed as received: {RETURN}"
    assert not inbox.look(file, boss, by=BOSS, today=TODAY).changes
    file.write_bytes(back.replace(b"\n", b"\nA", 1))
    assert inbox.look(file, boss, by=BOSS, today=TODAY).waits


def test_a_folder_that_is_none_or_too_full_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        inbox.files(tmp_path / "none")
    for number in range(inbox.MOST_FILES + 1):
        (tmp_path / f"{number}.xlsx").touch()
    with pytest.raises(InputError, match="301 files"):
        inbox.files(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_what_is_no_plain_file_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "zero.xlsx").symlink_to("/dev/zero")
    assert inbox.files(tmp_path) == []


OTHERS = {
    "minutes.docx": ("a Word document", "qa report compare", lambda file: packed(file, "word/document.xml")),
    "slides.pptx": ("a presentation", "Nothing is taken in", lambda file: packed(file, "ppt/presentation.xml")),
    "plan.ods": ("an OpenDocument file", "as .xlsx", lambda file: packed(file, "content.xml")),
    "photos.zip": ("a zip file", "Unpack it", lambda file: packed(file, "a.jpg")),
    "scan.pdf": ("a PDF", "Nothing is taken in", lambda file: file.write_bytes(b"%PDF-1.7")),
    "photo.xlsx": ("a picture", "Nothing is taken in", lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n")),
    "empty.xlsx": ("an empty file", "Ask for it again", lambda file: file.touch()),
    "old.csv": (
        inbox.PLAN,
        "qa import plan",
        lambda file: file.write_text("Action,Owner,Due\nDo it all,Police,1/3/2027"),
    ),
}


def packed(file: Path, part: str) -> None:
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(part, "x")


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_none_of_ours_is_named_for_what_it_is(at: Workspace, tmp_path: Path, name: str) -> None:
    # They were all said to be workbooks, or to be no Excel workbook and to want saving as one.
    what, way_out, make = OTHERS[name]
    make(tmp_path / name)
    item = inbox.look(tmp_path / name, at, by=BOSS, today=TODAY)
    assert (item.what, item.waits, item.clean) == (what, "", False)
    assert way_out in item.foreign


def test_a_plan_in_a_workbook_is_known_for_one(at: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Our plan for 2026"])
    book.active.append(["No", "Action", "Lead", "Timescale"])
    book.save(tmp_path / "x.xlsx")
    assert inbox.look(tmp_path / "x.xlsx", at, by=BOSS, today=TODAY).what == inbox.PLAN


def test_by_command(at: Workspace, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    qa = Keyboard(at.root, capsys)
    dry = qa("in", str(folder))
    assert dry.code == 0
    assert "tool.xlsx: an action sheet of police" in dry.out
    assert "with --yes the clean ones are taken in" in dry.err
    done = qa("in", str(folder), "--yes", "--json")
    assert done.code == 3, "one waits"
    assert "Not looked into: older." in done.err
    assert {row["file"]: row["done"] for row in done.json}["tool.xlsx"] == f"taken in: {ACTION}"


def test_a_concern_is_shown_whatever_else_is_wrong_with_its_file(at: Workspace, folder: Path) -> None:
    """Fixed before release: a tool with a fault was only said to have one."""
    tool = folder / "actions of police.xlsx"
    fill(tool, "C01", ANSWER, key="PL-01|answer", value="perhaps")
    fill(tool, "Concern", "What worries you", key=RETURN, value="Left alone tonight")
    item = looked(at, folder)[tool.name]
    assert item.concerns == (f"{RETURN}: Left alone tonight Phone now: Duty team, 01632 960000.",)
    assert "cell F" in item.waits
    assert not item.clean


def test_a_concern_that_may_be_logged_already_waits_for_an_answer(at: Workspace, folder: Path) -> None:
    """Fixed before release: one that was logged by telephone in other words was recorded twice."""
    a_return(at)
    concerns.raise_concern(at, RETURN, what="Alone at home", told="duty worker", by=RATER, now=START)
    tool = folder / "actions of police.xlsx"
    fill(tool, "Concern", "What worries you", key=RETURN, value="Left alone tonight")
    item = looked(at, folder)[tool.name]
    assert (item.asks, item.clean) == (True, False)
    assert item.alike == {RETURN: {f"{RETURN}-K1": "Alone at home"}}
    assert "--same-as or --new-concern" in item.waits
    inbox.take(item, at, same={RETURN: f"{RETURN}-K1"}, by=BOSS, now=START, today=TODAY)
    assert [one.what for one in at.ret(RETURN).concerns.values()] == [
        f"Alone at home\n\nAs written in {tool.name}: Left alone tonight"
    ]


def test_who_filled_it_in_has_to_be_of_the_agency(at: Workspace, folder: Path) -> None:
    with at.change(audit_journal("CE-2026-01"), by=BOSS, did="named nobody", now=START) as change:
        change.put(at.audit("CE-2026-01").allocations[RETURN].model_copy(update={"rater": ""}))
    item = looked(at, folder)["actions of police.xlsx"]
    assert (item.unnamed, item.asks, item.agency) == ((RETURN,), True, "police")
    for rater in ("", BOSS):
        with pytest.raises(NotAllowed):
            inbox.take(item, at, rater=rater, by=BOSS, now=START, today=TODAY)
    assert not at.has_return(RETURN)
    inbox.take(item, at, rater=RATER, by=BOSS, now=START, today=TODAY)
    assert at.ret(RETURN).head.rater == RATER


def test_what_came_as_finished_and_is_not_is_said_to_stay_with_its_agency(at: Workspace, folder: Path) -> None:
    tool = folder / "actions of police.xlsx"
    fill(tool, "C01", ANSWER, key="@safe|", value="Yes")
    fill(tool, "C01", ANSWER, key="@sent|", value=FINISHED)
    item = looked(at, folder)[tool.name]
    assert item.clean
    assert item.changes[1].startswith(f"{RETURN} came as finished and lacks something, so it stays with its agency: ")
    assert inbox.take(item, at, by=BOSS, now=START, today=TODAY) == "1 return taken in"
    assert at.ret(RETURN).round == 0
