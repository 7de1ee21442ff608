"""What the benchmarks share: medians, and one line of result with the ratio and its budget."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence


def median_ms(deed: Callable[[], object], times: int, pause_s: float = 0.0) -> float:
    """The median of that many runs, in milliseconds, with a pause before each."""
    taken = []
    for _ in range(times):
        if pause_s:
            time.sleep(pause_s)
        begun = time.perf_counter()
        deed()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def paired_ms(
    one: Callable[[], object], other: Callable[[], object], times: int, pause_s: float = 0.0
) -> tuple[float, float, float]:
    """Medians of two deeds run in turn, and the median of the ratios pair by pair: machines drift, pairs do not.

    Before each deed there is a pause, so that neither finds the disk or the processor kept awake by the other.
    """
    ours, theirs, ratios = [], [], []
    for _ in range(times):
        time.sleep(pause_s)
        first = median_ms(one, 1)
        time.sleep(pause_s)
        second = median_ms(other, 1)
        ours.append(first)
        theirs.append(second)
        ratios.append(first / second)
    return statistics.median(ours), statistics.median(theirs), statistics.median(ratios)


def process(arguments: Sequence[str], cwd: str | None = None) -> Callable[[], object]:
    """A deed: run a program as a whole process, with bytecode allowed."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}

    def deed() -> object:
        return subprocess.run(arguments, check=True, capture_output=True, env=environment, cwd=cwd)

    return deed


def report(name: str, ours: float, theirs: float, ratio: float, budget: float, against: str) -> None:
    """One line: what was measured, what it is held against, the ratio, and whether the budget is kept."""
    kept = "kept" if ratio <= budget else "BROKEN"
    print(f"{name}: {ours:.2f} ms; {against}: {theirs:.2f} ms; ratio {ratio:.2f} (budget {budget:g}) {kept}")


def report_ms(name: str, ours: float, budget: float) -> None:
    """One line for a budget in milliseconds."""
    print(f"{name}: {ours:.1f} ms (budget {budget:g} ms) {'kept' if ours <= budget else 'BROKEN'}")


def machine() -> str:
    """What this was measured on, in a few words."""
    return f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, {sys.platform}"
