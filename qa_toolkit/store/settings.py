"""The user's own settings: who they are, kept in their configuration folder and not in any workspace."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import NamedTuple

from qa_toolkit.domain.errors import InputError


class Settings(NamedTuple):
    """What the user said about themselves."""

    person: str = ""
    theme: str = ""
    send: str = ""
    """The folder into which files were last written that go to agencies."""
    take: str = ""
    """The folder from which files were last taken in."""


def path() -> Path:
    """Where the settings are; the folder need not exist."""
    # 10 ms, paid only by commands that ask who the user is.
    from platformdirs import user_config_path

    return user_config_path("qa-toolkit", appauthor=False) / "settings.toml"


def read(file: Path | None = None) -> Settings:
    """The settings, or none.

    Raises:
        InputError: The file is there but cannot be read as settings.
    """
    file = file or path()
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"Your settings in {file} cannot be read ({error}). Mend or remove the file.") from None
    return Settings(**{name: str(found.get(name, "")) for name in Settings._fields})


def write(settings: Settings, file: Path | None = None) -> None:
    """Keep the settings; readable by the user only."""
    file = file or path()
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings._asdict().items() if value]
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    temporary.write_text("".join(lines), encoding="utf-8")
    temporary.chmod(0o600)
    temporary.replace(file)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c for c in escaped if c.isprintable())}"'
