"""The public keys of others: recorded once their fingerprint was compared by telephone, and one key for one holder."""

from __future__ import annotations

from datetime import datetime

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.parcels import AgencyKey, check_fingerprint
from qa_toolkit.exchange.keys import check_public
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace
from qa_toolkit.workflow import allowed


def record(workspace: Workspace, whose: str, key: str, fingerprint: str, *, by: str, now: datetime) -> AgencyKey:
    """The key of an agency, or of a rater (`handle@agency`) to whom blind second scores go.

    Raises:
        InputError: It is no key, not the one that was read out, or somebody else's already: whoever holds a key opens
            every parcel that is sealed for it, and a rater's would be no longer theirs alone.
    """
    allowed.coordinator(workspace, by, "record a key")
    whose = whose.strip().lower()
    if "@" in whose:
        allowed.person(workspace, whose)
    elif whose not in workspace.agencies():
        raise InputError(f"There is no agency {whose}. `qa agencies list` shows those there are.")
    key = check_public(key)
    check_fingerprint(key, fingerprint)
    made = AgencyKey(id=whose, key=key)
    with workspace.change(PARTNERSHIP, by=by, did="recorded a key", now=now) as change:
        other = next((one.id for one in change.shelf.all(AgencyKey).values() if one.key == key and one.id != whose), "")
        if other:
            raise InputError(
                f"That is the key of {other}, who could open whatever is sealed for it. A rater of blind second scores "
                "has a key of their own: `qa key show`, run as them, prints it."
            )
        change.put(made)
    return made
