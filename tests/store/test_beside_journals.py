"""What stands beside the journals: drafts, snapshots, kept templates and the workspace's own file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from faulty_disk import FaultyDisk, PowerlessDisk

from qa_toolkit.domain.errors import Damaged, InputError, NotFound, NoWorkspace, QAError, TooNew
from qa_toolkit.store import frozen, manifest
from qa_toolkit.store.cache import cached, clear
from qa_toolkit.store.drafts import Drafts
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal

Making = Callable[..., Journal]
ME = "a@police"


@pytest.mark.parametrize("question", ["UI-01", "EP[2].days", "a/b", "..", "é", "ui-01", "UI_5f01", "a.b"])
def test_a_draft_comes_back_as_it_was_typed(folder: FolderStore, now: datetime, question: str) -> None:
    drafts = Drafts(folder)
    text = "line one\nline two\t“é” \u202e"
    drafts.keep("CE-1-C01-POLICE", question, "comment", text, by=ME, now=now)
    found = Drafts(FolderStore(folder.root)).read("CE-1-C01-POLICE", question, "comment")
    assert found is not None
    assert (found.text, found.by, found.at, found.question_id, found.field) == (text, ME, now, question, "comment")
    assert drafts.list() == [found] == drafts.list("CE-1-C01-POLICE")
    assert {path.parent.parent for path in folder.root.rglob("*.draft")} == {folder.root / "drafts"}


def test_a_draft_is_replaced_and_discarded(folder: FolderStore, now: datetime) -> None:
    drafts = Drafts(folder)
    for text in ("one", "two"):
        drafts.keep("CE-1", "UI-01", "comment", text, by=ME, now=now)
    drafts.keep("CE-1", "UI-01", "evidence", "three", by=ME, now=now)
    drafts.keep("CE-2", "UI-01", "comment", "four", by=ME, now=now)
    assert [draft.text for draft in drafts.list()] == ["two", "three", "four"]
    drafts.discard("CE-1", "UI-01", "comment")
    drafts.discard("CE-1", "UI-01", "comment")
    assert drafts.read("CE-1", "UI-01", "comment") is None
    assert [draft.text for draft in drafts.list("CE-1")] == ["three"]
    assert len(list((folder.root / "drafts").rglob("*.*"))) == 2


def test_a_hurt_draft_still_gives_its_text(folder: FolderStore, now: datetime) -> None:
    drafts = Drafts(folder)
    drafts.keep("CE-1", "UI-01", "comment", "precious", by=ME, now=now)
    (path,) = folder.root.rglob("*.draft")
    path.write_bytes(b"\xff" + path.read_bytes())
    found = drafts.read("CE-1", "UI-01", "comment")
    assert found is not None
    assert (found.text.endswith("precious"), found.by, found.at) == (True, "", None)


def test_a_half_of_a_character_does_not_cost_the_rest_of_a_draft(folder: FolderStore, now: datetime) -> None:
    drafts = Drafts(folder)
    drafts.keep("CE-1", "UI-01", "comment", "before \ud800 after", by=ME, now=now)
    found = drafts.read("CE-1", "UI-01", "comment")
    assert found is not None
    assert found.text == "before ? after"


@pytest.mark.parametrize("return_id", ["../x", "a", "", "CON", "A/B"])
def test_a_draft_stays_inside_its_folder(folder: FolderStore, now: datetime, return_id: str) -> None:
    with pytest.raises(InputError):
        Drafts(folder).keep(return_id, "UI-01", "comment", "x", by=ME, now=now)


class Counted:
    """Counts what is worked out anew."""

    def __init__(self, folder: FolderStore) -> None:
        self.folder, self.asked = folder, []

    def __call__(self, name: str) -> int:
        self.asked.append(name)
        return len(Journal.open(self.folder, name).docs("answers"))


def test_a_snapshot_is_made_anew_for_changed_journals_only(folder: FolderStore, make: Making, now: datetime) -> None:
    journals = [make(folder, name, answers=n) for n, name in enumerate(["actions", "partnership"], 1)]
    names, compute = ["actions", "partnership"], Counted(folder)
    for _ in range(3):
        assert cached(folder, "counts", names, compute) == {"actions": 1, "partnership": 2}
    assert compute.asked == names
    with journals[0].event(by=ME, did="answered", now=now) as event:
        event.put("answers", "NEW", {})
    assert cached(folder, "counts", names, compute) == {"actions": 2, "partnership": 2}
    assert compute.asked == [*names, "actions"]
    assert cached(folder, "counts", [*names, "gone"], compute) == {"actions": 2, "partnership": 2}
    assert cached(folder, "counts", names, compute, version=2) == {"actions": 2, "partnership": 2}
    assert len(compute.asked) == 5


@pytest.mark.parametrize("hurt", ["missing", "emptied", "flipped", "cut", "cleared"])
def test_a_hurt_snapshot_is_made_anew_without_a_word(folder: FolderStore, make: Making, hurt: str) -> None:
    make(folder, "actions", answers=1)
    cached(folder, "counts", ["actions"], lambda name: 1)
    path = folder.root / ".cache" / "counts.json"
    data = path.read_bytes()
    match hurt:
        case "missing":
            path.unlink()
        case "emptied":
            path.write_bytes(b"")
        case "flipped":
            path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
        case "cut":
            path.write_bytes(data[:-9])
        case _:
            clear(folder)
    assert cached(folder, "counts", ["actions"], lambda name: 7) == {"actions": 7}


def test_a_snapshot_costs_one_look_at_each_file(folder: FolderStore, make: Making) -> None:
    make(folder, "actions")
    cached(folder, "counts", ["actions"], lambda name: 1)
    disk = FaultyDisk()
    cached(FolderStore(folder.root, disk), "counts", ["actions"], lambda name: pytest.fail("worked out"))
    looked = [path for operation, path in disk.log if operation == "stat"]
    assert looked.count(folder.path("actions")) == 1
    assert folder.path("actions") not in [path for operation, path in disk.log if operation == "open"]


def test_a_snapshot_that_cannot_be_written_is_not_missed(folder: FolderStore, make: Making) -> None:
    make(folder, "actions", answers=1)
    assert cached(FolderStore(folder.root, PowerlessDisk()), "counts", ["actions"], lambda name: 1) == {"actions": 1}


def test_a_template_is_kept_once_under_the_digest_of_its_bytes(folder: FolderStore) -> None:
    digest = frozen.keep(folder, '{"id":"x"}', "id = 'x'\n")
    assert digest == sha256(b'{"id":"x"}').hexdigest() == frozen.keep(folder, b'{"id":"x"}')
    assert (frozen.read(folder, digest), frozen.source(folder, digest)) == (b'{"id":"x"}', b"id = 'x'\n")
    assert frozen.digests(folder) == [digest]


def test_a_template_that_was_changed_is_damage_and_keeping_it_again_mends_it(folder: FolderStore) -> None:
    digest = frozen.keep(folder, b"{}", b"")
    (folder.root / "templates" / f"{digest}.json").write_bytes(b"{ }")
    with pytest.raises(Damaged):
        frozen.read(folder, digest)
    frozen.keep(folder, b"{}", b"")
    assert frozen.read(folder, digest) == b"{}"


@pytest.mark.parametrize("digest", ["0" * 64, "../workspace", ""])
def test_a_template_that_is_not_kept_is_not_found(folder: FolderStore, digest: str) -> None:
    with pytest.raises(NotFound):
        frozen.read(folder, digest)


@pytest.mark.parametrize("name", ["Example", 'The “North” \\ "partnership"', "é"])
def test_a_workspace_is_made_and_read(tmp_path: Path, name: str) -> None:
    manifest.create(tmp_path / "w", "EXAMPLE", name)
    assert manifest.read(tmp_path / "w") == manifest.Manifest("EXAMPLE", name, 1)


@pytest.mark.parametrize("there", ["file", "full"])
def test_a_workspace_is_not_made_over_something(tmp_path: Path, there: str) -> None:
    root = tmp_path / "w"
    if there == "file":
        root.write_text("x")
    else:
        root.mkdir()
        (root / "x").write_text("x")
    with pytest.raises(InputError):
        manifest.create(root, "EXAMPLE", "Example")


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", Damaged), ("id = 1\nname = 'x'\nschema = 1", Damaged), ("id = 'A'\nname = 'x'\nschema = 2", TooNew),
        ("id = 'A'\nname = 'x'\nschema = true", Damaged), ("id = 'A'\nname = 'x'\nschema = 1\nmore = 1", Damaged),
        ("id = '../A'\nname = 'x'\nschema = 1", Damaged), ("\udcff", Damaged), ("id = 'A'\nid = 'B'", Damaged),
    ],
)  # fmt: skip
def test_a_hurt_or_newer_workspace_file_is_said_to_be_so(tmp_path: Path, text: str, error: type[QAError]) -> None:
    (tmp_path / "workspace.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(error):
        manifest.read(tmp_path)


def test_a_workspace_is_found_from_the_nearest_folder_up(tmp_path: Path) -> None:
    one, deep = tmp_path / "findings" / "one", tmp_path / "findings" / "one" / "audits" / "X"
    manifest.create(one, "ONE", "One")
    deep.mkdir(parents=True)
    for start in (tmp_path, one, deep, tmp_path / "findings"):
        assert manifest.find(start) == one.resolve()
    elsewhere = tmp_path / "elsewhere"
    manifest.create(elsewhere, "TWO", "Two")
    assert manifest.find(deep, environment=str(elsewhere)) == elsewhere.resolve()
    assert manifest.find(deep, given=one, environment=str(elsewhere)) == one.resolve()


def test_several_workspaces_are_listed_and_none_is_guessed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        manifest.create(tmp_path / "findings" / name, name.upper(), name)
    with pytest.raises(NoWorkspace, match="one, two"):
        manifest.find(tmp_path)


def test_where_there_is_none_nothing_is_made(tmp_path: Path) -> None:
    for deed in (lambda: manifest.find(tmp_path, given=tmp_path / "x"), lambda: manifest.read(tmp_path)):
        with pytest.raises(NoWorkspace):
            deed()
    assert list(tmp_path.iterdir()) == []
