"""Figures, packs, the accuracy check and the release check from the command line: data out, sentences for refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_scoring import LEAD, RATER, RETURN
from keyboard import Keyboard

AUDIT = "CE-2026-01"


def test_figures_come_as_lines_and_as_json_with_what_is_behind_them(qa: Keyboard) -> None:
    told = qa("figures", "--since", "22/11/2026", "--json").json
    each = {one["key"]: one for one in told["figures"]}
    assert each["returns.asked"]["records"] == [RETURN]
    assert each["returns.asked"]["value"] == 1
    assert {"key", "label", "value", "unit", "of", "definition", "records"} == set(each["returns.asked"])
    shown = qa("figures", "--since", "22/11/2026")
    assert "returns.asked" in shown.out
    assert told["record"] in shown.err


@pytest.mark.parametrize(
    ("words", "by", "says"),
    [
        (("figures",), RATER, "may not see what is behind the figures"),
        (("figures", "--as-at", "1/1/2030"), "", "still to come"),
        (("figures", "--as-at", "1/1/2020"), "", "no workspace yet"),
        (("figures", "--since", "26/11/2040"), "", "is not before"),
        (("report", "qa-group", "x.xlsx"), "", "end it in one of"),
        (("report", "business-group", "x.pdf"), "", "does not end in .xlsx"),
        (("report", "qa-group", "x.html"), RATER, "a co-ordinator or a chair"),
        (("report", "audit", "CE-2020-01", "x.html"), "", "There is no audit"),
        (("report", "agency", "fire", "x.html"), "", "There is no agency"),
        (("report", "auditor", "nobody@fire", "x.html"), "", "is not one of the people"),
        (("report", "compare", "x.docx"), "", "There is no file"),
        (("release", "check", "x.docx"), "", "There is no file"),
        (("release", "allow", "--for", "qa-group", "--why", "because it is so"), "", "Give either"),
        (("release", "allow", "x", "--for", "qa-group", "--why", "because it is so"), "", "is no code"),
        (("release", "change", "phone:000000000000", "", "--for", "case", "--why", "so it is"), "", "in its place"),
        (("accuracy", "comment", AUDIT, "police", "Findings", "It is not so", "--by-whom", "Lead"), "", "no draft"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    qa: Keyboard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], by: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = qa(*words, by=by) if by else qa(*words)
    assert ran.code == 3
    assert says in ran.err
    assert not list(tmp_path.glob("x.*"))


def test_a_pack_is_written_noted_and_checked(qa: Keyboard, tmp_path: Path) -> None:
    out = tmp_path / "papers.html"
    written = qa("report", "qa-group", str(out), "--since", "22/11/2026")
    assert (written.code, written.out.strip()) == (0, str(out))
    assert "exports" in written.err
    assert qa("report", "qa-group", str(out), "--since", "22/11/2026").code == 3
    checked = qa("release", "check", str(out))
    assert checked.code == 0
    assert all(line.startswith("Yes") for line in checked.out.splitlines())
    out.write_text("x")
    assert qa("release", "check", str(out)).code == 3
    assert qa("release", "hits", "qa-group", "--since", "22/11/2026", "--json").json == []
    assert qa("release", "list", "--json").json == []


def test_a_report_goes_from_draft_to_final(qa: Keyboard, tmp_path: Path) -> None:
    out = tmp_path / "report.docx"
    assert "version 0.1" in qa("report", "audit", AUDIT, str(out)).err
    said = qa("accuracy", "comment", AUDIT, "police", "Findings", "It is not so at all", "--by-whom", "Lead", by=LEAD)
    comment = said.out.strip()
    assert qa("report", "audit", AUDIT, str(out), "--final", "--force").code == 3
    assert qa("accuracy", "answer", comment, "declined", "The records say it otherwise.").code == 0
    assert "version 1.0" in qa("report", "audit", AUDIT, str(out), "--final", "--force").err
    listed = qa("accuracy", "list", AUDIT, "--json").json
    assert [one["version"] for one in listed["versions"]] == ["0.1", "1.0"]
    assert listed["comments"][0]["answer"] == "declined"
    assert comment in qa("accuracy", "list", AUDIT).out
    assert qa("report", "compare", str(out)).code == 0
