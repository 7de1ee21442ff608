"""Who the children of the audits were, as tables that may be shown: small numbers hidden over all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from qa_toolkit.domain.disclosure.beside import Safe, make_safe
from qa_toolkit.domain.disclosure.earlier import Before
from qa_toolkit.domain.disclosure.pooling import vanished
from qa_toolkit.domain.disclosure.rules import RuleSet
from qa_toolkit.domain.disclosure.suppress import Released
from qa_toolkit.domain.disclosure.tables import Axis, Pack, Table, Unit, key, table
from qa_toolkit.domain.template.scales import Option
from qa_toolkit.reports.views.numbers import ShownTable
from qa_toolkit.store.workspace import Workspace

NOT_RECORDED = "Not recorded"
POPULATION = "children of the audits"


class Children(NamedTuple):
    """The profile, as it is and as it may be shown."""

    tables: tuple[ShownTable, ...]
    safe: Safe | None
    """None where the audits are not about children."""
    pooled: tuple[str, ...] = ()
    """Audits before these that were taken in as well, because of these alone nothing could be shown."""


def children_figures(
    workspace: Workspace, scope: Iterable[str], earlier: Iterable[str], rules: RuleSet, before: Sequence[Before] = ()
) -> Children:
    """The profile of the children of these audits; with `earlier` ones, latest first, until something can be shown.

    It is made safe beside the packs that were given out `before`. Where earlier audits are taken in, these alone are
    not shown beside the pooled tables, so that nobody can take one from the other.
    """
    wanted, pooled = list(scope), []
    found = _of(workspace, wanted, rules, before)
    if found.safe is None or not _nothing_left(found.safe):
        return found
    for audit in earlier:
        pooled.append(audit)
        more = _of(workspace, [*wanted, *pooled], rules, before)
        if more.safe is not None and not _nothing_left(more.safe):
            return more._replace(pooled=tuple(sorted(pooled)))
    return found


def _nothing_left(safe: Safe) -> bool:
    return not safe.released.pack.tables or vanished(safe.released)


def _of(workspace: Workspace, audits: Iterable[str], rules: RuleSet, before: Sequence[Before]) -> Children:
    """A table for each fact with options that is entered with a case. A child of two audits counts in each."""
    facts: dict[str, tuple[str, tuple[Option, ...]]] = {}
    children: list[dict[str, object]] = []
    sizes: dict[str, int] = {}
    for id in audits:
        file = workspace.audit(id)
        template = workspace.template(file.audit.template)
        if template.subject != "child":
            continue
        for field in template.header:
            if field.type == "choice" and field.about == "subject":
                # Two templates may ask the same with other options; the first keeps the place, the rest are added.
                label, options = facts.get(field.id, (field.label, ()))
                more = tuple(o for o in field.options if o.value not in {known.value for known in options})
                facts[field.id] = (label, (*options, *more))
        sizes[id] = len(file.subjects)
        children += [subject.facts for subject in file.subjects.values()]
    if not children or not facts:
        return Children((), None)
    tables = [_table(id, label, options, children) for id, (label, options) in facts.items()]
    # How many children each audit looked at stands in the same pack, so hiding their number would hide nothing.
    pack = Pack(tuple(tables), known=frozenset({key(POPULATION, {})}))
    safe = make_safe(pack, rules, sizes, before)
    return Children(tuple(_shown(one, safe.released) for one in safe.released.pack.tables), safe)


def _table(id: str, label: str, options: tuple[Option, ...], children: list[dict[str, object]]) -> Table:
    labels = {option.value: option.label for option in options}
    counts: dict[tuple[str, ...], int] = {}
    for facts in children:
        value = labels.get(str(facts.get(id, "")), NOT_RECORDED)
        counts[(value,)] = counts.get((value,), 0) + 1
    values = tuple(dict.fromkeys([*labels.values(), NOT_RECORDED]))
    return table(label, POPULATION, Unit.CHILDREN, [Axis(id, values)], counts)


def _shown(one: Table, released: Released) -> ShownTable:
    (axis,) = one.axes
    return ShownTable(
        title=one.title, by=one.title, total=released.text(one.key(None)),
        rows=tuple((value, released.text(one.key(value))) for value in axis.values),
    )  # fmt: skip
