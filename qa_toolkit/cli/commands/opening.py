"""`qa`, `qa open`, `qa demo`: the program on the screen."""

from __future__ import annotations

import gc
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.errors import InputError


def open_arguments(parser: ArgumentParser) -> None:
    """What `qa open` takes."""
    parser.add_argument("what", nargs="?", default="", help="an audit or return to open at once")


def open(args: Namespace, context: Context) -> int:
    """Open the program on the screen."""
    return _open(context.root, context.who, args.what)


def _open(root: Path, who: str, what: str = "", *, remembers: bool = True) -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError("The program needs a terminal. Every deed is a command too: `qa --help` lists them.")
    # Nothing that is loaded now is garbage: looking for some took a tenth of the start. `QAApp.on_mount` ends that.
    gc.disable()
    # The one place where one face opens the other: `qa` without a command is the terminal face. 300 ms.
    from qa_toolkit.tui.app import run

    return run(root, who, opening=what, remembers=remembers)


def demo_arguments(parser: ArgumentParser) -> None:
    """What `qa demo` takes."""
    parser.add_argument("--no-open", action="store_true", help="make it, but do not open the program")


def demo(args: Namespace, context: Context) -> int:
    """Make the worked example in ./findings/example if it is not there, and open it."""
    from qa_toolkit.example.build import build
    from qa_toolkit.store import manifest

    root = Path.cwd() / "findings" / "example"
    if (root / manifest.FILE).is_file():
        context.say(f"The worked example is in {root}.")
    else:
        context.say(f"Making the worked example in {root} …")
        build(root, now=context.now).close()
        context.say("Made. Everything and everybody in it is invented. `qa verify` checks it.")
    context.print(str(root))
    return 0 if args.no_open else _open(root, context.who, remembers=False)
