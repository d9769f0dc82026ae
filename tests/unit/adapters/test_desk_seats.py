"""What a desk is sent and when: views as they were published, windows, snapshots after a backlog."""

from dataclasses import replace

from builders import case, evening, gateways
from hypothesis import given, settings
from hypothesis import strategies as st

from backend_bridge.adapters.desk_mirrors import ROWS_A_MESSAGE, ViewMirror, encoded
from backend_bridge.adapters.desk_seats import BACKLOG_MESSAGES, WINDOW_MESSAGES, Bucket, Peer, Seat
from backend_bridge.adapters.desk_tickets import Ticket, Tickets
from backend_bridge.application.rows import GatewayRow, Row
from backend_bridge.application.tables import Table, TableChange, key_of
from backend_bridge.desk_protocol import Changes, Snapshot, decode_from_bridge
from backend_bridge.domain.access import session as sessions
from backend_bridge.domain.identifiers import UserId
from backend_bridge.domain.user import Role
from desktop.desk_link.held_rows import HeldRows, News


def seat() -> Seat:
    made = Seat(sessions.issue("s", (UserId("kim"), Role.OPERATOR), ("d", "K"), 0, sessions.SessionPolicy()), held=False)
    made.views = ("room",)
    made.connected(Peer(b"r", "K", "d", 0.0))
    return made


def all_sent(one: Seat) -> list[bytes]:
    sent = []
    while (message := one.next_message()) is not None:
        sent.append(message)
    return sent


name = st.sampled_from(["x", *(g.gateway for g in gateways())])
row = st.sampled_from(gateways()).flatmap(lambda g: st.integers(0, 3).map(lambda n: (g, n)))


def changed(pairs: list[tuple[GatewayRow, int]]) -> tuple[Row, ...]:
    return tuple({g.gateway: replace(g, holes=n) for g, n in pairs}.values())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.lists(row, max_size=4), st.booleans(), st.lists(name)), max_size=12))
def test_whatever_is_published_the_desk_holds_what_the_view_holds(steps: list) -> None:
    mirror, one, desk, held = ViewMirror(), seat(), HeldRows(), {}
    one.begin_whole(mirror.whole())
    for pairs, whole, gone in steps:
        change = TableChange(table=Table.GATEWAYS, put=changed(pairs), gone=() if whole else tuple(gone))
        one.add(encoded(mirror.become((change,)) if whole else mirror.apply((change,))))
    for message in all_sent(one):
        news = News()
        decoded = decode_from_bridge(message)
        assert isinstance(decoded, Snapshot | Changes)
        assert desk.take_snapshot(decoded, news) if isinstance(decoded, Snapshot) else desk.take_changes(decoded, news)
        for waiting in news.tables.values():
            for key in waiting.gone:
                held.pop(key, None)
            held.update(waiting.put)
    assert held == {key_of(r): r for change in mirror.whole() for r in change.put}


def test_many_rows_are_cut_into_messages() -> None:
    rows = tuple(case(n) for n in range(2 * ROWS_A_MESSAGE + 1))
    parts = list(encoded([TableChange(table=Table.ALARMS, put=evening()), TableChange(table=Table.CASES, put=rows)]))
    assert 3 <= len(parts) <= 6
    assert all(sum(len(change.put) for change in part.changes) <= ROWS_A_MESSAGE for part in parts)
    assert sum(len(change.put) for part in parts for change in part.changes) == len(rows) + len(evening())


def test_a_snapshot_never_keeps_a_link_of_256_kbit_a_second_busy_with_one_message_for_longer_than_a_second() -> None:
    many_zones = case(7)
    many_zones = replace(many_zones, zones=many_zones.zones * 60)
    rows = (*(case(n) for n in range(100, 400)), many_zones, *(replace(case(n), zones=many_zones.zones) for n in range(500, 520)))
    one, desk, news = seat(), HeldRows(), News()
    one.begin_whole([TableChange(table=Table.ALARMS, put=evening()), TableChange(table=Table.CASES, put=rows)])
    messages = all_sent(one)
    assert len(messages) < WINDOW_MESSAGES
    assert max(map(len, messages)) * 8 < 256_000 + 8 * 100
    for message in messages:
        decoded = decode_from_bridge(message)
        assert isinstance(decoded, Snapshot)
        assert desk.take_snapshot(decoded, news)
    assert desk.is_whole
    assert set(news.tables[Table.CASES].put) == {row.case for row in rows}


def test_a_desk_that_says_nothing_gets_a_window_and_no_more() -> None:
    one = seat()
    one.begin_whole(())
    for n in range(WINDOW_MESSAGES + 50):
        one.add(encoded([TableChange(table=Table.GATEWAYS, put=gateways(), gone=(str(n),))]))
    assert len(all_sent(one)) == WINDOW_MESSAGES
    assert one.seen(10, 0)
    assert len(all_sent(one)) == 10
    assert not one.seen(10**6, 0)


def test_a_backlog_becomes_one_snapshot_once_what_is_under_way_was_taken() -> None:
    one = seat()
    one.begin_whole(())
    assert len(all_sent(one)) == 1
    for _ in range(BACKLOG_MESSAGES + 1):
        one.add(encoded([TableChange(table=Table.GATEWAYS, put=gateways()[:1])]))
    assert one.behind
    assert all_sent(one) == []
    assert not one.may_begin_whole(1.0)
    one.seen(1, 0)
    assert one.may_begin_whole(1.0)


def test_a_new_connection_begins_with_a_snapshot() -> None:
    one = seat()
    one.begin_whole(())
    all_sent(one)
    one.disconnected(1.0)
    assert not one.may_begin_whole(2.0)
    one.connected(Peer(b"q", "K", "d", 2.0))
    assert one.may_begin_whole(2.0)


def test_a_picture_with_a_missing_number_asks_for_everything() -> None:
    one, desk, news = seat(), HeldRows(), News()
    one.begin_whole([TableChange(table=Table.GATEWAYS, put=gateways())])
    one.add(encoded([TableChange(table=Table.GATEWAYS, gone=(gateways()[0].gateway,))]))
    one.add(encoded([TableChange(table=Table.GATEWAYS, gone=(gateways()[1].gateway,))]))
    first, _, third = (decode_from_bridge(message) for message in all_sent(one))
    assert desk.take_snapshot(first, news)
    assert not desk.take_changes(third, news)
    assert not desk.is_whole


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = Bucket(2.0, 3.0)
    assert [bucket.takes(10.0) for _ in range(4)] == [True, True, True, False]
    assert [bucket.takes(10.5), bucket.takes(10.5)] == [True, False]


def test_a_ticket_opens_only_where_it_was_sealed() -> None:
    ticket = Ticket(seat="s", user="kim", desk_key="K", opened_us=1, expires_us=2)
    sealed = Tickets(b"a" * 40).sealed(ticket)
    assert Tickets(b"a" * 40).opened(sealed) == ticket
    assert Tickets(b"b" * 40).opened(sealed) is None
    for bad in (b"", sealed[:5], sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1])):
        assert Tickets(b"a" * 40).opened(bad) is None
