"""Reminders as files: for a mail program, which opens them unsent, or as text; and the ladder as a small TOML file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from qa_toolkit.domain.chasing import Ladder
from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.domain.text import visible
from qa_toolkit.store.outside import read_outside_text
from qa_toolkit.workflow.reminders import Message

_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""One plain address, and nothing that a header could be made of."""
LARGEST = 100_000
"""Bytes of a ladder; one has a thousand or two."""


def write_messages(folder: Path, messages: Iterable[Message], *, mail: bool = True) -> list[Path]:
    """Each message as a file in the folder, named after it: `.eml` for a mail program, or `.txt`.

    Raises:
        InputError: The folder is a file.
        NotSaved: The disk refused.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: name a folder.")
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            file = folder / f"{message.chase.id}.{'eml' if mail else 'txt'}"
            file.write_bytes(as_mail(message) if mail else f"{message.subject}\n\n{message.body}\n".encode())
            written.append(file)
    except OSError as error:
        raise NotSaved(f"{error.filename or folder} could not be written ({error.strerror}).") from error
    return written


def as_mail(message: Message) -> bytes:
    """A message that a mail program opens unsent. What is not one address is left out, and nothing typed adds a header.

    A message to a group has the agency in copy; the group’s own address is the sender’s to add.
    """
    # The standard library's mail costs 20 ms of import.
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = " ".join(message.subject.split())
    contact = message.agency.contact.strip()
    if _ADDRESS.fullmatch(contact):
        mail["To" if message.chase.rung.within else "Cc"] = contact
    mail["X-Unsent"] = "1"
    mail.set_content(message.body)
    return mail.as_bytes()


def read_ladder(file: Path, since: date) -> Ladder:
    """A ladder from a TOML file: `name`, and a `[[steps]]` with `day`, `rung` and `tone` for each step.

    Raises:
        NotFound: There is no such file.
        InputError: It is no such file, with the place.
    """
    try:
        plain = tomllib.loads(read_outside_text(file, LARGEST, "a ladder"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{file.name} cannot be read as TOML: {visible(str(error))}.") from None
    unknown = sorted(set(plain) - {"name", "steps"})
    if unknown:
        raise InputError(f"{file.name} holds “{visible(unknown[0])}”: a ladder has a name and [[steps]].")
    try:
        return Ladder(id=str(plain.get("name", "")).strip() or file.stem, since=since, steps=plain.get("steps", ()))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise InputError(
            f"{file.name}, {visible(place)}: {first['msg'].lower()}. A step has day (a whole number), rung (owner, "
            "agency_lead, qa_group, business_group or main_board) and tone (a sentence)."
        ) from None


def write_ladder(ladder: Ladder) -> str:
    """A ladder as the TOML that `read_ladder` reads."""
    lines = [f"name = {_quoted(ladder.id)}"]
    for step in ladder.steps:
        lines += ["", "[[steps]]", f"day = {step.day}", f'rung = "{step.rung.value}"', f"tone = {_quoted(step.tone)}"]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    import json

    # A JSON string is a TOML basic string, once the characters that TOML forbids are escaped, which JSON does.
    return json.dumps(text, ensure_ascii=False)
