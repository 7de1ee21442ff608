"""The shipped missing children audit: who is asked what, what it counts, and what its answers come to when scored."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "audit_templates"
