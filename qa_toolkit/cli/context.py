"""What a command works with: the workspace, the person, the moment, and where output goes."""

from __future__ import annotations

import sys
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qa_toolkit import clock
from qa_toolkit.domain.errors import InputError
from qa_toolkit.domain.text import visible

if TYPE_CHECKING:
    from qa_toolkit.domain.calendars import WorkingCalendar
    from qa_toolkit.domain.people import Person
    from qa_toolkit.store.workspace import Workspace


class Context:
    """One run of one command."""

    def __init__(self, folder: str = "", who: str = "") -> None:
        self.folder, self.who = folder, who

    # What is loaded inside is loaded by the commands that need it: pydantic and the store cost 150 ms.

    @cached_property
    def root(self) -> Path:
        """The folder of the workspace."""
        from qa_toolkit.store import manifest

        return manifest.find(Path.cwd(), Path(self.folder) if self.folder else None)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace that was named, or is found from here."""
        from qa_toolkit.store.workspace import Workspace
        from qa_toolkit.workflow.cut_steps import finish_cut_steps

        workspace = Workspace(self.root)
        for id in finish_cut_steps(workspace, now=self.now):
            self.say(f"The opening of {id} had been cut off; it is finished now.")
        return workspace

    def workspace_at(self, day: date) -> Workspace:
        """The workspace as it stood at the end of a day."""
        from qa_toolkit.domain.dates import end_of_day
        from qa_toolkit.store.workspace import Workspace

        return Workspace(self.root, until=end_of_day(day))

    @cached_property
    def by(self) -> str:
        """Who acts, as `handle@agency`: `--as`, QA_USER, then the user's own settings."""
        from qa_toolkit.store import settings

        found = self.who or settings.read().person
        if not found:
            raise InputError(
                "Say who you are: `--as handle@agency`, or set QA_USER. `qa people list` shows the people here."
            )
        return found.strip().lower()

    @cached_property
    def person(self) -> Person:
        """Who acts, as one of the people of the workspace."""
        from qa_toolkit.workflow import allowed

        return allowed.person(self.workspace, self.by)

    @cached_property
    def now(self) -> datetime:
        """The moment at which the command began, in UTC."""
        return clock.now()

    @cached_property
    def today(self) -> date:
        """Today, in the workspace's zone."""
        from qa_toolkit.domain.dates import zone

        return self.now.astimezone(zone(self.workspace.partnership().zone)).date()

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The working days that lateness counts."""
        from qa_toolkit.domain.bank_holidays import england_and_wales

        return england_and_wales()

    def say_damage(self) -> int:
        """Say what in the files that were read cannot be trusted; the exit code for it, or 0."""
        from qa_toolkit.cli.exits import DAMAGE, OK

        found = self.__dict__["workspace"].damages if "workspace" in self.__dict__ else ()
        for damage in found:
            self.say(str(damage))
        return DAMAGE if found else OK

    @staticmethod
    def say(sentence: str) -> None:
        """Talk to the person: standard error, so that standard output stays data."""
        sys.stderr.write(visible(sentence, lines=True) + "\n")

    @staticmethod
    def print(text: str = "") -> None:
        """Data: standard output."""
        sys.stdout.write(visible(text, lines=True) + "\n")

    def table(self, rows: list[dict[str, str]], *, empty: str, as_json: bool = False) -> None:
        """Rows as aligned columns, or as JSON."""
        if as_json:
            self.json(rows)
            return
        if not rows:
            self.say(empty)
            return
        from qa_toolkit.cli.columns import aligned

        for line in aligned(rows):
            self.print(line)

    @staticmethod
    def json(value: object) -> None:
        """Plain data as JSON, in UTF-8."""
        import json

        sys.stdout.write(json.dumps(value, ensure_ascii=True, indent=2, default=str) + "\n")
