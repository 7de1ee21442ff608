"""The forms of the calendar: an entry as it is planned, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from qa_toolkit.domain.errors import InputError, Stale
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.programme import Because, Entry, Standing, check_months, read_asks
from qa_toolkit.domain.template.kind import Kind
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.base import QAScreen
from qa_toolkit.tui.forms.asking import AskText, PickOne
from qa_toolkit.tui.forms.form import Form, Values, choice, words
from qa_toolkit.workflow import programme

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

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


def _parts() -> tuple[Part, ...]:
    named = dict(_TEXTS)
    choices = (choice("kind", "What it is"), choice("because", "What led to it"))
    first, rest = ("title", "first", "last", "asks", "why"), ("theme", "lead", "tier")
    # What is needed, the record says: a form that lacks it stays, with the sentence.
    return (*(words(id, named[id], required=False) for id in first), *choices,
            *(words(id, named[id], required=False) for id in rest))  # fmt: skip


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


def entry_form(qa: QAApp, entry: Entry | None, by: str, *, month: str, done: Callable[[Entry], str]) -> Form:
    """The entry as it is planned; `done` gets it once it is recorded, and gives what to say."""
    held = entry

    def attempt(values: Values) -> str:
        nonlocal held
        try:
            return done(_record(qa, held, values, by))
        except Stale:
            # Who changed it is told; done once more, it is done over that.
            held = programme.find(qa.workspace, held.id) if held is not None else None
            raise

    title = f"Change {entry.id}" if entry else "A new entry of the programme"
    return Form(title=title, about="", parts=_parts(), attempt=attempt, options=_OPTIONS, begin=_row(entry, month),
                read=_read)  # fmt: skip


def _record(qa: QAApp, entry: Entry | None, row: Values, by: str) -> Entry:
    workspace, now = qa.workspace, qa.now()
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
        kept = standing_kept(entry, standing)
        why = await screen.app.push_screen_wait(AskText(entry.id, words, check=_sentence, kept=kept))
        return (standing, why) if why else None
    if standing is Standing.AGREED:
        groups = sorted(workspace.partnership_shelf.all(Tier).values(), key=lambda tier: tier.order)
        if groups:
            names = [group.name for group in groups]
            which = await screen.app.push_screen_wait(PickOne(entry.id, "Which group agreed it?", names))
            return (standing, names[which]) if which is not None else None
        group = await screen.app.push_screen_wait(
            AskText(entry.id, "Which group agreed it?", kept=standing_kept(entry, standing))
        )
        return (standing, group) if group else None
    if standing is Standing.RUNNING:
        audits = list(workspace.audits().values())
        if audits:
            labels = ["None yet", *(f"{one.id}  {one.title}" for one in audits)]
            which = await screen.app.push_screen_wait(PickOne(entry.id, "Which audit came of it?", labels))
            return (standing, audits[which - 1].id if which else "") if which is not None else None
    return standing, ""


def standing_kept(entry: Entry, standing: Standing) -> str:
    """Under which name it is kept why an entry stands so, until that is recorded."""
    return f"{entry.id}: {standing.value}"


def _sentence(text: str) -> None:
    if len(text) < 10:
        raise InputError("Say it in a sentence: the next person to look has only that.")
