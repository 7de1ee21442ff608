"""Somebody else's plan held against the workspace: what its columns hold, what would come, what cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from qa_toolkit.domain.plan_mapping import PlanField, check_mapping, propose
from qa_toolkit.exchange.plan_rows import PlanRead, read_plan_rows
from qa_toolkit.exchange.plan_table import PlanTable
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plan_import import PlannedAction, fresh, kept_mapping


class Understood(NamedTuple):
    """A plan as it is understood."""

    columns: dict[str, PlanField]
    remembered: bool
    """Whether the columns are understood as they were the last time."""
    read: PlanRead
    fresh: list[PlannedAction]
    """What is not in the plan that it goes into already."""

    @property
    def known(self) -> int:
        """Actions that are there already."""
        return len(self.read.actions) - len(self.fresh)

    @property
    def ended(self) -> int:
        """Actions that would come and that their own plan calls done."""
        return sum(one.ended for one in self.fresh)


def columns_of(
    workspace: Workspace, table: PlanTable, changes: Mapping[str, PlanField]
) -> tuple[dict[str, PlanField], bool]:
    """What each column holds: as last time, else as its heading says; `changes` have the last word.

    Gives too whether it is as last time.
    """
    kept = kept_mapping(workspace, table.headings)
    return {**(kept or propose(table.headings)), **changes}, kept is not None


def understood(
    workspace: Workspace, table: PlanTable, changes: Mapping[str, PlanField] | None = None, *, into: str = "",
    otherwise: date | None = None,
) -> Understood:  # fmt: skip
    """The plan as it would come into the plan `into`; `otherwise` is the due day of rows without one.

    Raises:
        InputError: No column says what is to be done, or two hold the same.
    """
    columns, remembered = columns_of(workspace, table, changes or {})
    read = read_plan_rows(table, check_mapping(columns), workspace.people(), workspace.agencies(), otherwise=otherwise)
    return Understood(columns, remembered, read, fresh(workspace, into, read.actions))
