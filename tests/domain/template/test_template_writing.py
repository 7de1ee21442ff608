"""What is written as TOML reads back as the same template, and so do the shipped ones."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from template_strategies import templates
from template_text import small, with_question

from qa_toolkit.domain.template.lint import lint, standing
from qa_toolkit.domain.template.model import Template
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.schema import schema
from qa_toolkit.domain.template.writing import to_toml

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "audit_templates").glob("*.toml"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(templates())
def test_any_template_comes_back_from_its_text_as_it_was(template: Template) -> None:
    again = read_template(to_toml(template), "again.toml")
    assert again == template
    assert again.digest == template.digest


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_template_reads_passes_its_lint_and_is_written_the_same(file: Path) -> None:
    template = read_template(file.read_bytes(), file.name)
    assert template.id == file.stem
    assert [str(advice) for advice in standing(lint(template))] == []
    assert read_template(to_toml(template), file.name) == template


def test_shorthands_are_used_in_writing() -> None:
    text = to_toml(small())
    assert 'type = "yes_partly_no"' in text
    assert 'evidence = "required"' in text
    assert 'options = ["At home", "In care"]' in text
    assert "weight" not in text


def test_a_main_part_that_may_stay_open_is_written_among_the_parts() -> None:
    template = with_question('text = "x?"\nparts = [{ type = "date", required = false }]')
    assert "required = false" in to_toml(template)
    assert read_template(to_toml(template), "x.toml") == template


# Just enough of JSON Schema for ours: what a validator would say of a file.
def complaints(value: Any, rule: dict[str, Any], whole: dict[str, Any], at: str = "") -> list[str]:
    """Where the value departs from the schema."""
    if "$ref" in rule:
        return complaints(value, whole["$defs"][rule["$ref"].removeprefix("#/$defs/")], whole, at)
    found: list[str] = []
    if "anyOf" in rule and all(complaints(value, one, whole, at) for one in rule["anyOf"]):
        found.append(f"{at}: fits none of the forms")
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{at}: {value!r} is none of {rule['enum']}")
    kinds = {
        "string": (str, date),
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "array": list,
        "object": dict,
    }
    if "type" in rule and not isinstance(value, kinds[rule["type"]]):
        return [*found, f"{at}: {value!r} is not {rule['type']}"]
    if isinstance(value, dict):
        found += [f"{at}: {key} is missing" for key in rule.get("required", ()) if key not in value]
        for key, one in value.items():
            inner = rule.get("properties", {}).get(key, rule.get("additionalProperties", {}))
            if inner is False:
                found.append(f"{at}: {key} is not known")
            else:
                found += complaints(one, inner or {}, whole, f"{at}.{key}")
    if isinstance(value, list) and "items" in rule:
        found += [line for i, one in enumerate(value) for line in complaints(one, rule["items"], whole, f"{at}[{i}]")]
    return found


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_template_keeps_to_the_schema(file: Path) -> None:
    rules = schema()
    assert complaints(tomllib.loads(file.read_text(encoding="utf-8")), rules, rules) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("evidence = \"required\"", "evidense = 1"), ('status = "draft"', 'status = "x"'), ("[themes]", "[temes]"),
     ('type = "grade"', "type = 3"), ('text = "What is your grade?"\n', "")],
)  # fmt: skip
def test_the_schema_refuses_what_the_reader_refuses(old: str, new: str) -> None:
    from template_text import spoiled

    rules = schema()
    assert complaints(tomllib.loads(spoiled(old, new)), rules, rules) != []


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(templates())
def test_any_template_as_text_keeps_to_the_schema(template: Template) -> None:
    rules = schema()
    assert complaints(tomllib.loads(to_toml(template)), rules, rules) == []
