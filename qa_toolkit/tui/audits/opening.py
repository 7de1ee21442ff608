"""Opening an audit on the screen: its template, who is asked, and then a form for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from qa_toolkit.domain.audits import Audit
from qa_toolkit.domain.dates import parse_date, show_date
from qa_toolkit.domain.errors import InputError, QAError
from qa_toolkit.domain.people import Agency
from qa_toolkit.domain.template.minutes import minutes
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.terms import Slot
from qa_toolkit.store import library
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.forms.followed import HOW, Field, FollowedForm, choice, dated, written
from qa_toolkit.tui.forms.form import Values
from qa_toolkit.tui.forms.picking import PickMany
from qa_toolkit.workflow import audits, terms
from qa_toolkit.workflow.setup import BUSINESS_UNIT

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp


class Tool(NamedTuple):
    """A template with its text."""

    template: Template
    source: str


async def ask_audit(app: QAApp) -> Audit | None:
    """The audit as it was opened, or None where somebody went back.

    Raises:
        InputError: No agency here is asked anything by the template that was chosen.
    """
    tool = await _ask_template(app)
    if tool is None:
        return None
    asked = await _ask_agencies(app, tool.template)
    return await _ask_rest(app, tool, asked) if asked else None


async def _ask_template(app: QAApp) -> Tool | None:
    shipped = [Tool(*library.load(name)) for name in library.shipped()]
    tools = [tool for tool in shipped if tool.template.status != "retired"]
    lines = [f"{tool.template.title} {tool.template.edition}: {_length(tool.template)}" for tool in tools]
    words = "Which template is it made with? Its title, its edition, and the minutes of one return."
    another = "Another: a .toml file of your own"
    picked = await app.push_screen_wait(PickOne("Open an audit", words, [*lines, another]))
    if picked is None or picked < len(tools):
        return None if picked is None else tools[picked]
    words = "Where is the file? Its folder and name, such as ~/templates/mine.toml."
    named = await app.push_screen_wait(AskText("Open an audit", words, check=_check_file, kept="A template of ours"))
    return Tool(*library.load(str(Path(named).expanduser()))) if named else None


def _check_file(typed: str) -> None:
    if not typed:
        raise InputError("Write where the file is, or go back with Esc.")
    library.load(str(Path(typed).expanduser()))


def _length(template: Template) -> str:
    each = sorted(found for kind in template.agencies if (found := minutes(template, kind)))
    if not each:
        return "no agency is asked anything"
    span = f"{each[0]} to {each[-1]}" if each[0] != each[-1] else f"{each[0]}"
    return f"{span} minutes"


async def _ask_agencies(app: QAApp, template: Template) -> Sequence[str]:
    """Ids of those who are asked; everybody the template has questions for is put in at first."""
    known = app.workspace.agencies().values()
    able = [one for one in known if one.kind != BUSINESS_UNIT and any(template.asked(one.kind))]
    if not able:
        raise InputError(
            f"No agency here is asked anything by “{template.title}”. Add agencies first: g on the first screen."
        )
    words = "Who is asked? Everybody for whom it has questions is put in."
    lines = [f"{one.name}: about {minutes(template, one.kind)} minutes a return" for one in able]
    marked = range(len(able))
    while True:
        picked = await app.push_screen_wait(PickMany("Open an audit", words, lines, marked))
        if picked is None or picked:
            return [able[n].id for n in picked or ()]
        marked, words = range(0), "Nobody is put in yet: Space puts in at least one, or Esc goes back."


async def _ask_rest(app: QAApp, tool: Tool, asked: Sequence[str]) -> Audit | None:
    workspace, template, made = app.workspace, tool.template, None

    def record(row: Values) -> None:
        nonlocal made
        slots = _inspection(app, row.get("notified"))
        due = row.get("due") or (terms.returns_due(slots) if slots else None)
        if due is None:
            raise InputError("Say by when returns are due; a joint inspection brings its own day.")
        by = app.person.id if app.person else ""
        made = audits.open_audit(
            workspace, str(row["id"]), str(row["title"]), template, tool.source, agencies=asked, due=due,
            opened=app.today, lookback_from=row.get("from"), lookback_to=row.get("to"),
            agency_check=row["check"] == "yes", purpose=str(row.get("purpose", "")), phone=str(row.get("phone", "")),
            re_audit_of=_earlier(row), by=by, now=app.now(),
        )  # fmt: skip
        if slots:
            terms.set_terms(workspace, made.id, slots=slots, by=by, now=app.now())

    def tell(row: Values) -> str:
        said = []
        if earlier := _earlier(row):
            found = workspace.audits().get(earlier)
            none = f"There is no audit {earlier} to look at again."
            said.append(f"Looks again at {earlier}: {found.title}." if found else none)
        with suppress(QAError):
            if slots := _inspection(app, parse_date(str(row.get("notified", "")))):
                said.append(f"A joint inspection: returns are due by {show_date(terms.returns_due(slots))}, and each "
                            "child is added as the inspectorate names them.")  # fmt: skip
        return " ".join(said)

    names = _some([workspace.agencies()[id] for id in asked])
    about = f"{template.title} {template.edition}, asked of {names}. {HOW}"
    fields = _fields(audits.free_id(workspace, template, app.today))
    await app.push_screen_wait(FollowedForm(f"Open an audit: {template.id}", about, fields, record=record, tell=tell))
    return made


def _inspection(app: QAApp, notified: date | None) -> tuple[Slot, ...]:
    return terms.inspection_timetable(notified, app.calendar) if notified else ()


def _earlier(row: Values) -> str:
    return str(row.get("again", "")).strip().upper()


def _fields(id: str) -> list[Field]:
    return [
        written("id", "Its code: the theme, the year, a number", id),
        written("title", "Its title, such as Child exploitation, autumn"),
        dated("due", "Last day for returns"),
        dated("notified", "Or, for a joint inspection, the day on which it was notified"),
        dated("from", "First day of the look-back"),
        dated("to", "Last day of the look-back"),
        choice("check", "Does an agency lead check each return before it is sent in?",
               [("yes", "Yes"), ("no", "No")], "no"),
        written("purpose", "Why this audit, in a sentence", required=False),
        written("phone", "Whom to telephone about an immediate concern: a role and a number", required=False),
        written("again", "If it looks again at an earlier audit: that one, such as CE-2025-02", required=False),
    ]  # fmt: skip


def _some(agencies: Sequence[Agency]) -> str:
    more = f" and {len(agencies) - 3} more" if len(agencies) > 3 else ""
    return f"{', '.join(one.name for one in agencies[:3])}{more}"
