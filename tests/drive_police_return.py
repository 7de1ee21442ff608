"""Finish one police return of the exploitation template in a real terminal, with no key but those on the screen.

    python tests/drive_police_return.py WORKSPACE [--size 80x24] [--show]

Each key is looked up on the screen before it is pressed; one that is not printed there ends the drive. WORKSPACE must
hold a return owed by `a.auditor@police`. Prints how many keys and seconds it took.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

from terminal import KEYS, Terminal

WHO = "a.auditor@police"
CODE = (
    "import sys; from qa_toolkit.tui.app import run; from pathlib import Path; "
    "run(Path(sys.argv[1]), sys.argv[2], remembers=False)"
)
PRINTED = {
    "→": ("→ Next", "right arrow"), "n": ("n Next open",), "e": ("Evidence (e)", "needs evidence (e)"),
    "s": ("s Submit", "s Send it in"),
    "?": ("? Help",), "Esc": ("Esc",), "Enter": ("Enter",), "j": ("j What stops", "j goes there"),
    "a": ("a acknowledges all", "a Acknowledge all"),
}  # fmt: skip


class Driver:
    """An auditor who remembers nothing and reads the screen."""

    def __init__(self, terminal: Terminal, *, show: bool = False) -> None:
        self.terminal, self.show, self.pressed = terminal, show, 0
        self.help = ""
        """What the help page of this screen said, when it was asked."""

    @property
    def text(self) -> str:
        return self.terminal.text

    def has(self, words: str) -> bool:
        """Whether the words stand on the screen, wherever its lines break."""
        lines = [re.split("[│]", line) for line in self.text.splitlines()]
        for place in range(max(len(line) for line in lines)):
            column = " ".join(line[place].strip(" ▏█▌") for line in lines if len(line) > place)
            if " ".join(words.split()) in " ".join(column.split()):
                return True
        return False

    def press(self, key: str) -> None:
        """Press a key that is printed on the screen, or comes to be: the foot line may follow a moment later."""
        end = time.monotonic() + 5
        while not self.printed(key):
            if time.monotonic() > end:
                raise SystemExit(f"The key {key} is not printed on this screen:\n{self.text}")
            self.terminal.settle()
        self.pressed += 1
        self.terminal.send(KEYS.get(key, key))
        if self.show:
            print(f"--- {key}\n{self.text}")

    def printed(self, key: str) -> bool:
        """Whether the key stands on the screen, or on the help page that was asked for."""
        if key.isdigit():
            return re.search(rf"\((?: |•)\) {key} ", self.text) is not None
        return any(self.has(words) or words in self.help for words in PRINTED[key])

    def write(self, words: str) -> None:
        """Type text into the field where the cursor stands."""
        self.pressed += len(words)
        self.terminal.send(words)

    def open(self) -> None:
        """From the first screen to the first question."""
        self.terminal.wait_for("C01-POLICE", 30)
        if "Enter" not in self.text:
            self.press("?")
            self.help = self.terminal.wait_for("Help for this screen")
            self.press("Esc")
        self.press("Enter")
        self.help = ""
        self.terminal.wait_for("how near do you stand")
        self.press("1")
        self.press("Enter")
        self.terminal.wait_for("safe")

    def question(self) -> None:
        """Answer the question on the screen."""
        if re.search(r"\((?: |•)\) 1 ", self.text):
            self.press("1")
        elif self.has("Enter to write"):
            self.press("Enter")
            self.write("Strengths: one officer known to the child. Learning: earlier mapping.")
            self.press("Esc")
        if self.has("needs evidence"):
            self.press("e")
            self.write("Crime log 12 of 3 Nov 2026, page 4")
            self.press("Esc")

    def score(self) -> int:
        """Every question that has no answer yet; how many there were."""
        count = 0
        while count < 60:
            self.question()
            count += 1
            self.press("n")
            if self.has("Every question has an answer"):
                self.mend()
                return count
        raise SystemExit(f"It does not come to an end:\n{self.text}")

    def mend(self) -> None:
        """What is answered and still lacks something, one after the other, as the screen says."""
        for _ in range(20):
            if not self.has("lack something: j goes there"):
                return
            self.press("j")
            if self.has("needs evidence"):
                self.press("e")
                self.write("Crime log 12 of 3 Nov 2026, page 4")
                self.press("Esc")
            self.press("n")
        raise SystemExit(f"It lacks something still:\n{self.text}")

    def submit(self) -> None:
        """The steps of sending in."""
        self.press("s")
        self.terminal.wait_for("Step 1 of")
        for _ in range(12):
            title = re.search(r"Step \d+ of \d+ · ([^\n│]+)", self.text)
            name = title[1] if title else ""
            if self.has("s to send it in") or name.startswith("Send"):
                break
            if name.startswith(("Safe", "Indep")):
                self.press("1")
            if name.startswith("Your"):
                self.press("2")
                self.press("Enter")
                self.write("Good work over the year, with small gaps and no effect on the child.")
                self.press("Esc")
            if name.startswith("Indic") and self.has("Why they differ"):
                if not self.has("█"):
                    self.press("Enter")
                self.write("One gap weighs more here than the middle of the answers says.")
                self.press("Esc")
            if name.startswith("To ack") and self.has("a acknowledges all"):
                self.press("a")
            self.press("→")
        self.press("s")
        self.terminal.wait_for("has been sent in")


def drive(workspace: Path, *, size: str = "100x30", show: bool = False) -> tuple[int, int, float]:
    """Questions answered, keys pressed, seconds."""
    columns, rows = (int(n) for n in size.split("x"))
    began = time.monotonic()
    command = [sys.executable, "-c", CODE, str(workspace), WHO]
    # A page that glides into its place shows nothing that it does not show once it is there.
    calm = {"TEXTUAL_ANIMATIONS": "none"}
    terminal = Terminal(command, columns=columns, rows=rows, quiet_s=0.035, env=calm)
    try:
        driver = Driver(terminal, show=show)
        driver.open()
        count = driver.score()
        driver.submit()
    finally:
        terminal.end()
    return count, driver.pressed, time.monotonic() - began


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--size", default="100x30")
    parser.add_argument("--show", action="store_true", help="print the screen after each key")
    args = parser.parse_args()
    count, keys, seconds = drive(args.workspace, size=args.size, show=args.show)
    print(f"{count} questions, {keys} keys, {seconds:.1f} s: sent in.")


if __name__ == "__main__":
    main()
