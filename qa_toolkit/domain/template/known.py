"""The names in a template, gathered once for all checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from qa_toolkit.domain.template.faults import did_you_mean, shown
from qa_toolkit.domain.template.model import EVERYONE, HeaderField, Template
from qa_toolkit.domain.template.questions import Part, PartType, Question
from qa_toolkit.domain.template.scales import Scale

CHOICES: Final = (PartType.CHOICE, PartType.CHOICES)
NUMBERS: Final = (PartType.INTEGER, PartType.PERCENTAGE)


@dataclass(frozen=True)
class Known:
    """The names in a template, gathered once."""

    template: Template
    agencies: frozenset[str]
    """Kinds, and `all`."""
    sources: frozenset[str]
    scales: Mapping[str, Scale]
    questions: Mapping[str, Question]
    position: Mapping[str, int]
    asked: Mapping[str, frozenset[str]]
    """Question id to the kinds of agency that are asked it."""
    header: Mapping[str, HeaderField]
    _values: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, template: Template) -> Known:
        """The names of that template."""
        everyone = frozenset(template.agencies)
        asked = {}
        for section in template.sections:
            wider = everyone if EVERYONE in section.agencies else frozenset(section.agencies)
            for question in section.questions:
                own = question.agencies
                narrow = wider if not own or EVERYONE in own else wider & frozenset(own)
                asked[question.id] = frozenset() if question.asked_of == "panel" else narrow
        return cls(
            template=template,
            agencies=everyone | {EVERYONE},
            sources=frozenset(source.id for source in template.sources),
            scales=template.all_scales,
            questions=template.questions,
            position={id: i for i, id in enumerate(template.questions)},
            asked=asked,
            header=template.fields,
        )

    def values(self, part: Part) -> tuple[str, ...]:
        """The values of the options that a part offers; empty for other types."""
        if not part.scale:
            return tuple(option.value for option in part.options)
        if part.scale not in self._values:
            scale = self.scales.get(part.scale)
            self._values[part.scale] = tuple(option.value for option in scale.options) if scale else ()
        return self._values[part.scale]

    @staticmethod
    def no_part(question: Question, part_id: str) -> str:
        """The sentence that a question has no such part."""
        ids = [part.id for part in question.parts]
        return f"{question.id} has no part {shown(part_id)}.{did_you_mean(part_id, ids)}"
