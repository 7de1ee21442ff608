"""What an owner adds to an action: updates, milestones and evidence. Nothing of it is ever written over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from qa_toolkit.domain.errors import InputError, NotAllowed
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Part, parts_of
from qa_toolkit.domain.plans.records import Evidence, EvidenceKind, Milestone, Update
from qa_toolkit.domain.plans.standing import Thread, Yardstick, brief_of, says_better
from qa_toolkit.domain.text import clean
from qa_toolkit.store import evidence
from qa_toolkit.store.workspace import Seen, Workspace
from qa_toolkit.workflow.plans.keeping import Stroke, find, sentence, stroke

_SHA256 = re.compile(r"[0-9a-f]{64}")


def update(
    workspace: Workspace,
    action_ids: Iterable[str],
    text: str,
    *,
    progress: int | None = None,
    says: Colour | None = None,
    at: Yardstick | None = None,
    seen: Seen | None = None,
    by: str,
    now: datetime,
    today: date,
) -> list[Update]:
    """What is said of one or many actions today, in one line of the record.

    `at` are the rules of today, against which `says` is held.

    Raises:
        InputError: No sentence, a percentage that is none, a colour better than what the rules say, or an action that
            has ended.
        NotAllowed: It is said by its owner, the lead of its owner's agency, or a co-ordinator.
    """
    ids = list(dict.fromkeys(id.strip().upper() for id in action_ids))
    text = sentence(text, "Say in a sentence how it goes.", least=3)
    did = "updated an action" if len(ids) == 1 else f"updated {len(ids)} actions"
    with stroke(workspace, by=by, did=did, now=now, today=today, seen=seen) as line:
        made = [put_update(line, id, text, progress=progress, says=says, at=at) for id in ids]
    return [find(workspace, Update, one.id) for one in made]


def put_update(
    line: Stroke, action_id: str, text: str, *, progress: int | None = None, says: Colour | None = None,
    at: Yardstick | None = None,
) -> Update:  # fmt: skip
    """One update as part of a stroke."""
    if progress is not None and not 0 <= progress <= 100:
        raise InputError(f"{progress} is no percentage: give a number from 0 to 100.")
    if says not in (None, Colour.AMBER, Colour.RED):
        raise InputError("An owner may say amber or red, where the rules say better; never a better colour.")
    thread = _worked_on(line, action_id, "update")
    made = Update(
        id=line.mint_under(Update, thread.action.id, "U", 3), action=thread.action.id, at=line.now, by=line.by,
        text=clean(text).strip(), progress=progress, says=says.value if says else "",
    )  # fmt: skip
    line.put(made)
    # An update can itself turn a colour, so what is said is held against the rules with it.
    if says is not None and at is not None and (refused := says_better(brief_of(line.thread(thread.action.id)), at)):
        raise InputError(refused)
    return made


def add_milestone(
    workspace: Workspace, action_id: str, text: str, due: date, *, by: str, now: datetime, today: date
) -> Milestone:
    """A day on the way to the action's end."""
    text = sentence(text, "Say what is there by that day.", least=4)
    with stroke(workspace, by=by, did="added a milestone", now=now, today=today) as line:
        action = _worked_on(line, action_id, "add a milestone to").action
        if due > action.due:
            raise InputError(f"The milestone would come after {action.id} is due: give a day before that.")
        made = Milestone(
            id=line.mint_under(Milestone, action.id, "M"), action=action.id, text=text, due=due, added=today
        )
        line.put(made)
    return find(workspace, Milestone, made.id)


def reach_milestone(
    workspace: Workspace, milestone_id: str, on: date, *, seen: Seen | None = None, by: str, now: datetime, today: date
) -> Milestone:
    """The milestone done on that day."""
    with stroke(workspace, by=by, did="reached a milestone", now=now, today=today, seen=seen) as line:
        milestone = line.get(Milestone, milestone_id)
        _worked_on(line, milestone.action, "mark a milestone of")
        if on > today:
            raise InputError("A milestone is reached today or earlier.")
        if milestone.done:
            raise InputError(f"{milestone.id} was marked as reached already.")
        line.put(milestone.model_copy(update={"done": on}))
    return find(workspace, Milestone, milestone_id)


def add_evidence(
    workspace: Workspace,
    action_id: str,
    kind: EvidenceKind,
    pointer: str,
    on: date,
    *,
    shows: str = "",
    seen_by: str = "",
    sha256: str = "",
    file: Path | None = None,
    copy: bool = False,
    by: str,
    now: datetime,
    today: date,
) -> Evidence:
    """Proof by reference: where it is, of which day, what it shows, and who has seen it.

    Of a `file` at hand the digest is kept, and with `copy` a copy of it in the workspace.

    Raises:
        InputError: It says not where it is, is of a day to come, the digest is none or not the file's, or the file
            cannot be read.
    """
    if copy and file is None:
        raise InputError("Name the file that is to be copied.")
    with stroke(workspace, by=by, did="added evidence", now=now, today=today) as line:
        action = _worked_on(line, action_id, "add evidence to").action
        if file is not None:
            of_file = evidence.digest(file)
            if sha256 and sha256.lower() != of_file:
                raise InputError(f"{file} has another SHA-256 than the one given: look at which file it is.")
            sha256 = of_file
        made = put_evidence(line, action.id, kind, pointer, on, shows=shows, seen_by=seen_by, sha256=sha256)
        if file is not None and copy:
            # Last, so that a refusal leaves no copy behind.
            sha256, copied = evidence.keep(workspace.folder, file)
            line.put(made.model_copy(update={"sha256": sha256, "copied": copied}))
    return find(workspace, Evidence, made.id)


def put_evidence(
    line: Stroke, action_id: str, kind: EvidenceKind, pointer: str, on: date, *, shows: str = "", seen_by: str = "",
    sha256: str = "",
) -> Evidence:  # fmt: skip
    """Evidence as part of a stroke."""
    pointer = sentence(pointer, "Say where the evidence can be seen: a document and its version, a system’s number.", 4)
    if on > line.today:
        raise InputError("Evidence is of today or an earlier day.")
    if sha256 and not _SHA256.fullmatch(sha256.lower()):
        raise InputError("A file’s SHA-256 has 64 digits and letters from a to f.")
    made = Evidence(
        id=line.mint_under(Evidence, action_id, "E"), action=action_id, kind=kind, pointer=pointer, on=on,
        shows=clean(shows).strip(), seen_by=clean(seen_by).strip(), sha256=sha256.lower(), added_by=line.by,
        added=line.today,
    )  # fmt: skip
    line.put(made)
    return made


def _worked_on(line: Stroke, action_id: str, deed: str) -> Thread:
    thread = line.thread(action_id)
    action = thread.action
    if not parts_of(line.person, action.owner, action.agency) & {Part.OWNER, Part.OWNER_LEAD, Part.COORDINATOR}:
        raise NotAllowed(
            f"{line.person.name} ({line.by}) may not {deed} {action.id}: that is for its owner, the lead of its "
            "owner’s agency, or a co-ordinator."
        )
    if thread.state.ended:
        raise InputError(f"{action.id} is {thread.state.label.lower()}, so nobody can {deed} it: reopen it first.")
    return thread
