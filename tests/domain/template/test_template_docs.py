"""docs/template-format.md knows every key, type, scale and rule, and its examples are those of the dip sample."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from qa_toolkit.domain.template.lint import RULES, lint
from qa_toolkit.domain.template.questions import PartType
from qa_toolkit.domain.template.reading import read_template
from qa_toolkit.domain.template.scales import builtin_scales
from qa_toolkit.domain.template.schema import schema
from qa_toolkit.domain.template.table import COLUMNS, FACTS

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "template-format.md").read_text(encoding="utf-8")
TAUGHT = re.findall(r"```toml\n(.*?)```", PAGE[: PAGE.index("## Types of answer")], re.DOTALL)


def keys_of_the_schema() -> set[str]:
    """Every key that a template file may have."""
    rules = schema()
    found = set(rules["properties"]) | set(rules["properties"]["template"]["properties"])
    for definition in rules["$defs"].values():
        found |= set(definition.get("properties", {}))
        found |= set(definition.get("enum", ()))
    return found - {"not_graded", "outstanding"}


@pytest.mark.parametrize("key", sorted(keys_of_the_schema()))
def test_every_key_is_on_the_page(key: str) -> None:
    assert re.search(rf"[`\[{{. ]{re.escape(key)}[`\].= ]", PAGE), key


def test_every_type_scale_rule_and_heading_is_on_the_page() -> None:
    for name in (*PartType, *builtin_scales(), *RULES):
        assert f"`{name}`" in PAGE
    for words in RULES.values():
        assert words.removeprefix("a scale of the template’s own").removeprefix("a theme") in PAGE
    for heading in COLUMNS:
        assert f"| {heading} |" in PAGE
    for fact in FACTS:
        assert fact in PAGE


def test_the_examples_are_toml_and_those_that_teach_are_lines_of_the_dip_sample() -> None:
    sample = (ROOT / "audit_templates" / "dip-sample.toml").read_text(encoding="utf-8").splitlines()
    blocks = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    taught = [line for block in TAUGHT for line in block.splitlines() if line]
    for block in blocks:
        tomllib.loads(block)
    assert [line for line in taught if line not in sample] == []


def test_the_pieces_that_teach_are_a_whole_template_when_put_under_one_another() -> None:
    """They once stood in an order in which the safety question came second and a condition named no field."""
    template = read_template("\n".join(TAUGHT), "dip-sample.toml")
    assert list(template.questions) == ["S0-1", "PL-01", "PL-04", "VC-02", "J-1"]
    assert lint(template) == []
