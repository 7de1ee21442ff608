"""Verifying a journal of many lines, against reading and hashing the same bytes line by line."""

from __future__ import annotations

import argparse
import tempfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from measure import machine, paired_ms, report
from places import AUDITOR, NOW, small

from qa_toolkit.store import lines
from qa_toolkit.store.verify import verify_journal
from qa_toolkit.store.workspace import return_journal


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        workspace, return_id = small(Path(folder) / "workspace")
        name = return_journal(return_id)
        path = workspace.folder.path(name)
        grow(path, args.lines)

        def ours() -> None:
            found = verify_journal(workspace.folder, name)
            assert not found.faults, found
            assert found.lines == args.lines, found

        def theirs() -> None:
            with path.open("rb") as file:
                for raw in file:
                    envelope, _, body = raw[65:].rpartition(b"\t")
                    sha256(envelope).hexdigest(), sha256(body[:-1]).hexdigest()

        against = "reading and hashing the same bytes"
        report(f"verifying {args.lines:,} lines", *paired_ms(ours, theirs, args.times), 2.0, against)


def grow(path: Path, wanted: int) -> None:
    """Lines of ordinary answers added until there are that many, without a sync for each."""
    found = list(lines.parse_all(path.read_bytes(), path=path.name))
    seq, prev = found[-1].seq, found[-1].hash
    document = {"values": {"answer": "partly"}, "comment": "The tool is there; one part was left short."}
    with path.open("ab") as file:
        while seq < wanted:
            seq += 1
            raw, line = lines.build(
                seq=seq, prev=prev, at=NOW + timedelta(seconds=seq), by=AUDITOR, did="answered", why=None,
                salt=b"sixteen bytes ok", puts=[("answers", f"UI-{seq % 40:02}", document)],
            )  # fmt: skip
            prev = line.hash
            file.write(raw)


if __name__ == "__main__":
    main()
