"""The forms of the calendar: an entry as it is planned, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa_toolkit.domain.errors import InputError, QAError, Stale
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.programme import Because, Entry, Standing, check_months, read_asks
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.forms.row import RowScreen
from qa_toolkit.workflow import programme

_KINDS = {
    Kind.CASE_FILE: "Case file audit", Kind.DIP_SAMPLE: "Dip sample", Kind.SELF_ASSESSMENT: "Self-assessment",
    Kind.RE_AUDIT: "Re-audit", Kind.SURVEY: "Survey", Kind.JTAI_TRACKING: "Joint inspection",
}  # fmt: skip
_TEXTS = (
    ("title", "What is audited"), ("first", "First month, such as 2027-03"),
    ("last", "Last month; empty where it is one month"), ("why", "Why it was chosen, in a sentence"),
    ("asks", "Returns asked of each agency, such as: police 8, health 8"), ("theme", "Theme"),
    ("lead", "Who leads it (a role)"), ("tier", "The group that agreed it, once it has"),
)  # fmt: skip


def _part(title: str) -> Part:
    def text(name: str) -> Part:
        return Part(id=name, type=PartType.SHORT_TEXT, label=dict(_TEXTS)[name])

    choices = (Part(id="kind", type=PartType.CHOICE, label="What it is"),
               Part(id="because", type=PartType.CHOICE, label="What led to it"))  # fmt: skip
    rest = ("theme", "lead", "tier")
    columns = (text("title"), text("first"), text("last"), text("asks"), text("why"), *choices, *map(text, rest))
    return Part(type=PartType.REPEAT, label=title, columns=columns)


_OPTIONS: Mapping[str, tuple[Option, ...]] = {
    "kind": tuple(Option(value=kind.value, label=label) for kind, label in _KINDS.items()),
    "because": tuple(Option(value=one.value, label=one.label) for one in Because),
}


def _read(part: Part, text: str) -> Any:
    """The text itself, once it can be read: the form shows it again as it was typed."""
    text = " ".join(text.split())
    if text and part.id in ("first", "last"):
        check_months(text)
    if part.id == "asks":
        read_asks(text)
    return text


def _row(entry: Entry | None, month: str) -> dict[str, Any]:
    if entry is None:
        return {"first": month, "kind": Kind.CASE_FILE.value}
    last = entry.months[-1] if len(entry.months) > 1 else ""
    return {
        "title": entry.title, "first": entry.months[0], "last": last, "why": entry.why, "theme": entry.theme,
        "lead": entry.lead, "tier": entry.tier, "kind": entry.kind.value, "because": entry.because.value,
        "asks": ", ".join(f"{agency} {count}" for agency, count in entry.asks.items()),
    }  # fmt: skip


async def ask_entry(screen: QAScreen, entry: Entry | None, by: str, *, month: str) -> Entry | None:
    """The entry as it was filled in and recorded, or None; what is refused stays in the form, to be mended."""
    qa, row = screen.qa, _row(entry, month)
    part = _part(f"Change {entry.id}" if entry else "A new entry of the programme")
    while True:
        filled = await screen.app.push_screen_wait(RowScreen(part, _OPTIONS, row, _read, lambda _: None))
        if filled is None:
            return None
        row = filled
        try:
            return _record(screen, entry, row, by)
        except QAError as error:
            screen.refuse(error)
            if entry is not None and isinstance(error, Stale):
                entry = programme.find(qa.workspace, entry.id)


def _record(screen: QAScreen, entry: Entry | None, row: Mapping[str, Any], by: str) -> Entry:
    workspace, now = screen.qa.workspace, screen.qa.now()
    title, first, last, why = (row.get(name, "") for name in ("title", "first", "last", "why"))
    kind, because = Kind(row.get("kind", Kind.CASE_FILE)), Because(row.get("because", Because.DATA))
    asks = read_asks(row.get("asks", ""))
    rest = {name: row.get(name, "") for name in ("theme", "lead", "tier")}
    if entry is None:
        return programme.plan(workspace, title, kind, first, last, because=because, why=why, asks=asks, by=by, now=now,
                              **rest)  # fmt: skip
    return programme.revise(
        workspace, entry.id, title=title, kind=kind, first=first, last=last, because=because, why=why, asks=asks,
        seen=seen(entry), by=by, now=now, **rest,
    )  # fmt: skip


async def ask_standing(screen: QAScreen, entry: Entry) -> tuple[Standing, str] | None:
    """Where the entry stands now, and the words that this needs: a reason, a group or an audit."""
    standings = list(Standing)
    words = f"{entry.title} is {entry.standing.value}. Where does it stand?"
    picked = await screen.app.push_screen_wait(PickOne(entry.id, words, [one.label for one in standings]))
    if picked is None:
        return None
    standing, workspace = standings[picked], screen.qa.workspace
    if standing.dropped:
        words = f"Why is it {standing.value}? In a sentence: the programme keeps it."
        why = await screen.app.push_screen_wait(AskText(entry.id, words, check=_sentence))
        return (standing, why) if why else None
    if standing is Standing.AGREED:
        groups = sorted(workspace.partnership_shelf.all(Tier).values(), key=lambda tier: tier.order)
        if groups:
            names = [group.name for group in groups]
            which = await screen.app.push_screen_wait(PickOne(entry.id, "Which group agreed it?", names))
            return (standing, names[which]) if which is not None else None
        group = await screen.app.push_screen_wait(AskText(entry.id, "Which group agreed it?"))
        return (standing, group) if group else None
    if standing is Standing.RUNNING:
        audits = list(workspace.audits().values())
        if audits:
            labels = ["None yet", *(f"{one.id}  {one.title}" for one in audits)]
            which = await screen.app.push_screen_wait(PickOne(entry.id, "Which audit came of it?", labels))
            return (standing, audits[which - 1].id if which else "") if which is not None else None
    return standing, ""


def _sentence(text: str) -> None:
    if len(text) < 10:
        raise InputError("Say it in a sentence: the next person to look has only that.")
