"""The parcel that goes back: the agency's returns as they stand, sealed for the co-ordinator. Drafts stay behind."""

from __future__ import annotations

import hmac
from hashlib import sha256

from qa_toolkit.domain.errors import InputError, NotReady
from qa_toolkit.domain.parcels import Origin, Returning
from qa_toolkit.exchange.parcel_box import seal
from qa_toolkit.store.workspace import Workspace, return_journal
from qa_toolkit.workflow import allowed


def origin_of(workspace: Workspace) -> Origin:
    """Where this small workspace came from.

    Raises:
        InputError: It came from no parcel.
    """
    found = next(iter(workspace.partnership_shelf.all(Origin).values()), None)
    if found is None:
        raise InputError(f"“{workspace.name}” was not made from a parcel, so there is nobody to return it to.")
    return found


def proof(content: Returning, token: str) -> str:
    """The HMAC of what is in a parcel under its allocation's token, in hex."""
    return hmac.new(token.encode(), content.digest, sha256).hexdigest()


def parcel_return(workspace: Workspace, *, by: str) -> tuple[bytes, Returning]:
    """The sealed parcel and what is in it: every return that was begun, with its exact text.

    Raises:
        NotReady: Nothing was begun.
    """
    allowed.person(workspace, by)
    origin = origin_of(workspace)
    file, people = workspace.audit(origin.id), workspace.people()
    ids = sorted(id for id in file.started if id in file.allocations)
    if not ids:
        raise NotReady(f"Nothing of {origin.id} has been begun, so there is nothing to send back yet.")
    raters = sorted({workspace.ret(id).head.rater for id in ids})
    journals = {id: workspace.folder.read(return_journal(id)).data.decode() for id in ids}
    content = Returning(
        workspace=origin.workspace, audit=origin.id, agency=origin.agency, rater=origin.rater,
        template=origin.template,
        people=tuple(people[one] for one in raters if one in people), journals=journals,
    )  # fmt: skip
    signed = content.model_copy(update={"proof": proof(content, origin.token)})
    return seal(signed, key=origin.reply_key), signed
