"""Frames between bridge and desk: what is said arrives as it was, what is not of the protocol does not arrive at all."""

import dataclasses
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge import desk_protocol as p
from backend_bridge.domain.commands import Command
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.queries import Query


def arbitrary(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type, within what the protocol allows."""
    if hasattr(hint, "__supertype__"):
        return arbitrary(hint.__supertype__)
    if hint is LatLon:
        return st.builds(LatLon, lat_deg=st.floats(-90, 90), lon_deg=st.floats(-180, 180))
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return st.builds(hint, **{name: arbitrary(of) for name, of in get_type_hints(hint).items()})
    if get_origin(hint) is tuple:
        return st.lists(arbitrary(get_args(hint)[0]), max_size=3).map(tuple)
    if get_args(hint):
        return st.one_of(*(arbitrary(part) for part in get_args(hint)))
    plain = {int: st.integers(-(2**53), 2**53), float: st.floats(-1e6, 1e6), str: st.text(max_size=20)}
    return plain[hint] if hint in plain else st.from_type(hint)


commands = st.one_of(*(arbitrary(kind) for kind in get_args(Command)))
queries = st.one_of(*(arbitrary(kind) for kind in get_args(Query)))
tiny = st.none() | st.integers(-(2**63), 2**64 - 1) | st.text()
trees = st.recursive(tiny, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@settings(max_examples=150, deadline=None)
@given(commands)
def test_every_command_arrives_as_it_was_given(command: Command) -> None:
    arrived = p.decode_from_desk(p.encode(p.act(7, command)))
    assert isinstance(arrived, p.Act)
    assert p.command_of(arrived) == command


@settings(max_examples=80, deadline=None)
@given(queries)
def test_every_query_arrives_as_it_was_asked(query: Query) -> None:
    arrived = p.decode_from_desk(p.encode(p.ask(7, query)))
    assert isinstance(arrived, p.Ask)
    assert p.query_of(arrived) == query


@settings(max_examples=150, deadline=None)
@given(st.one_of(commands, queries), st.text(min_size=1, max_size=9))
def test_one_field_too_many_refuses_the_whole(said: Command | Query, name: str) -> None:
    message = msgspec.msgpack.decode(p.encode(p.act(1, said) if isinstance(said, get_args(Command)) else p.ask(1, said)))
    inner = message["do" if message["t"] == "act" else "of"]
    if name in inner:
        return
    inner[name] = 1
    with pytest.raises(p.FrameRefusedError):
        p.decode_from_desk(msgspec.msgpack.encode(message))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=200), trees.map(msgspec.msgpack.encode)))
def test_arbitrary_bytes_are_refused_in_words_or_are_a_message(frame: bytes) -> None:
    for decode in (p.decode_from_desk, p.decode_from_bridge):
        with suppress(p.FrameRefusedError):
            assert isinstance(decode(frame), msgspec.Struct)


@pytest.mark.parametrize("field", ["t", "user", "surplus", "name"])
def test_a_refusal_never_repeats_what_was_sent(field: str) -> None:
    secret = "김순자-010-1234-5678"
    said = {"t": "act", "id": 1, "do": {"name": "unshelve-alarm", "alarm": "a"}}
    if field == "t":
        said["t"] = secret
    elif field == "name":
        said["do"] = {"name": secret, "alarm": "a"}
    elif field == "surplus":
        said[secret] = 1
    else:
        said["do"] = {"name": "unshelve-alarm", "alarm": secret * 400}
    with pytest.raises(p.FrameRefusedError) as refused:
        p.decode_from_desk(msgspec.msgpack.encode(said))
    assert secret not in str(refused.value)


def test_a_message_over_64_kib_is_refused() -> None:
    with pytest.raises(p.FrameRefusedError, match="64 KiB"):
        p.decode_from_desk(bytes(64 * 1024 + 1))


def test_the_document_names_every_message_command_query_and_row_field() -> None:
    text = (Path(__file__).parents[2] / "docs" / "desk-link.md").read_text(encoding="utf8")
    for union in (p.DeskMessage, p.BridgeMessage):
        for kind in get_args(union):
            assert f"`{kind.__struct_config__.tag}`" in text
            for field in kind.__struct_fields__:
                assert f"`{field}`" in text, (kind, field)
    for union in (Command, Query):
        for kind in get_args(union):
            for field in dataclasses.fields(kind):
                assert f"`{field.name}`" in text, (kind, field.name)
    for kind in _reached(p.RowSet) | _reached(p.Answer) | _reached(p.Frame):
        if dataclasses.is_dataclass(kind):
            assert f"`{kind.__name__}`" in text
            assert all(f"`{field.name}`" in text for field in dataclasses.fields(kind)), kind
        else:
            assert all(f"`{member.value}`" in text for member in kind), kind


def _reached(kind: type) -> set[type]:
    """All dataclasses and enumerations that a message can hold."""
    found: set[type] = set()
    waiting = [kind]
    while waiting:
        hint = waiting.pop()
        if hasattr(hint, "__supertype__"):
            continue
        if isinstance(hint, type) and issubclass(hint, Enum):
            found.add(hint)
        elif isinstance(hint, type) and (dataclasses.is_dataclass(hint) or issubclass(hint, msgspec.Struct)) and hint not in found:
            if dataclasses.is_dataclass(hint):
                found.add(hint)
            waiting.extend(get_type_hints(hint).values())
        waiting.extend(part for part in get_args(hint) if part is not Ellipsis)
    return found
