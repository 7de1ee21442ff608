"""Adding a recommendation, an action or a plan on the screen, with the check of its wording as it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from qa_toolkit.domain.people import Person
from qa_toolkit.domain.plans.plan import Plan, Source
from qa_toolkit.domain.plans.records import Priority
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.tui.actions import advising
from qa_toolkit.tui.actions.acting import Who
from qa_toolkit.tui.actions.correcting import PRIORITIES, groups
from qa_toolkit.tui.forms.form import Form, Values, choice, day, option, words
from qa_toolkit.workflow.plans import actions, plans, recommendations, spreading
from qa_toolkit.workflow.plans.listed import listing
from qa_toolkit.workflow.plans.wording import earlier_actions, earlier_recommendations

_ADVICE = "Advice stands below a field while you type. It never stops you."
_AS_TYPED = ("recommendation", "commitment", "owner", "owner_role", "agency", "outside", "measure", "outcome")
"""Fields of a new action that are kept as they were typed."""


def new_action(who: Who, person: Person, plan: str = "", *, recommendation: str = "", commitment: str = "") -> Form:
    """The form of a new action, begun in a plan."""
    known = listing(who.workspace)
    earlier = earlier_actions(known, person)
    titles = {one.id: one.title for one in known.plans if not one.ended}
    people = {id: f"{one.name}, {one.agency}" for id, one in who.workspace.people().items()}
    numbers = {"plan": titles, "owner": people, "recommendation": known.recommendations}

    def attempt(row: Values) -> str:
        given = {name: row[name] for name in _AS_TYPED if name in row}
        made = actions.propose(
            who.workspace, row["plan"], row["text"], due=row["due"], priority=Priority(row.get("priority", "medium")),
            supporting=advising.several(row.get("supporting")), themes=advising.several(row.get("themes")), **given,
            **who.day,
        )  # fmt: skip
        return f"{made.id} is proposed. It counts from when it is agreed."

    def remarks(row: Values) -> Mapping[str, str]:
        said = advising.on_action(row, who.today, earlier)
        for field, there in numbers.items():
            said |= advising.meant(row, field, there)
        return said

    parts = (
        words("plan", "Plan, such as AP-2026-001"), words("text", "What is to be done", long=True),
        words("owner", "Owner: a person here, as handle@agency", required=False),
        words("owner_role", "Role that owns it", required=False), day("due", "Due, inclusive"),
        words("measure", "How one will know that it worked", required=False),
        words("outcome", "What is to be different for children", required=False),
        words("recommendation", "The recommendation that it answers", required=False),
        words("commitment", "The commitment that it serves, such as AP-2026-001/C04", required=False),
        words("agency", "Agency, where nobody here owns it", required=False),
        words("outside", "Body outside the area that owns it", required=False),
        words("supporting", "Agencies that help, with commas between", required=False),
        words("themes", "Themes, with commas between; those of what it answers otherwise", required=False),
        choice("priority", "Priority", required=False),
    )  # fmt: skip
    begin = {"plan": plan, "recommendation": recommendation, "commitment": commitment, "priority": "medium"}
    about = f"{_ADVICE} Baseline, target, sponsor and other facts are added to it afterwards: d, Correct."
    return Form("A new action", about, parts, attempt, {"priority": PRIORITIES}, begin, remarks)


def new_recommendation(who: Who, plan: str = "") -> Form:
    """The form of a new recommendation, begun in a plan."""
    known = listing(who.workspace)
    earlier = earlier_recommendations(known)
    titles = {one.id: one.title for one in known.plans if not one.ended}

    def attempt(row: Values) -> str:
        made = recommendations.recommend(
            who.workspace, row["plan"], row["text"], priority=Priority(row.get("priority", "medium")),
            answers=advising.several(row.get("findings")), agencies=advising.several(row.get("agencies")),
            measure=row.get("measure", ""), themes=advising.several(row.get("themes")), tier=row.get("tier", ""),
            **who.day,
        )  # fmt: skip
        return f"{made.id} is recorded. Add the actions that answer it."

    def remarks(row: Values) -> Mapping[str, str]:
        return advising.on_recommendation(row, earlier) | advising.meant(row, "plan", titles)

    parts = (
        words("plan", "Plan, such as AP-2026-001"), words("text", "What should change", long=True),
        words("measure", "How one will know that it worked", required=False),
        words("agencies", "Agencies asked to respond, with commas between; none for all", required=False),
        words("findings", "Findings that it answers, with commas between", required=False),
        words("themes", "Themes, with commas between; those of its findings otherwise", required=False),
        choice("priority", "Priority", required=False),
        choice("tier", "The group it is addressed to; the one that reviews the plan otherwise", required=False),
    )  # fmt: skip
    begin, options = {"plan": plan, "priority": "medium"}, {"priority": PRIORITIES, "tier": groups(who)}
    return Form("A new recommendation", _ADVICE, parts, attempt, options, begin, remarks)


def new_practice(who: Who, plan: str = "") -> Form:
    """The form of good practice that a review, an inspection or somebody’s visit found."""
    titles = {one.id: one.title for one in listing(who.workspace).plans if not one.ended}
    agencies = {id: one.name for id, one in who.workspace.agencies().items()}

    def attempt(row: Values) -> str:
        made = spreading.add(
            who.workspace, row["plan"], row["text"], agency=row.get("agency", ""),
            themes=advising.several(row.get("themes")), **who.day,
        )  # fmt: skip
        return f"{made.id} is recorded. Record there who takes it up."

    parts = (
        words("plan", "Plan of whatever found it, such as AP-2026-001"),
        words("text", "What is done well", long=True),
        words("agency", "Agency where it was found", required=False),
        words("themes", "Themes, with commas between", required=False),
    )
    return Form(
        "Good practice to spread", "What an audit found is a finding of the audit.", parts, attempt,
        begin={"plan": plan},
        remarks=lambda row: advising.meant(row, "plan", titles) | advising.meant(row, "agency", agencies),
    )  # fmt: skip


def new_plan(who: Who) -> Form:
    """The form of a new plan."""

    def attempt(row: Values) -> str:
        made = plans.open_plan(
            who.workspace, row["title"], Source(row["source"]), audit=row.get("audit", ""),
            edition=row.get("edition", ""), owner=row.get("owner", ""), tier=row["tier"], **who.day,
        )  # fmt: skip
        return f"{made.id} is open."

    parts = (
        words("title", "Title by which people know it"), choice("source", "Where it comes from"),
        words("audit", "The audit that it answers, such as CE-2026-01", required=False),
        words("edition", "Edition, of a strategy or a report", required=False),
        words("owner", "Who answers for it, as a role or a group", required=False),
        choice("tier", "The group that reviews it"),
    )  # fmt: skip
    options = {"source": [option(one.value, one.label) for one in Source], "tier": groups(who)}
    return Form("A new plan", "", parts, attempt, options, {"tier": "qa-group"})


def running_plans(workspace: Workspace) -> list[Plan]:
    """Plans to which something can be added, newest first."""
    return sorted((plan for plan in listing(workspace).plans if not plan.ended), key=lambda plan: plan.id, reverse=True)
