"""Blind second scores by parcel: each rater gets their own alone, and nothing shows until all have submitted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from builders_second import (
    FIRST_WORDS,
    OTHER,
    SECOND,
    SECOND_WORDS,
    asked_twice,
    first_sends,
    second_scores,
)

from qa_toolkit.domain import parcels
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady, QAError
from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.parcels import AgencyKey, Outgoing, Returning
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.exchange import inbox, keys, known_keys, parcel_box, parcel_in
from qa_toolkit.exchange.parcel_again import open_again
from qa_toolkit.exchange.parcel_open import open_parcel
from qa_toolkit.exchange.parcel_out import parcel_out
from qa_toolkit.exchange.parcel_return import parcel_return, proof
from qa_toolkit.store.lines import build
from qa_toolkit.store.verify import verify_folder
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import audits, concerns, returns, secondscores, starting, submission

AUDIT = "CE-2026-01"


def keyed(tmp: Path, monkeypatch: pytest.MonkeyPatch, who: str) -> keys.OwnKey:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp / f"key-of-{who}"))
    return keys.own()


class Three(NamedTuple):
    """The co-ordinator's workspace, the agency's with the first return, and the second rater's own."""

    boss: Workspace
    first: Workspace
    second: Workspace
    packed: Outgoing
    """The second rater's parcel."""
    agencys: Outgoing

    def plan(self, parcel: Returning) -> parcel_in.Plan:
        return parcel_in.plan(self.boss, parcel, by=BOSS)

    def file(self, parcel: Returning) -> list[str]:
        return parcel_in.take_in(self.boss, self.plan(parcel), by=BOSS, now=START)

    def signed(self, **update: object) -> Returning:
        """The second rater's parcel with something else in it, proved by what they hold."""
        changed = parcel_return(self.second, by=OTHER)[1].model_copy(update=update)
        return changed.model_copy(update={"proof": proof(changed, self.packed.token)})


@pytest.fixture(autouse=True)
def somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyed(tmp_path, monkeypatch, "boss")


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Three:
    boss = asked_twice(a_workspace(tmp_path / "boss"))
    theirs, alone = keyed(tmp_path, monkeypatch, "police"), keyed(tmp_path, monkeypatch, "second")
    for whose, key in (("police", theirs), (OTHER, alone)):
        known_keys.record(boss, whose, key.public, parcels.fingerprint(key.public), by=BOSS, now=START)
    keyed(tmp_path, monkeypatch, "boss")
    agencys = unsealed(parcel_out(boss, AUDIT, "police", by=BOSS, now=START)[0], theirs)
    packed = unsealed(parcel_out(boss, AUDIT, "police", second=OTHER, by=BOSS, now=START)[0], alone)
    first, _ = open_parcel(agencys, tmp_path / "police", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=START)
    second, person = open_parcel(packed, tmp_path / "second", handle="b.second", name="Bo", role=Role.AUDITOR,
                                 now=START)  # fmt: skip
    assert person.id == OTHER
    return Three(boss, first, second, packed, agencys)


def unsealed(sealed: bytes, key: keys.OwnKey) -> Outgoing:
    found = parcel_box.open_sealed(sealed, key=key)
    assert isinstance(found, Outgoing)
    return found


def sealed_for_a_key(at: Workspace, *, second: str = "") -> Outgoing:
    """What goes out once a key is recorded; sealing under a passphrase takes a second each time, and is meant to."""
    with at.change(PARTNERSHIP, by=BOSS, did="recorded a key", now=START) as change:
        change.put(AgencyKey(id=second or "police", key=keys.own().public))
    return parcel_out(at, AUDIT, "police", second=second, by=BOSS, now=START)[1]


def rows(workspace: Workspace) -> dict[str, bytes]:
    return {name: workspace.folder.read(name).data for name in workspace.folder.list()}


def test_each_gets_their_own_and_nothing_of_the_other(three: Three) -> None:
    assert [one.id for one in three.packed.allocations] == [SECOND]
    assert [one.id for one in three.agencys.allocations] == [RETURN]
    assert [one.id for one in three.packed.people] == [OTHER]
    assert [one.id for one in three.agencys.people] == [RATER]
    theirs, ours = parcels.write(three.packed).decode(), parcels.write(three.agencys).decode()
    assert RATER not in theirs
    assert f'"{RETURN}"' not in theirs
    assert OTHER not in ours
    assert SECOND not in ours
    assert three.packed.token != three.agencys.token


def test_out_scored_back_and_open_once_both_are_in(three: Three) -> None:
    second_scores(three.second, send=True)
    assert three.file(parcel_return(three.second, by=OTHER)[1]) == []
    with pytest.raises(NotAllowed, match="sealed"):
        returns.readable(three.boss, returns.opened(three.boss, SECOND), BOSS)
    first_sends(three.first)
    assert three.file(parcel_return(three.first, by=RATER)[1]) == [RETURN]
    for id in (RETURN, SECOND):
        returns.readable(three.boss, returns.opened(three.boss, id), BOSS)
    found = secondscores.agreements(three.boss, AUDIT, by=BOSS).scored[0].found
    assert found is not None
    assert SECOND not in three.boss.audit(AUDIT).received
    assert rows(three.boss)[return_journal(SECOND)] == rows(three.second)[return_journal(SECOND)]
    for workspace in (three.boss, three.first, three.second):
        assert verify_folder(workspace.folder).ok


def test_the_same_twice_and_what_goes_on(three: Three) -> None:
    second_scores(three.second)
    early = parcel_return(three.second, by=OTHER)[1]
    three.file(early)
    given = Answer(id="PL-01", values={"answer": "no"}, evidence="Plan of May, page 3", comment="Seen again.")
    returns.answer(three.second, SECOND, given, seen=None, by=OTHER, now=START)
    late = parcel_return(three.second, by=OTHER)[1]
    assert three.plan(late).steps[0].fresh == 1
    three.file(late)
    after = rows(three.boss)
    for parcel in (late, early):
        assert three.file(parcel) == []
        assert "nothing to do" in three.plan(parcel).steps[0].sentence
    assert rows(three.boss) == after


@pytest.mark.parametrize("which", ["first", "second"])
def test_what_came_shows_its_state_and_nothing_else(three: Three, which: str, tmp_path: Path) -> None:
    first_sends(three.first)
    second_scores(three.second, send=True)
    workspace, by, id = (three.first, RATER, RETURN) if which == "first" else (three.second, OTHER, SECOND)
    sealed, parcel = parcel_return(workspace, by=by)
    step = three.plan(parcel).steps[0]
    assert step.sentence == (
        f"{id}: came back, submitted, round 1. Its answers are sealed until all its raters have submitted."
    )
    (tmp_path / "back").write_bytes(sealed)
    item = inbox.look(tmp_path / "back", three.boss, by=BOSS, today=TODAY)
    assert item.changes == (step.sentence,)
    shown = str(item._replace(brings=None))
    assert not [words for words in (FIRST_WORDS, SECOND_WORDS, "partly", "PL-01") if words in shown]
    assert item.what == f"a parcel of {'police' if which == 'first' else OTHER} in {AUDIT}"


def test_a_concern_is_shown_at_once_all_the_same(three: Three) -> None:
    second_scores(three.second)
    concerns.raise_concern(three.second, SECOND, what="Alone at night", by=OTHER, now=START)
    parcel = parcel_return(three.second, by=OTHER)[1]
    assert [one.what for one, _ in three.plan(parcel).concerns] == ["Alone at night"]
    three.file(parcel)
    assert three.plan(parcel).concerns == []


# --- refusals on the way out


def out(at: Workspace, **how: str) -> object:
    return parcel_out(at, AUDIT, "police", by=how.pop("by", BOSS), now=START, **how)


@pytest.mark.parametrize(
    ("deed", "says"),
    [
        (lambda at: out(at, second=RATER), "No second score is asked of a.auditor@police"),
        (lambda at: out(at, second="x@police"), "No second score is asked of x@police"),
        (lambda at: out(at, second=OTHER), "`qa people key`"),
        (lambda at: out(at, second=OTHER, by=RATER), "Only a co-ordinator"),
        (lambda at: parcel_out(at, AUDIT, "health", second=OTHER, by=BOSS, now=START), "No second score is asked"),
    ],
    ids=["not theirs", "nobody", "no key", "not a co-ordinator", "another agency"],
)
def test_what_does_not_go_out(tmp_path: Path, deed: Callable[[Workspace], object], says: str) -> None:
    at = asked_twice(a_workspace(tmp_path / "w"))
    before = rows(at)
    with pytest.raises(QAError, match=says):
        deed(at)
    assert rows(at) == before


def test_one_that_was_taken_back_goes_neither_out_nor_in(three: Three) -> None:
    second_scores(three.second)
    secondscores.withdraw(three.boss, SECOND, "They are ill", by=BOSS, now=START)
    with pytest.raises(NotReady, match="No second score"):
        out(three.boss, second=OTHER)
    before = rows(three.boss)
    with pytest.raises(InputError, match=r"no longer asked for \(They are ill\)"):
        three.plan(parcel_return(three.second, by=OTHER)[1])
    assert rows(three.boss) == before


def test_a_second_score_that_was_begun_here_goes_on_there_and_the_first_stays(tmp_path: Path) -> None:
    at = second_scores(asked_twice(a_return(a_workspace(tmp_path / "w"))))
    packed = sealed_for_a_key(at, second=OTHER)
    assert list(packed.journals) == [SECOND]
    assert SECOND_WORDS in packed.journals[SECOND]
    with pytest.raises(NotReady, match="scored blind by two"):
        out(at, passphrase=keys.words())


def test_who_holds_the_case_is_known_there(tmp_path: Path) -> None:
    at = asked_twice(a_workspace(tmp_path / "w"))
    with at.change(audit_journal(AUDIT), by=BOSS, did="held", now=START) as change:
        change.put(Ties(id=RETURN, subject=f"{AUDIT}-C01", agency="police", holds=(OTHER,)))
    packed = sealed_for_a_key(at, second=OTHER)
    there, _ = open_parcel(packed, tmp_path / "s", handle="b.second", name="Bo", role=Role.AUDITOR, now=START)
    starting.start(there, SECOND, by=OTHER, now=START, today=TODAY)
    with pytest.raises(NotAllowed, match="Your agency recorded that you do"):
        returns.declare(there, SECOND, Relation.NONE, by=OTHER, now=START)
    with pytest.raises(InputError, match="may not without a waiver"):
        parcel_in.plan(at, parcel_return(there, by=OTHER)[1], by=BOSS)


def test_a_lead_who_checks_travels_unless_they_score_the_case(tmp_path: Path) -> None:
    at = asked_twice(a_workspace(tmp_path / "w", agency_check=True))
    packed = sealed_for_a_key(at, second=OTHER)
    assert [one.id for one in packed.people] == [OTHER, LEAD]
    secondscores.ask(at, RETURN, LEAD, by=BOSS, now=START, today=TODAY)
    own = sealed_for_a_key(at)
    assert [one.id for one in own.people] == [RATER]
    with pytest.raises(NotReady, match="every lead of police scores this case"):
        out(at, second=OTHER, passphrase=keys.words())


def test_a_key_is_one_holders_alone(three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    agencys = three.boss.partnership_shelf.all(AgencyKey)["police"].key
    said = parcels.fingerprint(agencys)
    with pytest.raises(InputError, match="That is the key of police"):
        known_keys.record(three.boss, OTHER, agencys, said, by=BOSS, now=START)
    fresh = keyed(tmp_path, monkeypatch, "fresh").public
    with pytest.raises(InputError, match="not this key’s"):
        known_keys.record(three.boss, OTHER, fresh, said, by=BOSS, now=START)
    for whose, by, says in (("nobody@police", BOSS, "not one of the people"), ("nowhere", BOSS, "There is no agency"),
                            (OTHER, OTHER, "Only a co-ordinator")):  # fmt: skip
        with pytest.raises(QAError, match=says):
            known_keys.record(three.boss, whose, fresh, parcels.fingerprint(fresh), by=by, now=START)


# --- refusals where it is opened


@pytest.mark.parametrize(("handle", "role"), [("a.auditor", Role.AUDITOR), ("b.second", Role.AGENCY_LEAD)])
def test_nobody_else_opens_it_in_their_name(three: Three, tmp_path: Path, handle: str, role: Role) -> None:
    with pytest.raises(InputError, match=r"is for Bo Second \(b.second@police\) alone"):
        open_parcel(three.packed, tmp_path / "x", handle=handle, name="X", role=role, now=START)
    assert not (tmp_path / "x").exists()


def test_the_agencys_key_does_not_open_it(three: Three, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = parcel_out(three.boss, AUDIT, "police", second=OTHER, by=BOSS, now=START)[0]
    with pytest.raises(InputError, match="sealed for somebody else’s key"):
        parcel_box.open_sealed(sealed, key=keyed(tmp_path, monkeypatch, "police"))


def test_the_two_are_never_opened_into_one_folder(three: Three) -> None:
    before = rows(three.first), rows(three.second)
    with pytest.raises(InputError, match="a folder of its own"):
        open_again(three.packed, three.first.root, by=RATER, now=START)
    with pytest.raises(InputError, match="a folder of its own"):
        open_again(three.agencys, three.second.root, by=OTHER, now=START)
    assert (rows(three.first), rows(three.second)) == before


def test_a_further_parcel_is_added_and_the_raters_work_stays(three: Three) -> None:
    second_scores(three.second, send=True)
    three.file(parcel_return(three.second, by=OTHER)[1])
    submission.reopen(three.boss, SECOND, "They asked to correct a date", by=BOSS, now=START)
    packed = parcel_out(three.boss, AUDIT, "police", second=OTHER, by=BOSS, now=START)[1]
    again = open_again(packed, three.second.root, by=OTHER, now=START)
    assert returns.opened(again.workspace, SECOND).editable
    assert open_again(packed, three.second.root, by=OTHER, now=START).changed == 0


def test_a_sealed_return_given_back_goes_on_and_its_answers_do_not_travel(three: Three, tmp_path: Path) -> None:
    first_sends(three.first)
    three.file(parcel_return(three.first, by=RATER)[1])
    submission.reopen(three.boss, RETURN, "They asked to correct a date", by=BOSS, now=START)
    again = parcel_out(three.boss, AUDIT, "police", by=BOSS, now=START)[1]
    assert (again.withheld, again.journals) == ((RETURN,), {})
    assert FIRST_WORDS not in parcels.write(again).decode()
    assert parcels.write(again).startswith(b"qa-parcel 2\n")
    assert parcels.write(parcels.read(parcels.write(again))) == parcels.write(again)
    there = open_again(again, three.first.root, by=RATER, now=START)
    assert returns.opened(there.workspace, RETURN).editable
    assert FIRST_WORDS in str(there.workspace.ret(RETURN).answers)
    assert open_again(again, three.first.root, by=RATER, now=START).changed == 0
    with pytest.raises(InputError, match="Open it into the folder in which they were begun"):
        open_parcel(again, tmp_path / "x", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=START)


def test_a_new_folder_gets_the_other_cases_and_cannot_begin_the_sealed_one_anew(three: Three, tmp_path: Path) -> None:
    first_sends(three.first)
    three.file(parcel_return(three.first, by=RATER)[1])
    audits.add_case(three.boss, AUDIT, by=BOSS, now=START, today=TODAY)
    packed = parcel_out(three.boss, AUDIT, "police", by=BOSS, now=START)[1]
    there, _ = open_parcel(packed, tmp_path / "x", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=START)
    assert list(there.audit(AUDIT).allocations) == [f"{AUDIT}-C02-POLICE"]
    assert open_again(packed, there.root, by=RATER, now=START).changed == 0
    assert open_again(packed, three.first.root, by=RATER, now=START).fresh == (f"{AUDIT}-C02-POLICE",)


def test_a_parcel_that_holds_anothers_return_is_not_opened(three: Three, tmp_path: Path) -> None:
    mixed = three.packed.model_copy(update={"allocations": (*three.packed.allocations, *three.agencys.allocations)})
    with pytest.raises(InputError, match="not of its own audit"):
        open_parcel(mixed, tmp_path / "x", handle="b.second", name="Bo", role=Role.AUDITOR, now=START)


# --- refusals on the way back


def test_what_is_another_raters_is_refused_both_ways(three: Three) -> None:
    second_scores(three.second)
    a_return(three.first)
    before = rows(three.boss)
    firsts = parcel_return(three.first, by=RATER)[1]
    mine = parcel_return(three.second, by=OTHER)[1]
    for changed in ({"rater": ""}, {"rater": RATER}, {"rater": "x@police"}, {"agency": "health"}):
        with pytest.raises(InputError, match=r"none can come back|does not hold what was sent|names the agency"):
            three.plan(three.signed(**changed))
    with pytest.raises(InputError, match=r"was not asked of b\.second@police"):
        three.plan(three.signed(journals=firsts.journals))
    with pytest.raises(InputError, match=r"does not hold what was sent to b\.second@police"):
        three.plan(mine.model_copy(update={"proof": firsts.proof}))
    with_mine = firsts.model_copy(update={"journals": mine.journals})
    with_mine = with_mine.model_copy(update={"proof": proof(with_mine, three.agencys.token)})
    with pytest.raises(InputError, match="was not asked of police"):
        three.plan(with_mine)
    assert rows(three.boss) == before


def test_two_histories_are_refused(three: Three) -> None:
    starting.start(three.boss, SECOND, by=OTHER, now=START, today=TODAY)
    second_scores(three.second)
    with pytest.raises(InputError, match="two histories"):
        three.plan(parcel_return(three.second, by=OTHER)[1])


def test_a_broken_chain_and_a_return_of_another_template(three: Three) -> None:
    second_scores(three.second)
    text = rows(three.second)[return_journal(SECOND)].decode()
    with pytest.raises(QAError, match="cannot be trusted"):
        three.plan(three.signed(journals={SECOND: text.replace("page 2", "page 9", 1)}))
    with pytest.raises(InputError, match="another edition"):
        three.plan(three.signed(template="0" * 64))


def test_what_cannot_be_read_is_refused_without_saying_what_stands_there(three: Three) -> None:
    second_scores(three.second)
    ret, text = three.second.ret(SECOND), rows(three.second)[return_journal(SECOND)].decode()
    for table, id, document in (
        ("answers", "PL-01", {"values": {"answer": SECOND_WORDS}}),
        ("facts", "no_such", {"value": SECOND_WORDS}),
    ):
        raw, _ = build(seq=ret.last + 1, prev=ret.last_hash, at=START, by=OTHER, did="x", why=None, salt=b"0" * 16,
                       puts=[(table, id, document)])  # fmt: skip
        with pytest.raises(InputError, match="no answer to it") as refused:
            three.plan(three.signed(journals={SECOND: text + raw.decode()}))
        assert SECOND_WORDS not in str(refused.value)


def test_a_rater_who_worked_on_the_others_return_is_refused(three: Three) -> None:
    """In the agency’s folder nobody knows who scores blind beside it; here it is known."""
    a_full_return(a_return(three.first))
    ret, text = three.first.ret(RETURN), rows(three.first)[return_journal(RETURN)].decode()
    raw, _ = build(seq=ret.last + 1, prev=ret.last_hash, at=START, by=OTHER, did="checked", why=None, salt=b"0" * 16,
                   puts=[("checks", "1", {"note": ""})])  # fmt: skip
    parcel = parcel_return(three.first, by=RATER)[1]
    parcel = parcel.model_copy(update={"journals": {RETURN: text + raw.decode()}})
    parcel = parcel.model_copy(update={"proof": proof(parcel, three.agencys.token)})
    before = rows(three.boss)
    with pytest.raises(InputError, match=r"worked on by b\.second@police, who scores the same case blind"):
        three.plan(parcel)
    assert rows(three.boss) == before


def test_the_second_rater_cannot_bring_the_first_return_that_named_nobody(tmp_path: Path) -> None:
    at = asked_twice(a_workspace(tmp_path / "w"))
    with at.change(audit_journal(AUDIT), by=BOSS, did="named nobody", now=START) as change:
        change.put(at.audit(AUDIT).allocations[RETURN].model_copy(update={"rater": ""}))
    packed = sealed_for_a_key(at)
    there, _ = open_parcel(packed, tmp_path / "p", handle="b.second", name="Bo", role=Role.AUDITOR, now=START)
    starting.start(there, RETURN, by=OTHER, now=START, today=TODAY)
    with pytest.raises(InputError, match="who scores the same case blind"):
        parcel_in.plan(at, parcel_return(there, by=OTHER)[1], by=BOSS)


def test_an_agencys_parcel_is_written_as_an_earlier_version_reads_it(three: Three) -> None:
    assert parcels.write(three.agencys).startswith(b"qa-parcel 1\n")
    assert b'"rater":""' not in parcels.write(three.agencys)
    assert parcels.write(three.packed).startswith(b"qa-parcel 2\n")
    for parcel in (three.agencys, three.packed):
        assert parcels.read(parcels.write(parcel)) == parcel
    assert three.boss.partnership_shelf.all(AgencyKey).keys() == {"police", OTHER}
    assert PARTNERSHIP in three.boss.folder.list()
