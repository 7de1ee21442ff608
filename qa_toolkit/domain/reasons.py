"""Why a line was written, where the documents in it do not say it themselves."""

from __future__ import annotations

from typing import ClassVar

from qa_toolkit.domain.records import Record


class Reason(Record):
    """Why a line was written, as it was typed; the id is the number of the line.

    It stands in the line's text and not beside who and when, because only the text can be taken out of the record.
    """

    table: ClassVar[str] = "reasons"

    text: str
