"""Plans, recommendations, actions, rules, practice and undo by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_plans import CO, LEAD, MEMBER, NOW, OWNER, days, evidence, moment, planned_workspace
from keyboard import Keyboard, Ran

from qa_toolkit import clock
from qa_toolkit.domain.plans.records import Update
from qa_toolkit.workflow.plans.keeping import thread_on

TEXT = "Audit ten files for the offer of a return home interview"


@pytest.fixture
def qa(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    """A workspace with people of every part and no plan, on 23 November 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    planned_workspace(tmp_path / "findings" / "northshire").close()
    return Keyboard(tmp_path / "findings" / "northshire", capsys)


def made(ran: Ran) -> str:
    """The number that a command printed: the only line on standard output."""
    assert ran.code == 0, ran.err
    (id,) = ran.out.splitlines()
    return id


def plan(qa: Keyboard) -> str:
    return made(qa("plan", "open", "Review of Child J", "review", "--edition", "March 2026"))


def action(qa: Keyboard, of: str = "", *more: str) -> str:
    return made(
        qa("action", "propose", of or plan(qa), TEXT, "--due", "30/6/2027", "--owner", OWNER, "--measure", "9 of 10",
           *more)
    )  # fmt: skip


def test_a_recommendation_from_its_making_to_its_actions(qa: Keyboard) -> None:
    of = plan(qa)
    ran = qa("recommendation", "add", of, "All agencies should promote interviews", "--agency", "police")
    id = made(ran)
    assert [line.partition(":")[0] for line in ran.err.splitlines()] == ["Advice"] * 3
    assert "“Promote” has no end" in ran.err
    assert [row["waiting for"] for row in qa("recommendation", "list", "--waiting", "--json").json] == ["police"]
    refused = qa("recommendation", "respond", id, "rejected", "--agency", "police", "--by-whom", "Head")
    assert (refused.code, "needs a reason" in refused.err) == (3, True)
    assert qa("recommendation", "respond", id, "accepted", "--agency", "police", "--by-whom", "Head").code == 0
    number = action(qa, of, "--recommendation", id)
    shown = qa("recommendation", "show", id).out
    assert "police: Accepted, 23 Nov 2026, by Head." in shown
    assert number in shown
    assert qa("recommendation", "show", id, "--json").json["actions"][0]["colour"] == "grey"
    assert "taken back" in qa("recommendation", "withdraw", id, "The law has changed").err
    assert "(taken back: The law has changed)" in qa("recommendation", "list").out


def test_advice_names_what_is_alike_and_bars_nothing(qa: Keyboard) -> None:
    of = plan(qa)
    first = action(qa, of)
    ran = qa("action", "propose", of, TEXT, "--due", "1/1/2029", "--agency", "health")
    assert made(ran) > first
    for advice in (
        "No person or role is named",
        "more than a year away",
        "No measure says",
        f"{first} (proposed) says much the",
    ):
        assert advice in ran.err


def test_an_actions_whole_life(qa: Keyboard, tmp_path: Path) -> None:
    id, file = action(qa, "", "--priority", "high"), tmp_path / "roll.pdf"
    file.write_bytes(b"roll")
    steps: list[tuple[tuple[str, ...], str, str]] = [
        (("agree", id), CO, f"{id} is agreed, due 30 Jun 2027."),
        (("accept", id), OWNER, f"{id} is taken on"),
        (("start", id), OWNER, "is in progress"),
        (("update", id, "--text", "Six are read", "--progress", "60", "--says", "amber"), OWNER, f"{id}/U001"),
        (("milestone", id, "Five are read", "--due", "1/3/2027"), OWNER, ""),
        (("milestone", f"{id}/M01", "--done", "23/11/2026"), OWNER, "was reached on 23 Nov 2026"),
        (("ask-later", id, "30/9/2027", "Two files are with the court"), OWNER, "is asked for"),
        (("extend", id, "--to", "30/9/2027", "--reason", "The court has two", "--decided-by", "QA Group"), CO,
         "is due on 30 Sep 2027, in the place of 30 Jun 2027"),
        (("escalate", id, "business_group", "The group is not satisfied"), CO, "goes to the Business Group"),
        (("hold", id, "--reason", "The court has the files", "--review", "1/1/2027"), CO, "is on hold"),
        (("resume", id), CO, "is in progress"),
        (("evidence", id, "training", "Roll, v2", "--file", str(file), "--shows", "All came"), OWNER, "SHA-256 "),
        (("submit", id), OWNER, "is submitted for closure"),
        (("send-back", id, "--reason", "Two names are missing"), MEMBER, "is in progress"),
        (("submit", id), OWNER, "is submitted for closure"),
        (("verify", id, "--met", "yes", "--reason", "Ten of ten seen", "--impact-due", "1/12/2027"), MEMBER,
         "is verified"),
    ]  # fmt: skip
    for words, by, said in steps:
        ran = qa("action", *words, by=by)
        assert ran.code == 0, (words, ran.err)
        assert said in ran.err
    closing = qa("action", "close", id)
    assert (closing.code, "minuted decision of the Quality Assurance Group" in closing.err) == (3, True)
    shown = qa("action", "show", id).out
    for words in (
        "Verified, q.member@education: Ten of ten seen", "60% done (G Green that day)", "slip +65 working days",
        "Evidence A-2026-001/E01, Training record", "It goes to the Business Group: a meeting took it",
    ):  # fmt: skip
        assert words in shown
    data = qa("action", "show", id, "--json").json
    assert (data["state"], data["extensions"], data["updates"][0]["colour_of_its_day"]) == ("verified", 1, "green")


def test_the_end_of_actions(qa: Keyboard) -> None:
    of = plan(qa)
    first, second, third = (action(qa, of) for _ in range(3))
    assert qa("action", "agree", first, second).code == 0
    assert qa("action", "reject", third, "--reason", "Another plan has it").code == 0
    assert qa("action", "supersede", first, "--successor", second, "--reason", "One does both").code == 0
    reopened = qa("action", "reopen", first, "--reason", "It does not after all", "--due", "1/9/2027")
    assert f"{first} is reopened, due 1 Sep 2027." in reopened.err
    assert qa("action", "hand-over", first, second, "--outside", "Neighbouring force").code == 0
    corrected = qa("action", "correct", first, "--measure", "8 of 10", "--why", "Two moved away", "--sensitive", "yes")
    assert corrected.code == 0
    assert "Say what is to be changed" in qa("action", "correct", first).err
    assert first not in qa("action", "list", "--all", by=LEAD).out
    assert f"{third} is rejected, so nobody can agree it now" in qa("action", "agree", third, second).err
    assert qa("action", "refuse", first).code == 2


def test_a_list_is_narrowed_and_ends_in_its_legend(qa: Keyboard) -> None:
    of = plan(qa)
    first, second = action(qa, of), action(qa, of, "--tier", "main-board", "--theme", "prevention")
    qa("action", "agree", first)
    found = qa("action", "list").out.splitlines()
    assert [line.split()[0] for line in found[1:3]] == [first, second]
    assert "Actions: live; worst first." in found
    assert "2 of 2 actions, as at 23 Nov 2026." in found
    assert "Colours by HSCP-default, version 1, in force since 1 Jan 2016:" in found
    assert found[-1].strip().startswith("The first that applies wins.")
    for words, ids in (
        (("--state", "agreed"), [first]), (("--tier", "main-board"), [second]), (("--theme", "prevention"), [second]),
        (("--agency", "health"), []), (("--owner", OWNER), [first, second]), (("--colour", "grey"), [second]),
        (("due:2027-06", "--", "-theme:prevention"), [first]), (("return home interview",), [first, second]),
        (("ownerless",), []), (("sort:number", "agency:pol"), [first, second]),
        (("home", "interview"), [first, second]), (("home", "taxi"), []), (("--source", "audit"), []),
        (("--plan", of.lower()), [first, second]),
    ):  # fmt: skip
        got = qa("action", "list", "--json", *words).json
        assert ([row["action"] for row in got["actions"]], got["rules"]) == (ids, "HSCP-default, version 1")
    assert "There is none. `--all` shows ended ones too." in qa("action", "list", "taxi").err
    wrong = qa("action", "list", "agancy:police")
    assert (wrong.code, "Did you mean agency:?" in wrong.err) == (3, True)
    assert "No agency is called “navy”" in qa("action", "list", "--agency", "navy").err
    assert "is to come" in qa("action", "list", "--as-at", "1/1/2030").err
    by_tier = qa("action", "list", "group:tier").out
    assert by_tier.count("ACTION ") == 2
    assert "Tier: Main Board" in by_tier
    assert qa("action", "list", "--all", "--json").json["closure"] == {
        "submitted": 0, "verified": 0, "confirmed": 0, "of": 1
    }  # fmt: skip


def test_as_at_a_day_is_as_it_stood_then(qa: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment(-40))
    id = action(qa)
    monkeypatch.setattr(clock, "now", lambda: moment(-10))
    qa("action", "agree", id)
    monkeypatch.setattr(clock, "now", lambda: moment(0))
    states = {
        on: [row["state"] for row in qa("action", "list", "--as-at", days(on).isoformat(), "--json").json["actions"]]
        for on in (-41, -40, -11, -10, 0)
    }
    assert states == {-41: [], -40: ["proposed"], -11: ["proposed"], -10: ["agreed"], 0: ["agreed"]}
    assert qa("plan", "list", "--as-at", days(-11).isoformat(), "--json").json[0]["open"] == "0"
    assert "0 open at the start + 1 agreed" in qa("plan", "flow", days(-11).isoformat()).out
    assert qa("plan", "flow", days(-41).isoformat(), "--to", days(-11).isoformat(), "--json").json["end"] == 0
    assert qa("action", "show", id, "--as-at", days(-60).isoformat()).code == 3


def test_a_strategy_from_a_file_is_a_plan_like_any_other(qa: Keyboard, tmp_path: Path) -> None:
    file = tmp_path / "strategy.toml"
    file.write_text(
        '[plan]\ntitle = "Our strategy"\n[[headings]]\ntitle = "Prevention"\naim = "Safe from the start"\n'
        '[[headings.commitments]]\ntext = "Every school knows whom to call"\nowner = "Head"\n', encoding="utf-8",
    )  # fmt: skip
    assert "with 1 commitment under 1 heading." in qa("plan", "import", str(file), "--check").err
    of = made(qa("plan", "import", str(file)))
    assert qa("plan", "import", str(file)).code == 3
    assert made(qa("plan", "commit", of, "Prevention", "Every home knows whom to call")) == f"{of}/C02"
    assert qa("plan", "state", f"{of}/C01", "Half were reached", "--difference", "Calls come sooner").code == 0
    number = action(qa, of, "--commitment", f"{of}/C02")
    shown = qa("plan", "show", of).out
    for words in ("Prevention: Safe from the start", "23 Nov 2026: Half were reached Calls come sooner",
                  "Next statement by 23 May 2027.", f"- {number}  Proposed", "Of 0 actions"):  # fmt: skip
        assert words in shown
    assert qa("plan", "show", of, "--json").json["commitments"][1]["actions"] == [number]
    assert "goes on until it is closed: 1 action." in qa("plan", "end", of).err
    assert of not in qa("plan", "list").out
    assert "Our strategy (ended)" in qa("plan", "list", "--all").out
    file.write_text("[plan]\n", encoding="utf-8")
    broken = qa("plan", "import", str(file))
    assert (broken.code, "title is missing" in broken.err) == (4, True)
    assert qa("plan", "import", str(tmp_path)).code == 4
    assert "There is no file" in qa("plan", "import", str(tmp_path / "gone.toml")).err


def test_rules_are_shown_and_put_in_force(qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "The agency lead: 1 working day overdue" in qa("rules", "show").out
    assert qa("rules", "show", "rag").out.startswith("RAG, version 1\n")
    assert "from 1 Dec 2026 on" in qa("rules", "use", "RAG", "--from", "1/12/2026").err
    assert [row["since"] for row in qa("rules", "list", "--json").json] == ["in force, shipped", "", "", "2026-12-01"]
    assert qa("rules", "show", "--as-at", "2/12/2026", "--json").json["name"] == "RAG"
    file = tmp_path / "ours.toml"
    file.write_text('name = "Ours"\nversion = "1"\n[[rules]]\ncolour = "green"\nwords = "fine"\n', encoding="utf-8")
    assert "Ours, version 1 gives the colours" in qa("rules", "use", str(file)).err
    qa("action", "agree", action(qa))
    assert qa("action", "list", "--json").json["actions"][0]["because"] == "Green: fine."
    file.write_text("[[rules]]\n", encoding="utf-8")
    assert qa("rules", "use", str(file)).code == 4
    file.write_text(
        'name = "Steep"\n[[triggers]]\nrung = "main_board"\noverdue = 1\nneeds = "a decision"\n', encoding="utf-8"
    )
    assert "The Main Board: 1 working day overdue; then a decision." in qa("rules", "use", str(file)).err
    assert "An action climbs by Steep:" in qa("rules", "show").out
    late = action(qa, "", "--due", "24/11/2026")
    qa("action", "agree", late)
    monkeypatch.setattr(clock, "now", lambda: moment(3))
    assert "It goes to the Main Board: 2 working days overdue" in qa("action", "show", late).out
    assert qa("rules", "use", str(file), "--from", "1/11/2026").code == 3


def test_good_practice_is_answered_and_listed(qa: Keyboard) -> None:
    id = made(qa("practice", "add", plan(qa), "One page tells the child’s story", "--agency", "health"))
    assert qa("practice", "answer", id, "police", "adapted", "--shown-by", "Form 12", "--note", "shorter").code == 0
    (row,) = qa("practice", "list", "--json").json
    assert (row["taken up by"], row["not answered"]) == ("police", "education, social-care")
    assert "police: Taken up, adapted, 23 Nov 2026; shown by Form 12; shorter" in qa("practice", "show", id).out
    assert qa("practice", "show", id, "--json").json["uptakes"][0]["answer"] == "adapted"


def test_undo_takes_back_the_last_and_lists_what_can_be(qa: Keyboard) -> None:
    id = action(qa)
    qa("action", "agree", id)
    listed = qa("undo", "--list", "2", "--json").json
    assert [row["did"] for row in listed] == ["agreed an action", "proposed an action"]
    assert listed[0]["can be taken back"] == "yes"
    refused = qa("undo", "--line", listed[1]["line"])
    assert (refused.code, "stands on it" in refused.err) == (3, True)
    assert f"Taken back: line {listed[0]['line']}, {CO} agreed an action." in qa("undo", "--why", "The wrong one").err
    assert qa("action", "list", "--json").json["actions"][0]["state"] == "proposed"
    assert qa("undo", "--list", "0").code == 3
    assert qa("verify").code == 0


def test_what_was_typed_is_shown_and_never_obeyed(qa: Keyboard) -> None:
    text = "Audit [bold]ten[/] files \x1b[31m=cmd|' /C calc'!A0 of the team"
    id = made(qa("action", "propose", plan(qa), text, "--due", "30/6/2027", "--owner-role", "Head"))
    shown = qa("action", "show", id).out + qa("action", "list").out
    assert "\x1b" not in shown
    assert "[bold]ten[/]" in shown
    assert json.loads(qa("action", "list", "--json").out)["actions"][0]["text"].startswith("Audit [bold]")


def test_the_history_of_an_action_and_words_that_leave_it(qa: Keyboard) -> None:
    id = action(qa)
    assert qa("action", "agree", id).code == 0
    said = qa("action", "update", id, "--text", "Call her mother on 07700 900123")
    assert "looks like a phone number" in said.err
    assert "`qa redact` takes it out" in said.err
    rows = qa("history", id, "--json").json
    assert [row["did"] for row in rows] == ["proposed an action"] * 2 + ["agreed an action", "updated an action"]
    assert "07700" in rows[-1]["to"]
    assert "is taken out of one line" in qa("redact", f"{id}/U001", "--why", "a telephone number").err
    assert "07700" not in qa("history", id).out + qa("action", "show", id).out
    assert "(taken out)" in qa("action", "show", id).out
    assert qa("redact", "A-1999-001", "--why", "nothing").code == 3
    hidden = action(qa, "", "--sensitive")
    assert "for its owner, the co-ordinators" in qa("history", hidden, by=LEAD).err


def test_what_a_deed_comes_to_is_said_before_it_is_done(qa: Keyboard) -> None:
    of = plan(qa)
    first, second = action(qa, of), action(qa, of)
    assert qa("action", "agree", first).code == 0
    before = qa.workspace.actions_shelf.journal.head
    hold = ("hold", first, second, "--reason", "The court has the files", "--review", "1/7/2027")
    for words, said in (
        (hold, f"{first}  state Agreed → On hold"),
        (hold, f"{second}  refused: {second} is proposed"),
        (("hand-over", first, "--owner", LEAD), f"{first}  owner {OWNER} → {LEAD}"),
        (("update", first, "--text", "Six of ten"), f"{first}  one update more"),
        (("extend", first, "--to", "30/9/2027", "--reason", "The court has two", "--decided-by", "QA Group"),
         f"{first}  due 30 Jun 2027 → 30 Sep 2027"),
        (("reject", first, "--reason", "Another plan has it"), f"{first}  state Agreed → Rejected"),
    ):  # fmt: skip
        ran = qa("action", *words, "--dry-run")
        assert (ran.code, said in ran.out) == (0, True), ran.out
        assert "Nothing was recorded." in ran.err
    assert qa.workspace.actions_shelf.journal.head == before


def test_many_are_updated_in_one_line_or_none(qa: Keyboard) -> None:
    of = plan(qa)
    ids = [action(qa, of) for _ in range(2)]
    workspace = qa.workspace
    evidence(workspace, ids[0])
    line = workspace.actions_shelf.journal.seq
    assert qa("action", "update", *ids, "--text", "Both go well").code == 0
    assert qa("action", "update", ids[0], "A-1999-001", "--text", "Both go well").code == 3
    assert workspace.actions_shelf.journal.seq == line + 1
    assert [len(thread_on(workspace.actions_shelf, id).updates) for id in ids] == [1, 1]
    assert len(workspace.actions_shelf.all(Update)) == 2


def test_undo_asks_which_where_nothing_was_recorded_today(qa: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = qa("undo", by=MEMBER)
    assert (nothing.code, "recorded nothing in plans, actions or meetings" in nothing.err) == (3, True)
    id = action(qa)
    line = qa("undo", "--list", "1", "--json").json[0]["line"]
    monkeypatch.setattr(clock, "now", lambda: moment(3))
    refused = qa("undo")
    assert refused.code == 3
    assert f"The last was: Line {line}, 23 Nov 2026 09:00: proposed an action ({id})." in refused.err
    assert f"`qa undo --line {line}` takes it back" in refused.err
    assert qa("undo", "--line", line).code == 0
