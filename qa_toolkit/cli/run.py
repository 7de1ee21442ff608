"""Find the command, read its arguments, run it, and turn every refusal into a sentence and an exit code."""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Final

from qa_toolkit.cli.context import Context
from qa_toolkit.cli.exits import OK, STOPPED, USAGE, code_for
from qa_toolkit.cli.parsing import Parser, Usage
from qa_toolkit.cli.table import COMMANDS, group, overview
from qa_toolkit.domain.errors import NotReady, QAError
from qa_toolkit.domain.text import visible

_HELP = ("--help", "-h")
SCREEN: Final = "opening"
"""The command that stays: the program on the screen."""
_GLOBAL_WITH_VALUE = ("--workspace", "--as")

_OVERLONG: Final = re.compile(r"\S{600,}")
"""Longer than any id, and than any path that people have."""
_COLLECT_AFTER: Final = (100_000, 20, 20)
"""What one command makes is hardly ever rubbish in a circle: looking for it as often as usual is a twentieth of its
time."""


def run(arguments: list[str]) -> int:
    """The exit code of one command line."""
    usual = gc.get_threshold()
    try:
        options, rest = _split(arguments)
        if rest[:1] == ["help"]:
            rest = [*rest[1:], "--help"]
        if (listed := _listed(rest)) is not None:
            sys.stdout.write(f"{listed.rstrip()}\n")
            return OK
        words, module, rest = _find(rest)
        parser = Parser(words, _help(words))
        if module != SCREEN:
            gc.set_threshold(*_COLLECT_AFTER)
        commands = import_module(f"qa_toolkit.cli.commands.{module}")
        name = words.replace(" ", "_").replace("-", "_")
        getattr(commands, f"{name}_arguments")(parser)
        _reach_for_globals(parser)
        parsed = parser.parse_args(rest)
        context = Context(
            folder=parsed.workspace or options.get("--workspace") or os.environ.get("QA_WORKSPACE", ""),
            who=parsed.as_ or options.get("--as") or os.environ.get("QA_USER", ""),
        )
        # `qa in` is done by `in_`: no function can be called `in`.
        deed = getattr(commands, name, None) or getattr(commands, f"{name}_")
        code = int(deed(parsed, context) or OK)
        return code or context.say_damage()
    except Usage as usage:
        sys.stderr.write(f"{_shortened(str(usage))}\n")
        return USAGE
    except QAError as error:
        sys.stderr.write(f"{_shortened(_words(error))}\n")
        return code_for(error)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was said to be saved is saved.\n")
        return STOPPED
    finally:
        gc.set_threshold(*usual)


def _words(error: QAError) -> str:
    lines = [visible(str(error), lines=True)]
    if isinstance(error, NotReady):
        lines += [f"  - {visible(sentence)}" for sentence in error.missing]
    return "\n".join(lines)


def _shortened(text: str) -> str:
    """A sentence that stays one, whatever long word was typed or pasted and is named in it."""
    return _OVERLONG.sub(lambda found: f"{found[0][:80]}…", text)


def _split(arguments: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    rest = list(arguments)
    while rest and rest[0].partition("=")[0] in _GLOBAL_WITH_VALUE:
        name, equals, value = rest.pop(0).partition("=")
        if not equals:
            if not rest:
                raise Usage(f"{name} needs a value.")
            value = rest.pop(0)
        options[name] = value
    return options, rest


def _listed(rest: list[str]) -> str | None:
    """What is asked for with `--help` where it is not one command’s: all of them, or those under one word."""
    if rest and rest[0] in _HELP:
        return overview()
    if len(rest) == 2 and rest[1] in _HELP:
        return group(rest[0]) or None
    return None


def _find(rest: list[str]) -> tuple[str, str, list[str]]:
    if not rest:
        return "open", "opening", []
    table = {words: module for words, _, module in COMMANDS}
    for length in (2, 1):
        words = " ".join(rest[:length])
        if words in table:
            return words, table[words], rest[length:]
    raise Usage(_suggest(rest, list(table)))


def _suggest(rest: list[str], known: list[str]) -> str:
    if verbs := group(rest[0]):
        near = get_close_matches(" ".join(rest[:2]), [words for words in known if words.split()[0] == rest[0]], 1)
        meant = f"Did you mean `qa {near[0]}`? " if near and len(rest) > 1 else ""
        return f"{meant}Under `qa {rest[0]}` there are:\n{verbs}"
    typed = " ".join(rest[:2])
    near = get_close_matches(typed, known, 1) or get_close_matches(rest[0], known, 1)
    if not near:
        firsts = get_close_matches(rest[0], sorted({words.split()[0] for words in known}), 1)
        near = [words for words in known if firsts and words.split()[0] == firsts[0]][:1]
    hint = f" Did you mean `qa {near[0]}`?" if near else ""
    return f"There is no command “{visible(typed)}”.{hint} `qa --help` lists them all."


def _help(words: str) -> str:
    return next(help for known, help, _ in COMMANDS if known == words) + "."


def _reach_for_globals(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workspace", metavar="DIR", help="the workspace to use")
    parser.add_argument("--as", dest="as_", metavar="PERSON", help="who you are, as handle@agency")
