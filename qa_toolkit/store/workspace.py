"""The workspace: typed records over journals. Above this module nobody sees a table, a path or a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qa_toolkit.domain.audits import AuditEntry
from qa_toolkit.domain.errors import Damaged, InputError, NotFound
from qa_toolkit.domain.people import Agency, Kept, Partnership, Person
from qa_toolkit.domain.records import Record
from qa_toolkit.store import frozen, manifest
from qa_toolkit.store.audit_file import AuditFile, load_audit
from qa_toolkit.store.change import Change
from qa_toolkit.store.files import Disk
from qa_toolkit.store.folder import FolderStore
from qa_toolkit.store.journal import Journal
from qa_toolkit.store.names import file_of
from qa_toolkit.store.shelf import Shelf

if TYPE_CHECKING:  # what the first screen does not read is loaded with the first return or template
    from qa_toolkit.domain.returns import Return
    from qa_toolkit.domain.template.model import Template

PARTNERSHIP = "partnership"
ACTIONS = "actions"

Seen = Mapping[tuple[str, str], int]
"""(table, id) to the line that last put what the user saw; 0 for what was not there."""

_AUDIT_OF = re.compile(r"[A-Z]{2,6}-[0-9]{4}-[0-9]{2,3}(?=-|$)")


def seen(*records: Record | None) -> dict[tuple[str, str], int]:
    """What a user saw, for a verb to hold against what is there now."""
    return {(record.table, record.id): record.seq for record in records if record is not None}


def unseen(kind: type[Record], id: str) -> dict[tuple[str, str], int]:
    """That the user saw nothing under this id."""
    return {(kind.table, id): 0}


@lru_cache(maxsize=4096)
def audit_of(id: str) -> str:
    """The audit that a subject's, return's or concern's id belongs to."""
    found = _AUDIT_OF.match(id.upper())
    if not found:
        raise NotFound(f"“{id}” does not begin with the id of an audit, such as CE-2026-01.")
    return found[0]


def audit_journal(audit_id: str) -> str:
    """The name under which an audit is kept."""
    return f"audits/{audit_id}/audit"


@lru_cache(maxsize=4096)
def return_journal(return_id: str) -> str:
    """The name under which a return is kept."""
    return f"audits/{audit_of(return_id)}/returns/{return_id}"


def _missing(name: str) -> Damaged:
    path = file_of(name)
    return Damaged(
        f"{path} is missing, and the records say that it was begun. Put it back from a backup; "
        "`qa verify` looks at everything else.", path=path,
    )  # fmt: skip


class Workspace:
    """A partnership's records in one folder. Nothing is kept open but files; a save is durable when a verb returns."""

    def __init__(self, root: Path, *, until: datetime | None = None, disk: Disk | None = None) -> None:
        """Open the workspace in `root`; with `until`, as it stood then, and read-only.

        Raises:
            NoWorkspace: There is none in this folder.
            TooNew: A newer version of the toolkit made it.
        """
        self.root = root
        self.until = until
        self.manifest = manifest.read(root)
        self.folder = FolderStore(root, disk)
        self._shelves: dict[str, Shelf] = {}
        self._templates: dict[str, Template] = {}
        self.damaged: dict[str, Damaged] = {}
        """Files of which a list found that nothing can be read, by path; whoever makes the list keeps it right."""
        self._looked: set[str] | None = None
        self._beside: tuple[Workspace, ...] = ()
        """Workspaces that are read together with this one: as it is now, and as at other moments."""

    @property
    def name(self) -> str:
        """The workspace's name."""
        return self.manifest.name

    # --- reading

    def shelf(self, name: str) -> Shelf:
        """The journal of that name, replayed to its end."""
        shelf = self._shelves.get(name)
        if shelf is None:
            shelf = self._open(name)
        elif self.until is None and (self._looked is None or name not in self._looked):
            shelf.journal.refresh()
        if self._looked is not None:
            self._looked.add(name)
        return shelf

    def _kept(self, name: str) -> Shelf:
        """A journal that the records say there is.

        Raises:
            Damaged: It is gone.
        """
        try:
            return self.shelf(name)
        except NotFound:
            raise _missing(name) from None

    def _open(self, name: str) -> Shelf:
        """Read a file, for the workspaces beside this one too if they have not read it."""
        together = [one for one in self._beside if name not in one._shelves] or [self]
        folders, moments = [one.folder for one in together], [one.until for one in together]
        for one, journal in zip(together, Journal.open_at(folders, name, moments), strict=True):
            one._shelves[name] = Shelf(journal)
        return self._shelves[name]

    @contextmanager
    def as_at(self, *moments: datetime) -> Iterator[tuple[Workspace, ...]]:
        """As it stood at each of these moments, to read only: each file is read once for all of them.

        A file that was not read yet is read for now as well, the first time that one of them needs it.
        """
        found = tuple(Workspace(self.root, until=moment) for moment in moments)
        for one in found:
            one._beside = (self, *found)
        try:
            yield found
        finally:
            for one in found:
                one.close()

    @property
    def live(self) -> Workspace | None:
        """The workspace as it is now, of one that `as_at` gave; None of any other."""
        return self._beside[0] if self._beside else None

    def one_look(self) -> _OneLook:
        """Inside, each file is looked at once, so that a verb reads one state of things; a change looks again."""
        return _OneLook(self)

    def is_read(self, name: str) -> bool:
        """Whether the journal of that name was read already, so that reading it again costs only its new lines."""
        return name in self._shelves

    @property
    def partnership_shelf(self) -> Shelf:
        """What belongs to the partnership as a whole."""
        return self._kept(PARTNERSHIP)

    @property
    def actions_shelf(self) -> Shelf:
        """Plans, recommendations, actions and meetings; empty where none was ever kept.

        Raises:
            Damaged: The records say that the file was begun, and it is gone.
        """
        try:
            return self.shelf(ACTIONS)
        except NotFound:
            if self.partnership_shelf.get(Kept, ACTIONS) is None:
                return Shelf(Journal(self.folder, ACTIONS, self.until))
            raise _missing(ACTIONS) from None

    def partnership(self) -> Partnership:
        """The partnership's own record."""
        return self.partnership_shelf.all(Partnership)[PARTNERSHIP]

    def agencies(self) -> Mapping[str, Agency]:
        """Agencies by id."""
        return self.partnership_shelf.all(Agency)

    def people(self) -> Mapping[str, Person]:
        """People by `handle@agency`."""
        return self.partnership_shelf.all(Person)

    def audits(self) -> Mapping[str, AuditEntry]:
        """The partnership's list of audits by id."""
        return self.partnership_shelf.all(AuditEntry)

    def audit(self, audit_id: str) -> AuditFile:
        """One audit, whole.

        Raises:
            NotFound: No audit has that id.
            Damaged: Its file is gone, or holds something else.
        """
        audit_id = audit_id.upper()
        if audit_id not in self.audits():
            raise NotFound(f"There is no audit {audit_id} in “{self.name}”. `qa audit list` shows those there are.")
        return load_audit(self._kept(audit_journal(audit_id)))

    def has_return(self, return_id: str) -> bool:
        """Whether the return has been started."""
        return return_id in self.audit(audit_of(return_id)).started

    def ret(self, return_id: str, under: str = "") -> Return:
        """One return, whole and verified, as its audit's template reads it; `under`: as that version of it does.

        Raises:
            NotFound: It was never started.
            Damaged: Its file is gone, although the records say that it was begun.
        """
        audit = self.audit(audit_of(return_id))
        return self.read(audit, self.shelf(self.begun(audit, return_id.upper())), under)

    def read(self, audit: AuditFile, shelf: Shelf, under: str = "") -> Return:
        """The return in a journal, as the audit's template reads it; `under`: as that version of it does."""
        from qa_toolkit.store.returned import read_return

        return read_return(self, audit, shelf, under)

    def begun(self, audit: AuditFile, return_id: str) -> str:
        """The name of the journal of a return that was begun, which is read if it was not yet.

        Raises:
            NotFound, Damaged: As `ret`.
        """
        name = return_journal(return_id)
        if return_id not in audit.started:
            raise NotFound(audit.why_none(return_id))
        if name not in self._shelves:
            self._kept(name)
        return name

    def template(self, digest: str) -> Template:
        """The template with that digest, as it was when it was first used here."""
        if digest not in self._templates:
            from qa_toolkit.domain.template.model import Template

            self._templates[digest] = Template.model_validate_json(frozen.read(self.folder, digest))
        return self._templates[digest]

    def template_of(self, return_id: str) -> Template:
        """The template that a return answers."""
        return self.template(self.audit(audit_of(return_id)).audit.template)

    @property
    def damages(self) -> tuple[Damaged, ...]:
        """What stopped the reading of the files that were looked at; each can be read up to there, and not written.

        With those in `damaged`, of which nothing can be read.
        """
        found = [shelf.journal.damage for shelf in self._shelves.values() if shelf.journal.damage is not None]
        return (*found, *(one for path, one in self.damaged.items() if path not in {damage.path for damage in found}))

    # --- writing

    def keep_template(self, template: Template, source: str) -> str:
        """Keep a template as it is today, with the text it was read from; returns its digest."""
        frozen.keep(self.folder, template.canonical(), source)
        return template.digest

    def change(
        self, name: str, *, by: str, did: str, now: datetime, why: str | None = None, seen: Seen | None = None
    ) -> Change:
        """One verb, one line: everything put inside is there when the block ends, or nothing is.

        Rules run and ids are minted inside, after the lines of others have been read.

        Raises:
            Stale: Something the user saw has moved.
            Locked, NotSaved, ReadOnly: The machine stands in the way; nothing was recorded.
        """
        if self.until is not None:
            raise InputError("This is how things stood on an earlier day, so nothing can be changed here.")
        # The event looks at the file itself, under the lock: a look before it would be one too many.
        shelf = self._shelves.get(name) or self.shelf(name)
        return Change(shelf, shelf.journal.event(by=by, did=did, why=why, now=now, seen=seen))

    def begin(self, name: str, *records: Record, by: str, did: str, now: datetime) -> None:
        """Make a new journal whose first line puts these records."""
        puts = [(record.table, record.id, record.document()) for record in records]
        self._shelves[name] = Shelf(Journal.create(self.folder, name, by=by, did=did, now=now, puts=puts))

    def close(self) -> None:
        """Close the files. Nothing is waiting to be written."""
        for shelf in self._shelves.values():
            shelf.journal.close()
        self._shelves.clear()


class _OneLook:
    """See `Workspace.one_look`."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __enter__(self) -> None:
        self._outer = self._workspace._looked
        if self._outer is None:
            self._workspace._looked = set()

    def __exit__(self, *_: object) -> None:
        self._workspace._looked = self._outer
