"""A panel's papers and minutes as files: looked through for identifiers, written as Word and as text, and noted.

They are of the class “panel”, the chair's own copy of the class above. What could identify somebody is decided on as
it is for packs, and a decision holds for both.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from qa_toolkit.domain.audience import Audience
from qa_toolkit.domain.dates import day_of, show_moment, zone
from qa_toolkit.domain.errors import InputError, NotAllowed, NotSaved
from qa_toolkit.domain.people import Role
from qa_toolkit.reports.layout.document import Document, Note, Part, places, rewritten
from qa_toolkit.reports.layout.plain import plain_text
from qa_toolkit.reports.layout.word import write_word
from qa_toolkit.reports.panels.minutes import minutes, sitting_words
from qa_toolkit.reports.panels.papers import panel_paper
from qa_toolkit.store import exports, heads
from qa_toolkit.store.audit_file import AuditFile
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, audit_of, return_journal
from qa_toolkit.workflow import allowed, findings, releasing
from qa_toolkit.workflow.hearings import hearing, in_names, panel_of, require_reader
from qa_toolkit.workflow.moderation import NO_PANEL

PANEL = "Panel: the chair, the panel and the co-ordinator of this audit; not to be passed on"
CHAIR = "Chair: the chair’s own copy, with what is sensitive; for nobody else"
FORMATS = ("docx", "txt")
EXAMPLE = "A worked example: the partnership, the people and the children are invented."


def write_panel_papers(
    workspace: Workspace,
    of: str,
    folder: Path,
    *,
    formats: Sequence[str] = FORMATS,
    for_chair: bool = False,
    by: str,
    now: datetime,
    force: bool = False,
) -> list[Path]:
    """A paper for each child of an audit, or for the one that `of` names; the files that were written.

    Raises:
        NotAllowed: Somebody it is not for; or the chair's copy is asked for by somebody else.
        NotReady: Typed text could identify somebody, and nobody has decided. Nothing was written.
        NotSaved: The disk refused.
    """
    file = workspace.audit(audit_of(of))
    child = of.strip().upper() if "-C" in of.upper() else ""
    require_reader(workspace, file.audit.id, by, child)
    if for_chair and not allowed.person(workspace, by).is_(Role.CHAIR):
        raise NotAllowed(f"The chair’s own copy is made by the chair, and {by} is not recorded as one.")
    panel = panel_of(file)
    order = (child,) if child else panel.subjects if panel else tuple(file.subjects)
    heard = [in_names(hearing(workspace, id, reveal=for_chair), workspace.agencies()) for id in order]
    if not heard:
        raise InputError(f"{file.audit.id} has no cases yet.")
    audience = CHAIR if for_chair else PANEL
    named = [
        (f"{one.subject}-{'chair' if for_chair else 'panel'}-paper",
         _document(workspace, file, f"Panel paper: {one.subject}", panel_paper(one), audience, now))
        for one in heard
    ]  # fmt: skip
    return _write(workspace, file, named, folder, kind="panel paper", formats=formats, by=by, now=now,
                  audience=Audience.CASE if for_chair else Audience.PANEL, for_whom=audience, force=force)  # fmt: skip


def write_panel_minutes(
    workspace: Workspace,
    audit_id: str,
    folder: Path,
    *,
    formats: Sequence[str] = FORMATS,
    by: str,
    now: datetime,
    force: bool = False,
) -> list[Path]:
    """The minutes of an audit's latest sitting; the files that were written.

    Raises:
        InputError: No panel has sat.
        NotAllowed: Somebody it is not for.
        NotReady: Typed text could identify somebody, and nobody has decided. Nothing was written.
        NotSaved: The disk refused.
    """
    file = workspace.audit(audit_id)
    require_reader(workspace, file.audit.id, by)
    panel = panel_of(file)
    if panel is None:
        raise InputError(NO_PANEL.format(file.audit.id))
    heard = [in_names(hearing(workspace, id), workspace.agencies()) for id in panel.subjects]
    found = [(one, findings.how_common(workspace, one)) for one in findings.of_audit(workspace, file.audit.id)]
    parts = minutes(
        panel, heard, found, agencies=workspace.agencies(), people=workspace.people(),
        zone=zone(workspace.partnership().zone),
    )  # fmt: skip
    title = f"Minutes of the panel: {sitting_words(panel)}"
    named = [(f"{panel.id}-minutes", _document(workspace, file, title, parts, PANEL, now))]
    return _write(workspace, file, named, folder, kind="panel minutes", formats=formats,
                  audience=Audience.PANEL, for_whom=PANEL, by=by, now=now, force=force)  # fmt: skip


def _document(
    workspace: Workspace, file: AuditFile, title: str, parts: tuple[Part, ...], audience: str, now: datetime
) -> Document:
    partnership = workspace.partnership()
    state = heads.workspace_head(heads.heads(workspace.folder, _journals(file)))
    first = (Note(EXAMPLE),) if partnership.example else ()
    return Document(
        title=title, marking=partnership.marking, as_at=show_moment(now, zone(partnership.zone)), head=state[:12],
        parts=(*first, *parts), subtitle=f"{file.audit.id} {file.audit.title}. {audience}.", author=partnership.name,
    )  # fmt: skip


def _journals(file: AuditFile) -> list[str]:
    return [PARTNERSHIP, audit_journal(file.audit.id), *(return_journal(id) for id in sorted(file.started))]


def _write(
    workspace: Workspace, file: AuditFile, named: Sequence[tuple[str, Document]], folder: Path, *, kind: str,
    formats: Sequence[str], audience: Audience, for_whom: str, by: str, now: datetime, force: bool,
) -> list[Path]:  # fmt: skip
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder.")
    targets = [folder / f"{name}.{ending}" for name, _ in named for ending in formats]
    there = [path for path in targets if path.exists()]
    if there and not force:
        raise InputError(f"{there[0]} is there already. Name another folder, or add --force to replace it.")
    today = day_of(now, zone(workspace.partnership().zone))
    found = [
        releasing.looked_through(
            workspace, [(f"{name}, {place}", text) for place, text in places(document)], audience, today=today
        )
        for name, document in named
    ]
    what = targets[0].name if len(targets) == 1 else f"The set of {len(targets)} files"
    releasing.require_decided([one for of_one in found for one in of_one], audience, what)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotSaved(f"{folder} could not be made ({error.strerror}). Nothing was written.") from error
    written = []
    for (name, document), hits in zip(named, found, strict=True):
        put = releasing.in_other_words(workspace, hits, audience, today=today)
        body = document if put is None else rewritten(document, put)
        for ending in formats:
            path = folder / f"{name}.{ending}"
            _lay_out(body, path, now, workspace.root)
            exports.note(
                workspace.folder, path, kind=f"{kind}, {ending}", subject=name, audience=for_whom, by=by, now=now,
                identifiers=len(hits), journals=_journals(file),
                more={"audience_class": audience.value, "decided": releasing.decisions(one.handling for one in hits)},
            )  # fmt: skip
            written.append(path)
    return written


def _lay_out(document: Document, path: Path, now: datetime, root: Path) -> None:
    if path.suffix == ".docx":
        write_word(document, path, now=now, workspace=root)
        return
    # Deferred: the room of spreadsheets is loaded by what writes files only.
    from qa_toolkit.sheets.whole import written_whole

    with written_whole(path) as part:
        part.write_text(plain_text(document), encoding="utf-8", newline="\n")
