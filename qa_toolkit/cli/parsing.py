"""What a command takes, read by argparse, which is made to answer in whole sentences."""

from __future__ import annotations

import argparse
import errno
import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from qa_toolkit.domain.text import shorten, visible


class Usage(Exception):
    """The command line names no command, or not what the command needs; the sentence says what would."""


class Parser(argparse.ArgumentParser):
    """Reads the words behind a command. What it cannot read is a `Usage`, never the end of the program."""

    def __init__(self, words: str, description: str) -> None:
        super().__init__(prog=f"qa {words}", allow_abbrev=False, description=description)

    def error(self, message: str) -> NoReturn:
        """Argparse's own words in ours; words of a version that is not known yet stand as they are.

        Raises:
            Usage: Always.
        """
        for pattern, sentence in _SENTENCES:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                message = sentence(self, *(part or "" for part in found.groups()))
                break
        raise Usage(f"{visible(message)} `{self.prog} --help` says what it takes.")

    def options(self) -> list[str]:
        """Every option that it knows, such as `--due`."""
        return [name for action in self._actions for name in action.option_strings]


def path(typed: str) -> Path:
    """The name of a file or folder, whether it is there or not.

    Raises:
        argparse.ArgumentTypeError: No disk can have such a name.
    """
    try:
        os.lstat(typed)
    except (OSError, ValueError) as fault:
        # Not there, or closed to us, is for the command to say. A name of no disk would stop it half way.
        if isinstance(fault, ValueError) or fault.errno == errno.ENAMETOOLONG:
            why = "it is too long" if isinstance(fault, OSError) else "it holds a character that no name can hold"
            raise argparse.ArgumentTypeError(
                f"“{shorten(visible(typed), 40)}” cannot be the name of a file: {why}."
            ) from None
    return Path(typed)


def _needs(parser: Parser, names: str) -> str:
    return f"`{parser.prog}` needs {_and(names.split(', '))} as well."


def _unknown(parser: Parser, typed: str) -> str:
    option = next((word for word in typed.split() if word.startswith("-")), "")
    if not option:
        return f"“{typed}” is more than `{parser.prog}` takes; words that belong together stand in quotes."
    near = get_close_matches(option.partition("=")[0], parser.options(), 1)
    return f"`{parser.prog}` has no {option}." + (f" Did you mean {near[0]}?" if near else "")


def _choice(_: Parser, name: str, typed: str, choices: str) -> str:
    known = [one.strip().strip("'\"") for one in choices.split(",")]
    near = get_close_matches(typed, known, 1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"“{typed}” cannot stand for {name}.{meant} It is one of {', '.join(known)}."


def _value(_: Parser, name: str, kind: str, typed: str) -> str:
    words = {"int": "a whole number", "float": "a number", "Path": "a file"}
    return f"“{typed}” cannot stand for {name}: it is {words.get(kind, kind)}."


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


_SENTENCES = (
    (r"the following arguments are required: (.+)", _needs),
    (r"unrecognized arguments: (.+)", _unknown),
    (r"argument (\S+?)(?:/\S+)?: invalid choice: '?(.*?)'? \(choose from (.+)\)", _choice),
    (r"argument (\S+?)(?:/\S+)?: invalid (\w+) value: '?(.*?)'?", _value),
    (r"argument \S+?: (“.+)", lambda _, sentence: sentence),
    (r"argument (\S+?)(?:/\S+)?: expected .*", lambda _, name: f"{name} needs a value behind it."),
    (
        r"argument (\S+?)(?:/\S+)?: not allowed with argument (\S+)",
        lambda _, one, other: f"{one} and {other} do not go together.",
    ),
    (r"one of the arguments (.+) is required", lambda _, names: f"One of these is needed: {', '.join(names.split())}."),
)
"""What argparse says, as a pattern, and what is said instead. The wording of 3.11 to 3.14."""
