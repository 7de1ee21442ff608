"""A strategy or Business Plan from a file, as `docs/strategy-file.md` describes it."""

from __future__ import annotations

from pathlib import Path

from qa_toolkit.domain.errors import TemplateError
from qa_toolkit.domain.plans.strategy import Strategy
from qa_toolkit.domain.plans.strategy import read_strategy as read
from qa_toolkit.store.outside import read_outside

LARGEST = 1_000_000
"""Bytes; forty commitments are about ten thousand."""


def read_strategy(file: Path) -> Strategy:
    """The strategy in a file.

    Raises:
        NotFound: There is no such file.
        TemplateError: It is no file of a sensible size, or has faults; all are listed.
    """
    return read(read_bytes(file), file.name)


def read_bytes(file: Path) -> bytes:
    """The bytes of a small file that somebody wrote by hand."""
    return read_outside(file, LARGEST, "a .toml file", kind=TemplateError)
