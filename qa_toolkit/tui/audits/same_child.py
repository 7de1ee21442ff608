"""Which child of the earlier audit a child of a re-audit is, as whoever keeps the list of names says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.re_audit import SameChild
from qa_toolkit.domain.sampling import Drawn
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.tui.forms.asking import PickOne
from qa_toolkit.workflow import re_audits

if TYPE_CHECKING:
    from qa_toolkit.tui.app import QAApp

NOBODY = "None of them: take the link back"


async def ask_same_child(app: QAApp, file: AuditFile, subject_id: str) -> str:
    """Record which child it is, or that it is none; gives back what to say, if it was recorded.

    Raises:
        QAError: The audit is no re-audit of children, or the child that is chosen is linked with another already.
    """
    before = re_audits.audit_before(app.workspace, file)
    children, drawn = list(before.subjects), before.all(Drawn)
    if not children:
        raise InputError(f"{before.audit.id} has no cases, so there is nobody to link {subject_id} with.")
    links = {link.earlier: id for id, link in file.all(SameChild).items() if link.earlier}
    linked = next((earlier for earlier, id in links.items() if id == subject_id), "")

    def label(id: str) -> str:
        ref = f" ({drawn[id].ref})" if id in drawn else ""
        return f"{id}{ref}, linked with {links[id]}" if id in links else f"{id}{ref}"

    about = (
        f"Which child of {before.audit.id} is {subject_id}? Only whoever keeps the list of names can tell: record what "
        "they say, and never guess from the facts."
    )
    options = [label(id) for id in children] + ([NOBODY] if linked else [])
    at = children.index(linked) if linked in children else 0
    picked = await app.push_screen_wait(PickOne("The same child", about, options, at))
    if picked is None:
        return ""
    earlier = children[picked] if picked < len(children) else ""
    by = app.person.id if app.person else ""
    made = re_audits.link_child(app.workspace, subject_id, earlier, by=by, now=app.now())
    return f"{made.id} is {made.earlier} of the earlier audit." if made.earlier else f"{made.id} is linked with nobody."
