"""Promise 9: what others typed is shown as text on every screen; it never acts."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, every_type
from scoring_app import showing
from textual.screen import Screen

import qa_toolkit.tui
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.store import library
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.audits import AuditsScreen
from qa_toolkit.tui.concern import ConcernScreen
from qa_toolkit.tui.declare import DeclareScreen
from qa_toolkit.tui.grid import GridScreen
from qa_toolkit.tui.help import Page
from qa_toolkit.tui.history import HistoryScreen
from qa_toolkit.tui.home import HomeScreen
from qa_toolkit.tui.score import ScoreScreen
from qa_toolkit.tui.submit import SubmitScreen
from qa_toolkit.tui.who import WhoScreen
from qa_toolkit.workflow import audits, concerns, returns, setup, submission

EVIL = (
    "[red]x[/red] [/x] [@click=app.bell]y[/] [link=http://x]z[/link] \x1b[31mred\x1b[0m \x1b]52;c;ZXZpbA==\x07 "
    "\x9b31m \u202eever\u202c \u200b\ufeff {0} %s $(x) 😀 a\u0301\u0301 'q' \"q\""
)
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
    returns.start(at, RETURN, by=RATER, now=START, today=TODAY)
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
    return at


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
    "page": lambda: Page(f"Not yet {EVIL}", EVIL),
}


@pytest.mark.parametrize("who", [BOSS, RATER])
@pytest.mark.parametrize("name", SCREENS)
async def test_nothing_typed_acts_on_any_screen(workspace: Workspace, name: str, who: str) -> None:
    async with showing(workspace, SCREENS[name](), who=who, size=(160, 50)) as at:
        await at.keys("down", "up")
        strips = at.app.screen._compositor.render_strips()
        for strip in strips:
            for segment in strip:
                assert not [char for char in FORBIDDEN if char in segment.text], segment
                meta = segment.style.meta if segment.style else {}
                assert "@click" not in meta, segment
                assert not (segment.style and segment.style.link), segment


async def test_the_text_itself_can_be_read(workspace: Workspace) -> None:
    async with showing(workspace, HistoryScreen(RETURN, "PL-01"), size=(160, 50)) as at:
        assert at.says("[red]x[/red] [/x] [@click=app.bell]y[/]")
        assert at.says(r"\x1b[31mred")


async def test_a_template_may_hold_such_text_too(tmp_path: Path) -> None:
    text = every_type().replace("was it done in time and well?", "was it [b]done[/b] [/x] [@click=app.quit]now[/]?")
    template = read_template(text, "evil.toml")
    assert "[@click" in template.questions["T-02"].text
    from builders_scoring import a_return, a_workspace

    at = a_return(a_workspace(tmp_path / "w", text))
    async with showing(at, ScoreScreen(RETURN, "T-02")) as screen:
        assert screen.says("was it [b]done[/b] [/x] [@click=app.quit]now[/]?")


# --- and in the source: text reaches a widget through one helper only

SAFE = {"shown", "lines_shown", "rich_shown", "Content", "Text", "in_two_lines", "visible", "lines_of"}
TAKES_TEXT = {"Static", "Label", "Option", "Line", "update", "notify", "add_column", "append"}


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


@pytest.mark.parametrize(
    "path", sorted(Path(qa_toolkit.tui.__file__).parent.rglob("*.py")), ids=lambda path: path.stem
)
def test_no_widget_is_given_a_made_up_string(path: Path) -> None:
    """A plain f-string, sum or format in the place of a widget's text would be read as markup."""
    wrong = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in TAKES_TEXT - {"append"} or not node.args:
            continue
        made_up = isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
        unmarked = name == "notify" and not any(
            word.arg == "markup" and isinstance(word.value, ast.Constant) and word.value.value is False
            for word in node.keywords
        )
        if made_up or unmarked:
            wrong.append(f"{path.name}:{node.lineno} {ast.unparse(node)[:80]}")
    assert wrong == []
