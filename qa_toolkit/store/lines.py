"""One line of a record, built and read: pure functions over bytes.

    <sha256 of the envelope> TAB <envelope> TAB <body> LF

Hashes are over the exact bytes, so that `cut` and `sha256sum` can check them. JSON escapes tabs and newlines
inside text, so a tab or newline always means what it means here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple, NoReturn

from pydantic_core import PydanticSerializationError, from_json, to_json

from qa_toolkit.domain.errors import Damaged, InputError, TooNew
from qa_toolkit.domain.records import Record

VERSION = 1
"""Of the documents inside a line; older ones are lifted on load (`upcasts`), newer ones are refused."""
GENESIS = "0" * 64
"""What stands as the hash before the first line."""

Doc = dict[str, Any]
Put = tuple[str, str, Doc]
Drop = tuple[str, str]

_KEYS = ["v", "seq", "prev", "at", "by", "did", "why", "body"]
_PUT, _DROP = [str, str, dict], [str, str]
_HEX = re.compile(r"[0-9a-f]{64}")
_PREV = re.compile(rb'^[0-9a-f]{64}\t\{"v":\d+,"seq":\d+,"prev":"([0-9a-f]{64})"')
_CLAIM = re.compile(rb'([0-9a-f]{64})\t\{"v":\d+,"seq":(\d{1,15}),"prev":"([0-9a-f]{64})"')
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


class Line(NamedTuple):
    """One recorded deed: who did what, when and why, and the documents it put and dropped."""

    seq: int
    prev: str
    at: datetime
    by: str
    did: str
    why: str | None
    body_hash: str
    hash: str
    body: bytes | None
    """None when it was blanked."""
    v: int = VERSION


@dataclass(frozen=True, slots=True)
class Body:
    """What a line changes. Drops come before puts: a document in both is moved to the end of its table."""

    puts: list[Put] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)


def plain(value: object) -> Any:
    """The value as it will be read back: its own copy, with nothing in it but what JSON has.

    Raises:
        InputError: Text that is not text (half of a surrogate pair), or a number that is not one.
    """
    try:
        # to_json writes Infinity and NaN as they are: reading them back refuses them, and depth beyond reading.
        return from_json(to_json(value), allow_inf_nan=False)
    except (PydanticSerializationError, ValueError) as error:
        raise _unkeepable(error) from error


def plain_record(record: Record) -> Any:
    """A record's document as it will be read back; InputError as `plain`."""
    try:
        return from_json(record.as_json(), allow_inf_nan=False)
    except (PydanticSerializationError, ValueError) as error:
        raise _unkeepable(error) from error


def _unkeepable(error: Exception) -> InputError:
    return InputError(f"This cannot be kept, because it holds something that is not plain text: {error}.")


def build(
    *,
    seq: int,
    prev: str,
    at: datetime,
    by: str,
    did: str,
    why: str | None,
    salt: bytes,
    puts: Sequence[Put] = (),
    drops: Sequence[Drop] = (),
) -> tuple[bytes, Line]:
    """The bytes of a line with its newline, and the same line as it would be read back.

    `salt` is 16 random bytes: without them a short blanked text could be guessed from its hash.
    The documents must be `plain` already; InputError for a name, a deed or a reason that is not text.
    """
    body = to_json({"salt": salt.hex(), "puts": puts, "drops": drops})
    body_hash, moment = sha256(body).hexdigest(), stamp(at)
    head = {"v": VERSION, "seq": seq, "prev": prev, "at": moment, "by": by, "did": did, "why": why, "body": body_hash}
    try:
        envelope = to_json(head)
    except PydanticSerializationError as error:
        raise _unkeepable(error) from error
    digest = sha256(envelope).hexdigest()
    line = Line(seq, prev, read_stamp(moment), by, did, why, body_hash, digest, body)
    return b"%b\t%b\t%b\n" % (digest.encode(), envelope, body), line


def parse(raw: bytes, *, seq: int, prev: str, path: str) -> Line:
    """One line without its newline, checked to be the one that follows `prev` as number `seq`.

    Raises:
        Damaged: With `path` and `seq`, saying what does not agree.
        TooNew: Written by a newer version of the toolkit.
    """
    parts = raw.split(b"\t")
    if len(parts) != 3:
        _refuse(path, seq, "it is not made as a record's line is")
    digest, envelope, body = parts
    computed = sha256(envelope).hexdigest()
    if computed.encode() != digest:
        _refuse(path, seq, "who, when or what was changed after it was written")
    values = _envelope(envelope, seq, path)
    if values["seq"] != seq:
        _refuse(path, seq, f"number {seq} should stand here and number {values['seq']} does")
    if values["prev"] != prev:
        _refuse(path, seq, "it does not follow the line before it")
    if body and sha256(body).hexdigest() != values["body"]:
        _refuse(path, seq, "its text was changed after it was written")
    at = read_stamp(values["at"])
    return Line(
        seq, prev, at, values["by"], values["did"], values["why"], values["body"], computed, body or None, values["v"]
    )


def _envelope(envelope: bytes, seq: int, path: str) -> dict[str, Any]:
    try:
        values = from_json(envelope, allow_inf_nan=False)
    except ValueError:
        values = None
    if not isinstance(values, dict) or type(version := values.get("v")) is not int or version < 1:
        _refuse(path, seq, "it is not made as a record's line is")
    if version > VERSION:
        raise TooNew(
            f"{path}, line {seq}, was written by a newer version of this toolkit: "
            "install that version to open it; nothing was changed."
        )
    good = (
        list(values) == _KEYS
        and type(values["seq"]) is int
        and all(isinstance(values[key], str) for key in ("prev", "at", "by", "did", "body"))
        and isinstance(values["why"], str | None)
        and _HEX.fullmatch(values["prev"])
        and _HEX.fullmatch(values["body"])
        and is_stamp(values["at"])
        # The same values have one spelling only: this refuses repeated keys and spaces.
        and to_json(values) == envelope
    )
    if not good:
        _refuse(path, seq, "it is not made as a record's line is")
    return values


def parse_all(data: bytes, *, path: str, seq: int = 0, prev: str = GENESIS) -> Iterator[Line]:
    """The lines in `data`, which must end in a newline, as they follow number `seq` whose hash is `prev`."""
    lines = data.split(b"\n")
    if lines.pop():
        raise ValueError("the bytes do not end at a line")
    for raw in lines:
        line = parse(raw, seq=seq + 1, prev=prev, path=path)
        yield line
        seq, prev = line.seq, line.hash


def parse_body(body: bytes, *, seq: int, path: str) -> Body:
    """What a line puts and drops, with the shapes checked."""
    try:
        values = from_json(body, allow_inf_nan=False)
    except ValueError:
        values = None
    if not isinstance(values, dict) or list(values) != ["salt", "puts", "drops"]:
        _refuse(path, seq, "its text is not made as a record's is")
    puts, drops = values["puts"], values["drops"]
    if not (isinstance(values["salt"], str) and isinstance(puts, list) and isinstance(drops, list)):
        _refuse(path, seq, "its text is not made as a record's is")
    # Plain loops: a journal of many years has this done for each of its lines before anything is shown.
    for put in puts:
        if type(put) is not list or list(map(type, put)) != _PUT:
            _refuse(path, seq, "its text is not made as a record's is")
    for drop in drops:
        if type(drop) is not list or list(map(type, drop)) != _DROP:
            _refuse(path, seq, "its text is not made as a record's is")
    return Body([tuple(put) for put in puts], [tuple(drop) for drop in drops])


def previous(raw: bytes) -> str:
    """The hash that a line names as the one before it, unchecked; empty where the line is not made right."""
    found = _PREV.search(raw)
    return found[1].decode() if found else ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a line says of itself, unchecked: for naming a fault."""

    seq: int
    prev: str
    hash: str
    body: bytes


def claimed(raw: bytes) -> Claim | None:
    """What a line says of itself, or None if it cannot be told."""
    found = _CLAIM.match(raw)
    if not found:
        return None
    return Claim(int(found[2]), found[3].decode(), found[1].decode(), raw.rpartition(b"\t")[2])


def check_deed(middle: bytes) -> None:
    """ValueError unless these bytes, from after the time to before the text's hash, say who, did and why."""
    values = from_json(b'{"at":"' + middle + b"}")
    kinds = [type(value) for value in values.values()] if isinstance(values, dict) else []
    good = kinds in ([str, str, str, str], [str, str, str, type(None)]) and list(values) == ["at", "by", "did", "why"]
    if not good or to_json(values) != b'{"at":"' + middle + b"}":
        raise ValueError("not who, did and why")


def without_body(line: Line) -> Line:
    """The line as it is shown when its text was redacted."""
    return line._replace(body=None)


def check_foreign(body: bytes, *, seq: int, path: str) -> None:
    """Refuse, in text from outside, what two readers could read in two ways: repeated keys, numbers beyond range."""

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            raise ValueError("a name is given twice")
        return found

    def number(text: str) -> float:
        value = float(text)
        if not math.isfinite(value):
            raise ValueError("a number is beyond range")
        return value

    try:
        json.loads(body, object_pairs_hook=pairs, parse_float=number, parse_constant=number)
    except (ValueError, RecursionError) as error:
        _refuse(path, seq, f"its text cannot be trusted ({error})")


def stamp(at: datetime) -> str:
    """UTC to the millisecond, as `2026-11-23T14:02:11.310Z`; `at` must carry its zone."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def read_stamp(text: str) -> datetime:
    """The reverse of `stamp`."""
    return datetime.fromisoformat(text)


def is_stamp(text: str) -> bool:
    """Whether a text is a time as `stamp` writes it."""
    if not _AT.fullmatch(text):
        return False
    try:
        read_stamp(text)
    except ValueError:
        return False
    return True


def _refuse(path: str, seq: int, reason: str) -> NoReturn:
    raise damage(path, seq, reason)


def damage(path: str, line: int, reason: str) -> Damaged:
    """The error for a line that cannot be trusted, with the way out."""
    before = f"The {line - 1} lines before it can be read. " if line > 2 else ""
    return Damaged(
        f"{path}, line {line}, cannot be trusted: {reason}. {before}"
        "Leave the file as it is, and put back a copy from a backup or from the agency that sent it.",
        path=path,
        line=line,
    )
