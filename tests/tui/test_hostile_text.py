"""Promise 9: what others typed is shown as text on every screen; it never acts."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders_panel import AUDIT, CHAIR, CHILD, HEALTH, MEMBER, a_panel_workspace
from builders_re_audit import AGAIN, two_audits
from builders_round import THIS, two_rounds
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace, every_type
from openpyxl import load_workbook
from scoring_app import At, showing
from textual.screen import Screen
from textual.widgets import DataTable

import qa_toolkit.tui
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.bank_holidays import england_and_wales
from qa_toolkit.domain.disclosure.rules import DEFAULT
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.findings import AnswerRef, FindingKind
from qa_toolkit.domain.moderation import Asked, Sitter, Whose
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.meetings import Kind as Decided
from qa_toolkit.domain.plans.plan import Responded, Source
from qa_toolkit.domain.plans.records import EvidenceKind
from qa_toolkit.domain.programme import Because
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import Grade
from qa_toolkit.domain.terms import KeyLine
from qa_toolkit.exchange.action_out import write_actions
from qa_toolkit.exchange.tool_out import write_tool
from qa_toolkit.reports.making import KINDS
from qa_toolkit.store import exports, library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.action import StoryScreen
from qa_toolkit.tui.actions.all_plans import PlansScreen
from qa_toolkit.tui.actions.plan import PlanScreen
from qa_toolkit.tui.actions.tracker import TrackerScreen
from qa_toolkit.tui.audits.all import AuditsScreen
from qa_toolkit.tui.audits.allocating import AllocateScreen
from qa_toolkit.tui.audits.grid import GridScreen
from qa_toolkit.tui.audits.indicators import IndicatorsScreen
from qa_toolkit.tui.audits.re_audit import ReAuditScreen
from qa_toolkit.tui.calendar.screen import CalendarScreen
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.home.screen import HomeScreen
from qa_toolkit.tui.meetings.all import MeetingsScreen
from qa_toolkit.tui.meetings.meeting import MeetingScreen
from qa_toolkit.tui.meetings.people import MeetingPeopleScreen
from qa_toolkit.tui.owed.late import LateScreen
from qa_toolkit.tui.owed.messages import MessagesScreen
from qa_toolkit.tui.panel.findings import FindingsScreen
from qa_toolkit.tui.panel.ledger import LedgerScreen
from qa_toolkit.tui.panel.moderation import ModerationScreen
from qa_toolkit.tui.panel.trace import TraceScreen
from qa_toolkit.tui.partnership.screen import PartnershipScreen
from qa_toolkit.tui.reports.choose import ReportsScreen
from qa_toolkit.tui.reports.preview import PreviewScreen
from qa_toolkit.tui.reports.release import ReleaseScreen
from qa_toolkit.tui.reports.sent import SentScreen
from qa_toolkit.tui.scoring.concern import ConcernScreen
from qa_toolkit.tui.scoring.declare import DeclareScreen
from qa_toolkit.tui.scoring.history import HistoryScreen
from qa_toolkit.tui.scoring.score import ScoreScreen
from qa_toolkit.tui.scoring.submit import SubmitScreen
from qa_toolkit.tui.sending.action_sheet import BringBackScreen
from qa_toolkit.tui.sending.board import SendingScreen
from qa_toolkit.tui.sending.came_back import TakeInScreen
from qa_toolkit.tui.who import WhoScreen
from qa_toolkit.workflow import (
    audits,
    chasing,
    concerns,
    drafts,
    findings,
    moderation,
    programme,
    promises,
    redacting,
    returns,
    rounds,
    setup,
    starting,
    submission,
    terms,
)
from qa_toolkit.workflow.plans import actions, attending, deciding, meetings, moving, plans, progress, recommendations
from qa_toolkit.workflow.plans.acting import Given

EVIL = (
    "[red]x[/red] [/x] [@click=app.bell]y[/] [link=http://x]z[/link] \x1b[31mred\x1b[0m \x1b]52;c;ZXZpbA==\x07 "
    "\x9b31m \u202eever\u202c \u200b\ufeff {0} %s $(x) 😀 a\u0301\u0301 'q' \"q\""
)
ODD = {
    "markup": "[red]x[/] [/x] [@click=app.bell]x[/] [b [ ] [[ [/] [link=javascript:x]",
    "escapes": "\x1b[2J\x1b]0;title\x07\x1b]8;;http://x\x1b\\y \x1bP1$t\x1b\\ \x9b2J \x9d52;c;eA==\x9c \x08\x7f",
    "directions": "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c \u2028\u2029",
    "nothing": "a\u200bb\u200c\u200d\u2060\ufeff\u00ad\U000e0041 \u3164 \ufff9",
    "long-word": "W" * 4000,
    "combining": "Z" + "\u0301\u0323" * 60,
    "wide": "\u6f22\u5b57" * 40 + " \U0001f468\u200d\U0001f469\u200d\U0001f467 \ufdfd",
}
FORBIDDEN = [chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0))] + list("\u202a\u202b\u202d\u202e\u2066")
SHORT = EVIL[:60]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Everything that anybody can type holds a hostile text."""
    boss = Person(id=BOSS, name=f"Co {SHORT}", roles=(Role.COORDINATOR, Role.CHAIR))
    at = setup.make_workspace(tmp_path / "w", f"North {SHORT}", first=boss, now=START)
    setup.add_agency(at, "police", f"Police {EVIL}", "police", contact=EVIL, by=BOSS, now=START)
    setup.add_person(at, RATER, f"Alex {EVIL}", by=BOSS, now=START)
    setup.add_person(at, LEAD, f"Lee {EVIL}", (Role.AGENCY_LEAD,), by=BOSS, now=START)
    template, source = library.load("dip-sample")
    audits.open_audit(
        at, "CE-2026-01", f"Audit {EVIL}", template, source, agencies=["police"], due=TODAY, opened=TODAY,
        purpose=EVIL, phone=f"Ring {EVIL}", by=BOSS, now=START,
    )  # fmt: skip
    audits.add_case(at, "CE-2026-01", facts={"age_band": "13 to 14"}, by=BOSS, now=START, today=TODAY)
    starting.start(at, RETURN, by=RATER, now=START, today=TODAY)
    returns.declare(at, RETURN, Relation.NONE, by=RATER, now=START)
    a_full_return(at)
    given = Answer(id="PL-01", values={"answer": "partly"}, comment=f"{EVIL}\n{EVIL}", evidence=f"Log {EVIL}")
    returns.answer(at, RETURN, given, seen=None, by=RATER, now=START)
    gone = Answer(id="VC-01", missing="not_applicable", reason=f"Because {EVIL}")
    returns.answer(at, RETURN, gone, seen=None, by=RATER, now=START)
    concerns.raise_concern(at, RETURN, what=f"Worry {EVIL}", why_now=EVIL, told=EVIL, told_at=START, how=EVIL,
                           by=RATER, now=START)  # fmt: skip
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(at, RETURN)))
    submission.submit(at, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER, now=START)
    submission.query(at, RETURN, {"PL-01": f"Which {EVIL}?"}, by=BOSS, now=START)
    promises.promise(at, RETURN, TODAY, EVIL, by=BOSS, now=START, today=TODAY)
    programme.plan(at, EVIL, Kind.CASE_FILE, "2026-11", because=Because.DATA, why=EVIL, theme=EVIL, lead=EVIL, by=BOSS,
                   now=START)  # fmt: skip
    chasing.draft(at, by=BOSS, now=START, today=TODAY, calendar=england_and_wales())
    an_evil_plan(at)
    return at


def an_evil_plan(at: Workspace) -> None:
    """A plan, a recommendation and an action with everything that can be typed about them."""
    day: dict[str, Any] = {"by": BOSS, "now": START, "today": TODAY}
    plan = plans.open_plan(at, f"Plan {EVIL}", Source.REVIEW, owner=EVIL, edition=EVIL, **day)
    asked = recommendations.recommend(at, plan.id, f"Do {EVIL}", measure=EVIL, themes=[EVIL], **day)
    recommendations.respond(at, asked.id, Responded.IN_PART, reason=EVIL, by_whom=EVIL, **day)
    action = actions.propose(
        at, plan.id, f"Act {EVIL}", due=TODAY, recommendation=asked.id, owner_role=EVIL, outside=EVIL, outcome=EVIL,
        measure=EVIL, baseline=EVIL, target=EVIL, sponsor=EVIL, **day,
    )  # fmt: skip
    progress.update(at, [action.id], f"Went {EVIL}", **day)
    progress.add_evidence(
        at, action.id, EvidenceKind.OTHER, f"See {EVIL}", TODAY, shows=EVIL, seen_by=EVIL, **day,
    )  # fmt: skip
    an_evil_meeting(at, action.id)


def an_evil_meeting(at: Workspace, action: str) -> None:
    """A meeting with everything that can be typed at one."""
    day: dict[str, Any] = {"by": BOSS, "now": START, "today": TODAY}
    id = meetings.plan_meeting(at, "qa-group", TODAY, papers=TODAY, chair=BOSS, **day).id
    meetings.open_meeting(at, id, **day)
    attending.attend(at, id, [f"Guest {EVIL.translate({61: '', 64: ''})}=police"], **day)
    attending.declare_interest(at, id, action, BOSS, EVIL, **day)
    given = Given(due_back=TODAY + timedelta(days=9), to=EVIL)
    deciding.decide(at, id, "returns:police", Decided.ASK_MORE, f"Show {EVIL}", given, **day)
    deciding.decide(at, id, "returns", Decided.NOTE, EVIL, **day)


SCREENS: dict[str, Callable[[], Screen[object]]] = {
    "who": WhoScreen,
    "home": HomeScreen,
    "audits": AuditsScreen,
    "grid": lambda: GridScreen("CE-2026-01"),
    "declare": lambda: DeclareScreen(RETURN),
    "score": lambda: ScoreScreen(RETURN, "PL-01"),
    "not-applicable": lambda: ScoreScreen(RETURN, "VC-01"),
    "submit": lambda: SubmitScreen(RETURN),
    "concern": lambda: ConcernScreen(RETURN),
    "history": lambda: HistoryScreen(RETURN, "PL-01"),
    "late": LateScreen,
    "calendar": CalendarScreen,
    "messages": MessagesScreen,
    "meetings": MeetingsScreen,
    "meeting": lambda: MeetingScreen("M-2026-001"),
    "meeting-people": lambda: MeetingPeopleScreen("M-2026-001"),
    "tracker": TrackerScreen,
    "plans": PlansScreen,
    "plan": lambda: PlanScreen("AP-2026-001"),
    "tracker-grouped": lambda: TrackerScreen(f"group:owner {EVIL}"),
    "story": lambda: StoryScreen("A-2026-001"),
    "reports": ReportsScreen,
    "agencies-and-people": PartnershipScreen,
    "allocate": lambda: AllocateScreen("CE-2026-01"),
    "page": lambda: Page(f"Not yet {EVIL}", EVIL),
}


@pytest.mark.parametrize("who", [BOSS, RATER])
@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_typed_acts_on_any_screen(workspace: Workspace, name: str, who: str) -> None:
    async with showing(workspace, SCREENS[name](), who=who, size=(160, 50)) as at:
        await at.keys("down", "up")
        assert acts(at) == []


def acts(at: At) -> list[str]:
    """What on the screen is no plain text."""
    found = []
    for strip in at.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if any(char in segment.text for char in FORBIDDEN) or (style and (style.link or "@click" in style.meta)):
                found.append(repr(segment))
    return found


PANEL: dict[str, tuple[Callable[[], Screen[object]], tuple[str, ...]]] = {
    **{key: (lambda: ModerationScreen(AUDIT), (key,)) for key in ("e", "w", "g", "v", "i", "f", "o")},
    "a question": (lambda: ModerationScreen(AUDIT), ("down",) * 6 + ("f", "3")),
    "the sitting": (lambda: ModerationScreen(AUDIT), ("s", "ctrl+s")),
    "findings": (lambda: FindingsScreen(AUDIT), ("f",)),
    "the thread": (lambda: TraceScreen("F-2026-001"), ("o",)),
    "the ledger": (lambda: LedgerScreen(AUDIT), ("d",)),
}


@pytest.mark.parametrize("name", PANEL)
async def test_nothing_typed_acts_at_the_panel(panel: Workspace, name: str) -> None:
    screen, keys = PANEL[name]
    async with showing(panel, screen(), who=CHAIR, size=(120, 40)) as at:
        assert acts(at) == []
        await at.keys(*keys)
        assert acts(at) == []


async def test_a_pack_its_check_and_what_was_sent_show_it_as_text(workspace: Workspace) -> None:
    preview = PreviewScreen(KINDS["qa-group"], {}, as_at=None, since=None, rules=DEFAULT)
    progress.update(workspace, ["A-2026-001"], f"Rang 07700 900123 {EVIL}", by=BOSS, now=START, today=TODAY)
    written = workspace.root.parent / "[red]pack [@click=app.bell].txt"
    written.write_text("x")
    exports.note(workspace.folder, written, kind=EVIL, subject="qa-group", audience=EVIL, by=EVIL, now=START,
                 journals=[], more={"decided": [{"what": EVIL, "reason": EVIL}]})  # fmt: skip
    async with showing(workspace, preview, who=BOSS, size=(160, 50)) as at:
        pages = len(preview.starts)
        assert any("[@click=app.bell]" in line for line in preview.text.lines)
        for _ in range(pages):
            assert acts(at) == []
            await at.keys("pagedown")
        await at.keys("g")
        assert acts(at) == []
        await at.keys("escape", "c")
        assert isinstance(at.screen, ReleaseScreen)
        assert acts(at) == []
        await at.keys("enter")
        assert acts(at) == []
        await at.keys("escape", "a")
        assert acts(at) == []
    async with showing(workspace, SentScreen(), who=BOSS, size=(120, 40)) as at:
        assert at.says("[red]pack [@click=app.bell].txt")
        await at.keys("enter")
        assert acts(at) == []


@pytest.fixture
def panel(tmp_path: Path) -> Workspace:
    """A panel at work on returns, grades, views and findings that hold a hostile text."""
    at = a_panel_workspace(tmp_path / "panel", typed=f" {EVIL}")
    moderation.change_sitting(at, AUDIT, came=[Sitter(who=f"Guest {EVIL}")], apologies=EVIL, by=BOSS, now=START)
    moderation.declare_interest(at, CHILD, MEMBER, f"Interest {EVIL}", by=BOSS, now=START)
    moderation.agree(at, CHILD, Grade.GOOD, f"Reason {EVIL}", dissent=EVIL, by=CHAIR, now=START)
    moderation.record_voice(at, CHILD, Whose.FAMILY, Asked.GAVE, asked_by=EVIL, view=EVIL, used=EVIL, by=BOSS,
                            now=START)  # fmt: skip
    findings.raise_finding(at, AUDIT, FindingKind.SYSTEM, f"Found {EVIL}", by=BOSS, now=START, today=TODAY,
                           answers=[AnswerRef(return_id=HEALTH, question="PL-01")])  # fmt: skip
    return at


@pytest.mark.parametrize("kind", ODD)
async def test_no_kind_of_text_acts_where_an_answer_is_read_written_and_offered_back(
    workspace: Workspace, kind: str
) -> None:
    text = ODD[kind]
    mine = a_return(a_workspace(workspace.root.parent / "second", title=text[:60] or "x"))
    given = Answer(id="PL-01", values={"answer": "partly"}, comment=text, evidence=text)
    returns.answer(mine, RETURN, given, seen=None, by=RATER, now=START)
    drafts.keep(mine, RETURN, "PL-01", "comment", text + text, by=RATER, now=START)
    concerns.raise_concern(mine, RETURN, what=text, why_now=text, told=text, told_at=START, how=text, by=RATER,
                           now=START)  # fmt: skip
    async with showing(mine, ScoreScreen(RETURN, "PL-01"), size=(80, 24)) as at:
        assert at.says("Not recorded last time")
        assert acts(at) == []
        await at.keys("e", "escape", "u", "escape")
        assert acts(at) == []
        await at.keys("h")
        assert isinstance(at.screen, HistoryScreen)
        assert acts(at) == []
        await at.keys("escape", "exclamation_mark")
        assert isinstance(at.screen, ConcernScreen)
        assert acts(at) == []


async def test_why_a_record_was_redacted_is_shown_as_text(workspace: Workspace) -> None:
    redacting.redact(workspace, RETURN, "PL-01", why=f"A name {EVIL}", by=BOSS, now=START)
    async with showing(workspace, HistoryScreen(RETURN, "PL-01"), who=BOSS, size=(120, 40)) as at:
        assert acts(at) == []


async def test_a_round_and_a_re_audit_show_it_as_text(tmp_path: Path) -> None:
    round = two_rounds(tmp_path / "r")
    rounds.moderate(round, f"{THIS}-O01", "KN-01", "developing", f"Because {EVIL}", by=BOSS, now=START)
    async with showing(round, IndicatorsScreen(THIS), who=BOSS, size=(120, 40)) as at:
        await at.keys("n")
        assert at.says("panel: Developing. Because [red]x[/red] [/x]")
        assert acts(at) == []
    source = library.load("dip-sample")[1]
    changed = source.replace('"Was the child seen alone, where that was safe?"', json.dumps(f"Seen {SHORT}?"))
    again = two_audits(tmp_path / "a", ["no"] * 4, ["yes"] * 4, changed)
    async with showing(again, ReAuditScreen(AGAIN), who=BOSS, size=(160, 50)) as at:
        await at.keys("d", "down")
        assert at.says("Asked in other words: “Was the child seen alone, where that was safe?” is now “Seen [red]x")
        assert acts(at) == []


@pytest.mark.parametrize("keys", [("e",), ("down", "e"), ("n", '"[@click=app.bell]"')], ids=["person", "agency", "new"])
async def test_the_forms_of_the_partnership_show_it_as_text(workspace: Workspace, keys: tuple[str, ...]) -> None:
    async with showing(workspace, PartnershipScreen(), who=BOSS, size=(100, 44)) as at:
        await at.keys("down", *keys)
        assert acts(at) == []


@pytest.mark.parametrize(
    "keys",
    [("plus", "down", '"[/x] [b]"'), ("c",), ("e",), ("w", '"[b]x[/]"', "down", "1", "ctrl+s"), ("a", "a"), ("h",)],
    ids=["cases", "facts", "terms", "sample", "who", "held"],
)
async def test_setting_an_audit_up_shows_it_as_text(workspace: Workspace, keys: tuple[str, ...]) -> None:
    terms.set_terms(workspace, "CE-2026-01", lines=[KeyLine(text=EVIL)], cohort=EVIL, method=EVIL, governance=EVIL,
                    outside=[EVIL], by=BOSS, now=START)  # fmt: skip
    async with showing(workspace, GridScreen("CE-2026-01"), who=BOSS, size=(100, 44)) as at:
        await at.keys(*keys)
        assert not isinstance(at.screen, GridScreen)
        assert acts(at) == []


@pytest.mark.parametrize("keys", [("n", "enter"), ("n", "enter", "ctrl+s"), ("x",)], ids=["agencies", "form", "close"])
async def test_opening_and_closing_an_audit_show_it_as_text(workspace: Workspace, keys: tuple[str, ...]) -> None:
    async with showing(workspace, AuditsScreen(), who=BOSS, size=(100, 44)) as at:
        await at.keys(*keys)
        assert not isinstance(at.screen, AuditsScreen)
        assert acts(at) == []


async def test_what_a_refusal_quotes_is_shown_as_text(workspace: Workspace) -> None:
    async with showing(workspace, GridScreen("CE-2026-01"), who=BOSS, size=(120, 40)) as at:
        at.screen.refuse(InputError(f"“{EVIL}” is not one of them."))
        at.screen.say(f"{EVIL} is filed.")
        await at.settle()
        assert at.says("[red]x[/red] [/x] [@click=app.bell]y[/]")
        assert acts(at) == []
        at.screen.refuse(InputError(f"Two lines\n{EVIL}"))
        await at.settle()
        assert isinstance(at.screen, Page)
        assert acts(at) == []


@pytest.mark.parametrize(
    "keys",
    [("question_mark",), ("f1",), ("ctrl+p",), ("ctrl+p", '"[red]x[/] [@click=app.bell]"')],
    ids=["help", "keys", "palette", "palette-search"],
)
async def test_help_and_palette_over_a_hostile_screen_are_plain(workspace: Workspace, keys: tuple[str, ...]) -> None:
    async with showing(workspace, ScoreScreen(RETURN, "PL-01"), size=(120, 40)) as at:
        await at.keys(*keys)
        assert acts(at) == []


async def test_the_text_itself_can_be_read(workspace: Workspace) -> None:
    async with showing(workspace, HistoryScreen(RETURN, "PL-01"), size=(160, 50)) as at:
        assert at.says("[red]x[/red] [/x] [@click=app.bell]y[/]")
        assert at.says(r"\x1b[31mred")


async def test_a_template_may_hold_such_text_too(tmp_path: Path) -> None:
    text = every_type().replace("was it done in time and well?", "was it [b]done[/b] [/x] [@click=app.quit]now[/]?")
    template = read_template(text, "evil.toml")
    assert "[@click" in template.questions["T-02"].text
    at = a_return(a_workspace(tmp_path / "w", text))
    async with showing(at, ScoreScreen(RETURN, "T-02")) as screen:
        assert screen.says("was it [b]done[/b] [/x] [@click=app.quit]now[/]?")


# --- and in the source: text reaches a widget through one helper only

SAFE = {"shown", "lines_shown", "rich_shown", "Content", "in_two_lines"}
"""What makes text safe; of `Content`, its constructor, `styled` and `join`, none of which reads markup."""
SHOWN_BY = {"Static", "Label", "update", "add_column"}
"""What is called with a text to show as its first argument."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _safe(node: ast.expr, held: dict[str, ast.expr], made: set[str]) -> bool:
    """Whether an expression is a literal, or text that went through a helper.

    `held` is what the names of the function were last given, `made` the functions that give back safe text.
    """
    match node:
        case ast.Constant():
            return True
        case ast.IfExp():
            return _safe(node.body, held, made) and _safe(node.orelse, held, made)
        case ast.Name():
            # Without itself, as in `line = line.stylize(…)`, which would go round for ever.
            rest = {name: value for name, value in held.items() if name != node.id}
            return node.id in held and _safe(held[node.id], rest, made)
        case ast.Call(func=ast.Attribute(value=inner, attr="join" | "styled")):
            return getattr(inner.func if isinstance(inner, ast.Call) else inner, "id", "") == "Content"
        case ast.Call():
            return _called(node) in SAFE | made
    return False


def _wrong(call: ast.Call, held: dict[str, ast.expr], made: set[str]) -> bool:
    name, plain = _called(call), {word.arg for word in call.keywords if ast.unparse(word.value) == "False"}
    if name == "notify":
        return "markup" not in plain
    if name == "OptionList":
        return "markup" not in plain and not call.args
    if not call.args or ast.unparse(call.args[0]).endswith("workspace"):
        return False  # a verb of the workflow that has the name of a widget's own
    return name in SHOWN_BY and not _safe(call.args[0], held, made)


def wrong_in(source: str) -> list[str]:
    """The calls of a module that give a widget a string in which markup could be read."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, Function)]
    made = {f.name for f in functions if f.returns and ast.unparse(f.returns) in ("Content", "Text")}
    wrong = []
    for function in functions:
        nodes = list(ast.walk(function))
        given = [node for node in nodes if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)]
        held = {node.targets[0].id: node.value for node in given}
        calls = (node for node in nodes if isinstance(node, ast.Call))
        wrong += [f"{call.lineno}: {ast.unparse(call)}" for call in calls if _wrong(call, held, made)]
    return wrong


@pytest.mark.parametrize("path", sorted(Path(qa_toolkit.tui.__file__).parent.rglob("*.py")), ids=lambda path: path.stem)
def test_no_widget_is_given_a_made_up_string(path: Path) -> None:
    """Text of others in the place of a widget's own would be read as markup: it goes through `tui.text`."""
    assert wrong_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("line", "fine"),
    [
        ('Static("Up and Down")', True),
        ("Static(shown(name))", True),
        ('Static(Content("\\n").join(lines))', True),
        ('Static(f"{name}")', False),
        ("Static(name)", False),
        ("line.update(person.name)", False),
        ('line.update("Who: " + name)', False),
        ("line.update(str(error))", False),
        ("self.notify(visible(name), markup=False)", True),
        ("self.notify(visible(name))", False),
        ('OptionList(id="x")', False),
    ],
)
def test_the_look_at_the_source_sees_what_it_is_for(line: str, fine: bool) -> None:
    assert (wrong_in(f"def f(name, lines, line, error, person):\n    {line}\n") == []) is fine


async def test_a_sheet_that_came_back_is_shown_as_text(workspace: Workspace) -> None:
    day: dict[str, Any] = {"by": BOSS, "now": START, "today": TODAY}
    action = actions.propose(workspace, "AP-2026-001", f"Act {EVIL}", due=TODAY, owner=RATER, **day)
    moving.move(workspace, Deed.AGREE, [action.id], **day)
    file = workspace.root.parent / "[red]sheet.xlsx"
    write_actions(workspace, "police", file, calendar=england_and_wales(), **day)
    book = load_workbook(file)
    row = book["Actions"][2]
    # What no sheet can hold is left out of what is typed into this one.
    typed = "".join(char for char in EVIL if char >= " ") + "\u202e\u2066\x9b"
    for cell in row[1:-1]:
        cell.value, cell.data_type = typed, "s"
    book.save(file)
    async with showing(workspace, BringBackScreen(file), who=BOSS, size=(80, 24)) as at:
        assert acts(at) == []
        assert at.screen.query_one(DataTable).row_count > 5
        await at.keys("down", "down", "enter")
        assert acts(at) == []


async def test_what_was_sent_and_what_came_back_is_shown_as_text(workspace: Workspace) -> None:
    folder = workspace.root.parent / "[red]back"
    folder.mkdir()
    file = folder / "[bold]tool\u202e\x1b[31m.xlsx"
    write_tool(workspace, "CE-2026-01", "police", file, by=BOSS, now=START)
    note = next((workspace.root / "exports").glob("*.json"))
    told = json.loads(note.read_text())
    note.write_text(json.dumps({**told, "file": f"tool {EVIL}", "by": EVIL}))
    book = load_workbook(file)
    typed = "".join(char for char in EVIL if char >= " ") + "\u202e\u2066\x9b"
    for sheet in ("Concern", "C01"):
        for row in book[sheet].iter_rows(min_row=2):
            for cell in row[2:]:
                cell.value, cell.data_type = typed, "s"
    book.save(file)
    (folder / "\x1b[2J.txt").write_text(EVIL)
    async with showing(workspace, SendingScreen("CE-2026-01"), who=BOSS, size=(80, 24)) as at:
        assert acts(at) == []
        assert at.says("The last was an audit tool, tool")
    async with showing(workspace, TakeInScreen(folder), who=BOSS, size=(80, 24)) as at:
        assert acts(at) == []
        assert at.screen.query_one(DataTable).row_count == 2
        assert at.says("CONCERN in [bold]tool")
        await at.keys("down", "y", "enter")
        assert isinstance(at.screen, Page)
        assert acts(at) == []
