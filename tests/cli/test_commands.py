"""Every deed as a command: data on one stream, talk on the other, and the code that the table names."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, a_full_return
from keyboard import Keyboard
from openpyxl import load_workbook

from qa_toolkit.cli import main
from qa_toolkit.cli.table import CHAPTERS, COMMANDS
from qa_toolkit.domain.returns import Relation
from qa_toolkit.example import build
from qa_toolkit.example.story import running_audit


@pytest.mark.parametrize("words", [words for words, _, _ in COMMANDS])
def test_every_command_explains_itself(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([*words.split(), "--help"])
    out = capsys.readouterr().out
    assert stop.value.code == 0
    assert out.startswith(f"usage: qa {words}")
    assert "--as PERSON" in out


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["retrun", "show"], "qa return show"),
        (["audit", "opne"], "qa audit open"),
        (["verfiy"], "qa verify"),
        (["exprot", "workbook"], "qa export workbook"),
        (["return"], "qa return start"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_one_that_was_meant(
    typed: list[str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2
    assert meant in capsys.readouterr().err


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            ["people", "add", "a.b@police", "A. B", "--role", "auditr"],
            "“auditr” cannot stand for --role. Did you mean auditor?",
        ),
        (["people", "add", "a.b@police"], "`qa people add` needs name as well."),
        (["audit", "open"], "`qa audit open` needs id, title and --template as well."),
        (
            ["audit", "open", "a", "b", "--template", "c", "--deu", "3"],
            "`qa audit open` has no --deu. Did you mean --due?",
        ),
        (["late", "extra"], "“extra” is more than `qa late` takes"),
        (["audit", "open", "a", "b", "--template"], "--template needs a value behind it."),
        (["undo", "--line", "two"], "“two” cannot stand for --line: it is a whole number."),
        (["late", "\x1b[31m"], "“\\x1b[31m” is more than `qa late` takes"),
    ],
)
def test_what_a_command_cannot_read_is_answered_in_one_sentence(
    typed: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err
    assert f"`qa {typed[0]}" in err
    assert "--help` says what it takes." in err


@pytest.mark.parametrize("typed", [["return", "--help"], ["help", "return"], ["--as", "a.b@c", "return", "-h"]])
def test_help_on_one_word_lists_what_there_is_under_it(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(typed) == 0
    out = capsys.readouterr().out.splitlines()
    assert all(line.startswith("  qa return ") for line in out)
    assert len(out) == sum(words.startswith("return ") for words, _, _ in COMMANDS)


def test_help_has_the_chapters_of_the_page_of_commands(capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    main(["--help"])
    out = capsys.readouterr().out
    for title, commands in CHAPTERS:
        chapter = page.split(f"## {title}\n")[1].split("\n## ")[0]
        assert [words for words, _, _ in commands] == re.findall(r"^\| `qa ([a-z -]+)` \|", chapter, re.MULTILINE)
        assert f"\n{title}\n" in out


@pytest.mark.parametrize("written", ["co-ordinator", "Coordinator", "agency-lead", "QA Group"])
def test_a_role_may_be_written_as_people_write_it(qa: Keyboard, written: str) -> None:
    assert qa("people", "add", "n.new@police", "N. New", "--role", written).code == 0


def test_an_auditors_way_from_start_to_sent_in(qa: Keyboard) -> None:
    def mine(*words: str) -> str:
        ran = qa(*words, by=RATER)
        assert ran.code == 0, ran.err
        return ran.err + ran.out

    mine("return", "start", RETURN)
    mine("return", "declare", RETURN, Relation.NONE.value)
    mine("return", "answer", RETURN, "S0-1", "yes")
    mine("return", "answer", RETURN, "pl-01", "partly", "--comment", "Old.", "--evidence", "Plan of 3 May, page 2")
    a_full_return(qa.workspace).close()
    assert "Indicative grade" in mine("return", "grade", RETURN, "good", "--reasons", "Sound.", "--departure", "Why.")
    shown = qa("return", "show", RETURN, "--json", by=RATER).json
    assert shown["answers"]["PL-01"]["values"] == {"answer": "partly"}
    mine("return", "submit", RETURN, "--safe", "yes", "--relation", "none", "--acknowledge")
    refused = qa("return", "answer", RETURN, "PL-01", "yes", by=RATER)
    assert (refused.code, refused.out) == (3, "")
    assert "give" in refused.err
    assert qa("return", "receive", RETURN).code == 0
    assert qa("audit", "show", "CE-2026-01", "--json").json[0]["state"] == "Received"


def test_what_is_missing_is_said_before_it_is_sent_in(begun: Keyboard) -> None:
    ran = begun("return", "submit", RETURN, "--safe", "yes", "--relation", "none", by=RATER)
    assert ran.code == 3
    assert "PL-01 is not answered" in ran.err


def test_a_query_comes_back_with_the_answers_kept(full: Keyboard) -> None:
    full("return", "submit", RETURN, "--safe", "yes", "--relation", "none", "--acknowledge", by=RATER)
    assert full("return", "query", RETURN, "PL-01=Which meeting was this?").code == 0
    text = full("return", "show", RETURN, by=RATER).out
    assert "QUERY: Which meeting was this?" in text
    assert full("return", "answer", RETURN, "PL-01", "yes", "--evidence", "Minutes of May", by=RATER).code == 0


def test_a_return_is_given_back_and_a_nil_one_counts(full: Keyboard) -> None:
    full("return", "submit", RETURN, "--safe", "yes", "--relation", "none", "--acknowledge", by=RATER)
    assert full("return", "reopen", RETURN, "A page was missed by the police").code == 0
    added = full("case", "add", "CE-2026-01", "--fact", "age_band=15 to 16")
    assert added.out == "CE-2026-01-C02\n"
    assert full("return", "nil", "CE-2026-01-C02-POLICE", "not known to us", by=RATER).code == 0
    states = {row["return"]: row["state"] for row in full("audit", "show", "CE-2026-01", "--json").json}
    assert states == {RETURN: "In progress", "CE-2026-01-C02-POLICE": "Nil return"}


def test_facts_of_a_case_are_changed_and_the_rest_stays(qa: Keyboard) -> None:
    assert qa("case", "facts", "CE-2026-01-C01", "age_band=15 to 16").code == 0
    assert qa.workspace.audit("CE-2026-01").subjects["CE-2026-01-C01"].facts["age_band"] == "15_to_16"
    assert qa("case", "facts", "CE-2026-01-C01", "episodes=3").code == 0
    assert qa("case", "facts", "CE-2026-01-C01", "age_band=").code == 0
    assert qa.workspace.audit("CE-2026-01").subjects["CE-2026-01-C01"].facts == {"episodes": 3}, "empty: taken out"
    refused = qa("case", "facts", "CE-2026-01-C01", "age_band=nineteen")
    assert refused.code == 3
    assert "Age band" in refused.err


def test_a_concern_is_raised_told_and_closed(begun: Keyboard) -> None:
    raised = begun("concern", "raise", RETURN, "Seen with older men", "--told", "duty manager", by=RATER)
    assert raised.code == 0
    assert "Phone now" in raised.err
    assert "alerts nobody" in raised.err
    id = raised.out.strip()
    assert begun("concern", "update", id, "--acknowledged-by", "duty manager").code == 0
    assert begun("concern", "update", id, "--outcome", "Seen tonight and safe", "--close").code == 0
    assert begun("concern", "list", "--json").json == []
    assert [row["concern"] for row in begun("concern", "list", "--all", "--json").json] == [id]


def test_history_says_from_what_to_what(begun: Keyboard) -> None:
    begun("return", "answer", RETURN, "PL-01", "yes", "--evidence", "Plan of May, page 2", by=RATER)
    begun("return", "answer", RETURN, "PL-01", "no", by=RATER)
    told = begun("history", RETURN, "PL-01", "--json").json
    assert [line["who"] for line in told] == [RATER, RATER]
    assert told[-1]["from"] == "Yes; evidence: Plan of May, page 2"
    assert told[-1]["to"] == "No; evidence: Plan of May, page 2", "in the words of the question, not as it is kept"


def test_words_are_taken_out_and_gone_from_every_file(begun: Keyboard) -> None:
    begun("return", "answer", RETURN, "PL-01", "yes", "--comment", "Marigold Testerson rang", by=RATER)
    assert begun("redact", RETURN, "PL-01", "--why", "a name was typed", by=RATER).code == 0
    for path in begun.root.rglob("*"):
        if path.is_file():
            assert b"Marigold" not in path.read_bytes(), path
    ran = begun("verify")
    assert ran.code == 0
    assert "No fault." in ran.out


def test_a_workbook_is_written_where_it_was_asked_for(full: Keyboard, tmp_path: Path) -> None:
    full("return", "submit", RETURN, "--safe", "yes", "--relation", "none", "--acknowledge", by=RATER)
    out = tmp_path / "out.xlsx"
    ran = full("export", "workbook", "--audit", "CE-2026-01", str(out))
    assert (ran.code, ran.out) == (0, f"{out}\n"), ran.err
    assert "Summary" in load_workbook(out).sheetnames
    again = full("export", "workbook", "--audit", "CE-2026-01", str(out))
    assert again.code == 3
    assert "--force" in again.err


# --- a whole return from a file


def _csv(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def test_a_whole_return_is_taken_from_a_file(begun: Keyboard, tmp_path: Path) -> None:
    rows = [["question", "value", "evidence"], ["S0-1", "yes", ""], ["PL-01", "Partly", "Plan of May, page 2"]]
    file = _csv(tmp_path / "answers.csv", rows)
    assert begun("return", "answer", RETURN, "--file", str(file), by=RATER).code == 0
    assert begun.workspace.ret(RETURN).answers["PL-01"].evidence == "Plan of May, page 2"


def test_of_a_file_with_faults_nothing_is_taken_and_every_line_is_named(begun: Keyboard, tmp_path: Path) -> None:
    rows = [["question", "value"], ["S0-1", "yes"], ["PL-01", "perhaps"], ["ZZ-9", "yes"], ["PL-02", "31/02/2026"]]
    ran = begun("return", "answer", RETURN, "--file", str(_csv(tmp_path / "a.csv", rows)), by=RATER)
    assert ran.code == 4
    for line in ("line 3", "line 4", "line 5"):
        assert line in ran.err
    assert begun.workspace.ret(RETURN).answers == {}


def test_what_is_shown_as_json_can_be_taken_back(full: Keyboard, tmp_path: Path) -> None:
    before = full.workspace.ret(RETURN).answers
    file = tmp_path / "answers.json"
    file.write_text(full("return", "show", RETURN, "--json", by=RATER).out, encoding="utf-8")
    assert full("return", "answer", RETURN, "--file", str(file), by=RATER).code == 0
    after = full.workspace.ret(RETURN).answers
    assert {id: a.document() for id, a in after.items()} == {id: a.document() for id, a in before.items()}


# --- where one is, and who


def test_a_workspace_is_found_from_inside_and_from_beside(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (qa.root, qa.root / "audits", tmp_path):
        monkeypatch.chdir(place)
        ran = qa("where", "--json", inside=False)
        assert ran.json["folder"] == str(qa.root)
    monkeypatch.chdir("/")
    monkeypatch.setenv("QA_WORKSPACE", str(qa.root))
    assert qa("where", "--json", inside=False).json["workspace"] == "Northshire"


def test_none_is_made_without_being_asked_for(qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "elsewhere"
    empty.mkdir()
    (tmp_path / "findings").rename(tmp_path / "put away")
    monkeypatch.chdir(empty)
    ran = qa("audit", "list", inside=False)
    assert ran.code == 6
    assert "qa init" in ran.err
    assert list(empty.iterdir()) == []


def test_init_makes_one_says_where_and_what_it_does_not_protect(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "new" / "OneDrive - Northshire Council"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    ran = qa("init", "North Shire", "--person", "c.ordinator", by="", inside=False)
    made = place / "findings" / "north-shire"
    assert (ran.code, ran.out) == (0, f"{made}\n")
    assert "kept by OneDrive" in ran.err
    assert "protect" in ran.err
    assert (made.stat().st_mode & 0o777) == 0o700
    assert qa("init", "North Shire", "--person", "c.ordinator", by="", inside=False).code == 3


def test_init_takes_a_full_id_and_says_plainly_where_it_is_of_another_agency(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It once answered that “business-unit@business-unit” cannot be the id of an agency."""
    monkeypatch.chdir(tmp_path)
    ran = qa("init", "Elsewhere", "--person", "c.lee@police", by="", inside=False)
    assert ran.code == 3
    assert "names “police”. Write c.lee@business-unit" in ran.err
    assert not (tmp_path / "findings" / "elsewhere").exists()
    for name, who in (("East", "C.Lee@Business-Unit"), ("West", "c.lee@"), ("South", "c.lee")):
        ran = qa("init", name, "--person", who, by="", inside=False)
        assert ran.code == 0
        assert "You are its first co-ordinator, c.lee@business-unit." in ran.err
        assert "opens it on the screen, with the first steps" in ran.err


def test_somebody_unknown_is_told_how_to_be_known(qa: Keyboard) -> None:
    ran = qa("case", "add", "CE-2026-01", by="ghost@police")
    assert ran.code == 3
    assert "qa people add" in ran.err
    assert "--as" in qa("case", "add", "CE-2026-01", by="").err


def test_only_the_right_person_may(qa: Keyboard) -> None:
    assert qa("case", "add", "CE-2026-01", by=RATER).code == 3
    assert qa("return", "start", RETURN, by=BOSS).code == 3
    assert "leads" in qa("return", "check", RETURN, by=RATER).err or qa("return", "check", RETURN, by=LEAD).code == 3


def test_templates_are_listed_checked_shown_and_turned_into_tables(qa: Keyboard, tmp_path: Path) -> None:
    listed = {row["id"] for row in qa("template", "list", "--json").json}
    assert {"dip-sample", "child-exploitation-case-file", "missing-children-case-file"} <= listed
    assert "no faults" in qa("template", "check", "dip-sample").out
    shown = qa("template", "show", "dip-sample", "--agency", "police").out
    assert "S0-1" in shown
    assert qa("template", "show", "dip-sample", "--agency", "Police").out == shown, "by its name too"
    assert "Did you mean police?" in qa("template", "show", "dip-sample", "--agency", "polise").err
    book, toml = tmp_path / "t.xlsx", tmp_path / "t.toml"
    assert qa("template", "to", "dip-sample", str(book)).code == 0
    again = qa("template", "to", "dip-sample", str(book))
    assert (again.code, "is there already" in again.err) == (3, True), "a table that somebody filled in was replaced"
    assert qa("template", "to", "dip-sample", str(book), "--force").code == 0
    assert qa("template", "from", str(book), str(toml)).code == 0
    assert qa("template", "check", str(toml)).code == 0
    assert qa("template", "schema").json["$schema"]
    broken = tmp_path / "broken.toml"
    broken.write_text(toml.read_text(encoding="utf-8").replace('type = "yes_partly_no"', 'type = "yes_partly_know"'))
    ran = qa("template", "check", str(broken))
    assert ran.code == 4
    assert "yes_partly_no" in ran.err


def test_people_and_agencies_are_added_and_listed(qa: Keyboard) -> None:
    assert qa("agencies", "add", "gp", "Northshire GPs", "--kind", "health").code == 0
    assert qa("people", "add", "n.nurse@gp", "N. Nurse", "--role", "auditor").code == 0
    assert "gp" in {row["id"] for row in qa("agencies", "list", "--json").json}
    assert "n.nurse@gp" in {row["id"] for row in qa("people", "list", "--json").json}
    assert qa("people", "add", "somebody", "X").code == 3


def test_an_agency_is_changed_and_its_kind_stays_where_an_audit_asks_it(qa: Keyboard) -> None:
    assert qa("agencies", "add", "gp", "GPs").code == 0
    assert "Changed gp: GPs, health; Named GP." in qa("agencies", "change", "gp", "--kind", "health", "--contact",
                                                      "Named GP").err  # fmt: skip
    assert "Changed gp: Surgeries, health; Named GP." in qa("agencies", "change", "GP", "--name", "Surgeries").err
    assert "asked in CE-2026-01 as “police”, so that stays" in qa("agencies", "change", "police", "--kind", "gp").err
    assert "is the business unit, and stays it" in qa("agencies", "change", "business-unit", "--kind", "x").err
    assert qa("agencies", "change", "gp", "--name", " ").code == 3
    assert "no agency nowhere" in qa("agencies", "change", "nowhere", "--name", "X").err


def test_the_last_coordinator_stays_one(qa: Keyboard) -> None:
    """A workspace in which nobody may add a person could not be mended."""
    ran = qa("people", "add", BOSS, "Co Ordinator", "--role", "chair")
    assert (ran.code, "is the only co-ordinator here: make somebody else one first" in ran.err) == (3, True)
    assert qa("people", "add", BOSS, "Co Ordinator", "--until", "1/1/2020").code == 3
    assert qa("people", "add", "d.deputy@business-unit", "Dee", "--role", "coordinator").code == 0
    assert qa("people", "add", BOSS, "Co Ordinator", "--role", "chair").code == 0


# --- as whole processes


def test_version_and_help_load_nothing_heavy() -> None:
    code = (
        "import sys; from qa_toolkit.cli import main; main(['--version']); main(['--help']);"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "('pydantic','textual','rich','tinydb','xlsxwriter','openpyxl','argparse')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.endswith("[]\n")


def test_a_reader_that_goes_away_is_no_fault(qa: Keyboard) -> None:
    """`qa history | head -1`."""
    code = f"import sys; from qa_toolkit.cli import main; sys.exit(main(['--workspace', {str(qa.root)!r}, 'history']))"
    read, write = os.pipe()
    os.close(read)
    ran = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert "Traceback" not in ran.stderr
    assert "Exception ignored" not in ran.stderr


def test_the_example_is_made_once_and_then_opened(
    tmp_path: Path, qa: Keyboard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    # One of its audits is enough here: tests/example makes all of it.
    monkeypatch.setattr(build, "tell", running_audit)
    (tmp_path / "findings" / "northshire").rename(tmp_path / "northshire")
    first = qa("demo", "--no-open", by="", inside=False)
    assert first.code == 0, first.err
    made = tmp_path / "findings" / "example"
    before = (made / "partnership.journal").read_bytes()
    assert qa("demo", "--no-open", by="", inside=False).out == first.out == f"{made}\n"
    assert (made / "partnership.journal").read_bytes() == before
    assert [path.name for path in (tmp_path / "findings").iterdir()] == ["example"]
    states = {row["state"] for row in qa("audit", "show", "MC-2026-01", "--json", by="", inside=False).json}
    assert {"Not started", "In progress", "Submitted", "Queried", "Received", "Nil return"} <= states


def test_a_case_without_a_fact_that_its_template_needs_says_so_until_it_is_entered(qa: Keyboard) -> None:
    """It was taken without a word, and questions that hang on the fact were never shown."""
    qa("audit", "open", "CE-2026-02", "Another", "--template", "child-exploitation-case-file", "--due", "1/12/2027")
    added = qa("case", "add", "CE-2026-02")
    assert added.out.strip() == "CE-2026-02-C01"
    assert "Still needed of CE-2026-02-C01" in added.err
    assert "missing_episodes" in added.err
    assert "Still needed" not in qa("case", "facts", "CE-2026-02-C01", "missing_episodes=0").err
