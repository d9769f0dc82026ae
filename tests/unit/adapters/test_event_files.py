"""Files of device events: each line is right, or is named with its field."""

from pathlib import Path

import pytest

from backend_bridge.adapters.event_files import event_line, read_event_file
from backend_bridge.adapters.refusals import InputRefusedError
from backend_bridge.domain.device_event import DeviceEventKind

HEAD = '{"device":"ANK-1","measured_at":"2026-11-23T00:42:16Z"'


def read(tmp_path: Path, *lines: str) -> list[str]:
    """The lines that the events read make again."""
    path = tmp_path / "e.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return [event_line(event) for event in read_event_file(path)]


def test_events_come_in_order_of_receipt_and_are_written_as_they_were_read(tmp_path: Path) -> None:
    late = HEAD + ',"kind":"battery","value":65.0,"received_at":"2026-11-23T00:42:20Z"}'
    early = HEAD + ',"kind":"sos","lat":36.5,"lon":127.0,"accuracy_m":5.0,"source":"gnss","received_at":"2026-11-23T00:42:17Z"}'
    met = HEAD + ',"kind":"beacon_contact","value":"VIC-1","received_at":"2026-11-23T00:42:21Z"}'
    assert read(tmp_path, late, "", early, met) == [early, late, met]


def test_without_a_time_of_receipt_the_time_of_measurement_counts(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(HEAD + ',"kind":"test"}')
    (event,) = read_event_file(path)
    assert event.kind is DeviceEventKind.TEST
    assert event.received_us == event.measured_us


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{", "is not JSON"),
        ("[]", "must be an object"),
        (HEAD + "}", "field kind"),
        (HEAD + ',"kind":"dance"}', "field kind"),
        (HEAD + ',"kind":"battery"}', "field value"),
        (HEAD + ',"kind":"battery","value":101}', "field value"),
        (HEAD + ',"kind":"battery","value":NaN}', "field value"),
        (HEAD + ',"kind":"battery","value":"50"}', "field value"),
        (HEAD + ',"kind":"beacon_contact","value":5}', "field value"),
        (HEAD + ',"kind":"sos","lat":91,"lon":0}', "field lat"),
        (HEAD + ',"kind":"sos","lat":1}', "field lon"),
        (HEAD + ',"kind":"sos","source":"sonar"}', "field source"),
        ('{"device":"A B","measured_at":"2026-11-23T00:42:16Z","kind":"sos"}', "field device"),
        ('{"device":"A","measured_at":"yesterday","kind":"sos"}', "field measured_at"),
        ('{"device":"A","measured_at":"1999-11-23T00:42:16Z","kind":"sos"}', "field measured_at"),
    ],
)
def test_a_wrong_line_is_named_by_file_row_and_field(tmp_path: Path, line: str, named: str) -> None:
    with pytest.raises(InputRefusedError) as refused:
        read(tmp_path, HEAD + ',"kind":"sos"}', line)
    assert "e.jsonl: row 2" in refused.value.problems[0]
    assert named in refused.value.problems[0]
