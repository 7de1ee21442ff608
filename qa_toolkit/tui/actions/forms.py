"""The forms of what is done to an action: what each asks, and the verb that it calls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Deed, independent
from qa_toolkit.domain.plans.offers import Offer
from qa_toolkit.domain.plans.records import EvidenceKind, Impact, Priority
from qa_toolkit.domain.template.questions import Part
from qa_toolkit.domain.text import shorten
from qa_toolkit.tui.actions.acting import Who, saw
from qa_toolkit.tui.actions.correcting import correcting
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, percent, words
from qa_toolkit.workflow.plans import actions, due_dates, judging, moving, progress
from qa_toolkit.workflow.plans.stories import Story

HANDOVER = (
    words("owner", "Owner: a person here, as handle@agency", required=False),
    words("owner_role", "Role that owns it", required=False),
    words("agency", "Agency, where nobody here owns it", required=False),
    words("outside", "Body outside the area, where nobody here owns it", required=False),
    words("why", "Why it changes hands", required=False),
)
RUNGS = [option(rung.value, rung.label.capitalize()) for rung in Rung]


def form_for(offer: Offer, story: Story, who: Who) -> Form:
    """The form of one deed."""
    made = _FORMS.get(offer, _move)(offer, story, who)
    action, name = story.thread.action, offer.label.partition(":")[0]
    about = f"{shorten(action.text, 300)}\n{made.about}".strip()
    return made._replace(title=f"{action.id}: {name}", about=about)


def _form(parts: tuple[Part, ...], attempt: Callable[[Values], str], about: str = "", **more: Any) -> Form:
    return Form("", about, parts, attempt, **more)


def _update(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        says = Colour(row["says"]) if "says" in row else None
        (made,) = progress.update(
            who.workspace,
            [story.thread.action.id],
            row["text"],
            progress=row.get("progress"),
            says=says,
            at=story.at,
            **who.day,
        )
        return f"{made.id} is recorded."

    worse = [option(one.value, f"{one.label}: worse than the rules say") for one in (Colour.AMBER, Colour.RED)]
    parts = (
        words("text", "How it goes", long=True), percent("progress", "How much is done"),
        choice("says", "If you see it as worse than the rules do", required=False),
    )  # fmt: skip
    return _form(parts, attempt, story.standing.reason, options={"says": worse})


def _evidence(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = progress.add_evidence(
            who.workspace, story.thread.action.id, EvidenceKind(row["kind"]), row["pointer"], row["on"],
            shows=row.get("shows", ""), seen_by=row.get("seen_by", ""),
            file=Path(row["file"]).expanduser() if "file" in row else None, copy=row.get("copy") == "yes", **who.day,
        )  # fmt: skip
        digest = f" SHA-256 {made.sha256[:16]}…" if made.sha256 else ""
        return f"{made.id} is recorded.{digest}{' A copy is kept here.' if made.copied else ''}"

    parts = (
        choice("kind", "What kind of proof"), words("pointer", "Where it is kept: a document and its version"),
        day("on", "The day it is of"), words("shows", "What it shows", long=True, required=False),
        words("seen_by", "Who has seen it, as a role", required=False),
        words("file", "A file at hand, whose digest is kept", required=False),
        choice("copy", "Whether a copy of that file is kept too", required=False),
    )  # fmt: skip
    kinds = [option(kind.value, kind.label) for kind in EvidenceKind]
    measure = story.thread.action.measure or "none was set"
    copies = [option("yes", "Keep a copy here. It is in no pack and no export")]
    return _form(parts, attempt, f"Success measure: {measure}.", options={"kind": kinds, "copy": copies})


def _ask_later(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = due_dates.ask_later(who.workspace, story.thread.action.id, row["new"], row["reason"], **who.day)
        return f"{show_date(made.new)} is asked for. The date stands until it is decided on."

    parts = (day("new", "The later day"), words("reason", "Why, and what it means for children", long=True))
    return _form(parts, attempt, f"Due on {show_date(story.thread.action.due)}.")


def _milestone(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = progress.add_milestone(who.workspace, story.thread.action.id, row["text"], row["due"], **who.day)
        return f"{made.id} is recorded."

    parts = (words("text", "What is there by that day"), day("due", "The day"))
    return _form(parts, attempt, f"Due on {show_date(story.thread.action.due)}.")


def _reach(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = progress.reach_milestone(who.workspace, row["which"], row["on"], **who.day)
        return f"{made.id} was reached on {show_date(row['on'])}."

    there = [one for one in story.thread.milestones if one.done is None]
    options = {"which": [option(one.id, f"{one.text}, by {show_date(one.due)}") for one in there]}
    begin = {"which": there[0].id if len(there) == 1 else None, "on": who.today.isoformat()}
    parts = (choice("which", "Which milestone"), day("on", "The day on which it was reached"))
    return _form(parts, attempt, options=options, begin=begin)


def _accept(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        actions.accept(
            who.workspace, story.thread.action.id, offer is Offer.ACCEPT, reason=row.get("reason", ""),
            by_whom=row.get("by_whom", ""), **who.day,
        )  # fmt: skip
        return "It is taken on." if offer is Offer.ACCEPT else "It is refused, so it goes to the Main Board."

    said = words("by_whom", "Who said so, as a role, if it was not you", required=False)
    parts = (said,) if offer is Offer.ACCEPT else (words("reason", "Why it is refused", long=True), said)
    return _form(parts, attempt)


def _extend(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        (made,) = due_dates.change_due(
            who.workspace, [story.thread.action.id], row["new"], row["why"], row["decided_by"], seen=saw(story),
            **who.day,
        )  # fmt: skip
        return f"It is due on {show_date(made.new)}. The first day, and this change, stay in its story."

    asked, action = story.thread.wants_later_day, story.thread.action
    words_ = f"Due on {show_date(action.due)}, first {show_date(action.first_due)}."
    if asked is not None:
        words_ += f" Its owner asks for {show_date(asked.new)}: {asked.reason}"
    return _form(EXTEND, attempt, words_, begin={"new": asked.new.isoformat()} if asked else {})


EXTEND = (
    day("new", "The new due date"),
    words("why", "Why", long=True),
    words("decided_by", "Who decided: a group, or a role"),
)
ESCALATE = (choice("to", "To whom"), words("why", "Why", long=True))


def _hand_over(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        (made,) = actions.hand_over(who.workspace, [story.thread.action.id], seen=saw(story), **row, **who.day)
        return f"{made.id} is owned by {made.owner or made.owner_role or made.outside or made.agency or 'nobody'}."

    return _form(HANDOVER, attempt)


def _escalate(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = judging.escalate(who.workspace, story.thread.action.id, Rung(row["to"]), row["why"], **who.day)
        return f"It goes to {Rung(made.to).label}."

    rung = story.standing.rung
    about = f"It goes to {rung.rung.label} as it is: {rung.reason}." if rung else ""
    return _form(ESCALATE, attempt, about, options={"to": RUNGS})


def _judge(offer: Offer, story: Story, who: Who) -> Form:
    def attempt(row: Values) -> str:
        made = judging.judge(
            who.workspace, story.thread.action.id, Impact(row["impact"]), row["shown_by"], seen=saw(story), **who.day
        )
        return f"Impact: {made.impact.label.lower()}."

    marks = [option(one.value, one.label) for one in Impact if one is not Impact.NOT_MEASURED]
    parts = (choice("impact", "What difference it made"),
             words("shown_by", "What shows it: a re-audit, an indicator with its value, a dip sample"))  # fmt: skip
    return _form(parts, attempt, options={"impact": marks})


def _waive(offer: Offer, story: Story, who: Who) -> Form:
    action = story.thread.action
    near = [
        one for one in who.workspace.people().values()
        if one.active(who.today) and one.id != action.owner and not independent(one, action.owner, action.agency)
    ]  # fmt: skip

    def attempt(row: Values) -> str:
        made = moving.waive(who.workspace, action.id, row["person"], row["reason"], row["agreed_by"], **who.day)
        return f"{made.person} may verify {made.id}. It shows wherever the action does."

    parts = (
        choice("person", "Who may verify it") if near else words("person", "Who may verify it, as handle@agency"),
        words("reason", "Why nobody independent can", long=True), words("agreed_by", "Who agreed, as a role"),
    )  # fmt: skip
    about = "Verifying is for somebody of another agency, or of none. Look for one first."
    return _form(parts, attempt, about, options={"person": [option(one.id, f"{one.name} ({one.id})") for one in near]})


def _move(offer: Offer, story: Story, who: Who) -> Form:
    """A deed that moves its life: the reason, and what the deed needs besides."""
    deed, action = Deed(offer.value), story.thread.action

    def attempt(row: Values) -> str:
        given = {name: row[name] for name in ("review", "successor", "impact_due", "due") if name in row}
        (moved,) = moving.move(
            who.workspace, deed, [action.id], reason=row.get("reason", ""),
            met=row["met"] == "yes" if "met" in row else None, seen=saw(story), **given, **who.day,
        )  # fmt: skip
        return f"{action.id} is {moved.state.label.lower()}."

    reason = words("reason", "Why", long=True)
    loose = words("reason", "What is to be remembered about it", long=True, required=False)
    high = action.priority is Priority.HIGH and action.impact_due is None
    parts: dict[Deed, tuple[Part, ...]] = {
        Deed.VERIFY: (choice("met", "Does it meet its success measure?"),
                      words("reason", "What you saw, and against what", long=True),
                      day("impact_due", "When its impact is to be judged", required=high)),
        Deed.SEND_BACK: (words("reason", "What is missing", long=True),),
        Deed.HOLD: (reason, day("review", "When it is looked at again")),
        Deed.REOPEN: (reason, day("due", "A new due date", required=False)),
        Deed.SUPERSEDE: (reason, words("successor", "The action in its place, such as A-2026-031", required=False)),
        Deed.REJECT: (reason,),
    }  # fmt: skip
    about = ""
    if deed in (Deed.VERIFY, Deed.SEND_BACK, Deed.SUBMIT):
        shown = "; ".join(one.pointer for one in story.thread.evidence)
        about = f"Success measure: {action.measure or 'none was set'}. Evidence: {shown or 'none'}."
    answers = [option("yes", "Yes"), option("no", "No: it is accepted all the same, with the reason")]
    return _form(parts.get(deed, (loose,)), attempt, about, options={"met": answers})


_FORMS: dict[Offer, Callable[[Offer, Story, Who], Form]] = {
    Offer.UPDATE: _update, Offer.EVIDENCE: _evidence, Offer.ASK_LATER: _ask_later, Offer.MILESTONE: _milestone,
    Offer.REACH: _reach, Offer.CORRECT: correcting,
    Offer.ACCEPT: _accept, Offer.REFUSE: _accept, Offer.EXTEND: _extend, Offer.HAND_OVER: _hand_over,
    Offer.ESCALATE: _escalate, Offer.JUDGE: _judge, Offer.WAIVE: _waive,
}  # fmt: skip
