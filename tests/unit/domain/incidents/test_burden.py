"""The burden of those who are protected: every message that they are sent counts, those to offices do not."""

from backend_bridge.domain.identifiers import PersonId
from backend_bridge.domain.incidents.burden import Burden, burden
from backend_bridge.domain.incidents.incident import Delivery


def message(n: int, person: str | None, ordered_us: int) -> Delivery:
    whom = None if person is None else PersonId(person)
    return Delivery(
        delivery=f"D-{n}",
        channel="sms",
        recipient=person or "112",
        case=None,
        alarm=None,
        person=whom,
        state="delivered",
        text="",
        ordered_us=ordered_us,
        at_us=ordered_us,
    )


def test_the_mean_is_of_those_who_were_sent_any_and_offices_are_nobody() -> None:
    sent = [message(n, person, at_us) for n, (person, at_us) in enumerate([("V-1", 5), ("V-1", 6), ("V-1", 9), ("V-2", 7), (None, 7)])]
    assert burden(sent, 5, 10) == Burden(mean=2.0, most=3)
    assert burden(sent, 6, 9) == Burden(mean=1.0, most=1), "what was ordered before or after does not count"
    assert burden(sent, 100, 200) == Burden(mean=None, most=0)
