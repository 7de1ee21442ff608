"""A line's bytes: built, read back, and refused when anything about them is not right."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from qa_toolkit.domain.errors import Damaged, InputError, TooNew
from qa_toolkit.store import lines

NOW = datetime(2026, 11, 23, 14, 2, 11, 310_999, tzinfo=UTC)


def built(**changes: object) -> tuple[bytes, lines.Line]:
    given = {"seq": 1, "prev": lines.GENESIS, "at": NOW, "by": "a@police", "did": "answered", "why": None,
             "salt": b"s" * 16, "puts": [("answers", "UI-01", {"v": "tab\there\nand é"})]}  # fmt: skip
    return lines.build(**{**given, **changes})  # type: ignore[arg-type]


def remade(envelope: bytes, body: bytes) -> bytes:
    """A forged line whose own checksum is right."""
    return b"\t".join([sha256(envelope).hexdigest().encode(), envelope, body])


def test_a_line_reads_back_as_it_was_built() -> None:
    raw, line = built(why="because\tof\nthis")
    assert raw.count(b"\n") == 1
    assert raw.count(b"\t") == 2
    assert lines.parse(raw[:-1], seq=1, prev=lines.GENESIS, path="x") == line
    assert line.body is not None
    assert lines.parse_body(line.body, seq=1, path="x").puts == [("answers", "UI-01", {"v": "tab\there\nand é"})]


def test_the_envelope_is_spelt_as_the_format_says() -> None:
    raw, line = built()
    before = '{"v":1,"seq":1,"prev":"' + lines.GENESIS + '","at":"2026-11-23T14:02:11.310Z",'
    after = '"by":"a@police","did":"answered","why":null,"body":"' + line.body_hash + '"}'
    assert raw.split(b"\t")[1].decode() == before + after


def test_plain_tools_can_check_a_line() -> None:
    raw, _ = built()
    for field, at in (("2", raw[:64]), ("3", raw.split(b"\t")[1][-66:-2])):
        check = f"cut -f{field} | tr -d '\\n' | sha256sum"
        found = subprocess.run(["sh", "-c", check], input=raw, capture_output=True, check=True).stdout
        assert found.split()[0] == at


def test_times_are_utc_to_the_millisecond_and_need_a_zone() -> None:
    paris = NOW.astimezone(timezone(timedelta(hours=1)))
    assert lines.stamp(paris) == "2026-11-23T14:02:11.310Z"
    with pytest.raises(ValueError, match="zone"):
        lines.stamp(NOW.replace(tzinfo=None))


@pytest.mark.parametrize("value", [float("inf"), float("nan"), "\ud800", {"x": "\udfff"}, b"\xff"])
def test_what_json_cannot_hold_is_refused_before_it_is_recorded(value: object) -> None:
    with pytest.raises(InputError):
        lines.plain({"v": value})


def test_what_could_not_be_read_back_for_its_depth_is_refused() -> None:
    deep: dict[str, object] = {}
    for _ in range(500):
        deep = {"x": deep}
    with pytest.raises(InputError):
        lines.plain(deep)


def envelope_with(old: bytes, new: bytes) -> bytes:
    _, envelope, body = built()[0][:-1].split(b"\t")
    assert old in envelope
    return remade(envelope.replace(old, new), body)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"seq":1', b'"seq":2', "number 1 should stand here and number 2 does"),
        (b'"prev":"0', b'"prev":"1', "does not follow"),
        (b'"seq":1', b'"seq":true', "not made"),
        (b'"seq":1', b'"seq":1.0', "not made"),
        (b'"v":1,', b'"v":1,"v":1,', "not made"),
        (b'"v":1', b'"v":0', "not made"),
        (b'"v":1', b'"v":"1"', "not made"),
        (b'"by":', b'"By":', "not made"),
        (b'"why":null', b'"why":1', "not made"),
        (b'"why":null,', b"", "not made"),
        (b"T14:", b"T25:", "not made"),
        (b"11-23T", b"11-31T", "not made"),
        (b".310Z", b".31Z", "not made"),
        (b'"seq":1', b'"seq": 1', "not made"),
        (b'{"v"', b'["v"', "not made"),
    ],
)
def test_a_forged_envelope_with_a_right_checksum_is_damage(old: bytes, new: bytes, reason: str) -> None:
    with pytest.raises(Damaged, match=reason) as caught:
        lines.parse(envelope_with(old, new), seq=1, prev=lines.GENESIS, path="actions.journal")
    assert (caught.value.path, caught.value.line) == ("actions.journal", 1)


def test_a_newer_version_is_named_as_such() -> None:
    with pytest.raises(TooNew, match="newer version"):
        lines.parse(envelope_with(b'"v":1', b'"v":2'), seq=1, prev=lines.GENESIS, path="x")


@pytest.mark.parametrize(
    "body",
    [b"[]", b"{}", b'{"salt":"x","puts":[],"drops":{}}', b'{"salt":"x","puts":[["a","b"]],"drops":[]}',
     b'{"salt":"x","puts":[["a",1,{}]],"drops":[]}', b'{"salt":"x","puts":[["a","b",[]]],"drops":[]}',
     b'{"salt":"x","puts":[],"drops":[["a"]]}', b'{"salt":1,"puts":[],"drops":[]}', b"\xff", b'{"puts":[],"drops":[]}'],
)  # fmt: skip
def test_a_body_of_another_shape_is_damage(body: bytes) -> None:
    with pytest.raises(Damaged):
        lines.parse_body(body, seq=1, path="x")


@pytest.mark.parametrize("doc", [b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":1e400}', b'{"a":Infinity}'])
def test_a_body_from_outside_that_reads_two_ways_is_damage(doc: bytes) -> None:
    with pytest.raises(Damaged):
        lines.check_foreign(b'{"salt":"","puts":[["a","b",' + doc + b']],"drops":[]}', seq=1, path="x")


def test_a_blanked_body_leaves_the_line_whole() -> None:
    head = built()[0].rpartition(b"\t")[0]
    assert lines.parse(head + b"\t", seq=1, prev=lines.GENESIS, path="x").body is None


@pytest.mark.parametrize("raw", [b"", b"a\tb", b"a\tb\tc\td", b"\t\t", b"\xff\t\xff\t\xff"])
def test_what_is_no_line_is_damage(raw: bytes) -> None:
    with pytest.raises(Damaged):
        lines.parse(raw, seq=1, prev=lines.GENESIS, path="x")
