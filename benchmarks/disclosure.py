"""Small numbers hidden in generated tables: none recoverable by the attacker, the share kept, and the time of one."""

from __future__ import annotations

import argparse
import random
import statistics
import time

from measure import machine, report_ms

from qa_toolkit.domain.disclosure.attack import Attacker
from qa_toolkit.domain.disclosure.rules import DEFAULT
from qa_toolkit.domain.disclosure.suppress import suppress
from qa_toolkit.domain.disclosure.tables import Axis, Pack, Table, Unit, table


def main() -> None:
    """Print what was kept, by size of the audit, and the time of a table of 12 × 10."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2026)
    args = parser.parse_args()
    print(machine())
    chance = random.Random(args.seed)
    sizes = (12, 30, 60, 120, 300)
    for size in sizes:
        kept, held, recoverable = [], 0, 0
        for _ in range(args.tables // len(sizes)):
            released = suppress(Pack((generated(chance, size, 5, 4),)), DEFAULT)
            kept.append(released.kept)
            held += not released.may_go
            if released.may_go:
                # Asked afresh, without what was found on the way, and with more patience.
                attacker = Attacker(released.pack.counts, released.pack.sums(), released.hidden, DEFAULT, 5_000)
                recoverable += bool(attacker.doubtful())
        print(f"n = {size}: {len(kept):,} tables of 5 × 4, {recoverable} recoverable, {held} held back, "
              f"{statistics.mean(kept):.0%} of counts and totals shown")  # fmt: skip
    taken = []
    for size in (100, 300, 600, 1200, 3000) * 4:
        pack = Pack((generated(chance, size, 12, 10),))
        begun = time.perf_counter()
        suppress(pack, DEFAULT)
        taken.append((time.perf_counter() - begun) * 1000)
    report_ms("a table of 12 × 10, median", statistics.median(taken), 50)
    report_ms("a table of 12 × 10, slowest", max(taken), 50)


def generated(chance: random.Random, size: int, rows: int, columns: int) -> Table:
    """That many children over a table, some rows and columns likelier than others."""
    axes = [Axis("row", tuple(map(str, range(rows)))), Axis("column", tuple(map(str, range(columns))))]
    weights = [[chance.random() ** 2 for _ in axis.values] for axis in axes]
    counts: dict[tuple[str, ...], int] = {}
    for _ in range(size):
        cell = tuple(chance.choices(a.values, w)[0] for a, w in zip(axes, weights, strict=True))
        counts[cell] = counts.get(cell, 0) + 1
    return table("Generated", "children", Unit.CHILDREN, axes, counts)


if __name__ == "__main__":
    main()
