"""Adding a recommendation, an action or a plan on the screen, with the check of its wording as it is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from qa_toolkit.domain.dates import parse_date
from qa_toolkit.domain.errors import AnswerError
from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans import smart
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.domain.plans.smart import Remark
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions.forms import Who
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, words
from qa_toolkit.workflow.plans import actions, plans, recommendations
from qa_toolkit.workflow.plans.tracking import listing
from qa_toolkit.workflow.plans.wording import earlier_actions, earlier_recommendations

_ADVICE = "Advice stands below a field while you type. It never stops you."
_PRIORITIES = [option(one.value, one.value.capitalize()) for one in Priority]
_FIELDS = {"owner": "owner", "date": "due", "far": "due", "measure": "measure", "outcome": "outcome"}
"""The field below which each kind of remark stands; the others stand below the text."""


def new_action(who: Who, person: Person, plan: str = "", recommendation: str = "") -> Form:
    """The form of a new action, begun in a plan."""
    known = listing(who.workspace)
    earlier = earlier_actions(known, person)
    titles = {one.id: one.title for one in known.plans if not one.ended}
    people = {id: f"{one.name}, {one.agency}" for id, one in who.workspace.people().items()}

    def attempt(row: Values) -> str:
        given = {name: row[name] for name in ("recommendation", "owner", "owner_role", "agency", "measure", "outcome")
                 if name in row}  # fmt: skip
        made = actions.propose(
            who.workspace, row["plan"], row["text"], due=row["due"], priority=Priority(row.get("priority", "medium")),
            impact_due=row.get("impact_due"), **given, **who.day,
        )  # fmt: skip
        return f"{made.id} is proposed. It counts from when it is agreed."

    def remarks(row: Values) -> Mapping[str, str]:
        owner = row.get("owner") or row.get("owner_role") or row.get("outside") or ""
        found = smart.check_action(
            str(row.get("text", "")), today=who.today, owner=str(owner), due=_day(row.get("due")),
            measure=str(row.get("measure", "")), outcome=str(row.get("outcome", "")), earlier=earlier,
        )  # fmt: skip
        said = _by_field(found)
        if person_named := str(row.get("owner", "")).strip().lower():
            said["owner"] = people.get(person_named) or _near(person_named, people)
        return {**said, **_of_plan(row, titles), **_asked(row, known.recommendations)}

    parts = (
        words("plan", "Plan, such as AP-2026-001"), words("text", "What is to be done", long=True),
        words("owner", "Owner: a person here, as handle@agency", required=False),
        words("owner_role", "Role that owns it", required=False), day("due", "Due, inclusive"),
        words("measure", "How one will know that it worked", required=False),
        words("outcome", "What is to be different for children", required=False),
        words("recommendation", "The recommendation that it answers", required=False),
        words("agency", "Agency, where nobody here owns it", required=False),
        choice("priority", "Priority", required=False),
    )  # fmt: skip
    begin = {"plan": plan, "recommendation": recommendation, "priority": "medium"}
    return Form("A new action", _ADVICE, parts, attempt, {"priority": _PRIORITIES}, begin, remarks)


def new_recommendation(who: Who, plan: str = "") -> Form:
    """The form of a new recommendation, begun in a plan."""
    known = listing(who.workspace)
    earlier = earlier_recommendations(known)
    titles = {one.id: one.title for one in known.plans if not one.ended}

    def attempt(row: Values) -> str:
        made = recommendations.recommend(
            who.workspace, row["plan"], row["text"], priority=Priority(row.get("priority", "medium")),
            answers=_several(row.get("findings")), agencies=_several(row.get("agencies")),
            measure=row.get("measure", ""), themes=_several(row.get("themes")), **who.day,
        )  # fmt: skip
        return f"{made.id} is recorded. Add the actions that answer it."

    def remarks(row: Values) -> Mapping[str, str]:
        found = smart.check_recommendation(
            str(row.get("text", "")), agencies=_several(row.get("agencies")), measure=str(row.get("measure", "")),
            earlier=earlier,
        )  # fmt: skip
        return {**_by_field(found), **_of_plan(row, titles)}

    parts = (
        words("plan", "Plan, such as AP-2026-001"), words("text", "What should change", long=True),
        words("measure", "How one will know that it worked", required=False),
        words("agencies", "Agencies asked to respond, with commas between; none for all", required=False),
        words("findings", "Findings that it answers, with commas between", required=False),
        words("themes", "Themes, with commas between; those of its findings otherwise", required=False),
        choice("priority", "Priority", required=False),
    )  # fmt: skip
    begin = {"plan": plan, "priority": "medium"}
    return Form("A new recommendation", _ADVICE, parts, attempt, {"priority": _PRIORITIES}, begin, remarks)


def new_plan(who: Who) -> Form:
    """The form of a new plan."""

    def attempt(row: Values) -> str:
        made = plans.open_plan(
            who.workspace, row["title"], Source(row["source"]), audit=row.get("audit", ""),
            edition=row.get("edition", ""), owner=row.get("owner", ""), **who.day,
        )  # fmt: skip
        return f"{made.id} is open."

    parts = (
        words("title", "Title by which people know it"), choice("source", "Where it comes from"),
        words("audit", "The audit that it answers, such as CE-2026-01", required=False),
        words("edition", "Edition, of a strategy or a report", required=False),
        words("owner", "Who answers for it, as a role or a group", required=False),
    )  # fmt: skip
    return Form("A new plan", "", parts, attempt, {"source": [option(one.value, one.label) for one in Source]})


def running_plans(workspace: Workspace) -> list[Plan]:
    """Plans to which something can be added, newest first."""
    return sorted((plan for plan in listing(workspace).plans if not plan.ended), key=lambda plan: plan.id, reverse=True)


def _by_field(found: Iterable[Remark]) -> dict[str, str]:
    said: dict[str, str] = {}
    for remark in found:
        field = _FIELDS.get(remark.code, "text")
        said[field] = "\n".join(filter(None, (said.get(field), remark.sentence)))
    return said


def _day(typed: object) -> date | None:
    with suppress(AnswerError):
        return parse_date(str(typed or ""))
    return None


def _of_plan(row: Values, titles: Mapping[str, str]) -> dict[str, str]:
    id = str(row.get("plan", "")).strip().upper()
    return {"plan": titles.get(id) or _near(id, titles)} if id else {}


def _asked(row: Values, known: Mapping[str, str]) -> dict[str, str]:
    id = str(row.get("recommendation", "")).strip().upper()
    return {"recommendation": known.get(id) or _near(id, known)} if id else {}


def _near(typed: str, known: Mapping[str, str]) -> str:
    """What may be meant by what is there under no such name."""
    from difflib import get_close_matches  # 5 ms of import, and only wanted for a slip

    begun = [id for id in known if id.startswith(typed)]
    near = begun[:2] or get_close_matches(typed[:60], known, 2)
    return f"Did you mean {' or '.join(near)}?" if near else "There is none of that name."


def _several(typed: object) -> tuple[str, ...]:
    return tuple(one.strip() for one in str(typed or "").split(",") if one.strip())
