"""A strategy or Business Plan from a file, as `docs/strategy-file.md` describes it."""

from __future__ import annotations

from pathlib import Path

from qa_toolkit.domain.errors import NotFound, TemplateError
from qa_toolkit.domain.plans.strategy import Strategy
from qa_toolkit.domain.plans.strategy import read_strategy as read

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
    try:
        if not file.is_file() and file.exists():
            raise TemplateError(f"{file} is no plain file. Name a .toml file.")
        if file.stat().st_size > LARGEST:
            raise TemplateError(f"{file} is larger than {LARGEST:,} bytes. Name a .toml file.")
        return file.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"There is no file {file}.") from None
    except OSError as error:
        raise TemplateError(f"{file} cannot be read ({error.strerror}).") from None
