"""One's own key: made once, kept in the user's configuration folder and in no workspace, readable by the user only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import NamedTuple

from pyrage import IdentityError, RecipientError, x25519  # type: ignore[import-untyped]

from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.store import settings

LOST = (
    "Keep a copy of this file where you keep other secrets. If it is lost, parcels sealed for it cannot be opened by "
    "anybody: the sender has to send them again, to a new key. What was opened or taken in already stays readable."
)


class OwnKey(NamedTuple):
    """One's key pair."""

    identity: x25519.Identity
    public: str
    file: Path
    made: bool
    """Whether it was made just now."""


def path() -> Path:
    """Where the key is; it need not exist."""
    return settings.path().with_name("parcel-key.txt")


def own() -> OwnKey:
    """One's key; made when there is none yet.

    Raises:
        InputError: The file is there and is no key: a new one is never put in its place.
        NotSaved: The disk refused.
    """
    file = path()
    try:
        found = file.read_text(encoding="ascii")
    except FileNotFoundError:
        return _make(file)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"Your key in {file} cannot be read ({error}). Put back your copy of it.") from None
    rows = [row.strip() for row in found.splitlines() if row.strip() and not row.startswith("#")]
    try:
        identity = x25519.Identity.from_str(rows[0] if len(rows) == 1 else "")
    except IdentityError:
        raise InputError(f"{file} is not a key any more. Put back your copy of it; nothing was changed.") from None
    return OwnKey(identity, str(identity.to_public()), file, made=False)


def _make(file: Path) -> OwnKey:
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# The secret key for parcels of the QA toolkit. Keep a copy; show it to nobody.\n# {public}\n{identity}\n"
    part = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():  # another program made one meanwhile
            part.unlink()
            return own()
        part.replace(file)
    except OSError as error:
        raise NotSaved(f"Your key could not be kept in {file} ({error.strerror}); nothing was sealed.") from error
    return OwnKey(identity, public, file, made=True)


def check_public(key: str) -> str:
    """A public key as it is written, `age1…`.

    Raises:
        InputError: It is not one; a secret key is named as such.
    """
    key = key.strip()
    if key.upper().startswith("AGE-SECRET-KEY"):
        raise InputError("That is a secret key: show it to nobody. The key to give away begins with age1.")
    try:
        return str(x25519.Recipient.from_str(key))
    except RecipientError:
        raise InputError("That is not a key: it begins with age1, and `qa key show` at the agency prints it.") from None


def words() -> str:
    """A passphrase that can be said on the telephone: six made-up words, 76 bits."""
    syllables = [secrets.choice("bdfghjklmnprstvz") + secrets.choice("aeiou") for _ in range(12)]
    return "-".join(one + two for one, two in zip(syllables[::2], syllables[1::2], strict=True))
