"""A real terminal without a window: a program behind a pseudo-terminal, and what stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from pathlib import Path

_CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\)"  # OSC, DCS and their kin, to their end
    r"|\x1b[ -/]*[0-Z\\^-~]",  # two-letter escapes
    re.DOTALL,
)
KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Tab": "\t", "→": "\x1b[C", "←": "\x1b[D", "↑": "\x1b[A", "↓": "\x1b[B",
    "Ctrl+S": "\x13", "Ctrl+Q": "\x11",
}  # fmt: skip


class Terminal:
    """A program on a screen of so many columns and rows.

    `quiet_s` is how long nothing must come, while the program waits for us, before the screen counts as done. A new
    screen is held back for a twentieth of a second: whoever asks for less has to wait for its words.
    """

    def __init__(
        self, command: list[str], *, columns: int = 100, rows: int = 30, env: dict[str, str] | None = None,
        quiet_s: float = 0.07,
    ) -> None:  # fmt: skip
        self.columns, self.rows, self.quiet_s = columns, rows, quiet_s
        self._cells = [[" "] * columns for _ in range(rows)]
        self._x = self._y = 0
        self._rest = ""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover — the child becomes the program
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.execvp(command[0], command)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        """The screen as lines."""
        return "\n".join("".join(row).rstrip() for row in self._cells)

    def settle(self, *, least_s: float = 0.0, most_s: float = 5.0) -> str:
        """Read until nothing has come for a while and the program waits for us; the screen then."""
        began = time.monotonic()
        while time.monotonic() < began + most_s:
            if not self._waits(self.quiet_s):
                if self._works() or time.monotonic() < began + least_s:
                    continue
                break
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                break
            if not data:
                break
            self._take(data.decode("utf-8", "replace"))
        return self.text

    def wait_for(self, words: str, most_s: float = 15.0) -> str:
        """Read until these words stand on the screen."""
        end = time.monotonic() + most_s
        while time.monotonic() < end:
            if words in self.settle():
                return self.text
        raise AssertionError(f"“{words}” never came:\n{self.text}")

    def send(self, keys: str) -> str:
        """Send keys; the screen when it has come to rest."""
        os.write(self.fd, keys.encode())
        # A program waits a tenth of a second after Esc, because every arrow begins with the same byte.
        return self.settle(least_s=0.12 if keys == KEYS["Esc"] else 0.0)

    def end(self) -> None:
        """End the program as a closed window would."""
        try:
            os.kill(self.pid, signal.SIGHUP)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            pass
        os.close(self.fd)

    def _works(self) -> bool:
        """Whether a thread of the program runs, or would if the processor were free; unknown counts as no."""
        for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            try:
                state = stat.read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if state in "RD":
                return True
        return False

    def _waits(self, seconds: float) -> bool:
        """Whether something comes within so many seconds. `poll`, because a long run may have many files open."""
        poll = select.poll()
        poll.register(self.fd, select.POLLIN | select.POLLHUP)
        return bool(poll.poll(seconds * 1000))

    # --- the little that is needed of a terminal

    def _take(self, data: str) -> None:
        data, place = self._rest + data, 0
        self._rest = ""
        while place < len(data):
            if data[place] == "\x1b":
                match = _CONTROL.match(data, place)
                if match is None:
                    self._rest = data[place:]
                    return
                self._control(match[0])
                place = match.end()
            else:
                self._put(data[place])
                place += 1

    def _control(self, sequence: str) -> None:
        numbers = [int(n) if n else 1 for n in re.findall(r"[0-9]+|(?<=;)(?=;)", sequence)]
        if sequence[-1] in "Hf" and sequence.startswith("\x1b["):
            row, column = (*numbers, 1, 1)[:2] if numbers else (1, 1)
            self._y, self._x = min(row, self.rows) - 1, min(column, self.columns) - 1
        elif sequence in ("\x1b[2J", "\x1b[J"):
            self._cells = [[" "] * self.columns for _ in range(self.rows)]
        elif sequence.startswith("\x1b[") and sequence[-1] == "K":
            self._cells[self._y][self._x :] = [" "] * (self.columns - self._x)

    def _put(self, char: str) -> None:
        if char == "\r":
            self._x = 0
        elif char == "\n":
            self._y = min(self._y + 1, self.rows - 1)
        elif char >= " ":
            if self._x < self.columns:
                self._cells[self._y][self._x] = char
            self._x += 1
