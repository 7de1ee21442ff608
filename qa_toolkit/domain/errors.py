"""Everything that can be refused, as one tree: a base for each party who can put it right.

    QAError                      one plain sentence: the thing, the place, the way out
    ├── InputError               the person can put it right by typing something else
    │   ├── AnswerError          a value outside its scale, a date that does not exist
    │   ├── IdentifierError      text that would identify a child, where none may stand
    │   ├── NotAllowed           this person may not do this (independence, role, agency)
    │   ├── NotReady             something must be done first; `.missing` lists it
    │   └── NotFound             no such thing; may carry a suggestion
    ├── TemplateError            a template file has faults; `.faults` lists them all
    ├── SheetError               a workbook has faults; `.faults` lists them all
    ├── Stale                    somebody changed it since it was shown; `.who`, `.when`, `.what`
    └── StoreError               the machine or the files; what was typed is kept by the caller
        ├── NoWorkspace          none found here; nothing is made silently
        ├── Locked               another program is saving; `.holder`
        ├── NotSaved             the disk refused; nothing was recorded
        ├── Damaged              `.path`, `.line`: what stands before it can still be read
        ├── ReadOnly             this journal cannot be written to in this session
        └── TooNew               made by a newer version of the toolkit

Anything else that is raised is a fault of ours, and is left to be raised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class QAError(Exception):
    """A refusal whose text is a full sentence for the person at the keyboard."""


class InputError(QAError):
    """What was typed cannot be taken as it is."""


class AnswerError(InputError):
    """A value that its question does not take."""


class IdentifierError(InputError):
    """Text that points at a person, in a place where only pseudonyms may stand."""


class NotAllowed(InputError):
    """This person may not do this; the sentence says who may."""


class NotReady(InputError):
    """Something has to be done first.

    `missing` lists it, a sentence each.
    """

    def __init__(self, message: str, missing: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


class NotFound(InputError):
    """Nothing has that name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: where it stands, and what is wrong in one sentence."""

    where: str
    """`file:line`, `section UI, question UI-04`, or `sheet Questions, cell C12`."""
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class _Faulty(QAError):
    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message if not faults else message + "\n" + "\n".join(f"  {f}" for f in faults))
        self.faults = tuple(faults)


class TemplateError(_Faulty):
    """A template cannot be used; `faults` lists every reason."""


class SheetError(_Faulty):
    """A workbook cannot be read; `faults` lists every reason."""


class Stale(QAError):
    """Somebody else changed the same thing first.

    Attributes:
        who: Who changed it, as `handle@agency`.
        when: When, as it is shown to people.
        what: What they did, in words.
    """

    def __init__(self, message: str, *, who: str = "", when: str = "", what: str = "") -> None:
        super().__init__(message)
        self.who, self.when, self.what = who, when, what


class StoreError(QAError):
    """The machine or the files stand in the way; nothing acknowledged is lost."""


class NoWorkspace(StoreError):
    """No workspace here. None is ever made without being asked for."""


class Locked(StoreError):
    """Another program holds the lock; `holder` says who, as far as it told us."""

    def __init__(self, message: str, holder: str = "") -> None:
        super().__init__(message)
        self.holder = holder


class NotSaved(StoreError):
    """The disk refused: nothing was recorded, and what was typed is still with the caller."""


class Damaged(StoreError):
    """A file is not what was written.

    Attributes:
        path: The file, relative to the workspace.
        line: The first line that cannot be trusted, counted from 1; 0 when the file as a whole is wrong.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.path, self.line = path, line


class ReadOnly(StoreError):
    """This journal can be read but not written to."""


class TooNew(StoreError):
    """Made by a newer version of the toolkit than this one."""
