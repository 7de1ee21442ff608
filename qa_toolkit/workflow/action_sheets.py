"""An action sheet that came back, taken in as one line, through the rules of the verbs that it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from qa_toolkit.domain.action_sheet import Brought, held, percent_words, view_words
from qa_toolkit.domain.errors import InputError, Stale
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.records import Action
from qa_toolkit.domain.plans.standing import Thread
from qa_toolkit.domain.text import clean, visible
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow.plans.due_dates import put_asked
from qa_toolkit.workflow.plans.keeping import Stroke, stroke, thread_on
from qa_toolkit.workflow.plans.moving import put_move
from qa_toolkit.workflow.plans.progress import put_evidence, put_update


def of_agency(workspace: Workspace, agency: str, owner: str = "") -> tuple[list[Thread], int]:
    """The open actions of an agency, or of one owner in it, by due day; and how many were left out as sensitive.

    A sensitive action is shown to its owner, so it goes out on a sheet for that owner alone.
    """
    shelf = workspace.actions_shelf
    found, kept_back = [], 0
    for id, action in shelf.all(Action).items():
        if action.agency != agency or (owner and action.owner != owner):
            continue
        thread = thread_on(shelf, id)
        if not thread.state.open:
            continue
        if action.sensitive and not owner:
            kept_back += 1
        else:
            found.append(thread)
    return sorted(found, key=lambda one: (one.action.due, one.action.id)), kept_back


def take_in(
    workspace: Workspace, brought: Iterable[Brought], *, source: str, by: str, now: datetime, today: date
) -> list[str]:
    """Everything that was brought, in one line; ids of the actions that it touched.

    Raises:
        InputError: Nothing was brought; or a rule refuses a part, and then nothing is recorded.
        NotAllowed: It is for the owner, the lead of the owner's agency, or a co-ordinator.
        Stale: An action has moved since it was decided what to take.
    """
    wanted: Sequence[Brought] = [one for one in brought if one.anything]
    if not wanted:
        raise InputError("There is nothing to take in.")
    did = f"took in an action sheet ({len(wanted)} action{'s' if len(wanted) != 1 else ''})"
    with stroke(workspace, by=by, did=did, now=now, today=today, why=clean(visible(source))) as line:
        for one in wanted:
            _take(line, one)
    return [one.action for one in wanted]


def _take(line: Stroke, one: Brought) -> None:
    if held(line.thread(one.action)) != one.now:
        raise Stale(f"{one.action} was changed by somebody else meanwhile, so nothing was taken: look at it again.")
    if one.begins:
        put_move(line, Deed.START, one.action)
    _say(line, one)
    for proof in one.evidence:
        put_evidence(line, one.action, proof.kind, proof.pointer, proof.on or line.today)
    if one.new is not None:
        put_asked(line, one.action, one.new, one.why)
    if one.close:
        put_move(line, Deed.SUBMIT, one.action)


def _say(line: Stroke, one: Brought) -> None:
    texts = list(one.updates)
    if not texts and (one.progress is not None or one.says is not None):
        # A percentage or a view without words is said in the fewest.
        parts = [percent_words(one.progress) + " done" if one.progress is not None else ""]
        parts += [view_words(one.says) if one.says is not None else ""]
        texts = ["; ".join(part for part in parts if part) + "."]
    says = one.now.says if one.says is None else one.says
    for number, text in enumerate(texts, start=1):
        last = number == len(texts)
        put_update(line, one.action, text, progress=one.progress if last else None, says=Colour(says) if says else None)
