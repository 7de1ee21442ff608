"""Small numbers hidden in generated tables: none recoverable by the attacker, the share kept, processor time."""

from __future__ import annotations

import argparse
import random
import statistics
import time
from datetime import date

from measure import machine, report_ms

from qa_toolkit.domain.disclosure.attack import Attacker
from qa_toolkit.domain.disclosure.beside import make_safe
from qa_toolkit.domain.disclosure.earlier import Before, keep, told
from qa_toolkit.domain.disclosure.rules import DEFAULT
from qa_toolkit.domain.disclosure.suppress import suppress
from qa_toolkit.domain.disclosure.tables import Axis, Pack, Table, Unit, key, table


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
    packs_of_two_days(chance, args.tables // 50)
    taken = []
    for size in (100, 300, 600, 1200, 3000) * 4:
        pack = Pack((generated(chance, size, 12, 10),))
        begun = time.process_time()
        suppress(pack, DEFAULT)
        taken.append((time.process_time() - begun) * 1000)
    report_ms("a table of 12 × 10, median", statistics.median(taken), 50)
    report_ms("a table of 12 × 10, slowest", max(taken), 50)


def packs_of_two_days(chance: random.Random, tries: int) -> None:
    """A pack beside the one before, a few children having come: what the two tell, before and after more is hidden."""
    told_before, told_after, left_out, kept, taken = 0, 0, 0, [], []
    for _ in range(tries):
        size = chance.choice((20, 60, 120))
        children = [[chance.choice(values) for values in FACTS] for _ in range(size + 40)]
        first, more = children[:size], children[size : size + chance.randint(1, 8)]
        other = children[size + 8 : size + 8 + chance.choice((0, 20))]
        june = keep(make_safe(facts(first), DEFAULT, {}).released, {"A": len(first)})
        before, sizes = [Before("june", date(2026, 6, 26), june)], {"A": len(first) + len(more), "B": len(other)}
        later = facts([*first, *more, *other])
        told_before += bool(told(make_safe(later, DEFAULT, sizes).kept, june, DEFAULT))
        begun = time.process_time()
        safe = make_safe(later, DEFAULT, sizes, before)
        taken.append((time.process_time() - begun) * 1000)
        told_after += bool(told(safe.kept, june, DEFAULT))
        left_out += bool(safe.left_out)
        kept.append(safe.released.kept)
    print(
        f"{tries} packs of {len(FACTS)} facts beside the one before: {told_before} told of a few, {told_after} "
        f"after more was hidden; {left_out} lack a table; {statistics.mean(kept):.0%} shown"
    )
    print(f"processor time of one: {statistics.median(taken):.0f} ms, slowest {max(taken):.0f} ms")


FACTS = [tuple(map(str, range(count))) for count in (2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 7, 7, 8, 12)]


def facts(children: list[list[str]]) -> Pack:
    """A table for each fact."""
    tables = []
    for place, values in enumerate(FACTS):
        counts = {(value,): sum(child[place] == value for child in children) for value in values}
        tables.append(table(f"Fact {place}", "children", Unit.CHILDREN, [Axis(f"fact {place}", values)], counts))
    return Pack(tuple(tables), known=frozenset({key("children", {})}))


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
