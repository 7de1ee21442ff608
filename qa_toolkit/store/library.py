"""The templates that ship: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qa_toolkit.domain.errors import NotFound, TemplateError
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.store.outside import read_outside

LARGEST = 2_000_000
"""Bytes; a template of 4,000 questions is about half of that."""


@cache
def template_folder() -> Path:
    """Where the shipped templates are. Editable installs have no copy in the package, hence the second place."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "audit_templates", package.parent / "audit_templates"):
        if folder.is_dir():
            return folder
    raise NotFound("The shipped templates are missing from this installation: install the toolkit again.")


def shipped() -> dict[str, Path]:
    """Id to file of every shipped template."""
    return {file.stem: file for file in sorted(template_folder().glob("*.toml"))}


def load(name: str) -> tuple[Template, str]:
    """A template by shipped id or by path, with its text.

    Raises:
        NotFound: Neither.
        TemplateError: The file has faults.
    """
    file = shipped().get(name)
    if file is None:
        file = Path(name)
        if file.suffix != ".toml" and not _is_there(file):
            from difflib import get_close_matches

            near = get_close_matches(name, shipped(), 1)
            hint = f" Did you mean {near[0]}?" if near else f" Shipped are: {', '.join(shipped())}."
            raise NotFound(f"There is no template “{name}”.{hint}")
    raw = read_bytes(file)
    return read_template(raw, file.name), raw.decode("utf-8")


def read_bytes(file: Path) -> bytes:
    """A template file's bytes, if it is a file of a sensible size."""
    return read_outside(file, LARGEST, "a template, which is a .toml file", kind=TemplateError)


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):
        # A name that is too long for the system, or that no file can have.
        return False
