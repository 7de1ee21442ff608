"""What has been sent, in words: the notes of `exports/` as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from qa_toolkit.domain.dates import show_moment, zone
from qa_toolkit.reports.making import KINDS
from qa_toolkit.store import exports
from qa_toolkit.store.workspace import Workspace


class Gone(NamedTuple):
    """One file that was written to be sent."""

    file: str
    kind: str
    when: str
    by: str
    audience: str
    record: str
    """The code of the record that it was made from; empty where its note has none."""
    decided: tuple[str, ...]
    """What was decided about its text, each in a sentence."""
    hidden: tuple[str, ...]
    """Numbers of children that are hidden in it."""

    @property
    def sentence(self) -> str:
        """Who wrote it, when and for whom."""
        return f"{self.file} ({self.kind}), written by {self.by} on {self.when}, for {self.audience}."

    @property
    def lines(self) -> list[str]:
        """What else its note says."""
        lines = [f"Record {self.record}."] if self.record else []
        lines += ["What was decided about its text:", *(f"  - {one}" for one in self.decided)] if self.decided else []
        if self.hidden:
            lines.append(f"Numbers of children that are hidden in it: {len(self.hidden)}.")
        return lines


def gone(workspace: Workspace) -> list[Gone]:
    """Every file that a note tells of, latest first; what a note lacks or garbles is left empty."""
    place = zone(workspace.partnership().zone)

    def when(text: str) -> str:
        try:
            return show_moment(datetime.fromisoformat(text), place)
        except ValueError:
            return text

    found = []
    for note in exports.notes(workspace.folder):
        told = note.contents
        found.append(
            Gone(
                file=str(told["file"]), kind=_title(str(told["kind"])), when=when(str(told.get("at", ""))),
                by=str(told.get("by", "")), audience=str(told.get("audience", "")),
                record=str(told.get("record") or told.get("state", ""))[:12],
                decided=tuple(_decision(one) for one in _listed(told, "decided") if isinstance(one, dict))
                + ((f"released because: {told['released_because']}",) if told.get("released_because") else ()),
                hidden=tuple(str(one) for one in _listed(told, "hidden")),
            )
        )  # fmt: skip
    return found


def _title(kind: str) -> str:
    """A pack’s own name; of anything else the word that its note keeps."""
    return KINDS[kind].title if kind in KINDS else kind


def _listed(told: Mapping[str, Any], name: str) -> list[Any]:
    value = told.get(name)
    return value if isinstance(value, list) else []


def _decision(one: Mapping[str, Any]) -> str:
    return f"{one.get('what', '')} {one.get('handled', '')} by {one.get('by', '')}: {one.get('reason', '')}"
