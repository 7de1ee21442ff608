"""What sort of exercise a template, and so an audit, is."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What sort of exercise the template is for."""

    CASE_FILE = "case_file"
    DIP_SAMPLE = "dip_sample"
    SELF_ASSESSMENT = "self_assessment"
    RE_AUDIT = "re_audit"
    SURVEY = "survey"
    JTAI_TRACKING = "jtai_tracking"
