"""The two shapes of a template: the one people write in TOML, with its shorthands, and the one the models take.

`to_model_shape` unfolds the shorthands and nothing else. It never refuses: what has the wrong type is handed on as it
is, so that one validation of the whole finds every fault. `toml_path` leads back from a place in the models to the
place in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template.scales import builtin_scales

Loc = tuple[str | int, ...]
"""A place in a template: keys and positions, from the outside in."""

TABLES: Final = ("agencies", "themes", "sources", "scales", "header", "scoring", "sections")
"""What stands at the top of a file beside `[template]`."""
MAIN_KEYS: Final = (
    "type", "scale", "label", "options", "unit", "min", "max", "rows", "columns", "standard", "descriptors",
)  # fmt: skip
"""Keys of a question that describe its main part."""
_PART_TYPES: Final = frozenset(PartType)
_WORD: Final = re.compile(r"[^a-z0-9]+")


def slug(label: str) -> str:
    """The value that stands for an option given by its label only: `Not at all` gives `not_at_all`."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return _WORD.sub("_", plain).strip("_")


def scale_ids(raw: dict[str, Any]) -> tuple[str, ...]:
    """Every scale that the file may use by name: built in, then its own."""
    own = raw.get("scales")
    return (*builtin_scales(), *(own if isinstance(own, dict) else ()))


def to_model_shape(raw: dict[str, Any]) -> dict[str, Any]:
    """What tomllib read, as the models take it. Unknown keys are kept for the models to refuse."""
    identity = raw.get("template")
    plain: dict[str, Any] = {}
    if isinstance(identity, dict):
        plain.update((key, value) for key, value in identity.items() if key not in TABLES)
    plain.update((table, raw[table]) for table in TABLES if table in raw)
    scales = plain.get("scales")
    if isinstance(scales, dict):
        plain["scales"] = [_scale(id, scale) for id, scale in scales.items()]
    known = frozenset(scale_ids(raw))
    plain["header"] = _each(plain.get("header", []), _with_options)
    plain["sections"] = _each(plain.get("sections", []), lambda section: _section(section, known))
    return plain


def _each(items: Any, change: Any) -> Any:
    if not isinstance(items, list):
        return items
    return [change(item) if isinstance(item, dict) else item for item in items]


def _scale(id: str, scale: Any) -> Any:
    return {**_with_options(scale), "id": id} if isinstance(scale, dict) else scale


def _with_options(item: dict[str, Any]) -> dict[str, Any]:
    if "options" not in item:
        return item
    return item | {"options": _labelled(item["options"], "value")}


def _labelled(items: Any, key: str) -> Any:
    if not isinstance(items, list):
        return items
    return [{key: slug(item), "label": item} if isinstance(item, str) else item for item in items]


def _section(section: dict[str, Any], scales: frozenset[str]) -> dict[str, Any]:
    questions = section.get("questions")
    if not isinstance(questions, list):
        return section
    return section | {"questions": [_question(q, scales) if isinstance(q, dict) else q for q in questions]}


def _question(question: dict[str, Any], scales: frozenset[str]) -> dict[str, Any]:
    main: dict[str, Any] = {key: question[key] for key in MAIN_KEYS if key in question}
    plain = {key: value for key, value in question.items() if key not in main}
    further = plain.get("parts", [])
    if isinstance(further, list):
        parts = [_part(part, scales) if isinstance(part, dict) else part for part in further]
        plain["parts"] = [_part(main, scales), *parts] if main or not parts else parts
    evidence = plain.get("evidence")
    if isinstance(evidence, str):
        plain["evidence"] = {"rule": evidence}
    return plain


def _part(part: dict[str, Any], scales: frozenset[str]) -> dict[str, Any]:
    plain = _with_options(part)
    kind = plain.get("type")
    if isinstance(kind, str) and kind not in _PART_TYPES and kind in scales and "scale" not in plain:
        plain = plain | {"type": PartType.CHOICE.value, "scale": kind}
    if "rows" in plain:
        plain = plain | {"rows": _labelled(plain["rows"], "id")}
    if isinstance(plain.get("columns"), list):
        plain = plain | {"columns": _each(plain["columns"], lambda column: _part(column, scales))}
    return plain


def toml_path(raw: dict[str, Any], loc: Loc) -> Loc:
    """Where a place in the models stands in the file."""
    if not loc:
        return ("template",)
    if loc[0] not in TABLES:
        return ("template", *loc)
    if loc[0] == "scales" and len(loc) > 1 and isinstance(raw.get("scales"), dict):
        return ("scales", list(raw["scales"])[int(loc[1])], *loc[2:])
    if len(loc) > 5 and loc[0] == "sections" and loc[4] == "parts":
        question = _follow(raw, loc[:4])
        if isinstance(question, dict) and has_main(question):
            position = int(loc[5])
            return (*loc[:4], *loc[6:]) if position == 0 else (*loc[:5], position - 1, *loc[6:])
    return loc


def has_main(question: dict[str, Any]) -> bool:
    """Whether a question, as written, describes its main part by keys of its own."""
    return any(key in question for key in MAIN_KEYS) or not question.get("parts")


def _follow(tree: Any, path: Iterable[str | int]) -> Any:
    try:
        for step in path:
            tree = tree[step]
    except (KeyError, IndexError, TypeError):
        return None
    return tree
