"""Agencies, people and tiers: who takes part, and who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from qa_toolkit.domain.records import Record


class Role(StrEnum):
    """What a person does here. A control of work, not of access: see docs/what-it-cannot-protect.md."""

    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    AGENCY_LEAD = "agency_lead"
    CHAIR = "chair"
    PANEL = "panel"
    QA_GROUP = "qa_group"
    SCRUTINEER = "scrutineer"
    READER = "reader"

    @property
    def label(self) -> str:
        """The role in words."""
        special = {Role.COORDINATOR: "Co-ordinator", Role.QA_GROUP: "QA Group member", Role.PANEL: "Panel member"}
        return special.get(self, self.value.replace("_", " ").capitalize())


class Partnership(Record):
    """The partnership itself: one document, with what its outputs carry."""

    table: ClassVar[str] = "partnership"

    name: str
    marking: str = "OFFICIAL-SENSITIVE"
    """Printed on every output."""
    zone: str = "Europe/London"
    """The zone in which days begin and end."""
    example: bool = False
    """A worked example: every output says so."""


class Kept(Record):
    """That a file of the workspace was begun, so that one which is gone is noticed; the id is the file's name."""

    table: ClassVar[str] = "kept"

    since: datetime


def kinds_in_words(kinds: Iterable[str]) -> str:
    """Kinds of agency, one of which is meant: children’s social care, police or health."""
    *most, last = (kind.replace("-", " ").replace("childrens ", "children’s ") for kind in kinds)
    return f"{', '.join(most)} or {last}" if most else last


class Agency(Record):
    """An agency that takes part."""

    table: ClassVar[str] = "agencies"

    name: str
    kind: str
    """The kind of agency as templates speak of it: police, health, …; the business unit is `business-unit`."""
    contact: str = ""
    """The role or mailbox that reminders go to."""


class Person(Record):
    """Somebody who uses the toolkit or owns something in it; the id is `handle@agency`."""

    table: ClassVar[str] = "people"

    name: str
    roles: tuple[Role, ...] = (Role.AUDITOR,)
    since: date | None = None
    until: date | None = None

    @property
    def agency(self) -> str:
        """The id of the person's agency."""
        return self.id.partition("@")[2]

    def is_(self, *roles: Role) -> bool:
        """Whether the person has one of these roles."""
        return any(role in self.roles for role in roles)

    def active(self, on: date) -> bool:
        """Whether the person is here on that day (both ends included)."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Tier(Record):
    """A group that reviews: labels and order are data, because partnerships rename them."""

    table: ClassVar[str] = "tiers"

    name: str
    order: int
    """1 is the first to look; what it cannot settle goes to the next."""
    quorum: tuple[str, ...] = ()
    """Kinds of agency without which its meetings cannot decide."""
    quorum_number: int = 3
    """How many have to be there."""
    minute_needed: bool = True
    """Whether an action is closed by a minuted decision only."""
    audience: str = "qa_group"
    """Whose papers it may see; see docs/what-it-cannot-protect.md."""
