"""Sealing and opening: age files in their text form, which other programs open too."""

from __future__ import annotations

import binascii
from base64 import b64decode
from pathlib import Path

import pyrage  # type: ignore[import-untyped]

from qa_toolkit.domain import parcels
from qa_toolkit.domain.errors import InputError, NotSaved
from qa_toolkit.exchange.keys import OwnKey
from qa_toolkit.store.outside import read_outside

_BEGIN, _END = b"-----BEGIN AGE ENCRYPTED FILE-----", b"-----END AGE ENCRYPTED FILE-----"
_LARGEST_FILE = parcels.LARGEST * 3 // 2

ALTERED = "This parcel was altered on the way, so nothing of it was used. Ask the sender for it again."
CUT = "This parcel was cut short on the way: its end is missing. Ask the sender for it again."
NOT_OURS = (
    "This parcel is sealed for somebody else’s key, or its first lines were altered. `qa key show` prints your key: "
    "ask the sender which one it was sealed for."
)
WRONG_WORDS = "That passphrase does not open this parcel: it is not this one’s, or the parcel was altered."


def seal(parcel: parcels.Outgoing | parcels.Returning, *, key: str = "", passphrase: str = "") -> bytes:
    """The parcel sealed for a public key or under a passphrase.

    Raises:
        InputError: It is larger than what is opened at the other end.
    """
    data = parcels.write(parcel)
    if len(data) > parcels.LARGEST:
        raise InputError("This is more than one parcel holds. Send it in parts: close what is finished first.")
    if passphrase:
        return bytes(pyrage.passphrase.encrypt(data, passphrase, armored=True))
    return bytes(pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(key)], armored=True))


def read_sealed(file: Path) -> bytes:
    """A parcel's bytes, if it is a file that can be one.

    Raises:
        NotFound: There is no such file.
        InputError: It is too large, no parcel at all, or cut short.
    """
    data = read_outside(file, _LARGEST_FILE, "a parcel")
    if not data.startswith(_BEGIN):
        raise InputError(f"{file.name} is not a parcel of this toolkit. Ask the sender which file they meant.")
    if not data.rstrip().endswith(_END):
        raise InputError(CUT)
    return data


def under_passphrase(sealed: bytes) -> bool:
    """Whether a passphrase opens it, and not a key."""
    first = b"".join(sealed.splitlines()[1:3])
    try:
        return b"\n-> scrypt " in b64decode(first[: len(first) // 4 * 4])
    except binascii.Error:
        return False


def open_sealed(
    sealed: bytes, *, key: OwnKey | None = None, passphrase: str = ""
) -> parcels.Outgoing | parcels.Returning:
    """What is inside, checked to be a parcel.

    Raises:
        InputError: For another key, altered, another passphrase, or no parcel.
        TooNew: Made by a newer version.
    """
    try:
        if key is not None:
            data = pyrage.decrypt(sealed, [key.identity])
        else:
            data = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        if key is None:
            raise InputError(WRONG_WORDS) from None
        raise InputError(NOT_OURS if "No matching keys" in str(error) else ALTERED) from None
    return parcels.read(data)


def keep(file: Path, sealed: bytes) -> None:
    """Write a parcel to a new file.

    Raises:
        InputError: There is a file of that name already.
        NotSaved: The disk refused.
    """
    try:
        with file.open("xb") as stream:
            stream.write(sealed)
    except FileExistsError:
        raise InputError(f"{file} is there already; nothing was changed. Choose another name with -o.") from None
    except OSError as error:
        raise NotSaved(f"{file} could not be written ({error.strerror}).") from error
