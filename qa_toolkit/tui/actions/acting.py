"""Who acts on the screens of actions, and what they had seen when they did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NamedTuple

from qa_toolkit.store.workspace import Seen, Workspace, seen
from qa_toolkit.workflow.plans.stories import Story


class Who(NamedTuple):
    """Who acts, where and when."""

    workspace: Workspace
    by: str
    now: Callable[[], datetime]
    today: date

    @property
    def day(self) -> dict[str, Any]:
        """As verbs take it."""
        return {"by": self.by, "now": self.now(), "today": self.today}


def saw(story: Story) -> Seen:
    """What was seen of an action: its facts, and that its life had not gone further."""
    id, steps = story.thread.action.id, len(story.thread.steps)
    return {**seen(story.thread.action), ("steps", f"{id}/S{steps + 1:02}"): 0}
