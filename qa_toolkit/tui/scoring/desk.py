"""One return while somebody scores it: what is recorded, what is typed over it, and what the disk has refused so far.

No widget in here: the screens ask it, and show what it says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.dates import show_time
from qa_toolkit.domain.errors import QAError, Stale, StoreError
from qa_toolkit.domain.header import check_fact
from qa_toolkit.store.drafts import Draft
from qa_toolkit.store.workspace import Workspace, seen, unseen
from qa_toolkit.tui.scoring.edits import Edit
from qa_toolkit.workflow import drafts, returns


@dataclass(frozen=True)
class Trouble:
    """Why something is not recorded."""

    sentence: str
    stale: bool = False
    """Somebody else changed it: it is not tried again before the writer says so."""


class Desk:
    """The return, with what is not recorded yet. `said` is what the line at the foot of the screen says."""

    def __init__(self, workspace: Workspace, return_id: str, by: str, now: Callable[[], datetime]) -> None:
        self.workspace, self.by, self.now = workspace, by, now
        self.at = returns.opened(workspace, return_id)
        self.pending: dict[str, Edit] = {}
        self.trouble: dict[str, Trouble] = {}
        self.said = ""
        self.drafts: dict[tuple[str, str], Draft] = {}
        """Drafts found at opening that were neither taken back nor thrown out."""
        self._on_disk: set[tuple[str, str]] = set()
        self.find_drafts()

    @property
    def id(self) -> str:
        """The return's id."""
        return self.at.ret.id

    @property
    def mine(self) -> bool:
        """Whether this person scores it."""
        return bool(self.by) and self.by == self.at.ret.head.rater

    @property
    def read_only(self) -> bool:
        """Whether nothing may be changed here: somebody else's, or sent in."""
        return not self.mine or not self.at.editable

    def reload(self) -> None:
        """Read what is recorded now."""
        self.at = returns.opened(self.workspace, self.id)

    def recorded(self, question_id: str) -> Answer:
        """The answer as it is recorded; empty when there is none."""
        return self.at.ret.answers.get(question_id) or Answer(id=question_id)

    def shown(self, question_id: str) -> Answer:
        """The answer with what is not recorded yet laid over it."""
        edit = self.pending.get(question_id)
        answer = self.recorded(question_id)
        return edit.over(answer) if edit else answer

    # --- recording

    def give(self, question_id: str, edit: Edit) -> bool:
        """Record a change; whether it is on the disk. What is not stays here and is tried again.

        Raises:
            InputError: The question does not take it; what waited before waits still.
        """
        self.retry(but=question_id)
        before = self.pending.get(question_id)
        self.pending[question_id] = before.and_then(edit) if before else edit
        try:
            return self._record(question_id)
        except QAError:
            if before:
                self.pending[question_id] = before
            else:
                del self.pending[question_id]
            raise

    def retry(self, *, stale: bool = False, but: str = "") -> bool:
        """Try again what was refused; with `stale`, also over what somebody else put. Whether nothing is left."""
        for id in [id for id in self.pending if id != but]:
            if stale or not self.trouble.get(id, Trouble("")).stale:
                self._record(id)
        return not self.pending

    def let_go(self, question_id: str) -> None:
        """Give up a change that was not recorded: what the other person put stays."""
        self.pending.pop(question_id, None)
        self.trouble.pop(question_id, None)

    def _record(self, question_id: str) -> bool:
        edit, before = self.pending[question_id], self.at.ret.answers.get(question_id)
        after = edit.over(before or Answer(id=question_id))
        if before is not None and after == before.model_copy(update={"unconfirmed": False}) and not before.unconfirmed:
            return self._done(question_id)
        if before is None and after.empty and not after.sensitive:
            return self._done(question_id)
        saw = seen(before) if before is not None else unseen(Answer, question_id)
        now = self.now()
        try:
            if edit == Edit(emptied=True):
                ret = returns.clear(self.workspace, self.id, question_id, seen=saw, by=self.by, now=now)
            else:
                ret = returns.answer(self.workspace, self.id, after, seen=saw, by=self.by, now=now)
        except Stale as error:
            self._refused(question_id, Trouble(str(error), stale=True))
            self.reload()
            return False
        except StoreError as error:
            self._refused(question_id, Trouble(f"NOT SAVED – {error}"))
            return False
        self.at = self.at._replace(ret=ret)
        self.said = f"Saved {show_time(now)}"
        return self._done(question_id)

    def _done(self, question_id: str) -> bool:
        self.pending.pop(question_id, None)
        self.trouble.pop(question_id, None)
        return True

    def _refused(self, question_id: str, trouble: Trouble) -> None:
        self.trouble[question_id] = trouble
        self.said = trouble.sentence

    def give_fact(self, field_id: str, value: Any) -> bool:
        """Record a fact about the return; whether it is on the disk."""
        now = self.now()
        check_fact(self.at.template.fields[field_id], value)
        try:
            ret = returns.set_facts(self.workspace, self.id, {field_id: value}, by=self.by, now=now)
        except StoreError as error:
            self.said = f"NOT SAVED – {error}"
            return False
        self.at = self.at._replace(ret=ret)
        self.said = f"Saved {show_time(now)}"
        return True

    # --- drafts

    def find_drafts(self) -> None:
        """Look for text that was typed and never recorded."""
        if self.read_only:
            return
        for draft in drafts.kept(self.workspace, self.id, by=self.by):
            self.drafts[draft.question_id, draft.field] = draft
            self._on_disk.add((draft.question_id, draft.field))

    def keep_draft(self, question_id: str, field: str, text: str) -> bool:
        """Keep what is being typed; whether it is on the disk."""
        now = self.now()
        try:
            drafts.keep(self.workspace, self.id, question_id, field, text, by=self.by, now=now)
        except StoreError as error:
            self.said = f"NOT SAVED – {error}"
            return False
        self._on_disk.add((question_id, field))
        self.said = f"Draft kept {show_time(now)}"
        return True

    def drop_draft(self, question_id: str, field: str) -> None:
        """Forget a draft, if there is one. One that the disk will not let go is offered again next time."""
        self.drafts.pop((question_id, field), None)
        if (question_id, field) not in self._on_disk:
            return
        try:
            drafts.discard(self.workspace, self.id, question_id, field)
        except StoreError as error:
            self.said = str(error)
            return
        self._on_disk.discard((question_id, field))
