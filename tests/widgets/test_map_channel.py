"""What the page is told, as values: nothing is lost between pulls, nothing is told twice, arrays lie where the page looks for them."""

import json
import struct
from dataclasses import replace

import map_scenes
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from map_scenes import AT_US, PROTECTED, WEARER, case_row, frame

from widgets.map.map_channel import PageState, case_value, packed_frame, packed_tracks

map_scenes.prepare()


def pull(state: PageState, after: int) -> tuple[int, dict[str, object]]:
    """One pull of the page: the next revision, and the values by key."""
    answer = json.loads(state.changes(after))
    return answer["revision"], {change["key"]: change["value"] for change in answer["changes"]}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 9), st.booleans()), max_size=40))
def test_a_page_that_pulls_at_any_moment_ends_with_the_newest_values(acts: list[tuple[str, int, bool]]) -> None:
    """Whatever is put between whichever pulls, the page ends with what stands, and a reloaded page with the same."""
    state, known, revision = PageState(), {}, 0
    for key, value, now in acts:
        state.put(key, value)
        if now:
            revision, found = pull(state, revision)
            known.update(found)
    if state.waiting(revision):
        revision, found = pull(state, revision)
        known.update(found)
    assert not state.waiting(revision)
    assert known == pull(state, 0)[1] == {key: value for key, value, _ in acts}


def test_many_changes_come_in_portions_and_none_is_missed() -> None:
    """A thousand cases come in several answers, oldest first."""
    state = PageState()
    for n in range(1000):
        state.put(f"case:{n}", n)
    revision, known, pulls = 0, {}, 0
    while state.waiting(revision):
        revision, found = pull(state, revision)
        known.update(found)
        pulls += 1
    assert pulls == 4
    assert list(known.values()) == list(range(1000))


def test_what_is_put_quietly_is_for_a_reloaded_page_only() -> None:
    """The place that a person looked at comes back after a reload, and is not sent to the page that told it."""
    state = PageState()
    state.put("theme", "night")
    state.put_quietly("view", {"zoom": 12})
    assert pull(state, 0)[1] == {"view": {"zoom": 12}, "theme": "night"}
    state.put("theme", "day")
    assert pull(state, 1)[1] == {"theme": "day"}


def test_frame_is_packed_where_the_page_reads_it() -> None:
    """Header, then the wide columns, then the narrow ones."""
    body = packed_frame(frame((WEARER, PROTECTED), level=[2, 0], fresh=[0, 3]), 7, 3)
    assert struct.unpack_from("<IIIId", body) == (2, 7, 3, 0, float(AT_US))
    assert np.frombuffer(body, np.float64, 2, 24).tolist() == [WEARER.lat_deg, PROTECTED.lat_deg]
    assert np.frombuffer(body, np.int64, 2, 24 + 32).tolist() == [AT_US - 2_000_000] * 2
    assert body[24 + 80 :] == bytes([0, 3, 0, 1, 2, 0])


def test_tracks_are_packed_where_the_page_reads_them() -> None:
    """A head that says whose and how many, then time, place, speed and what was rejected; places to the centimetre."""
    one, other = map_scenes.track("ANK-0000", 5), map_scenes.track("VIC-0000", 3)
    body = packed_tracks(7, (one, other), (0, 1))
    number, length = struct.unpack_from("<II", body)
    head = json.loads(body[8 : 8 + length])
    assert number == 7
    assert [(said["device"], said["part"], said["n"]) for said in head] == [("ANK-0000", 0, 5), ("VIC-0000", 1, 3)]
    assert len(body) == 8 + length + 8 * 14
    at_ms = np.frombuffer(body, "<u4", 5, 8 + length).astype(float)
    assert (head[0]["first"] * 1000 + at_ms).round().tolist() == (np.frombuffer(one.measured_us, "<i8") / 1000).round().tolist()
    north = np.frombuffer(body, "<f4", 5, 8 + length + 20).astype(float)
    assert np.abs(head[0]["lat"] + north - np.frombuffer(one.lat_deg, "<f8")).max() < 1e-7


def test_speeds_keep_their_steps_of_colour_and_what_is_unknown_stays_so() -> None:
    """A speed just on a step is on its far side for the page too; no speed is no figure."""
    track = replace(map_scenes.track("ANK-0000", 5), speed_mps=np.array([0.6, 1.99, 2.0, 400, np.nan], "<f4").tobytes())
    body = packed_tracks(1, (track,), (0,))
    assert list(body[-10:-5]) == [3, 9, 10, 254, 255]


def test_a_case_without_tracks_takes_away_what_was_drawn() -> None:
    """An empty head is an answer too."""
    assert packed_tracks(9, (), ())[8:] == b"[]"


def test_case_for_the_page_names_nobody() -> None:
    """Ids, zones, rings and places go to the page; names, phone numbers and officers do not."""
    value = case_value(case_row())
    assert set(value) == {"case", "inForce", "people", "zones", "rings", "places"}
    assert value["people"] == [
        {"person": "S-0000", "part": "subject", "device": "ANK-0000"},
        {"person": "V-0000", "part": "protected", "device": "VIC-0000"},
    ]
    assert value["zones"][0]["circle"] == [PROTECTED.lat_deg, PROTECTED.lon_deg, 150]
