"""The shape that every model of the domain shares: frozen, strict, and aware of the line that last put it."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Frozen(BaseModel):
    """A value that never changes; a change is a new value made by `but`."""

    # Building a model's checker costs 3 to 5 ms each at import; deferred, only the models that a command uses pay.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, populate_by_name=True, allow_inf_nan=False)

    def document(self) -> dict[str, Any]:
        """Plain data for the store. Defaults are written out: a later version may have others."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Record(Frozen):
    """A document with an id, as it was last put."""

    table: ClassVar[str] = ""
    """Where the store keeps records of this kind."""
    id: str
    """Minted by the workspace that owns it; `[A-Z0-9-]`, or a template's own id."""
    seq: int = Field(default=0, exclude=True, repr=False)
    """The line that last put it; 0 for one that was never stored. A verb is refused if it has moved."""

    def document(self) -> dict[str, Any]:
        """Plain data for the store, without the id (it is the key) and without `seq`."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"id"})

    def as_json(self) -> str:
        """The same as JSON text."""
        return self.model_dump_json(by_alias=True, exclude_none=True, exclude={"id"})
