"""From starting the program to its first screen, on a workspace of ten years, against a hello-world Textual app.

Both run behind a pseudo-terminal of 100 by 30, in turn. The first screen counts when its last words stand on it: the
footer’s for the hello-world app; for ours the board, the list of what is owed and the line of keys, all of them.
Both the time by the clock and the processor's own are compared: the second says the same on a machine that is shared.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

from measure import machine, report
from places import COORDINATOR
from years import ten_years

HELLO = """
from textual.app import App
from textual.widgets import Footer, Static
class Hello(App):
    def compose(self):
        yield Static("Hello world")
        yield Footer()
Hello().run()
"""
HELLO_LAST = (b"palette",)
OURS_LAST = (b"working days", b"Late (", b"Everything")
OURS = "import sys; from qa_toolkit.cli import main; sys.exit(main())"


def begin(arguments: list[str], environment: dict[str, str]) -> tuple[int, int]:
    """A program begun behind a terminal: its process, and the terminal's other end."""
    pid, fd = pty.fork()
    if pid == 0:  # the child becomes the program
        os.environ.update(environment)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execv(arguments[0], arguments)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    return pid, fd


def end(pid: int, fd: int) -> None:
    """The program ended at once."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)


class Taken(NamedTuple):
    """Milliseconds from starting a program."""

    clock: float
    processor: float


def until(arguments: list[str], words: tuple[bytes, ...], environment: dict[str, str]) -> Taken:
    """What it took from starting a program until all of these words have come out of it."""
    began = time.perf_counter()
    pid, fd = begin(arguments, environment)
    seen = b""
    while not all(word in seen for word in words):
        if not select.select([fd], [], [], 30)[0]:
            raise SystemExit(f"{words!r} never came; the last was {seen[-300:]!r}")
        seen += os.read(fd, 65536)
    clock = (time.perf_counter() - began) * 1000
    os.kill(pid, signal.SIGKILL)
    _, _, used = os.wait4(pid, 0)
    os.close(fd)
    return Taken(clock, (used.ru_utime + used.ru_stime) * 1000)


def main() -> None:
    """Print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=9)
    args = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ten-years"
        ten_years(root).close()
        environment = {"TERM": "xterm-256color", "XDG_CONFIG_HOME": folder, "QA_USER": COORDINATOR}
        ours = [sys.executable, "-c", OURS, "--workspace", str(root)]
        hello = [sys.executable, "-c", HELLO]
        first = until(ours, OURS_LAST, environment)
        until(hello, HELLO_LAST, environment)
        pairs = [
            (until(ours, OURS_LAST, environment), until(hello, HELLO_LAST, environment)) for _ in range(args.times)
        ]
    print(f"the very first time, with no snapshot: {first.clock:.0f} ms")
    for title, at in (("first screen, by the clock", 0), ("first screen, processor", 1)):
        one, other = [a[at] for a, _ in pairs], [b[at] for _, b in pairs]
        ratio = statistics.median(x / y for x, y in zip(one, other, strict=True))
        report(title, statistics.median(one), statistics.median(other), ratio, 2.0, "hello-world Textual app")


if __name__ == "__main__":
    main()
