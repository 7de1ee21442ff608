"""`workspace.toml`: what makes a folder a workspace, and how one is found. It holds an id, a name and a version.

Nothing is ever made by looking for it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic_core import to_json

from qa_toolkit.domain.errors import Damaged, InputError, NotSaved, NoWorkspace, StoreError, TooNew
from qa_toolkit.store.files import Disk, why
from qa_toolkit.store.names import is_id

FILE = "workspace.toml"
FOLDER = "findings"
"""Where workspaces stand beside the toolkit."""
SCHEMA = 1
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """A workspace's identity."""

    id: str
    name: str
    schema: int = SCHEMA


def create(root: Path, id: str, name: str, disk: Disk | None = None) -> Manifest:
    """Make `root` a workspace; it must be missing or empty.

    Raises:
        InputError: Something is there already, or the id or name cannot be one.
        NotSaved: The disk refused.
    """
    disk = disk or Disk()
    if not is_id(id):
        raise InputError(f"“{id}” cannot be a workspace's id: use capital letters and digits with single dashes.")
    if not name.strip() or not name.isprintable():
        raise InputError("A workspace needs a name, in one line.")
    try:
        if disk.exists(root) and disk.listdir(root):
            raise InputError(f"{root} is there already and is not empty; nothing was changed. Choose another name.")
        disk.make_dirs(root)
        text = f"id = {_quoted(id)}\nname = {_quoted(name)}\nschema = {SCHEMA}\n"
        disk.create_file(root / FILE, text.encode())
    except NotADirectoryError:
        raise InputError(f"{root} is a file, and a workspace is a folder. Choose another name.") from None
    except OSError as error:
        raise NotSaved(f"A workspace could not be made in {root} ({why(error)}).") from error
    return Manifest(id, name)


def read(root: Path, disk: Disk | None = None) -> Manifest:
    """The manifest of the workspace in `root`.

    Raises:
        NoWorkspace: There is none.
        Damaged: The file is not what was written.
        TooNew: A newer version of the toolkit made it.
    """
    try:
        data = (disk or Disk()).read_file(root / FILE)
    except (FileNotFoundError, NotADirectoryError):
        raise NoWorkspace(f"{root} is not a workspace: there is no {FILE} in it. `qa init NAME` makes one.") from None
    except OSError as error:
        raise StoreError(f"{root / FILE} cannot be read ({why(error)}).") from error
    try:
        values = tomllib.loads(data[:_LARGEST].decode())
    except ValueError as error:
        raise _damaged(root, str(error)) from error
    schema = values.get("schema")
    if type(schema) is int and schema > SCHEMA:
        raise TooNew(f"{root} was made by a newer version of this toolkit: install that version to open it.")
    if set(values) != {"id", "name", "schema"} or type(schema) is not int or schema < 1:
        raise _damaged(root, "it should hold an id, a name and a schema, and nothing else")
    if not isinstance(values["id"], str) or not is_id(values["id"]) or not isinstance(values["name"], str):
        raise _damaged(root, "the id and the name should be plain text")
    return Manifest(values["id"], values["name"], schema)


def find(start: Path, given: Path | None = None, environment: str | None = None) -> Path:
    """The workspace that is meant: `given`, else `environment` (QA_WORKSPACE), else the nearest one from `start` up.

    At each folder from `start` up: the folder itself, else the only workspace in its `findings/`. Of `given` and
    `environment` the folder itself is meant.

    Raises:
        NoWorkspace: There is none, or more than one; the sentence lists them.
    """
    named = given or (Path(environment) if environment else None)
    if named is not None:
        if (named / FILE).is_file():
            return named.resolve()
        raise NoWorkspace(f"{named} is not a workspace: there is no {FILE} in it. Check the path, or `qa init`.")
    for folder in (here := start.resolve(), *here.parents):
        if (folder / FILE).is_file():
            return folder
        inside = workspaces_in(folder / FOLDER)
        if len(inside) == 1:
            return inside[0]
        if inside:
            listed = ", ".join(path.name for path in inside)
            raise NoWorkspace(f"{folder / FOLDER} holds several workspaces ({listed}): choose one with --workspace.")
    raise NoWorkspace(f"There is no workspace in {here} or above it. `qa init NAME` makes one; try `qa demo`.")


def workspaces_in(folder: Path) -> list[Path]:
    """The workspaces directly inside a folder, sorted; none if it cannot be read."""
    try:
        return sorted(path.parent for path in folder.glob(f"*/{FILE}") if path.is_file())
    except OSError:
        return []


def _quoted(text: str) -> str:
    """A basic TOML string: for printable text its escapes are JSON's."""
    return to_json(text).decode()


def _damaged(root: Path, reason: str) -> Damaged:
    return Damaged(f"{root / FILE} cannot be trusted: {reason}. Put back a copy from a backup.", path=FILE)
