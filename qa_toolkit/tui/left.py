"""What was typed in a form and not yet done: on the disk while it is typed, offered back when the form is opened again.

A form is known by a name that says what it is about and what is asked; each person has their own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from qa_toolkit.domain.errors import StoreError
from qa_toolkit.store.workspace import Workspace
from qa_toolkit.workflow import drafts

PAUSE_S = 0.6
"""Seconds after the last key at which it is kept."""

Typed = Mapping[str, Any]
"""By field, as it was typed."""


class Left:
    """What one program's forms were left with."""

    def __init__(self, workspace: Workspace, by: Callable[[], str], now: Callable[[], datetime]) -> None:
        self._workspace, self._by, self._now = workspace, by, now
        self._here: dict[tuple[str, str], Typed] = {}
        """The same in memory: it stands there even where the disk refuses."""

    def of(self, name: str) -> Typed | None:
        """What was typed under a name, or None."""
        here = self._here.get((self._by(), name))
        if here is not None:
            return here
        try:
            return drafts.kept_form(self._workspace, name, by=self._by())
        except StoreError:
            return None

    def keep(self, name: str, typed: Typed) -> str:
        """Keep it as it stands now; why not, where the disk refuses."""
        here = self._by(), name
        if self._here.get(here) == typed:
            return ""
        self._here[here] = dict(typed)
        try:
            drafts.keep_form(self._workspace, name, typed, by=self._by(), now=self._now())
        except StoreError as error:
            return str(error)
        return ""

    def forget(self, *names: str) -> None:
        """It was done, or nothing is left of it. What the disk will not let go is offered again."""
        for name in names:
            self._here.pop((self._by(), name), None)
            with suppress(StoreError):
                drafts.discard_form(self._workspace, name, by=self._by())
