"""Lifting documents of older versions to the one that the domain reads now; journals themselves are never rewritten.

A step is a pure function from a table's name and a document of version n to the document of version n + 1.
"""

from __future__ import annotations

from collections.abc import Callable

from qa_toolkit.store.lines import VERSION, Doc

STEPS: dict[int, Callable[[str, Doc], Doc]] = {}
"""By the version that a step starts from. Empty: version 1 is the first."""


def upcast(version: int, table: str, doc: Doc) -> Doc:
    """The document as the present version has it; `lines.parse` has already refused newer ones."""
    for step in range(version, VERSION):
        doc = STEPS[step](table, doc)
    return doc
