"""From what a gateway said to what arrives in the core: bodies are decoded here, with the sender's own devices in mind."""

from collections.abc import Callable
from typing import Final

import numpy as np

from backend_bridge.adapters.lane_arrow import FixDecoder
from backend_bridge.adapters.lane_headers import AnswerHeader, DataHeader, HelloHeader, LostHeader
from backend_bridge.adapters.lane_reports import decode_reports
from backend_bridge.adapters.lane_rows import Decoded
from backend_bridge.adapters.lane_wire import BadData, BadHeader, Message
from backend_bridge.domain.arrivals import Answer, Arrival, BadRow, Data, Hello, Lane, Lost, Unreadable
from backend_bridge.domain.identifiers import GatewayName
from backend_bridge.domain.lanes.enrolment import Enrolments
from backend_bridge.domain.lanes.ownership import Ownership

_LONGEST_TEXT: Final = 200


class MessageReader:
    """Turns messages into arrivals; `clock` gives the bridge's time in µs UTC."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._decoder = FixDecoder()
        self._ownership = Ownership(())

    def enrol(self, enrolments: Enrolments) -> None:
        """Which gateways there are, and whose each device is, from now on."""
        self._ownership = Ownership(enrolments)

    def arrival(self, gateway: GatewayName, connection: bytes, said: Message | BadData | BadHeader) -> Arrival | None:
        """What arrives by a message of an enrolled gateway; None for a mere sign of life."""
        if isinstance(said, BadHeader):
            return Unreadable(gateway=gateway, connection=connection, code=said.code, detail=said.detail)
        if isinstance(said, BadData):
            return _bad_data(gateway, connection, said)
        match said.header:
            case DataHeader() as header:
                return self._data(gateway, connection, header, said.body)
            case HelloHeader() as header:
                return Hello(
                    gateway=gateway,
                    connection=connection,
                    lane=header.lane,
                    epoch=header.epoch,
                    first=header.first,
                    last=header.last,
                )
            case LostHeader() as header:
                return Lost(
                    gateway=gateway,
                    connection=connection,
                    lane=header.lane,
                    epoch=header.epoch,
                    from_seq=header.from_seq,
                    to_seq=header.to_seq,
                    reason=_plain(header.reason),
                )
            case AnswerHeader() as header:
                return Answer(gateway=gateway, id=header.id, ok=header.ok, detail=_plain(header.detail))
            case _:
                return None

    def _data(self, gateway: GatewayName, connection: bytes, header: DataHeader, body: bytes) -> Data:
        decoded = self._decoded(gateway, header.lane, body)
        return Data(
            gateway=gateway,
            connection=connection,
            lane=header.lane,
            epoch=header.epoch,
            seq=header.seq,
            fixes=decoded.fixes,
            events=decoded.events,
            kept_rows=decoded.kept_rows,
            bad=decoded.bad,
        )

    def _decoded(self, gateway: GatewayName, lane: Lane, body: bytes) -> Decoded:
        verdicts = self._ownership.of(gateway)
        if lane is Lane.ALARMS:
            return decode_reports(body, self._clock(), verdicts)
        return self._decoder.decode(body, self._clock(), verdicts)


def _bad_data(gateway: GatewayName, connection: bytes, said: BadData) -> Data:
    return Data(
        gateway=gateway,
        connection=connection,
        lane=said.lane,
        epoch=said.epoch,
        seq=said.seq,
        fixes=None,
        events=(),
        kept_rows=np.empty(0, np.int32),
        bad=(BadRow(row=None, code=said.code, detail=said.detail),),
    )


def _plain(text: str) -> str:
    """A text of a gateway's as a log may hold it: short, and printable."""
    return "".join(letter if letter.isprintable() else "?" for letter in text[:_LONGEST_TEXT])
