"""What is known about a place before records are put there: sync clients, network shares, and honest limits."""

from __future__ import annotations

import sys
from pathlib import Path

LIMITS = """\
What this tool cannot protect against: whoever can read this folder can read what is in it, so keep it on an encrypted
disk in a place that only your team can open. Roles here guide work; they do not lock anybody out. A change to the
record is found, but only against a copy or a code kept elsewhere can a rewritten history be found. It never alerts
anybody: about a child in danger, telephone. docs/what-it-cannot-protect.md has the whole page."""

_SYNCED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud": "iCloud",
    "mobile documents": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "box sync": "Box",
    "sharepoint": "SharePoint",
    "syncthing": "Syncthing",
}
_NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "afs", "9p", "davfs", "afpfs"})


def warnings(folder: Path, mounts: str | None = None) -> list[str]:
    """Sentences about a folder that a sync client or a network share looks after; none for an ordinary one."""
    found = []
    for part in folder.resolve().parts:
        name = next((name for key, name in _SYNCED.items() if part.casefold().startswith(key)), "")
        if name:
            found.append(
                f"{folder} seems to be kept by {name}. It can make a second copy of a file that two people change; "
                "a plain folder on your own disk, with a backup, is safer."
            )
            break
    if str(folder).startswith(("\\\\", "//")) or _file_system(folder, mounts) in _NETWORK:
        found.append(
            f"{folder} is on a network share. Locks there differ from maker to maker, so let one program at a time "
            "write to it, or keep the workspace on a local disk."
        )
    return found


def _file_system(folder: Path, mounts: str | None) -> str:
    if mounts is None:
        if not sys.platform.startswith("linux"):
            return ""
        try:
            mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
    best, kind = "", ""
    here = str(folder.resolve())
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) > 2:
            point = fields[1].replace("\\040", " ")
            if (here == point or here.startswith(point.rstrip("/") + "/")) and len(point) >= len(best):
                best, kind = point, fields[2]
    return kind
