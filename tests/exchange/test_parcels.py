"""Parcels out and back: for the addressee only, the sender proved, and the same one twice changes nothing."""

from __future__ import annotations

import stat
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from builders_scoring import BOSS, LEAD, RATER, RETURN, START, TODAY, a_full_return, a_return, a_workspace
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_toolkit.domain import parcels
from qa_toolkit.domain.answers import Answer
from qa_toolkit.domain.errors import InputError, NotAllowed, NotReady, QAError, TooNew
from qa_toolkit.domain.independence import Ties
from qa_toolkit.domain.parcels import AgencyKey, Outgoing, Returning
from qa_toolkit.domain.people import Role
from qa_toolkit.domain.returns import Relation
from qa_toolkit.exchange import keys, parcel_box, parcel_in
from qa_toolkit.exchange.parcel_again import open_again
from qa_toolkit.exchange.parcel_open import open_parcel
from qa_toolkit.exchange.parcel_out import parcel_out
from qa_toolkit.exchange.parcel_return import parcel_return, proof
from qa_toolkit.store.lines import GENESIS, build
from qa_toolkit.store.verify import verify_folder
from qa_toolkit.store.workspace import PARTNERSHIP, Workspace, audit_journal, return_journal
from qa_toolkit.workflow import audits, concerns, redacting, returns, secondscores, starting, submission

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


class Both(NamedTuple):
    """A co-ordinator's workspace and an agency's, each with a key of its own."""

    boss: Workspace
    agency: Workspace
    key: keys.OwnKey
    packed: Outgoing

    def back(self) -> Returning:
        return parcel_return(self.agency, by=RATER)[1]

    def plan(self, parcel: Returning | Outgoing) -> parcel_in.Plan:
        return parcel_in.plan(self.boss, parcel, by=BOSS)

    def file(self, parcel: Returning) -> list[str]:
        return parcel_in.take_in(self.boss, self.plan(parcel), by=BOSS, now=NOW)

    def signed(self, **update: object) -> Returning:
        changed = self.back().model_copy(update=update)
        return changed.model_copy(update={"proof": proof(changed, self.packed.token)})


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    """The parcel sent and opened; the return begun at the agency."""
    boss = a_workspace(tmp_path / "boss")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "theirs"))
    theirs = keys.own()
    with boss.change(PARTNERSHIP, by=BOSS, did="recorded an agency’s key", now=START) as change:
        change.put(AgencyKey(id="police", key=theirs.public))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "ours"))
    sealed, _ = parcel_out(boss, "CE-2026-01", "police", by=BOSS, now=START)
    packed = parcel_box.open_sealed(sealed, key=theirs)
    assert isinstance(packed, Outgoing)
    agency, _ = open_parcel(packed, tmp_path / "police", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=NOW)
    return Both(boss, a_return(agency), keys.own(), packed)


def rows(workspace: Workspace) -> dict[str, bytes]:
    return {name: workspace.folder.read(name).data for name in workspace.folder.list()}


def test_out_and_back_and_the_same_twice(both: Both) -> None:
    a_full_return(both.agency, send=True)
    sealed, _ = parcel_return(both.agency, by=RATER)
    parcel = parcel_box.open_sealed(sealed, key=both.key)
    assert isinstance(parcel, Returning)
    assert both.file(parcel) == [RETURN]
    after = rows(both.boss)
    assert after[return_journal(RETURN)] == rows(both.agency)[return_journal(RETURN)]
    assert both.boss.audit("CE-2026-01").received[RETURN].hash == both.boss.ret(RETURN).last_hash
    assert both.file(parcel) == []
    assert rows(both.boss) == after
    assert "nothing to do" in both.plan(parcel).steps[0].sentence
    for workspace in (both.boss, both.agency):
        assert verify_folder(workspace.folder).ok


def test_what_extends_is_added_and_what_is_shorter_changes_nothing(both: Both) -> None:
    early = both.back()
    both.file(early)
    a_full_return(both.agency)
    late = both.back()
    assert both.plan(late).steps[0].fresh > 0
    both.file(late)
    after = rows(both.boss)
    assert both.file(early) == []
    assert rows(both.boss) == after


def test_two_histories_are_refused_and_both_ends_shown(both: Both) -> None:
    a_return(both.boss)
    with pytest.raises(InputError, match="two histories") as refused:
        both.plan(both.back())
    assert both.boss.ret(RETURN).last_hash[:16] in str(refused.value)
    assert both.agency.ret(RETURN).last_hash[:16] in str(refused.value)


def test_a_return_that_was_begun_here_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    boss = a_return(a_workspace(tmp_path / "boss"))
    with boss.change(PARTNERSHIP, by=BOSS, did="key", now=START) as change:
        change.put(AgencyKey(id="police", key=keys.own().public))
    _, packed = parcel_out(boss, "CE-2026-01", "police", by=BOSS, now=START)
    agency, _ = open_parcel(packed, tmp_path / "p", handle="a.auditor", name="Alex", role=Role.AUDITOR, now=NOW)
    a_full_return(agency)
    _, parcel = parcel_return(agency, by=RATER)
    assert parcel_in.plan(boss, parcel, by=BOSS).steps[0].filed == boss.ret(RETURN).last


def test_only_what_the_agency_needs_travels(both: Both) -> None:
    assert [person.id for person in both.packed.people] == [RATER]
    assert BOSS not in parcels.write(both.packed).decode()


def test_leads_travel_where_they_check_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    boss = a_workspace(tmp_path / "boss", agency_check=True)
    with boss.change(PARTNERSHIP, by=BOSS, did="key", now=START) as change:
        change.put(AgencyKey(id="police", key=keys.own().public))
    _, packed = parcel_out(boss, "CE-2026-01", "police", by=BOSS, now=START)
    assert [person.id for person in packed.people] == [RATER, LEAD]


@pytest.mark.parametrize(
    ("update", "says"),
    [
        ({"workspace": "ELSEWHERE"}, "another workspace"),
        ({"audit": "CE-2026-09"}, "none of that name"),
        ({"agency": "health"}, "none can come back"),
        ({"template": "0" * 64}, "another edition"),
        ({"journals": {"CE-2026-01-C09-POLICE": "x"}}, "was not asked of"),
        ({"journals": {"../../etc/passwd": "x"}}, "was not asked of"),
        ({"journals": {RETURN: "x"}}, "does not end at a line"),
        ({"journals": {RETURN: ""}}, "does not end at a line"),
        ({"journals": {RETURN: "x\n"}}, "cannot be trusted"),
    ],
    ids=["workspace", "audit", "agency", "template", "return", "path", "cut", "empty", "chain"],
)
def test_what_belongs_elsewhere_is_refused_by_name(both: Both, update: dict[str, object], says: str) -> None:
    before = rows(both.boss)
    with pytest.raises(QAError, match=says):
        both.plan(both.signed(**update))
    assert rows(both.boss) == before


def test_one_that_goes_out_is_not_taken_in(both: Both) -> None:
    with pytest.raises(InputError, match="goes out to"):
        both.plan(both.packed)


def test_a_sender_without_the_allocation_is_refused(both: Both) -> None:
    with pytest.raises(InputError, match="does not hold what was sent"):
        both.plan(both.back().model_copy(update={"proof": "0" * 64}))


@pytest.mark.parametrize(
    ("table", "id", "document"),
    [
        ("people", "x@police", {"name": "x"}),
        ("redactions", "1", {"seq": 1, "touched": []}),
        ("answers", "NO-99", {"values": {}}),
        ("answers", "PL-01", {"values": {"answer": "surely"}}),
        ("answers", "PL-01", {"valuable": 1}),
        ("grades", "overall", {"grade": "splendid"}),
        ("concerns", "CE-2026-01-C02-POLICE-K1", {"what": "x", "raised_at": "2026-11-24T09:00:00Z"}),
        ("submissions", "7", {}),
        ("facts", "no_such", {"value": 1}),
        ("return", "CE-2026-01-C02-POLICE", {}),
    ],
)
def test_a_right_chain_of_wrong_records_is_refused(
    both: Both, table: str, id: str, document: dict[str, object]
) -> None:
    text = rows(both.agency)[return_journal(RETURN)]
    ret = both.agency.ret(RETURN)
    raw, _ = build(seq=ret.last + 1, prev=ret.last_hash, at=NOW, by=RATER, did="x", why=None, salt=b"0" * 16,
                   puts=[(table, id, document)])  # fmt: skip
    before = rows(both.boss)
    with pytest.raises(QAError):
        both.plan(both.signed(journals={RETURN: (text + raw).decode()}))
    assert rows(both.boss) == before


def test_another_return_under_this_ones_name_is_refused(both: Both) -> None:
    head = both.agency.ret(RETURN).head.model_copy(update={"subject": "CE-2026-01-C02"})
    raw, _ = build(seq=1, prev=GENESIS, at=NOW, by=RATER, did="x", why=None, salt=b"0" * 16,
                   puts=[("return", RETURN, head.document())])  # fmt: skip
    with pytest.raises(InputError, match="another return under this one’s name"):
        both.plan(both.signed(journals={RETURN: raw.decode()}))


def test_a_rater_whose_name_could_do_harm_is_refused(both: Both) -> None:
    head = both.agency.ret(RETURN).head.model_copy(update={"rater": "[red]x\x1b[31m@police"})
    raw, _ = build(seq=1, prev=GENESIS, at=NOW, by=RATER, did="x", why=None, salt=b"0" * 16,
                   puts=[("return", RETURN, head.document())])  # fmt: skip
    with pytest.raises(InputError, match="not a person here"):
        both.plan(both.signed(journals={RETURN: raw.decode()}))


def test_a_concern_is_shown_at_once_and_matched(both: Both) -> None:
    concerns.raise_concern(both.agency, RETURN, what="Not safe  tonight", by=RATER, now=NOW)
    parcel = both.back()
    assert [(one.what, known) for one, known in both.plan(parcel).concerns] == [("Not safe  tonight", "")]
    both.file(parcel)
    assert both.plan(parcel).concerns == []
    concerns.raise_concern(both.agency, RETURN, what="not safe tonight", by=RATER, now=NOW)
    assert [known for _, known in both.plan(both.back()).concerns] == [f"{RETURN}-K1"]


def refused(open_it: Callable[[], object]) -> str:
    with pytest.raises(QAError) as refusal:
        open_it()
    return str(refusal.value)


def test_a_file_that_is_no_whole_parcel_is_named(both: Both, tmp_path: Path) -> None:
    sealed = parcel_return(both.agency, by=RATER)[0]
    (tmp_path / "a").write_bytes(b"PK\x03\x04")
    assert "not a parcel" in refused(lambda: parcel_box.read_sealed(tmp_path / "a"))
    (tmp_path / "b").write_bytes(sealed[:-60])
    assert "cut short" in refused(lambda: parcel_box.read_sealed(tmp_path / "b"))
    with (tmp_path / "c").open("wb") as huge:
        huge.truncate(parcels.LARGEST * 2)
    assert "larger" in refused(lambda: parcel_box.read_sealed(tmp_path / "c"))


def test_for_somebody_else_and_a_lost_key(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sealed = parcel_return(both.agency, by=RATER)[0]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "other"))
    assert refused(lambda: parcel_box.open_sealed(sealed, key=keys.own())) == parcel_box.NOT_OURS
    assert "cannot be opened by anybody" in keys.LOST


def test_altered_anywhere_is_refused(both: Both) -> None:
    sealed = parcel_return(both.agency, by=RATER)[0]
    whole = parcel_box.open_sealed(sealed, key=both.key)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(sealed) - 1), st.integers(1, 255))
    def alter(at: int, by: int) -> None:
        changed = sealed[:at] + bytes([sealed[at] ^ by]) + sealed[at + 1 :]
        with suppress(QAError):  # or another ending of a line, which says the same
            assert parcel_box.open_sealed(changed, key=both.key) == whole

    alter()


def test_contents_altered_anywhere_are_refused(both: Both) -> None:
    data = parcels.write(both.back())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def alter(at: int, by: int) -> None:
        with pytest.raises(QAError):
            both.plan(parcels.read(data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]))

    alter()


def test_a_newer_version_and_a_name_given_twice(both: Both) -> None:
    data = parcels.write(both.back())
    with pytest.raises(TooNew):
        parcels.read(data.replace(b"qa-parcel 1", b"qa-parcel 3", 1))
    with pytest.raises(InputError, match="two ways"):
        parcels.read(data.replace(b'"journals":{', b'"journals":{"' + RETURN.encode() + b'":"",', 1))


def test_a_passphrase_opens_it_and_no_other_does(both: Both) -> None:
    phrase = keys.words()
    sealed, packed = parcel_out(both.boss, "CE-2026-01", "police", passphrase=phrase, by=BOSS, now=NOW)
    assert parcel_box.under_passphrase(sealed)
    assert parcels.write(parcel_box.open_sealed(sealed, passphrase=phrase)) == parcels.write(packed)
    assert refused(lambda: parcel_box.open_sealed(sealed, passphrase="another")) == parcel_box.WRONG_WORDS


def test_without_a_key_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="--passphrase"):
        parcel_out(a_workspace(tmp_path / "w"), "CE-2026-01", "police", by=BOSS, now=START)


def test_a_key_is_the_users_own_and_compared_by_its_fingerprint(both: Both) -> None:
    assert stat.S_IMODE(both.key.file.stat().st_mode) == 0o600
    assert not keys.own().made
    said = parcels.fingerprint(both.key.public)
    parcels.check_fingerprint(both.key.public, said.replace(" ", "-"))
    with pytest.raises(InputError, match="not this key’s"):
        parcels.check_fingerprint(both.key.public, said[:-1] + str((int(said[-1]) + 1) % 10))
    with pytest.raises(InputError, match="secret key"):
        keys.check_public(str(both.key.identity))


def test_a_damaged_key_is_never_replaced(both: Both) -> None:
    both.key.file.write_text("gone\n")
    with pytest.raises(InputError, match="not a key any more"):
        keys.own()
    assert both.key.file.read_text() == "gone\n"


def test_the_small_workspace_is_worked_in_as_any_other(both: Both) -> None:
    assert starting.start(both.agency, RETURN, by=RATER, now=NOW, today=TODAY).head.rater == RATER
    with pytest.raises(InputError, match="is there already"):
        open_parcel(both.packed, both.agency.root, handle="b.b", name="B", role=Role.AUDITOR, now=NOW)


# --- a further parcel to an agency that has opened one


def further(both: Both, **update: object) -> Outgoing:
    """What would be sent now."""
    return parcel_out(both.boss, "CE-2026-01", "police", by=BOSS, now=NOW)[1].model_copy(update=update)


def test_a_further_parcel_brings_a_query_and_a_new_case_and_the_agencys_work_stays(both: Both) -> None:
    a_full_return(both.agency, send=True)
    both.file(both.back())
    submission.query(both.boss, RETURN, {"PL-01": "Which plan?"}, by=BOSS, now=NOW)
    audits.add_case(both.boss, "CE-2026-01", by=BOSS, now=NOW, today=TODAY)
    answers = dict(both.agency.ret(RETURN).answers)
    again = open_again(further(both), both.agency.root, by=RATER, now=NOW)
    assert again.fresh == ("CE-2026-01-C02-POLICE",)
    at = returns.opened(again.workspace, RETURN)
    assert at.editable
    assert at.open_queries == {"PL-01": "Which plan?"}
    assert dict(at.ret.answers) == answers
    before = rows(again.workspace)
    assert open_again(further(both), both.agency.root, by=RATER, now=NOW).changed == 0
    assert rows(again.workspace) == before
    assert verify_folder(again.workspace.folder).ok
    given = Answer(id="PL-01", values={"answer": "partly"}, evidence="Plan of 3 May, page 2", comment="That one.")
    returns.answer(again.workspace, RETURN, given, seen=None, by=RATER, now=NOW)
    notes = tuple(note.where for note in submission.what_to_note(returns.opened(again.workspace, RETURN)))
    submission.submit(again.workspace, RETURN, safe="yes", relation=Relation.NONE, acknowledged=notes, by=RATER,
                      now=NOW)  # fmt: skip
    assert both.file(both.back()) == [RETURN]


def test_work_that_was_not_sent_back_yet_stays_when_a_further_parcel_comes(both: Both) -> None:
    a_full_return(both.agency)
    before = rows(both.agency)[return_journal(RETURN)]
    both.file(both.back())
    returns.clear(both.agency, RETURN, "PL-01", seen=None, by=RATER, now=NOW)
    longer = rows(both.agency)[return_journal(RETURN)]
    again = open_again(further(both), both.agency.root, by=RATER, now=NOW)
    assert rows(again.workspace)[return_journal(RETURN)] == longer != before


def test_two_histories_at_the_agency_are_refused_and_nothing_is_changed(both: Both) -> None:
    a_return(both.boss)
    before = rows(both.agency)
    with pytest.raises(InputError, match=r"two histories.*settle with the co-ordinator"):
        open_again(further(both), both.agency.root, by=RATER, now=NOW)
    assert rows(both.agency) == before


@pytest.mark.parametrize(
    ("update", "says"),
    [({"workspace": "ELSEWHERE"}, "Choose another folder"), ({"template": "{}"}, "altered")],
)
def test_a_further_parcel_of_something_else_is_refused(both: Both, update: dict[str, object], says: str) -> None:
    before = rows(both.agency)
    with pytest.raises(InputError, match=says):
        open_again(further(both, **update), both.agency.root, by=RATER, now=NOW)
    with pytest.raises(NotAllowed):
        open_again(further(both), both.agency.root, by="nobody@police", now=NOW)
    with pytest.raises(InputError, match="was not made from a parcel"):
        open_again(further(both), both.boss.root, by=BOSS, now=NOW)
    assert rows(both.agency) == before


def test_who_holds_a_case_may_not_score_it_by_parcel_either(both: Both) -> None:
    with both.boss.change(audit_journal("CE-2026-01"), by=BOSS, did="held", now=NOW) as change:
        change.put(Ties(id=RETURN, subject="CE-2026-01-C01", agency="police", holds=(RATER,)))
    with pytest.raises(InputError, match="may not without a waiver"):
        both.plan(both.back())
    assert [one.id for one in further(both).ties] == [RETURN]


def test_what_was_sent_in_unfinished_is_kept_and_not_filed_as_received(both: Both) -> None:
    ret, text = both.agency.ret(RETURN), rows(both.agency)[return_journal(RETURN)]
    raw, _ = build(seq=ret.last + 1, prev=ret.last_hash, at=NOW, by=RATER, did="x", why=None, salt=b"0" * 16,
                   puts=[("submissions", "1", {})])  # fmt: skip
    assert both.file(both.signed(journals={RETURN: (text + raw).decode()})) == []
    assert RETURN not in both.boss.audit("CE-2026-01").received


def test_a_return_of_which_words_were_taken_out_goes_out_again(both: Both, tmp_path: Path) -> None:
    a_full_return(both.agency)
    both.file(both.back())
    redacting.redact(both.boss, RETURN, "PL-01", why="a name was typed", by=BOSS, now=NOW)
    small, _ = open_parcel(further(both), tmp_path / "again", handle="a.auditor", name="Alex", role=Role.AUDITOR,
                           now=NOW)  # fmt: skip
    assert "Seen." not in str(small.ret(RETURN).answers.get("PL-01"))
    assert verify_folder(small.folder).ok


def test_a_parcel_of_a_version_that_knew_fewer_fields_opens(both: Both) -> None:
    older = parcels.write(both.packed).replace(b'"ties":[],', b"", 1)
    assert older != parcels.write(both.packed)
    assert parcels.read(older) == both.packed


def test_a_return_that_is_sealed_for_a_second_score_does_not_go_out(tmp_path: Path) -> None:
    boss = a_return(a_workspace(tmp_path / "w"))
    secondscores.ask(boss, RETURN, LEAD, by=BOSS, now=START, today=TODAY)
    with pytest.raises(NotReady, match="scored blind by two"):
        parcel_out(boss, "CE-2026-01", "police", passphrase=keys.words(), by=BOSS, now=START)
