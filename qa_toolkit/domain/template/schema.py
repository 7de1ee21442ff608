"""The JSON Schema of a template file, for editors that complete and check as one types.

It describes the file, with its shorthands, not the models: each key comes from the models, so the two cannot part.
"""

from __future__ import annotations

from typing import Any, Final

from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template.scales import builtin_scales
from qa_toolkit.domain.template.shape import MAIN_KEYS, TABLES

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema, as plain data."""
    whole = Template.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = whole.pop("$defs")
    for definition in definitions.values():
        _tidy(definition)
    identity = {key: value for key, value in whole["properties"].items() if key not in TABLES}
    tables = {key: whole["properties"][key] for key in TABLES}
    _tidy(whole)
    _shorthands(definitions)
    tables["scales"] = {
        "type": "object",
        "description": "Scales of the template’s own, by id: [scales.ID].",
        "additionalProperties": {"$ref": "#/$defs/Scale"},
    }
    return {
        "$schema": _DRAFT,
        "title": "Template of an audit tool",
        "type": "object",
        "additionalProperties": False,
        "required": ["template", "sections"],
        "properties": {
            "template": {
                "type": "object",
                "additionalProperties": False,
                "required": [key for key in whole["required"] if key in identity],
                "properties": identity,
            },
            **tables,
        },
        "$defs": definitions,
    }


def _tidy(definition: dict[str, Any]) -> None:
    """Without pydantic's titles, and with nothing that TOML cannot say (there is no null)."""
    definition.pop("title", None)
    for name, one in definition.get("properties", {}).items():
        one.pop("title", None)
        if "anyOf" in one:
            kinds = [kind for kind in one.pop("anyOf") if kind.get("type") != "null"]
            one.update(kinds[0] if len(kinds) == 1 else {"anyOf": kinds})
            if one.get("default", 0) is None:
                del one["default"]
        if name in ("show_if", "required_if"):
            one["description"] = "When it holds: see Condition."


def _shorthands(definitions: dict[str, Any]) -> None:
    text = {"type": "string"}
    part, question = definitions["Part"], definitions["Question"]
    kinds = [*PartType, *builtin_scales()]
    part["properties"]["type"] = {
        "description": f"A type of answer, or a scale’s id: {', '.join(kinds)}, or one of [scales].",
        "anyOf": [{"enum": kinds}, text],
    }
    for owner in ("Part", "HeaderField"):
        definitions[owner]["properties"]["options"] = {
            "type": "array",
            "items": {"anyOf": [text, {"$ref": "#/$defs/Option"}]},
            "description": "Labels, or tables with a value of their own.",
        }
    part["properties"]["rows"] = {"type": "array", "items": {"anyOf": [text, {"$ref": "#/$defs/Row"}]}}
    question["properties"] |= {key: part["properties"][key] for key in MAIN_KEYS}
    question["properties"]["evidence"] = {
        "anyOf": [definitions["Evidence"]["properties"]["rule"], {"$ref": "#/$defs/Evidence"}]
    }
    question["properties"]["parts"].pop("minItems", None)
    question["required"] = ["id", "text"]
    question["anyOf"] = [{"required": ["type"]}, {"required": ["parts"]}]
    del definitions["Scale"]["properties"]["id"]
    definitions["Scale"]["required"].remove("id")
