"""Files that were made to do harm: on every way in refused or read, within 300 MB and 10 s, with a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_files import ANSWERS, HEAVY, MAKERS, PLANS, TOO_MUCH

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux has them")
SAYS = {
    "bomb": "packed harder than Excel packs", "bomb-in-strings": "packed harder", "far-corner": "lies far outside",
    "many-far": "more than 500,000 cells", "doctype": "declares things of its own", "laughs": "declares things",
    "encrypted": "locked by a password or a sensitivity label", "empty-rows": "nearly all of them empty",
    "no-workbook": "not an Excel workbook", "garbage": "workbook", "half": "cut short", "deep": "is damaged",
    "deep-json": "this is not JSON", "long-json": "larger than", "twice-json": "stands twice",
    "wide-csv": "more than 200 columns", "long-csv": "more than 20,000 lines", "quoted-csv": "is not CSV",
    "digits-json": "this is not JSON", "zip-as-json": "not UTF-8",
}  # fmt: skip
"""What is said of each; links and macros are left alone, and what is sound in such a file is read."""
IN_SAYS = {
    "no-workbook": "a zip file: Unpack it",
    **dict.fromkeys(("garbage", "wide-csv", "long-csv", "quoted-csv"), "neither a workbook nor a parcel"),
}
"""What `qa in` says instead: anything may lie in a folder, and each is named for what it is."""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """What every way in said of every file."""
    program = Path(__file__).parents[1] / "hostile_files.py"
    path = os.pathsep.join([str(program.parent), *sys.path])
    done = subprocess.run(
        [sys.executable, str(program), str(tmp_path_factory.mktemp("hostile")), "quick"], check=True,
        capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    found: dict[str, dict[str, str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", [*MAKERS, *PLANS, *ANSWERS])
def test_every_way_in_refuses_or_reads_it_within_bounds(said: dict[str, dict[str, str]], name: str) -> None:
    found = said[name]
    assert len(found) == (1 if name in HEAVY or name in ANSWERS else 2 if name in PLANS else 6)
    for way, words in found.items():
        assert TOO_MUCH not in words, f"{way}: {words}"
        expected = IN_SAYS.get(name, SAYS.get(name, "")) if way == "in" else SAYS.get(name, "")
        assert expected in words, f"{way}: {words}"
    if name in ("links", "macros"):
        assert found["import plan"].startswith("read: PlanTable")
