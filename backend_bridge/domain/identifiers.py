"""The names that things go by; each a text of its own type, so that one cannot be passed for another."""

from typing import NewType

AlarmId = NewType("AlarmId", str)
CaseId = NewType("CaseId", str)
DestructionId = NewType("DestructionId", str)
DeviceId = NewType("DeviceId", str)
GatewayName = NewType("GatewayName", str)
GrantId = NewType("GrantId", str)
IncidentId = NewType("IncidentId", str)
PersonId = NewType("PersonId", str)
PlaceId = NewType("PlaceId", str)
RequestId = NewType("RequestId", str)
RingId = NewType("RingId", str)
UnitId = NewType("UnitId", str)
UserId = NewType("UserId", str)
ZoneId = NewType("ZoneId", str)
