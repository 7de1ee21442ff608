"""The forms of what is answered: a recommendation, a commitment’s half-yearly statement, good practice to take up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qa_toolkit.domain.dates import show_date
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.plans.plan import Plan, Recommendation, Responded, Took
from qa_toolkit.domain.plans.strategy import statement_due
from qa_toolkit.store.workspace import seen
from qa_toolkit.tui.actions import advising
from qa_toolkit.tui.actions.acting import Who
from qa_toolkit.tui.forms.form import Form, Values, choice, option, words
from qa_toolkit.workflow.plans import plans, recommendations, spreading
from qa_toolkit.workflow.plans.spreading import Good
from qa_toolkit.workflow.plans.strategies import Kept

_AGENCY: Final = "Agency that answers, such as "


def responding(made: Recommendation, who: Who) -> Form:
    """What an agency, or the partnership as a whole, answers to a recommendation."""
    names = _names(who)

    def attempt(row: Values) -> str:
        said = recommendations.respond(
            who.workspace, made.id, Responded(row["answer"]), agency=row.get("agency", ""),
            reason=row.get("reason", ""), by_whom=row["by_whom"], **who.day,
        )  # fmt: skip
        return f"{said.agency or 'The partnership'}: {said.answer.label.lower()}."

    waiting = [one for one in recommendations.waited_for(who.workspace, made) if one in names]
    whole = "" if made.agencies else "; none for the partnership"
    parts = (
        words("agency", f"{_AGENCY}{next(iter(names), 'police')}{whole}", required=bool(made.agencies)),
        choice("answer", "What it answers"),
        words("reason", "Why; needed unless it is accepted", long=True, required=False),
        words("by_whom", "Who responded, as a role"),
    )
    answers = [option(one.value, one.label) for one in Responded]
    return Form(
        f"{made.id}: an answer", made.text, parts, attempt, {"answer": answers},
        _begun(who, made.agencies, waiting), lambda row: advising.meant(row, "agency", names),
    )  # fmt: skip


def stating(plan: Plan, kept: Kept, who: Who) -> Form:
    """Where a commitment stands, as is said every six months."""
    promised = kept.commitment

    def attempt(row: Values) -> str:
        made = plans.state(who.workspace, promised.id, row["text"], difference=row.get("difference", ""), **who.day)
        return f"{made.id} is recorded."

    last = f"Last said on {show_date(kept.statements[-1].on)}: {kept.statements[-1].text}" if kept.statements else ""
    due = f"The next statement is due by {show_date(statement_due(plan, kept.statements))}."
    parts = (
        words("text", "Where it stands", long=True),
        words("difference", "What is different for children", long=True, required=False),
    )
    about = "\n".join(filter(None, (promised.text, last, due)))
    return Form(f"{promised.id}: where it stands", about, parts, attempt)


def taking_up(good: Good, who: Who) -> Form:
    """What an agency did with good practice."""
    names = _names(who)

    def attempt(row: Values) -> str:
        made = spreading.take_up(
            who.workspace, good.id, row["agency"], Took(row["answer"]), shown_by=row.get("shown_by", ""),
            note=row.get("note", ""), **who.day,
        )  # fmt: skip
        return f"{made.agency}: {made.answer.label.lower()}."

    parts = (
        words("agency", f"{_AGENCY}{next(iter(names), 'police')}"),
        choice("answer", "What it did"),
        words("shown_by", "What shows it; needed where it was taken up", required=False),
        words("note", "What else is to be said", long=True, required=False),
    )
    answers = [option(one.value, one.label) for one in Took]
    return Form(
        f"{good.id}: an answer", good.text, parts, attempt, {"answer": answers}, _begun(who, (), good.silent(names)),
        lambda row: advising.meant(row, "agency", names),
    )  # fmt: skip


def withdrawing(made: Recommendation, who: Who) -> Form:
    """Taking a recommendation back; its actions go on."""

    def attempt(row: Values) -> str:
        recommendations.withdraw(who.workspace, made.id, row["why"], seen=seen(made), **who.day)
        return f"{made.id} is taken back. It stays in the record, and its actions go on."

    return Form(f"{made.id}: take it back", made.text, (words("why", "Why it is taken back", long=True),), attempt)


def _names(who: Who) -> Mapping[str, str]:
    """Agencies that can answer, by id."""
    return {id: one.name for id, one in who.workspace.agencies().items() if one.kind != "business-unit"}


def _begun(who: Who, asked: tuple[str, ...], waiting: list[str]) -> Values:
    """The agency that stands in the form at first: a lead’s own, else the first that was asked and not heard."""
    person = who.workspace.people()[who.by]
    if person.is_(Role.AGENCY_LEAD):
        return {"agency": person.agency}
    return {"agency": waiting[0]} if asked and waiting else {}
