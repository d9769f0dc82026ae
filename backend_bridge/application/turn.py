"""One step under way: the room, what it has decided so far, and whom it will answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend_bridge.application.outcome import Reply
from backend_bridge.application.room_state import PendingAsk, Room
from backend_bridge.domain.access.access_table import Action
from backend_bridge.domain.access.verdict import Verdict
from backend_bridge.domain.alarm import AlarmChange, AlarmKind, AlarmLevel, AlarmStep, Figure
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import AlarmId, CaseId, DeviceId, PersonId, UserId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.incident_events import DeviceAsked
from backend_bridge.domain.outcomes.lane_effects import AskKind, LaneEffect, SendAsk


@dataclass(slots=True, kw_only=True)
class Turn:
    """A step of `room` at `decisions.now_us`."""

    room: Room
    decisions: Decisions
    lane_effects: list[LaneEffect] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)

    @property
    def now_us(self) -> int:
        """The instant of the step."""
        return self.decisions.now_us

    def must(self, user: UserId, action: Action, case: CaseId | None = None, subject: PersonId | None = None) -> Verdict:
        """The verdict that allows it; refuses what `may` does not allow."""
        verdict = self.room.access.may(user, action, subject, case, None, self.now_us)
        if not verdict:
            raise Refused(Code.NOT_ALLOWED, action.value)
        return verdict

    def ask_device(self, device: DeviceId, what: AskKind, value: float | str | None, of: tuple[CaseId | None, UserId | None]) -> int:
        """Ask a device through the gateway that last carried it; the number under which it will answer.

        `of` are the case and the user it is asked for. Refuses for a device that was never heard.
        """
        devices = self.room.devices
        gateway = devices.gateway.get(device)
        if gateway is None:
            raise Refused(Code.DEVICE_NOT_HEARD, device)
        devices.n_asks += 1
        ask = devices.n_asks
        devices.asks[ask] = PendingAsk(ask=ask, gateway=gateway, device=device, what=what.value, value=value, asked_us=self.now_us)
        case, user = of
        self.decisions.log(DeviceAsked(ask=ask, device=device, case=case, what=what.value, user=user))
        self.lane_effects.append(SendAsk(gateway=gateway, id=ask, device=device, what=what, value=value))
        return ask

    def system_alarm(self, code: str, level: AlarmLevel, because: Mapping[str, Figure]) -> tuple[AlarmChange, ...]:
        """What raises the bridge's own alarm of that code, or makes it graver; nothing where it stands so already."""
        health = self.room.health
        known = health.system.get(code)
        row = self.room.alarms.find(known) if known is not None else None
        step = AlarmStep.RAISED
        if known is not None:
            if row is None or row.is_red or level is AlarmLevel.AMBER:
                return ()
            step = AlarmStep.UPGRADED
        else:
            health.n_system += 1
            known = AlarmId(f"system/{code}/{health.n_system}")
            health.system[code] = known
        return (_system(step, known, level, self.now_us, {"code": code, **because}),)

    def system_clear(self, code: str) -> tuple[AlarmChange, ...]:
        """What clears the bridge's own alarm of that code; nothing where there is none."""
        known = self.room.health.system.pop(code, None)
        if known is None:
            return ()
        row = self.room.alarms.find(known)
        level = row.newest.level if row is not None else AlarmLevel.AMBER
        return (_system(AlarmStep.CLEARED, known, level, self.now_us, {"code": code}),)


def _system(step: AlarmStep, alarm: AlarmId, level: AlarmLevel, now_us: int, because: Mapping[str, Figure]) -> AlarmChange:
    return AlarmChange(
        step=step,
        alarm=alarm,
        kind=AlarmKind.SYSTEM,
        level=level,
        case=None,
        subject=None,
        device=None,
        happened_us=now_us,
        known_us=now_us,
        because=because,
    )
