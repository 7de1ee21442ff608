"""What travels between a partnership and an agency that runs the program: typed, bounded, and checked before use.

A parcel is text: a title line with its version, then one JSON document. It holds no file names and is not compressed,
so nothing in it can name a path or unfold into something larger than the file itself.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, ClassVar, Literal

from pydantic import ValidationError

from qa_toolkit.domain.audits import Allocation, Audit, Query, RecordCheck, Reopening, Subject, Waiver
from qa_toolkit.domain.errors import InputError, TooNew
from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.people import Agency, Person
from qa_toolkit.domain.records import Frozen, Record
from qa_toolkit.domain.terms import Terms

VERSION = 2
"""1: an agency's own returns. 2: one rater's second scores, or returns without their answers, which an earlier program
would take for the agency's own and for returns that nobody has begun."""
_LATER = ("rater", "withheld")
"""Fields that version 1 does not know; a parcel in which they are empty is written as version 1."""
LARGEST = 40_000_000
"""Bytes of a parcel; a hundred returns of forty questions are about a twentieth of that."""
_TITLE = b"qa-parcel "


class AgencyKey(Record):
    """A public key, as it was read out and compared by telephone. Id: the agency's, or `handle@agency` for a rater."""

    table: ClassVar[str] = "agency_keys"

    key: str


class ParcelToken(Record):
    """The secret of what one agency was given in one audit: who sends it back is who was given it.

    Id: the agency's, or `handle@agency` for the rater of a second score, who has one of their own.
    """

    table: ClassVar[str] = "parcel_tokens"

    token: str


class Origin(Record):
    """Where a small workspace came from, and to whom its returns go; the id is the audit's."""

    table: ClassVar[str] = "parcel_origins"

    workspace: str
    agency: str
    rater: str = ""
    """For whose second scores alone, as `handle@agency`; empty for an agency's own returns."""
    template: str
    """The template's digest."""
    reply_key: str
    """The co-ordinator's public key."""
    token: str


class Outgoing(Frozen):
    """What an agency gets: the template, the terms, and its own cases; nothing of another agency.

    The rater of a blind second score gets one alone, with nothing of the agency's return beside it.
    """

    kind: Literal["out"] = "out"
    workspace: str
    """The id of the partnership's workspace."""
    partnership: str
    marking: str
    zone: str
    audit: Audit
    terms: Terms
    template: str
    """The template's canonical JSON; its sha256 is the audit's template digest."""
    source: str
    agency: Agency
    rater: str = ""
    """For whose second scores alone, as `handle@agency`; they are packed as plain allocations, which they are there."""
    people: tuple[Person, ...]
    """Those of the agency who are named as raters, and its leads where they check returns; nobody else."""
    subjects: tuple[Subject, ...]
    allocations: tuple[Allocation, ...]
    record_checks: tuple[RecordCheck, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    queries: tuple[Query, ...] = ()
    reopenings: tuple[Reopening, ...] = ()
    ties: tuple[Ties, ...] = ()
    """Who of the agency holds and supervises its cases, so that nobody who does scores one there either."""
    journals: dict[str, str] = {}
    """The agency's own returns that were begun already: id to the file's exact text."""
    withheld: tuple[str, ...] = ()
    """Returns that were begun and are sealed for a blind second score: what was decided of them travels, no answer."""
    reply_key: str
    token: str

    def without(self, ids: set[str]) -> Outgoing:
        """The parcel without these returns, as it is opened where their answers are not."""
        kept = [one for one in self.allocations if one.id not in ids]
        subjects = {one.subject for one in kept}
        return self.model_copy(
            update={
                "allocations": tuple(kept),
                "subjects": tuple(one for one in self.subjects if one.id in subjects),
                "record_checks": tuple(one for one in self.record_checks if one.id not in ids),
                "waivers": tuple(one for one in self.waivers if one.id not in ids),
                "queries": tuple(one for one in self.queries if one.return_id not in ids),
                "reopenings": tuple(one for one in self.reopenings if one.return_id not in ids),
                "ties": tuple(one for one in self.ties if one.id not in ids),
                "withheld": tuple(id for id in self.withheld if id not in ids),
            }
        )

    @property
    def addressee(self) -> str:
        """For whom it is, in words."""
        alone = next((one.name for one in self.people if one.id == self.rater), self.rater)
        return f"{alone} ({self.rater}) alone" if self.rater else self.agency.name


class Returning(Frozen):
    """What comes back: the agency's returns as they stand, and the proof of who holds the allocation."""

    kind: Literal["return"] = "return"
    workspace: str
    audit: str
    agency: str
    rater: str = ""
    """Whose second scores these are; empty for an agency's own returns."""
    template: str
    people: tuple[Person, ...]
    journals: dict[str, str]
    proof: str = ""
    """HMAC-SHA256 under the allocation's token over the sha256 of everything else, in hex."""

    @property
    def sender(self) -> str:
        """Under which id the token of what was sent is kept."""
        return self.rater or self.agency

    @property
    def digest(self) -> bytes:
        """The sha256 of everything but the proof."""
        return sha256(write(self.model_copy(update={"proof": ""}))).digest()


def write(parcel: Outgoing | Returning) -> bytes:
    """The parcel's bytes, as they are sealed. Ids are written out: these are no documents of the store."""
    left = {name for name in _LATER if not getattr(parcel, name, None)}
    version = 1 if len(left) == len(_LATER) else VERSION
    return _TITLE + b"%d\n" % version + parcel.model_dump_json(by_alias=True, exclude=left).encode()


def read(data: bytes) -> Outgoing | Returning:
    """A parcel that was unsealed.

    Raises:
        TooNew: A newer version wrote it.
        InputError: It is no parcel, or not made as one.
    """
    first, newline, rest = data.partition(b"\n")
    number = first.removeprefix(_TITLE)
    if not first.startswith(_TITLE) or not newline or not number.isdigit() or len(number) > 6:
        raise InputError("This opens, and is not a parcel of this toolkit. Ask the sender which file they meant.")
    if int(number) > VERSION:
        raise TooNew("This parcel was made by a newer version of the toolkit: install that version to open it.")
    kind: type[Outgoing] | type[Returning] = Outgoing if rest.startswith(b'{"kind":"out"') else Returning
    try:
        parcel = kind.model_validate_json(rest)
    except ValidationError as error:
        raise InputError(f"This parcel is not made as one should be ({_where(error)}). Ask for it again.") from None
    # What is not in it is left out again: an earlier version of the toolkit knew fewer fields.
    if first + b"\n" + parcel.model_dump_json(by_alias=True, exclude_unset=True).encode() != data:
        raise InputError("This parcel could be read in two ways, so it is not trusted. Ask for it again.")
    return parcel


def _where(error: ValidationError) -> str:
    first: Any = error.errors()[0]
    return ".".join(str(part)[:40] for part in first["loc"][:4]) or "its text"


def fingerprint(key: str) -> str:
    """A public key as six groups of five digits, to be read out by telephone (99 bits)."""
    number = int.from_bytes(sha256(key.encode()).digest()) % 10**30
    return " ".join(f"{number:030}"[at : at + 5] for at in range(0, 30, 5))


def check_fingerprint(key: str, read_out: str) -> None:
    """Refuse a key whose fingerprint is not the one that was read out.

    Raises:
        InputError: They differ; nothing should be sent to this key.
    """
    if "".join(char for char in read_out if char.isdigit()) != fingerprint(key).replace(" ", ""):
        raise InputError(
            "The fingerprint that was read out is not this key’s, so it was not recorded. Telephone the agency on a "
            "number you know, and compare `qa key show` again."
        )
