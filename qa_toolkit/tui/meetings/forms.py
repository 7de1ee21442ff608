"""Small forms about a meeting as a whole: planned, changed, not taking place, its minutes corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.people import Tier
from qa_toolkit.domain.plans.meetings import Meeting
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, words
from qa_toolkit.workflow.plans import meetings, minutes

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

_PAPERS = day("papers", "Papers as at which day", required=False)
_CHAIR = words("chair", "Who chairs it, as handle@agency", required=False)


def plan_form(qa: QAApp) -> Form:
    """Which group meets, and when."""
    groups = sorted(qa.workspace.partnership_shelf.all(Tier).values(), key=lambda one: one.order)

    def attempt(values: Values) -> str:
        made = meetings.plan_meeting(
            qa.workspace, values["group"], values["day"], papers=values.get("papers"), chair=values.get("chair", ""),
            by=qa.by, now=qa.now(), today=qa.today,
        )  # fmt: skip
        return f"{made.id} is planned; its papers are as at {show_date(made.papers)}."

    return Form(
        title="Plan a meeting", about="Papers are as at a week before, unless you say another day.",
        parts=(choice("group", "Of which group"), day("day", "On which day"), _PAPERS, _CHAIR),
        options={"group": [option(one.id, one.name) for one in groups]}, attempt=attempt,
    )  # fmt: skip


def change_form(qa: QAApp, one: Meeting) -> Form:
    """Another day, papers date or chair."""

    def attempt(values: Values) -> str:
        made = meetings.change_meeting(
            qa.workspace, one.id, day=values["day"], papers=values.get("papers"), chair=values.get("chair", ""),
            seen=seen(one), by=qa.by, now=qa.now(), today=qa.today,
        )  # fmt: skip
        return f"{made.id} is on {show_date(made.day)}; its papers are as at {show_date(made.papers)}."

    begin = {"day": one.day, "papers": one.papers, "chair": one.chair}
    parts = (day("day", "On which day"), day("papers", "Papers as at which day"), _CHAIR)
    return Form(title=f"Change {one.id}", about="", parts=parts, attempt=attempt, begin=begin)


def cancel_form(qa: QAApp, one: Meeting) -> Form:
    """Why it does not take place."""

    def attempt(values: Values) -> str:
        meetings.cancel_meeting(qa.workspace, one.id, values["why"], by=qa.by, now=qa.now(), today=qa.today)
        return f"{one.id} does not take place. What was to come before it comes before the next."

    parts = (words("why", "Why does it not take place? In a sentence", long=True),)
    about = f"The meeting of {show_date(one.day)}. It stays on the list, with the reason."
    return Form(title=f"Cancel {one.id}", about=about, parts=parts, attempt=attempt)


def correct_form(qa: QAApp, one: Meeting) -> Form:
    """What the minutes should say instead."""

    def attempt(values: Values) -> str:
        made = minutes.correct(
            qa.workspace, one.id, values["text"], decision=_decision(one, values.get("decision", "")), by=qa.by,
            now=qa.now(), today=qa.today,
        )  # fmt: skip
        return f"{made.id} stands in the minutes from now on, dated today."

    parts = (words("text", "What should the minutes say instead? In a sentence", long=True),
             words("decision", "Of one decision: its number, such as D07", required=False))  # fmt: skip
    about = "What was recorded stays as it is; the correction is printed with its date and your name."
    return Form(title=f"Correct the minutes of {one.id}", about=about, parts=parts, attempt=attempt)


def _decision(one: Meeting, typed: str) -> str:
    typed = typed.strip().upper()
    return f"{one.id}/{typed}" if typed and "/" not in typed else typed
