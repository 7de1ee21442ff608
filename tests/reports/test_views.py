"""What a class of reader may see is a type: no view has a field of a higher class, at any depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, ClassVar, get_type_hints

import pytest
from builders_packs import a_history, figures_of
from builders_plans import moment

from qa_toolkit.domain.audience import Audience, View, narrow, view_types
from qa_toolkit.reports import views
from qa_toolkit.reports.views.audit import ForAudit
from qa_toolkit.reports.views.board import ActionForBoard, ForBoard
from qa_toolkit.reports.views.business import ActionForBusiness, ForBusiness
from qa_toolkit.reports.views.case import Whole
from qa_toolkit.reports.views.public import ForPublic
from qa_toolkit.reports.views.qa_group import ActionForQAGroup, ForQAGroup

TOPS: list[type[ForPublic]] = [ForPublic, ForBoard, ForBusiness, ForQAGroup, ForAudit, Whole]
MODULES = [import_module(f"{views.__name__}.{one.name}") for one in iter_modules(views.__path__)]
VIEWS = list(dict.fromkeys(
    kind for module in MODULES for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, View)
))  # fmt: skip


def test_the_classes_are_ordered_and_see_downwards() -> None:
    assert [one.rank for one in Audience] == [0, 1, 2, 3, 4, 5]
    assert Audience.QA_GROUP.sees(Audience.PUBLIC)
    assert not Audience.MAIN_BOARD.sees(Audience.BUSINESS_GROUP)
    assert [one for one in Audience if one.sees_cases] == [Audience.CASE, Audience.PANEL]


@pytest.mark.parametrize("kind", VIEWS, ids=lambda kind: kind.__name__)
def test_no_view_holds_a_view_of_a_higher_class(kind: type[View]) -> None:
    for name, hint in get_type_hints(kind).items():
        for inner in view_types(hint):
            assert kind.made_for.sees(inner.made_for), f"{kind.__name__}.{name}"


def test_what_a_view_adds_is_said_in_one_place_for_each_class() -> None:
    # A field that moves down a class is a decision: it has to be made here as well.
    added = {
        top.__name__: {f.name for f in fields(top)} - ({f.name for f in fields(below)} if below else set())
        for below, top in zip([None, *TOPS], TOPS, strict=False)
    }
    assert added["Whole"] == {"behind", "cases", "children", "stood"}
    assert added["ForQAGroup"] == {"date_reasons", "programme", "shifts", "shifts_in_all"}
    assert added["ForBusiness"] == {"date_changes", "indicators", "quality", "returns_by_agency"}
    board, business = ({f.name for f in fields(kind)} for kind in (ActionForBoard, ActionForBusiness))
    qa_group = {f.name for f in fields(ActionForQAGroup)}
    typed_by_owners = {"said", "evidence", "verified", "asks_why", "owner"}
    assert typed_by_owners <= qa_group
    assert not typed_by_owners & (board | business)


def reached(value: Any) -> Iterator[Any]:
    yield value
    if is_dataclass(value):
        for one in fields(value):
            yield from reached(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from reached(one)


@pytest.mark.parametrize("to", TOPS[:-1], ids=lambda kind: kind.__name__)
def test_narrowed_figures_hold_nothing_of_a_higher_class(tmp_path: Path, to: type[ForPublic]) -> None:
    whole = figures_of(a_history(tmp_path / "w", 5, count=6, deeds=20), moment(-200))
    shown = narrow(whole, to)
    assert type(shown) is to
    for one in reached(shown):
        if isinstance(one, View):
            assert to.made_for.sees(type(one).made_for)
            assert set(vars(one)) == {f.name for f in fields(one)}
    assert shown.flow == whole.flow
    typed = {one for one in reached(narrow(whole, ForBusiness)) if isinstance(one, str)}
    assert "Half of the files are read." not in typed


@dataclass(frozen=True, kw_only=True)
class Low(View):
    text: str


@dataclass(frozen=True, kw_only=True)
class High(Low):
    made_for: ClassVar[Audience] = Audience.CASE
    secret: str


@dataclass(frozen=True, kw_only=True)
class Holder(View):
    one: Low | None
    many: tuple[Low, ...]


def test_narrowing_goes_to_any_depth_and_never_the_other_way() -> None:
    high = High(text="a", secret="b")
    held = Holder(one=high, many=(high, Low(text="c")))
    assert narrow(high, Low) == Low(text="a")

    @dataclass(frozen=True, kw_only=True)
    class Wider(Holder):
        made_for: ClassVar[Audience] = Audience.CASE
        more: str

    found = narrow(Wider(one=held.one, many=held.many, more="x"), Holder)
    assert [type(one) for one in (found.one, *found.many)] == [Low, Low, Low]
    with pytest.raises(TypeError, match="not a narrower"):
        narrow(Low(text="a"), High)
