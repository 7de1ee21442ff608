"""Send and take in, at the keyboard: tools and parcels out to a folder, and what came back looked at and taken in."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from builders_plans import CO, OWNER, a_plan, an_action, bring, planned_workspace
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from builders_second import OTHER, SECOND, asked_twice
from openpyxl import load_workbook
from scoring_app import At, showing
from textual.widgets import DataTable

from qa_toolkit.domain import parcels
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import Outgoing
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.lifecycle import State
from qa_toolkit.exchange import keys, known_keys, parcel_box, parcel_out
from qa_toolkit.exchange.action_out import write_actions
from qa_toolkit.exchange.action_rows import PROGRESS
from qa_toolkit.exchange.parcel_open import open_parcel
from qa_toolkit.exchange.parcel_out import write_parcel
from qa_toolkit.exchange.parcel_return import parcel_return
from qa_toolkit.exchange.sent import last_sent
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.exchange.tool_rows import ANSWER
from qa_toolkit.store.workspace import Workspace, audit_journal
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.forms.asking import AskText, PickOne, Sure
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.sending import back_asks
from qa_toolkit.tui.sending.action_sheet import BringBackScreen
from qa_toolkit.tui.sending.board import SendingScreen
from qa_toolkit.tui.sending.came_back import TakeInScreen
from qa_toolkit.workflow import concerns, starting
from qa_toolkit.workflow.plans import progress
from qa_toolkit.workflow.plans.keeping import thread_on

AUDIT = "CE-2026-01"
SMALL, LARGE = (80, 24), (100, 30)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "keys"))
    return a_workspace(tmp_path / "w")


def table(at: At) -> list[str]:
    """The rows of the list, as they are shown."""
    shown = at.screen.query_one(DataTable)
    return [" | ".join(str(cell) for cell in shown.get_row_at(row)) for row in range(shown.row_count)]


def said(at: At) -> str:
    return [one.message for one in at.app._notifications][-1]


def fill(file: Path, sheet: str, title: str, key: str, value: str) -> None:
    book = load_workbook(file)
    titles = [cell.value for cell in book[sheet][1]]
    row = next(cell.row for cell in book[sheet]["A"] if key in str(cell.value))
    book[sheet].cell(row, titles.index(title) + 1).value = value  # type: ignore[assignment]
    book.save(file)


async def type_path(at: At, path: Path) -> None:
    """Put a path into the field that asks for one, and press Enter."""
    assert isinstance(at.screen, AskText)
    at.screen.query_one("#ask").text = str(path)  # type: ignore[attr-defined]
    await at.keys("enter")


# --- sending


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_from_the_grid_a_tool_is_written_and_stands_as_the_last(
    workspace: Workspace, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=BOSS, size=size) as at:
        await at.keys("t")
        assert isinstance(at.screen, SendingScreen)
        assert at.says("1 of 1 returns still to come; nothing was made yet for 1 of 1 agencies.")
        assert table(at) == ["Police | 1 of 1 | – | nothing yet | no key"]
        await at.keys("t")
        await type_path(at, tmp_path / "out")
        assert "CE-2026-01-police.xlsx" in said(at)
        assert table(at) == ["Police | 1 of 1 | 23 Nov 2026 | audit tool | no key"]
        assert at.says("The last was an audit tool, CE-2026-01-police.xlsx, with 1 return, made 23 Nov 2026 09:00")
        await at.keys("T")
        assert at.screen.query_one("#ask").text == str(tmp_path / "out")  # type: ignore[attr-defined]
        await at.keys("enter")
        assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
            "CE-2026-01-police-2.xlsx", "CE-2026-01-police.xlsx",
        ]  # fmt: skip


async def test_only_a_coordinator_sends(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen(AUDIT), who=LEAD) as at:
        await at.keys("t")
        assert isinstance(at.screen, GridScreen)
        assert "Only a co-ordinator may send out and take in" in said(at)


async def test_what_cannot_be_written_is_one_sentence(workspace: Workspace, tmp_path: Path) -> None:
    a_full_return(a_return(workspace), send=True)
    (tmp_path / "a file").touch()
    async with showing(workspace, SendingScreen(AUDIT), who=BOSS) as at:
        await at.keys("T")
        assert "No agency owes a return here" in said(at)
        await at.keys("t")
        at.screen.query_one("#ask").text = ""  # type: ignore[attr-defined]
        await at.keys("enter")
        assert at.says("Name a folder.")
        await type_path(at, Path("~nobody-of-that-name/x"))
        assert at.says("Name a folder.")
        await type_path(at, tmp_path / "a file")
        assert "is no folder" in said(at)
        await at.keys("t")
        await type_path(at, tmp_path / "nowhere" / "further")
        assert "is no folder, and cannot be made" in said(at)
        await at.keys("t")
        await type_path(at, tmp_path / "out")
        assert isinstance(at.screen, Page)
        assert at.says("owes no return in CE-2026-01 that could be sent out")
    assert last_sent(workspace, AUDIT) == {}


async def test_without_a_key_a_passphrase_is_shown_once(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under: list[str] = []

    def quick(parcel: Outgoing, *, key: str, passphrase: str) -> bytes:
        under.append(passphrase)  # sealing under one takes a second, and is tried elsewhere
        return b"sealed"

    monkeypatch.setattr(parcel_out, "seal", quick)
    async with showing(workspace, SendingScreen(AUDIT), who=BOSS, size=SMALL) as at:
        await at.keys("p")
        assert isinstance(at.screen, Sure)
        assert at.says("No key of police is recorded.")
        await at.keys("y")
        await type_path(at, tmp_path / "out")
        assert isinstance(at.screen, Page)
        phrase = re.search(r"\b[a-z]{4}(-[a-z]{4}){5}\b", at.text)
        assert phrase is not None
        assert under == [phrase[0]]
        await at.keys("escape")
        assert phrase[0] not in at.text
        assert table(at) == ["Police | 1 of 1 | 23 Nov 2026 | parcel | no key"]
    assert (tmp_path / "out" / "CE-2026-01-police.parcel").read_bytes() == b"sealed"
    notes = [one.read_text() for one in (workspace.root / "exports").glob("*.json")]
    assert phrase[0] not in "".join(notes)


async def test_a_blind_rater_has_a_line_and_a_parcel_of_their_own(workspace: Workspace, tmp_path: Path) -> None:
    key = keys.own()
    known_keys.record(asked_twice(workspace), OTHER, key.public, parcels.fingerprint(key.public), by=BOSS, now=START)
    async with showing(workspace, SendingScreen(AUDIT), who=BOSS, size=SMALL) as at:
        assert table(at)[1] == "  Bo Second, blind | 1 of 1 | – | nothing yet | has a key"
        await at.keys("down", "t")
        assert "never goes as a workbook" in said(at)
        await at.keys("p")
        await type_path(at, tmp_path)
        assert at.says("for Bo Second (b.second@police) alone, 1 return")
        await at.keys("escape")
        assert table(at)[0].endswith("nothing yet | no key"), "the agency’s line is another"
    packed = parcel_box.open_sealed((tmp_path / "CE-2026-01-b.second-police.parcel").read_bytes(), key=key)
    assert isinstance(packed, Outgoing)
    assert [one.id for one in packed.allocations] == [SECOND]


# --- what came back


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What came back, made once: a tool is the same from every workspace with the same audit."""
    folder = tmp_path_factory.mktemp("back")
    workspace = a_workspace(tmp_path_factory.mktemp("w") / "w")
    write_tool(workspace, AUDIT, "police", folder / "clean.xlsx", by=BOSS, now=START)
    (folder / "fault.xlsx").write_bytes((folder / "clean.xlsx").read_bytes())
    fill(folder / "clean.xlsx", "C01", ANSWER, "PL-01|answer", "Partly")
    fill(folder / "fault.xlsx", "C01", ANSWER, "PL-01|answer", "perhaps")
    fill(folder / "fault.xlsx", "Concern", "What worries you", RETURN, "Left alone [red]tonight[/]")
    (folder / "letter.txt").write_text("Dear all")
    return folder


@pytest.fixture
def back(filled: Path, tmp_path: Path) -> Path:
    """A folder with a clean tool, one with a fault and a concern, and a letter."""
    return Path(copytree(filled, tmp_path / "back"))


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_folder_is_looked_at_and_the_clean_one_taken_in_with_one_key(
    workspace: Workspace, back: Path, size: tuple[int, int]
) -> None:
    async with showing(workspace, SendingScreen(AUDIT), who=BOSS, size=size) as at:
        await at.keys("i")
        await type_path(at, back / "none")
        assert at.says("There is no file or folder")
        await type_path(at, back)
        assert isinstance(at.screen, TakeInScreen)
        assert at.says("CONCERN in fault.xlsx, CE-2026-01-C01-POLICE: Left alone [red]tonight[/] Phone now: Duty team")
        assert [row.split(" | ")[::2] for row in table(at)] == [
            ["fault.xlsx", "waits"], ["clean.xlsx", "to take in"], ["letter.txt", "not ours"],
        ]  # fmt: skip
        assert at.says("sheet C01, cell F"), "the fault of the first row is named"
        await at.keys("y")
        assert "cannot be taken in yet" in said(at)
        await at.keys("down")
        assert at.says(f"{RETURN}: 1 answers")
        assert not workspace.has_return(RETURN)
        await at.keys("y")
        assert table(at)[1].endswith("taken in")
        assert at.says("1 return taken in")
        assert at.says("CONCERN in fault.xlsx"), "it stays in sight"
        await at.keys("y")
        assert "taken in already" in said(at)
        await at.keys("r")
        assert [row.split(" | ")[2] for row in table(at)] == ["waits", "nothing new", "not ours"]
        await at.keys("escape")
        assert isinstance(at.screen, SendingScreen)
        assert at.app.folders["take"] == str(back)  # type: ignore[attr-defined]
    assert workspace.ret(RETURN).answers["PL-01"].values == {"answer": "partly"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
@pytest.mark.parametrize("typed", ["", "~nobody-of-that-name/x", "n" * 5000, "pipe"])
def test_a_path_at_which_nothing_can_be_read_is_one_sentence(tmp_path: Path, typed: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match=r"^There is no file or folder .*: check how it is written\.$"):
        back_asks.there(str(tmp_path / "pipe") if typed == "pipe" else typed)


async def test_what_is_to_be_settled_on_an_action_sheet_is_settled_on_its_own_screen(tmp_path: Path) -> None:
    at_work = planned_workspace(tmp_path / "w")
    action = an_action(at_work, a_plan(at_work)).id
    bring(at_work, action, State.IN_PROGRESS)
    file = tmp_path / "sheet.xlsx"
    calendar = england_and_wales()
    write_actions(at_work, "police", file, calendar=calendar, by=CO, now=START, today=START.date())
    fill(file, "Actions", PROGRESS, action, "90")
    later = START + timedelta(minutes=1)
    progress.update(at_work, [action], "By telephone.", progress=50, by=OWNER, now=later, today=later.date())
    async with showing(at_work, TakeInScreen(file), who=CO) as at:
        assert at.says("1 to settle")
        await at.keys("y")
        assert isinstance(at.screen, BringBackScreen)
        await at.keys("t", "y", "y", "escape")
        assert isinstance(at.screen, TakeInScreen)
        assert table(at)[0].endswith("nothing new"), "it was looked at again"
    assert thread_on(at_work.actions_shelf, action).updates[-1].progress == 90


async def test_one_file_is_named_and_its_whole_text_read(workspace: Workspace, back: Path) -> None:
    async with showing(workspace, TakeInScreen(back / "fault.xlsx"), who=BOSS, size=SMALL) as at:
        assert len(table(at)) == 1
        await at.keys("enter")
        assert isinstance(at.screen, Page)
        assert at.says("CONCERN in fault.xlsx")
        assert at.says("Nothing was taken from fault.xlsx, because of 1 fault:")
        await at.keys("escape", "Y")
        assert "none that could be taken in as it is" in said(at)


async def test_all_clean_ones_at_once_and_the_others_stay(workspace: Workspace, back: Path) -> None:
    async with showing(workspace, TakeInScreen(back), who=BOSS) as at:
        await at.keys("Y")
        assert isinstance(at.screen, Sure)
        assert at.says("1 file, one after the other. 2 stay as they are.")
        await at.keys("y")
        assert "1 of 1 taken in." in said(at)
    assert workspace.has_return(RETURN)


async def test_what_moved_since_it_was_shown_is_shown_again_first(workspace: Workspace, back: Path) -> None:
    async with showing(workspace, TakeInScreen(back / "clean.xlsx"), who=BOSS) as at:
        fill(back / "clean.xlsx", "C01", ANSWER, "VC-01|answer", "Yes")
        await at.keys("y")
        assert "would change something else by now" in said(at)
        assert at.says(f"{RETURN}: 2 answers")
        assert not workspace.has_return(RETURN)
        await at.keys("y")
    assert len(workspace.ret(RETURN).answers) == 2


async def test_who_filled_it_in_is_asked_where_nobody_is_named(workspace: Workspace, back: Path) -> None:
    with workspace.change(audit_journal(AUDIT), by=BOSS, did="named nobody", now=START) as change:
        change.put(workspace.audit(AUDIT).allocations[RETURN].model_copy(update={"rater": ""}))
    async with showing(workspace, TakeInScreen(back / "clean.xlsx"), who=BOSS, size=SMALL) as at:
        assert table(at)[0].endswith("a question")
        await at.keys("y")
        assert isinstance(at.screen, PickOne)
        await at.keys("escape")
        assert not workspace.has_return(RETURN)
        await at.keys("y", "enter")
        assert table(at)[0].endswith("taken in")
    assert workspace.ret(RETURN).head.rater == RATER


@pytest.mark.parametrize(("pressed", "count"), [(("enter",), 1), (("down", "enter"), 2)], ids=["the same", "another"])
async def test_a_concern_that_may_be_logged_already_is_asked_about(
    workspace: Workspace, back: Path, pressed: tuple[str, ...], count: int
) -> None:
    a_return(workspace)
    concerns.raise_concern(workspace, RETURN, what="Alone at home", told="duty worker", by=RATER, now=START)
    file = back / "fault.xlsx"
    fill(file, "C01", ANSWER, "PL-01|answer", "Yes")
    async with showing(workspace, TakeInScreen(file), who=BOSS, size=SMALL) as at:
        assert at.says("A concern is logged already for")
        await at.keys("y")
        assert isinstance(at.screen, PickOne)
        assert at.says(f"The same as {RETURN}-K1: Alone at home")
        await at.keys(*pressed)
        assert table(at)[0].endswith("taken in")
    assert len(workspace.ret(RETURN).concerns) == count


async def test_what_is_refused_after_all_stays_with_its_reason(workspace: Workspace, back: Path) -> None:
    async with showing(workspace, TakeInScreen(back / "clean.xlsx"), who=LEAD) as at:
        assert at.says("Only a co-ordinator may take in a return")
        await at.keys("y")
    assert not workspace.has_return(RETURN)


async def test_a_parcel_is_taken_in_as_well(workspace: Workspace, tmp_path: Path) -> None:
    key = keys.own()
    known_keys.record(workspace, "police", key.public, parcels.fingerprint(key.public), by=BOSS, now=START)
    packed = write_parcel(workspace, AUDIT, "police", tmp_path / "out.parcel", by=BOSS, now=START)
    there, _ = open_parcel(packed, tmp_path / "p", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=START)
    starting.start(there, RETURN, by=RATER, now=START, today=TODAY)
    (tmp_path / "back").write_bytes(parcel_return(there, by=RATER)[0])
    async with showing(workspace, TakeInScreen(tmp_path / "back"), who=BOSS) as at:
        assert at.says("a parcel of police in CE-2026-01")
        await at.keys("y")
        assert at.says("taken in; filed as received: none")
    assert workspace.has_return(RETURN)
