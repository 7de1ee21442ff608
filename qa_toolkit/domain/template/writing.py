"""A template as TOML text, in the order and with the shorthands that a person would use.

What is written reads back as the same template: keys that stand at their default are left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from qa_toolkit.domain.template.conditions import MAIN
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template.shape import TABLES, slug

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_ODD: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def to_toml(template: Template) -> str:
    """The text of a template file."""
    plain = template.model_dump(mode="python", by_alias=True, exclude_defaults=True)
    lines = ["[template]", *_pairs({key: value for key, value in plain.items() if key not in TABLES})]
    for table in ("agencies", "themes"):
        if plain.get(table):
            lines += ["", f"[{table}]", *_pairs(plain[table])]
    for source in plain.get("sources", ()):
        lines += ["", "[[sources]]", *_pairs(source)]
    for scale in plain.get("scales", ()):
        lines += ["", f"[scales.{_key(scale['id'])}]", *_pairs({k: v for k, v in scale.items() if k != "id"})]
    for field in plain.get("header", ()):
        lines += ["", "[[header]]", *_pairs(_with_options(field))]
    if plain.get("scoring"):
        lines += ["", "[scoring]", *_pairs(plain["scoring"])]
    for section in plain["sections"]:
        lines += ["", "[[sections]]", *_pairs({k: v for k, v in section.items() if k != "questions"})]
        for question in section["questions"]:
            lines += ["", "[[sections.questions]]", *_question(question)]
    return "\n".join(lines) + "\n"


def _question(question: dict[str, Any]) -> Iterator[str]:
    own = {key: value for key, value in question.items() if key not in ("parts", "wording")}
    parts = list(question["parts"])
    # `required` and `show_if` of a main part have no place beside the question's own, nor has another id.
    if parts[0].get("id", MAIN) == MAIN and not {"required", "show_if"} & parts[0].keys():
        main = _part(parts.pop(0))
        own = {key: own[key] for key in ("id", "text") if key in own} | main | own
    if isinstance(own.get("evidence"), dict) and set(own["evidence"]) == {"rule"}:
        own["evidence"] = own["evidence"]["rule"]
    yield from _pairs(own)
    for kind, wording in question.get("wording", {}).items():
        yield from ("", f"[sections.questions.wording.{_key(kind)}]", *_pairs(wording))
    for position, part in enumerate(parts):
        first = {"id": MAIN} if position and "id" not in part else {}
        yield from ("", "[[sections.questions.parts]]", *_pairs(first | _part(part)))


def _part(part: dict[str, Any]) -> dict[str, Any]:
    plain = _with_options(part)
    if plain["type"] is PartType.CHOICE and plain.get("scale") and plain["scale"] not in set(PartType):
        plain = {"type": plain["scale"]} | {key: value for key, value in plain.items() if key not in ("type", "scale")}
        if "id" in part:
            plain = {"id": part["id"]} | plain
    if "rows" in plain:
        plain["rows"] = [row["label"] if row["id"] == slug(row["label"]) else row for row in plain["rows"]]
    if "columns" in plain:
        plain["columns"] = [_part(column) for column in plain["columns"]]
    return plain


def _with_options(item: dict[str, Any]) -> dict[str, Any]:
    if "options" not in item:
        return dict(item)
    options = [
        option["label"] if set(option) == {"value", "label"} and option["value"] == slug(option["label"]) else option
        for option in item["options"]
    ]
    return item | {"options": options}


def _pairs(table: Mapping[str, Any]) -> Iterator[str]:
    for key, value in table.items():
        yield f"{_key(key)} = {_value(value, lines=True)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key, lines=False)


def _value(value: Any, *, lines: bool = False) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(str(value), lines=lines)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        inner = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    items = [_value(one) for one in value]
    if lines and sum(map(len, items)) > 90:
        return "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return f"[{', '.join(items)}]"


def _text(text: str, *, lines: bool) -> str:
    if lines and "\n" in text:
        inner = text.replace("\\", "\\\\").replace('"', '\\"')
        return '"""\n' + _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", inner) + '"""'
    # JSON's text between quotes is TOML's, but for DEL, which TOML wants written out.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
