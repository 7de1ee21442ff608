"""Who may do what: one place, a sentence each. A control of work, not of access."""

from __future__ import annotations

from datetime import date

from qa_toolkit.domain.errors import NotAllowed
from qa_toolkit.domain.people import Person, Role
from qa_toolkit.store.workspace import Workspace


def person(workspace: Workspace, by: str) -> Person:
    """The person who acts.

    Raises:
        NotAllowed: Nobody of that name is in this workspace.
    """
    found = workspace.people().get(by)
    if found is None:
        raise NotAllowed(
            f"“{by}” is not one of the people of “{workspace.name}”. `qa people list` shows them; "
            "a co-ordinator adds somebody with `qa people add`."
        )
    return found


def active(workspace: Workspace, by: str, today: date) -> Person:
    """The person who acts, if they are here today."""
    found = person(workspace, by)
    if not found.active(today):
        raise NotAllowed(f"{found.name} ({by}) is not active on this day, so nothing can be recorded in that name.")
    return found


def coordinator(workspace: Workspace, by: str, deed: str) -> Person:
    """The person, if they are a co-ordinator; `deed` completes “Only a co-ordinator may …”."""
    found = person(workspace, by)
    if not found.is_(Role.COORDINATOR):
        raise NotAllowed(f"Only a co-ordinator may {deed}, and {found.name} ({by}) is not one.")
    return found


def rater(workspace: Workspace, by: str, agency: str, rater: str, deed: str) -> Person:
    """The person, if they are the rater of a return, or a lead of its agency where it has no rater yet."""
    found = person(workspace, by)
    if by == rater or (found.agency == agency and not rater):
        return found
    whose = f"it is {rater}’s" if rater else f"it belongs to {agency}"
    raise NotAllowed(f"{found.name} ({by}) may not {deed} this return: {whose}.")


def agency_lead(workspace: Workspace, by: str, agency: str, deed: str) -> Person:
    """The person, if they lead the agency."""
    found = person(workspace, by)
    if found.agency != agency or not found.is_(Role.AGENCY_LEAD):
        raise NotAllowed(f"Only an agency lead of {agency} may {deed}, and {found.name} ({by}) is not one.")
    return found
