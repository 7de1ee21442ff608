"""Whatever came back this week, in one folder: what each file is, by what stands in it, and what it would change.

A file's name says nothing. What is clean can be taken in by itself; what has faults, differences to settle or a
question to answer waits, with the sentence that says why and the command that goes on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.action_sheet import Verdict
from qa_toolkit.domain.errors import InputError, QAError, SheetError
from qa_toolkit.domain.text import how_many, shorten, visible
from qa_toolkit.exchange import parcel_in, plan_table
from qa_toolkit.exchange.action_in import ActionsRead, actions_of, is_action_sheet, settled
from qa_toolkit.exchange.strangers import stranger
from qa_toolkit.exchange.tool_in import ToolRead, read_tool, summary, written_concerns
from qa_toolkit.exchange.tool_out import KIND as TOOL
from qa_toolkit.sheets.reader import Read, read_book
from qa_toolkit.store.workspace import Workspace, audit_of
from qa_toolkit.workflow import action_sheets, finishing, taking_in
from qa_toolkit.workflow.returns import opened

MOST_FILES = 300
_PARCEL = b"-----BEGIN AGE ENCRYPTED FILE-----"
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
PLAN = "an action plan from elsewhere, it seems"
_BRING = "`qa import plan`, or p on the screen, shows how its columns are understood, and brings it in."


class Item(NamedTuple):
    """One file."""

    file: Path
    what: str
    """What it is, in words."""
    changes: tuple[str, ...] = ()
    """What taking it in would change, a line each."""
    concerns: tuple[str, ...] = ()
    """Immediate safeguarding concerns that are new: whoever reads this telephones first."""
    waits: str = ""
    """Why it is not taken in by itself; empty for what is clean."""
    unnamed: tuple[str, ...] = ()
    """Returns whose rater nobody has named: whoever takes it in says who filled it in."""
    alike: Mapping[str, Mapping[str, str]] = {}
    """By return, the concerns that are logged already, where one is written in other words: it may be one of them."""
    foreign: str = ""
    """For what is none of ours: what can be done with it."""
    brings: ToolRead | ActionsRead | parcel_in.Plan | None = None

    @property
    def clean(self) -> bool:
        """Whether it can be taken in as it is."""
        return bool(self.changes) and not self.waits

    @property
    def plan(self) -> bool:
        """Whether it seems to be an action plan from elsewhere."""
        return self.what == PLAN

    @property
    def agency(self) -> str:
        """Whose audit tool it is; empty for anything else."""
        return self.brings.agency if isinstance(self.brings, ToolRead) else ""

    @property
    def asks(self) -> bool:
        """Whether it waits for nothing but an answer to what `unnamed` and `alike` ask."""
        return bool(self.unnamed or self.alike)

    @property
    def name(self) -> str:
        """The file's name, safe to show."""
        return shorten(visible(self.file.name), 60)


def files(folder: Path) -> list[Path]:
    """The files of the folder in the order of their names; not its folders, and not what other programs leave there.

    Raises:
        InputError: It is no folder, or holds more than anybody gets in a week.
    """
    try:
        found = sorted(one for one in folder.iterdir() if one.is_file() and not one.name.startswith((".", "~$")))
    except OSError as error:
        raise InputError(f"{folder} cannot be read ({error.strerror}): name a folder in which files lie.") from None
    if len(found) > MOST_FILES:
        raise InputError(f"{folder} holds {len(found):,} files: put what came back into a folder of its own.")
    return found


def look(file: Path, workspace: Workspace, *, by: str, today: date) -> Item:
    """What a file is and what it would change; changes nothing."""
    what = "a file that cannot be told"
    try:
        with file.open("rb") as stream:
            first = stream.read(len(_PARCEL))
        if first == _PARCEL:
            what = "a parcel"
            return _parcel(file, workspace, by)
        if (other := stranger(file, first)) is not None:
            return Item(file, other.what, foreign=other.way_out)
        if not first.startswith((_ZIP, _OLE)):
            return _maybe_plan(file)
        what = "a workbook"
        book = read_book(file)
        if book.properties.get("kind") == TOOL:
            what = "an audit tool"
            return _tool(file, workspace, by)
        if is_action_sheet(book):
            what = "an action sheet"
            return _actions(file, book, workspace, today)
        if plan_table.holds_plan(book):
            return Item(file, PLAN, foreign=_BRING)
        return Item(file, what, foreign="It is neither an audit tool nor an action sheet of ours, and no action plan.")
    except QAError as error:
        return Item(file, what, waits=str(error))
    except OSError as error:
        return Item(file, what, waits=f"It cannot be read ({error.strerror}).")


def take(
    item: Item, workspace: Workspace, *, rater: str = "", same: Mapping[str, str] | None = None, by: str,
    now: datetime, today: date,
) -> str:  # fmt: skip
    """Take one in; what was done, in words.

    `rater` is who filled in what names nobody; `same`, by return, which logged concern a written one is, or nothing.

    Raises:
        QAError: A rule refuses it after all, or somebody changed the same meanwhile.
    """
    match item.brings:
        case ToolRead():
            owed, same = workspace.audit(item.brings.audit).allocations, same or {}
            raters = {one.return_id: owed[one.return_id].rater or rater for one in item.brings.filled}
            for one in item.brings.filled:  # all of it may be taken in, or nothing is
                taking_in.may_take_in(workspace, one, raters[one.return_id], by=by)
            for one in item.brings.filled:
                taking_in.take_in(
                    workspace, one, raters[one.return_id], source=item.file.name, same_as=same.get(one.return_id, ""),
                    by=by, now=now, today=today,
                )  # fmt: skip
            ids = [one.return_id for one in item.brings.filled]
            sent = [id for id in ids if workspace.ret(id).round and not opened(workspace, id).editable]
            return f"{how_many(len(ids), 'return')} taken in" + (
                f"; sent in, and to be filed: {', '.join(sent)}" if sent else ""
            )
        case ActionsRead():
            source = f"action sheet {item.brings.sheet} of {item.brings.agency}, {item.file.name}"
            touched = action_sheets.take_in(
                workspace, settled(item.brings, {}), source=source, by=by, now=now, today=today
            )
            return f"taken in: {', '.join(touched)}"
        case parcel_in.Plan():
            filed = parcel_in.take_in(workspace, item.brings, by=by, now=now)
            return f"taken in; filed as received: {', '.join(filed) or 'none'}"
    raise InputError(f"{item.name} brings nothing that could be taken in.")


def _maybe_plan(file: Path) -> Item:
    """A file of text: an action plan as CSV, or nothing that is known."""
    try:
        plan_table.read_plan_table(file)
    except SheetError:
        return Item(file, "a file that cannot be told", foreign="It is neither a workbook nor a parcel.")
    return Item(file, PLAN, foreign=_BRING)


def _tool(file: Path, workspace: Workspace, by: str) -> Item:
    try:
        read = read_tool(file, workspace)
    except SheetError as error:
        # Danger does not wait for the faults to be mended.
        written = tuple(f"{id}: {words} {_telephone(workspace, id)}" for id, words in written_concerns(file, workspace))
        return Item(file, "an audit tool", (), written, str(error))
    owed = workspace.audit(read.audit).allocations
    concerns = tuple(
        f"{one.return_id}: {one.concern.what} {_telephone(workspace, one.return_id)}"
        for one in read.filled if one.concern is not None
    )  # fmt: skip
    what, changes = f"an audit tool of {read.agency} in {read.audit}", (*summary(read), *_unfinished(workspace, read))
    unnamed = tuple(one.return_id for one in read.filled if not owed[one.return_id].rater)
    alike = {one.return_id: found for one in read.filled if (found := taking_in.may_be_logged(workspace, one))}
    waits = ""
    if unnamed:
        waits = (
            f"Nobody is named as the rater of {', '.join(unnamed)}: `qa tool in` takes it with --rater "
            f"handle@{read.agency}."
        )
    else:
        try:
            for one in read.filled:
                taking_in.may_take_in(workspace, one, owed[one.return_id].rater, by=by)
        except QAError as error:
            return Item(file, what, changes, concerns, str(error), brings=read)
    if alike:
        waits += f"{' ' if waits else ''}A concern is logged already for {', '.join(alike)}: is what is written the " \
                 "same? `qa tool in` takes it with --same-as or --new-concern."  # fmt: skip
    return Item(file, what, changes, concerns, waits, unnamed, alike, brings=read)


def _unfinished(workspace: Workspace, read: ToolRead) -> Iterator[str]:
    """Of each return that came as finished and is not, what it lacks: it is taken in, and not sent in."""
    for one in read.filled:
        if left := finishing.lacking(workspace, one):
            yield f"{one.return_id} came as finished and lacks something, so it stays with its agency: {' '.join(left)}"


def _telephone(workspace: Workspace, return_id: str) -> str:
    try:
        phone = workspace.audit(audit_of(return_id)).audit.phone
    except QAError:
        phone = ""  # the row's hidden key was typed over
    return f"Phone now{': ' + phone if phone else ''}."


def _actions(file: Path, book: Read, workspace: Workspace, today: date) -> Item:
    read = actions_of(book, workspace, today)
    clean = read.with_verdict(Verdict.CLEAN)
    changes = tuple(f"{one.key}: {shorten(' '.join(visible(one.theirs, lines=True).split()), 60)}" for one in clean)
    asked, refused = len(read.with_verdict(Verdict.ASK)), len(read.with_verdict(Verdict.REFUSED))
    parts = [f"{asked} to settle"] if asked else []
    parts += [f"{refused} not taken"] if refused else []
    waits = f"{' and '.join(parts)}: `qa import actions` says what and why." if parts else ""
    return Item(file, f"an action sheet of {read.agency}", changes, (), waits, brings=read)


def _parcel(file: Path, workspace: Workspace, by: str) -> Item:
    # The sealing library is wanted only where a parcel lies.
    from qa_toolkit.exchange import keys, parcel_box

    sealed = parcel_box.read_sealed(file)
    if parcel_box.under_passphrase(sealed):
        raise InputError("A parcel that comes back is sealed for your key, and this one is under a passphrase.")
    plan = parcel_in.plan(workspace, parcel_box.open_sealed(sealed, key=keys.own()), by=by)
    concerns = tuple(
        f"{one.id}: {one.what} {_telephone(workspace, one.id)}" for one, known in plan.concerns if not known
    )
    changes = tuple(step.sentence for step in plan.steps if step.fresh)
    return Item(file, f"a parcel of {plan.parcel.sender} in {plan.parcel.audit}", changes, concerns, "", brings=plan)


def counts(items: Iterable[Item]) -> str:
    """How many can be taken in, how many wait, how many bring nothing new, and how many are none of ours."""
    found = list(items)
    clean, waiting = sum(one.clean for one in found), sum(bool(one.waits) for one in found)
    foreign = sum(bool(one.foreign) for one in found)
    same = len(found) - clean - waiting - foreign
    others = f", {foreign} that are not for here" if foreign else ""
    return f"{how_many(len(found), 'file')}: {clean} clean, {waiting} waiting, {same} with nothing new{others}."


def folders(folder: Path) -> list[str]:
    """The folders in it, which are not looked into, by name."""
    try:
        return sorted(visible(one.name) for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []
