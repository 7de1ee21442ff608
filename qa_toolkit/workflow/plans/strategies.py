"""Strategies and Business Plans: brought in from a file in one line, and read with what was said of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.plans.plan import Commitment, Plan, Statement
from qa_toolkit.domain.plans.strategy import Strategy
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.keeping import find, known_agencies, known_tier, organiser, sentence, stroke


class Kept(NamedTuple):
    """A commitment with its statements, oldest first."""

    commitment: Commitment
    statements: tuple[Statement, ...]


def commitments(workspace: Workspace, plan: Plan) -> list[Kept]:
    """A plan's commitments in their order."""
    shelf = workspace.actions_shelf
    return [Kept(one, shelf.under(Statement, one.id)) for one in shelf.under(Commitment, plan.id)]


def bring_in(workspace: Workspace, found: Strategy, *, by: str, now: datetime, today: date) -> Plan:
    """A plan with every commitment of a file, all in one line of the record.

    Raises:
        InputError: A group or an agency that is not here, or a plan of that title and edition is.
    """
    with stroke(workspace, by=by, did="brought in a strategy", now=now, today=today) as line:
        organiser(line.person, "bring a strategy in")
        for there in line.shelf.all(Plan).values():
            if (there.title, there.edition) == (found.title, found.edition):
                raise InputError(f"{there.id} is “{there.title}”, {there.edition or 'without an edition'}, already.")
        plan = Plan(
            id=line.mint(Plan, "AP"), title=found.title, source=found.source, edition=found.edition, owner=found.owner,
            tier=known_tier(workspace, found.tier), statement_months=found.statement_months, opened=today,
        )  # fmt: skip
        line.put(plan)
        for one in found.commitments:
            if one.agency:
                known_agencies(workspace, [one.agency])
            line.put(
                Commitment(
                    id=line.mint_under(Commitment, plan.id, "C"), plan=plan.id, heading=one.heading, aim=one.aim,
                    text=sentence(one.text, f"“{one.text}” does not say what is committed to."), owner=one.owner,
                    agency=one.agency, audits=one.themes,
                )
            )  # fmt: skip
    return find(workspace, Plan, plan.id)
