"""`qa agreement`: how far raters agree who scored the same case without seeing each other’s answers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from qa_toolkit.cli.context import Context
from qa_toolkit.domain.agreement import LANDIS_KOCH, Agreement, Coefficient, Weights, in_words
from qa_toolkit.reports.audits.agreement_text import agreement_lines
from qa_toolkit.workflow.secondscores import Agreements, Scored, agreements


def agreement_arguments(parser: ArgumentParser) -> None:
    """What `qa agreement` takes."""
    parser.add_argument("--audit", required=True, help="the audit’s id")
    parser.add_argument("--child", default="", metavar="CASE", help="one case; every case otherwise")
    parser.add_argument(
        "--weights", choices=[one.value for one in Weights], default=Weights.ORDINAL.value,
        help="how answers near each other on an ordered scale count; ordinal unless said",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="as JSON")


def agreement(args: Namespace, context: Context) -> None:
    """Say how far raters agree, by section and overall, with their differences; sealed until all have submitted."""
    found = agreements(context.workspace, args.audit, by=context.by, subject=args.child, weights=Weights(args.weights))
    if args.json:
        context.json(_plain(found))
        return
    for line in agreement_lines(found):
        context.print(line)


def _plain(found: Agreements) -> dict[str, object]:
    return {
        "audit": found.audit,
        "overall": _agreement(found.overall),
        "sections": [{"section": id, "title": title, **_agreement(one)} for id, title, one in found.sections],
        "words": {"id": LANDIS_KOCH.id, "edition": LANDIS_KOCH.edition, "source": LANDIS_KOCH.source},
        "scored": [_scored(one) for one in found.scored],
    }


def _agreement(found: Agreement) -> dict[str, object]:
    return {
        "questions": found.n, "agree": found.same, "raters": found.raters, "ac1": _coefficient(found.ac1),
        "ac2": _coefficient(found.ac2), "weights": found.weights.value, "sentence": in_words(found),
    }  # fmt: skip


def _coefficient(found: Coefficient | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "value": round(found.value, 4), "low": round(found.low, 4), "high": round(found.high, 4),
        "variance": round(found.variance, 6), "observed": round(found.observed, 4), "chance": round(found.chance, 4),
        "word": LANDIS_KOCH.word(found.value),
    }  # fmt: skip


def _scored(one: Scored) -> dict[str, object]:
    found = one.found
    plain: dict[str, object] = {
        "return": one.group.first.id, "case": one.group.first.subject, "agency": one.group.first.agency,
        "raters": [
            {"return": each.return_id, "rater": each.rater, "submitted": each.sent}
            for each in one.group.standings if not each.withdrawn
        ],
        "sealed": found is None,
    }  # fmt: skip
    if found is not None:
        plain |= {
            "sent_again": list(one.again),
            "facts": {"given": found.facts[0], "same": found.facts[1]},
            "same_missing": found.same_missing, "one_sided": dict(found.one_sided), "uncompared": found.uncompared,
            "grades": [
                {"of": row.of, "own": {id: grade.value for id, grade in row.own.items()}, "gap": row.gap}
                for row in found.grades
            ],
            "differences": [
                {"question": row.question.id, "gap": round(row.gap, 3), "answers": row.words}
                for row in found.differences
            ],
        }  # fmt: skip
    return plain
