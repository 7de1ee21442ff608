"""The plans of the worked example: two years of actions from every source, each moved by the deeds that people do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from heapq import heappop, heappush
from importlib.resources import files
from typing import Any

from qa_toolkit.domain.chasing import Rung
from qa_toolkit.domain.plans.colour import Colour
from qa_toolkit.domain.plans.lifecycle import Deed
from qa_toolkit.domain.plans.plan import Plan, Responded, Source, Took
from qa_toolkit.domain.plans.records import EvidenceKind, Impact, Priority
from qa_toolkit.domain.plans.strategy import read_strategy
from qa_toolkit.example import cast
from qa_toolkit.example.builder import Builder
from qa_toolkit.example.lives import Turn, turns
from qa_toolkit.example.plan_words import STRATEGY_ACTS, Act, Advice, Planned, Praised
from qa_toolkit.workflow.plans import (
    actions,
    due_dates,
    judging,
    moving,
    plans,
    progress,
    recommendations,
    spreading,
    strategies,
)

_SHOWN_BY = {
    EvidenceKind.TRAINING: "Training roll, export of the month",
    EvidenceKind.DIP_SAMPLE: "Dip sample, notes of the month",
    EvidenceKind.DATA: "Monthly count, sheet of the month",
    EvidenceKind.POLICY: "Procedure, version 2.1",
    EvidenceKind.FEEDBACK: "What parents said, one page",
}
_IMPACTS = {
    "confirmed": (Impact.CONFIRMED, "The measure has held for three months, by the monthly count."),
    "some": (Impact.SOME, "Better in most teams, by the re-audit; not yet where staff changed."),
    "no change": (Impact.NO_CHANGE, "The deed is done and the figure is where it was, by the re-audit."),
}


class Plans:
    """Everything that happens to the plans, on the days on which it happened."""

    def __init__(self, builder: Builder) -> None:
        self.builder, self.workspace = builder, builder.workspace
        self.day = 0
        self.moment = builder.moment
        self.ids: dict[Act, str] = {}
        self._recommended: dict[Advice, str] = {}
        self._plans: dict[str, str] = {}
        self._waiting: list[tuple[int, int, int, Callable[[], None]]] = []

    def at(self, day: int, deed: Callable[[], None], rank: int = 2) -> None:
        """Do something on that day; the lower the rank, the earlier on it."""
        heappush(self._waiting, (day, rank, len(self._waiting), deed))

    def tell(self) -> None:
        """Every deed, in the order of the days."""
        while self._waiting:
            day, _, _, deed = heappop(self._waiting)
            if day != self.day:
                self.day, self.moment = day, self.builder.at(day)
            deed()

    @property
    def when(self) -> dict[str, Any]:
        """The next moment of that day."""
        self.moment += timedelta(minutes=1)
        return {"now": self.moment, "today": self.today}

    @property
    def today(self) -> date:
        """The day on which it happens."""
        return self.moment.date()

    # --- what is planned

    def strategy(self, day: int) -> None:
        """The strategy, from its file, at once; where each commitment stands is said every six months."""
        raw = files("qa_toolkit.example").joinpath("strategy.toml").read_bytes()
        self.moment = self.builder.at(day)
        plan = strategies.bring_in(self.workspace, read_strategy(raw, "strategy.toml"), by=self.builder.by, **self.when)
        self._plans["strategy"] = plan.id
        for act in STRATEGY_ACTS:
            self._live(act, partial(self._promised, act))
        for number, said in enumerate(range(day + 182, -1, 182)):
            self.at(said, partial(self._state, number))

    def _promised(self, act: Act) -> dict[str, Any]:
        plan = self._plans["strategy"]
        return {"plan_id": plan, "commitment": f"{plan}/C{act.commitment:02}"}

    def _state(self, number: int) -> None:
        plan = self.workspace.actions_shelf.get(Plan, self._plans["strategy"])
        assert plan is not None
        for place, kept in enumerate(strategies.commitments(self.workspace, plan)):
            if (place + number) % 5 == 4:
                continue  # Nobody said anything, and that shows too.
            words, difference = _STATED[(place + number) % len(_STATED)]
            plans.state(
                self.workspace, kept.commitment.id, words, difference=difference, by=self.builder.by, **self.when
            )

    def plan(self, planned: Planned, found: tuple[str, ...] = ()) -> None:
        """A plan with its recommendations and their actions; `found` are ids of the findings that they answer."""
        self.at(planned.begins, partial(self._open, planned), 0)
        for advice in planned.advice:
            first = min(act.begins for act in advice.acts)
            self.at(planned.begins + 1, partial(self._recommend, planned, advice, found), 1)
            self.at(min(planned.begins + 4, first), partial(self._respond, advice), 1)
            for act in advice.acts:
                self._live(act, partial(self._of, planned, advice))
        for praised in planned.good:
            self.at(planned.begins + 2, partial(self._praise, planned, praised), 1)

    def _open(self, planned: Planned) -> None:
        audit = next((id for id in self.workspace.audits() if id.startswith(f"{planned.audit}-")), "")
        plan = plans.open_plan(
            self.workspace, planned.title, Source(planned.source), audit=audit if planned.audit else "",
            edition=planned.edition, owner=planned.owner, by=self.builder.by, **self.when,
        )  # fmt: skip
        self._plans[planned.word] = plan.id

    def _recommend(self, planned: Planned, advice: Advice, found: tuple[str, ...]) -> None:
        made = recommendations.recommend(
            self.workspace, self._plans[planned.word], advice.text, priority=Priority(advice.priority),
            answers=[found[place - 1] for place in advice.findings], agencies=advice.agencies,
            measure=advice.measure, themes=(advice.theme,), by=self.builder.by, **self.when,
        )  # fmt: skip
        self._recommended[advice] = made.id

    def _praise(self, planned: Planned, praised: Praised) -> None:
        made = spreading.add(
            self.workspace, self._plans[planned.word], praised.text, agency=praised.agency, themes=(praised.theme,),
            by=self.builder.by, **self.when,
        )  # fmt: skip
        for day, agency, answer, shown_by in praised.answers:
            self.at(day, partial(self._take_up, made.id, agency, answer, shown_by))

    def _take_up(self, id: str, agency: str, answer: str, shown_by: str) -> None:
        spreading.take_up(self.workspace, id, agency, Took(answer), shown_by=shown_by, by=self.builder.by, **self.when)

    def _respond(self, advice: Advice) -> None:
        reason = "The note is agreed; the monthly check waits for the new system." if advice.answer == "in_part" else ""
        for agency in advice.agencies or ("",):
            recommendations.respond(
                self.workspace, self._recommended[advice], Responded(advice.answer), agency=agency, reason=reason,
                by_whom="Head of safeguarding" if agency else "Safeguarding Partner Panel", by=self.builder.by,
                **self.when,
            )  # fmt: skip

    def _of(self, planned: Planned, advice: Advice) -> dict[str, Any]:
        return {"plan_id": self._plans[planned.word], "recommendation": self._recommended[advice]}

    def _live(self, act: Act, under: Callable[[], dict[str, Any]]) -> None:
        for turn in turns(act):
            if turn.deed == "propose":
                self.at(turn.day, partial(self._propose, act, under))
            else:
                self.at(turn.day, partial(self._do, act, turn))

    # --- what is done to an action

    def owner(self, act: Act) -> str:
        """Who owns it: the lead of its agency, or its auditor where it has none."""
        if act.agency == "business-unit":
            return cast.COORDINATOR.id
        return cast.LEAD_OF.get(act.agency) or cast.AUDITOR_OF.get(act.agency, "")

    def _propose(self, act: Act, under: Callable[[], dict[str, Any]]) -> None:
        made = actions.propose(
            self.workspace, text=act.text, due=self.builder.working(act.due), owner=self.owner(act),
            priority=Priority(act.priority), measure=act.measure, outside=act.outside,
            outcome=_OUTCOMES[len(act.text) % len(_OUTCOMES)],
            impact_due=self.builder.working(act.due + 120) if act.priority == "high" else None,
            supporting=("health",) if act.agency == "social-care" else (), by=self.builder.by, **under(), **self.when,
        )  # fmt: skip
        self.ids[act] = made.id

    def _do(self, act: Act, turn: Turn) -> None:
        id, by = self.ids[act], self.owner(act) or self.builder.by
        deed, _, detail = turn.deed.partition(" ")
        match deed:
            case "update" | "says":
                says = Colour(detail) if deed == "says" else None
                progress.update(self.workspace, [id], turn.words, progress=turn.percent, says=says, by=by, **self.when)
            case "accept":
                actions.accept(self.workspace, id, True, by=by, **self.when)
            case "milestone":
                self._milestone(id, turn, by)
            case "reach":
                progress.reach_milestone(self.workspace, f"{id}/M01", self.today, by=by, **self.when)
            case "evidence":
                self._evidence(act, id, by)
            case "ask":
                due_dates.ask_later(self.workspace, id, self.builder.working(turn.days), turn.words, by=by, **self.when)
            case "judge":
                impact, shown = _IMPACTS[detail]
                judging.judge(self.workspace, id, impact, shown, by=cast.CHAIR.id, **self.when)
            case "escalate":
                judging.escalate(
                    self.workspace, id, Rung.QA_GROUP, "No agency has taken it, and the flags still differ.",
                    by=self.builder.by, **self.when,
                )  # fmt: skip
            case _:
                self._move(act, id, turn, by)

    def _milestone(self, id: str, turn: Turn, by: str) -> None:
        day = self.builder.working(turn.days)
        progress.add_milestone(self.workspace, id, "In use by the first two teams", day, by=by, **self.when)

    def _evidence(self, act: Act, id: str, by: str) -> None:
        kinds = list(_SHOWN_BY)
        kind = EvidenceKind.TRAINING if "roll" in act.measure else kinds[len(act.text) % len(kinds)]
        progress.add_evidence(
            self.workspace, id, kind, _SHOWN_BY[kind], self.today - timedelta(days=3), shows=act.measure,
            seen_by="Quality assurance manager", by=by, **self.when,
        )  # fmt: skip

    def _move(self, act: Act, id: str, turn: Turn, by: str) -> None:
        deed = Deed(turn.deed.replace(" ", "_"))
        given: dict[str, Any] = {"reason": _REASONS.get(deed, "")}
        match deed:
            case Deed.VERIFY:
                given["met"] = True
                if act.priority == "high":
                    given["impact_due"] = self.builder.working(turn.day + 120)
            case Deed.HOLD:
                given["review"] = self.builder.working(turn.day + turn.days)
            case Deed.SUPERSEDE:
                given["successor"] = self._successor(act)
            case Deed.REOPEN:
                given["due"] = self.builder.working(turn.days)
        if deed in (Deed.VERIFY, Deed.SEND_BACK, Deed.REOPEN):
            by = cast.CHAIR.id
        elif deed not in (Deed.START, Deed.SUBMIT):
            by = self.builder.by
        moving.move(self.workspace, deed, [id], by=by, **given, **self.when)

    def finish(self, id: str) -> None:
        """An action of the co-ordinator’s done, shown, and looked at by the chair."""
        by = self.builder.by
        progress.add_evidence(
            self.workspace, id, EvidenceKind.MINUTES, "Papers of the next meeting, page 2", self.today, by=by,
            **self.when,
        )  # fmt: skip
        moving.move(self.workspace, Deed.SUBMIT, [id], by=by, **self.when)
        moving.move(
            self.workspace, Deed.VERIFY, [id], reason=_REASONS[Deed.VERIFY], met=True, by=cast.CHAIR.id, **self.when
        )

    def _successor(self, act: Act) -> str:
        """The action that follows it under the same recommendation."""
        advice = next(advice for advice in self._recommended if act in advice.acts)
        return self.ids[advice.acts[advice.acts.index(act) + 1]]


_REASONS = {
    Deed.VERIFY: "Looked at with the evidence open: the measure is met.",
    Deed.SEND_BACK: "The evidence shows that it was sent out, and not that anybody uses it. A dip sample would.",
    Deed.HOLD: "The funding is decided in the next quarter; nothing can be done before.",
    Deed.SUPERSEDE: "A monthly check of every move says more than ten a quarter.",
    Deed.REJECT: "It names no deed that anybody could close, or is not ours to do.",
    Deed.REOPEN: "The re-audit found files in which it is not done: the staff who knew of it have left.",
}
_OUTCOMES = (
    "Children are seen as exploited weeks earlier.",
    "What a child says changes what is done for that child.",
    "Fewer children go missing again within a month.",
    "A child is helped by somebody who stays.",
    "Parents know whom to ring, and are believed.",
)
_STATED = (
    ("On course: the group saw the figures of both quarters.", "Three more agencies name children in the dataset."),
    ("Begun late, and going on: the lead has changed.", ""),
    ("Done for this year, by the yearly assessment.", "Children asked say that they were told what would happen."),
    ("Behind: it waits for a decision about money.", ""),
)
