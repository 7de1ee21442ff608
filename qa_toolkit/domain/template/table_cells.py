"""What may stand in a cell of the table of questions, read and written."""

from __future__ import annotations

import re
from typing import Any, Final

from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import Part, PartType
from qa_toolkit.domain.template.scales import Option, builtin_scales
from qa_toolkit.domain.template.shape import slug
from qa_toolkit.domain.template.show import standard_in_words

_RANGE: Final = re.compile(r"(-?\d+)\s*(?:to|-|–)\s*(-?\d+)")
_WITHIN: Final = re.compile(r"(?:within\s+)?(\d+)\s+(working\s+)?(hour|day)s?", re.IGNORECASE)
_OPTION: Final = re.compile(r"(?:(?P<value>[a-z0-9_-]+)\s*=\s*)?(?P<label>[^\[\]]+?)\s*(?:\[(?P<marks>[^\[\]]*)\])?")


def key_of(text: str) -> str:
    """A heading or name as it is compared: small letters and digits only."""
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def listed(cell: str, *, commas: bool = False) -> list[str]:
    """The items of a cell: split at new lines and semicolons, and at commas where no item holds one."""
    return [one.strip() for one in re.split(r"[\n;,]" if commas else r"[\n;]", cell) if one.strip()]


def pairs(cell: str) -> dict[str, str]:
    """`police = Police; health = Health`, or names only."""
    found = {}
    for one in listed(cell):
        kind, equals, name = one.partition("=")
        found[slug(kind).replace("_", "-")] = name.strip() if equals else one
    return found


def _types() -> dict[str, str]:
    names: dict[str, str] = {key_of(kind): kind.value for kind in PartType}
    for scale in builtin_scales().values():
        names[key_of(scale.id)] = scale.id
        names[key_of(scale.title)] = scale.id
        names["".join(key_of(option.label) for option in scale.options)] = scale.id
    more = {"number": "integer", "wholenumber": "integer", "percent": "percentage", "text": "long_text",
            "shorttext": "short_text", "chooseone": "choice", "chooseany": "choices", "tickallthatapply": "choices",
            "grades": "grade", "rag": "rag", "evidence": "evidence_list"}  # fmt: skip
    return names | more


def answer_type(cell: str) -> str:
    """The type or scale that a cell means; the cell itself where it means none, to be refused with a hint."""
    return _types().get(key_of(cell), cell)


def fits(part: Part) -> bool:
    """Whether the table has room for a part: rows and columns have no place in it."""
    return part.type not in (PartType.MATRIX, PartType.REPEAT)


def type_cell(part: Part) -> str:
    """The cell for the type of a part: a built-in scale's title, or the type's name; text for what has no room."""
    if not fits(part):
        return PartType.LONG_TEXT.value.replace("_", " ")
    if part.scale in builtin_scales():
        return builtin_scales()[part.scale].title
    return part.type.value.replace("_", " ")


def options_cell(template: Template, part: Part) -> str:
    """The cell for the options of a part, its bounds or its standard."""
    if not fits(part):
        return ""
    if part.standard:
        return standard_in_words(part.standard)
    if part.min is not None and part.max is not None:
        return f"{part.min} to {part.max}"
    if part.scale in builtin_scales():
        return ""
    return "\n".join(_option_cell(option) for option in template.options_of(part))


def _option_cell(option: Option) -> str:
    value = "" if option.value == slug(option.label) else f"{option.value} = "
    marks = ([str(option.score)] if option.score is not None else []) + (["weak"] if option.weak else [])
    return f"{value}{option.label}" + (f" [{', '.join(marks)}]" if marks else "")


def put_options(question: dict[str, Any], cell: str) -> str:
    """Puts what a cell of options says into the question; a sentence where it says nothing that can be used."""
    if not cell:
        return ""
    if question["type"] in (PartType.INTEGER, PartType.PERCENTAGE):
        found = _RANGE.fullmatch(cell)
        if not found:
            return "Write the lowest and highest number, such as 0 to 100, or leave the cell empty."
        question["min"], question["max"] = int(found[1]), int(found[2])
        return ""
    if question["type"] == PartType.TIMED:
        found = _WITHIN.fullmatch(cell)
        if not found:
            return "Write the standard, such as within 72 hours or within 15 working days, or leave the cell empty."
        counted = "working" if found[2] else "calendar"
        question["standard"] = {"within": int(found[1]), "unit": f"{found[3].lower()}s", "days": counted}
        return ""
    if question["type"] not in (PartType.CHOICE, PartType.CHOICES):
        return "Only a choice has options: empty this cell, or make the answer type Choice."
    options = [_read_option(one) for one in listed(cell)]
    wrong = next((one for one, option in zip(listed(cell), options, strict=True) if option is None), None)
    question["options"] = options
    return f"“{wrong}” is not an option: write Label, or Label [2, weak] with its score." if wrong else ""


def options_of(question: dict[str, Any]) -> list[Option]:
    """The options of a question that was read from the table; none where its type has none, or a faulty one."""
    scale = builtin_scales().get(question["type"])
    if scale:
        return list(scale.options)
    return [Option(**option) for option in question.get("options", []) if option]


def _read_option(text: str) -> dict[str, Any] | None:
    found = _OPTION.fullmatch(text)
    if not found:
        return None
    option: dict[str, Any] = {"value": found["value"] or slug(found["label"]), "label": found["label"]}
    for mark in (found["marks"] or "").replace(" ", "").split(","):
        if mark.lstrip("-").isdigit():
            option["score"] = int(mark)
        elif mark.casefold() == "weak":
            option["weak"] = True
        elif mark:
            return None
    return option


def evidence(cell: str) -> dict[str, Any]:
    """`required`, `when weak, 20`, `no`: the rule, and the length where one is given."""
    words, _, length = cell.partition(",")
    rule = slug(words) or "optional"
    rule = {"yes": "required", "no": "none", "if_weak": "when_weak", "weak": "when_weak"}.get(rule, rule)
    found: dict[str, Any] = {"rule": rule}
    if length.strip().isdigit():
        found["min_length"] = int(length)
    return found
