"""Who may do what by role: the one explicit table of roles and actions; what is not in it is not allowed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from backend_bridge.domain.user import Role


class Action(StrEnum):
    """Everything that somebody can see or do, each asked of `may` before it happens."""

    SEE_ALARM = "see-alarm"
    SEE_CASE = "see-case"
    SEE_DEVICE = "see-device"
    SEE_WEARER_POSITION = "see-wearer-position"
    SEE_WEARER_TRAIL = "see-wearer-trail"
    SEE_BAND = "see-band"
    SEE_DISTANCE = "see-distance"
    SEE_PROTECTED_POSITION = "see-protected-position"
    SEE_PROTECTED_TRAIL = "see-protected-trail"
    SEE_PLACES = "see-places"
    SEE_IDENTITY = "see-identity"
    SEE_PHONES = "see-phones"
    SEE_INCIDENT = "see-incident"
    SEE_UNITS = "see-units"
    SEE_GATEWAYS = "see-gateways"
    SEE_ROOM = "see-room"
    SEE_REQUESTS = "see-requests"
    SEE_LOG = "see-log"
    SEARCH = "search"
    REPLAY = "replay"
    EXPORT = "export"
    WORK_ALARM = "work-alarm"
    WORK_INCIDENT = "work-incident"
    DISPATCH = "dispatch"
    LOCATE = "locate"
    REQUEST = "request"
    DECIDE = "decide"
    END_GRANT = "end-grant"
    BREAK_GLASS = "break-glass"
    REVIEW = "review"
    HAND_OVER = "hand-over"
    TEST_ALARM = "test-alarm"
    DIRECT = "direct"
    ASK_DESTRUCTION = "ask-destruction"
    DECIDE_DESTRUCTION = "decide-destruction"
    PROPOSE_ORDER_END = "propose-order-end"
    DECIDE_ORDER_END = "decide-order-end"
    HOLD = "hold"
    DECIDE_DISCLOSURE = "decide-disclosure"
    SEE_DISCLOSURE = "see-disclosure"
    CONSENT = "consent"


class Need(StrEnum):
    """What must hold besides the role."""

    NOTHING = "nothing"
    """The role is enough, in any case."""
    WEARER_MODE = "wearer-mode"
    """As the case's country shows wearers in routine monitoring: always, on alarm, or on approval."""
    PROTECTED_MODE = "protected-mode"
    """As the case's country shows protected persons."""
    ALARM_OR_GRANT = "alarm-or-grant"
    """An open alarm of the case, or a grant for the person."""
    GRANT = "grant"
    """A running grant for the person, under the purpose that is named."""


_WATCHING: Final = {
    Action.SEE_ALARM: Need.NOTHING,
    Action.SEE_CASE: Need.NOTHING,
    Action.SEE_DEVICE: Need.NOTHING,
    Action.SEE_WEARER_POSITION: Need.WEARER_MODE,
    Action.SEE_WEARER_TRAIL: Need.WEARER_MODE,
    Action.SEE_BAND: Need.NOTHING,
    Action.SEE_DISTANCE: Need.PROTECTED_MODE,
    Action.SEE_PROTECTED_POSITION: Need.PROTECTED_MODE,
    Action.SEE_PROTECTED_TRAIL: Need.PROTECTED_MODE,
    Action.SEE_PLACES: Need.ALARM_OR_GRANT,
    Action.SEE_IDENTITY: Need.ALARM_OR_GRANT,
    Action.SEE_PHONES: Need.ALARM_OR_GRANT,
    Action.SEE_INCIDENT: Need.NOTHING,
    Action.SEE_UNITS: Need.NOTHING,
    Action.SEE_GATEWAYS: Need.NOTHING,
    Action.SEE_ROOM: Need.NOTHING,
    Action.SEARCH: Need.NOTHING,
    Action.REPLAY: Need.GRANT,
    Action.EXPORT: Need.GRANT,
    Action.WORK_ALARM: Need.NOTHING,
    Action.WORK_INCIDENT: Need.NOTHING,
    Action.DISPATCH: Need.NOTHING,
    Action.LOCATE: Need.NOTHING,
    Action.REQUEST: Need.NOTHING,
    Action.BREAK_GLASS: Need.NOTHING,
    Action.HAND_OVER: Need.NOTHING,
    Action.TEST_ALARM: Need.NOTHING,
    Action.SEE_DISCLOSURE: Need.NOTHING,
    Action.CONSENT: Need.NOTHING,
}
_SUPERVISING: Final = {
    **_WATCHING,
    Action.SEE_REQUESTS: Need.NOTHING,
    Action.SEE_LOG: Need.NOTHING,
    Action.DECIDE: Need.NOTHING,
    Action.END_GRANT: Need.NOTHING,
    Action.REVIEW: Need.NOTHING,
    Action.ASK_DESTRUCTION: Need.NOTHING,
    Action.DECIDE_DESTRUCTION: Need.NOTHING,
    Action.PROPOSE_ORDER_END: Need.NOTHING,
    Action.DECIDE_ORDER_END: Need.NOTHING,
    Action.HOLD: Need.NOTHING,
    Action.DECIDE_DISCLOSURE: Need.NOTHING,
}
_TRAINING: Final = {Action.SEE_ROOM: Need.NOTHING, Action.SEE_GATEWAYS: Need.NOTHING}
_AUDITING: Final = {
    Action.SEE_ROOM: Need.NOTHING,
    Action.SEE_GATEWAYS: Need.NOTHING,
    Action.SEE_REQUESTS: Need.NOTHING,
    Action.SEE_LOG: Need.NOTHING,
}
_ADMINISTERING: Final = {
    Action.SEE_ROOM: Need.NOTHING,
    Action.SEE_GATEWAYS: Need.NOTHING,
    Action.ASK_DESTRUCTION: Need.NOTHING,
    Action.PROPOSE_ORDER_END: Need.NOTHING,
}

_DIRECTING: Final = {
    **{action: Need.NOTHING for action in Action if action.name.startswith("SEE_")},
    Action.SEARCH: Need.NOTHING,
    Action.REPLAY: Need.NOTHING,
    Action.DIRECT: Need.NOTHING,
}
"""A trainer in a room for exercises: everything of people who do not exist, and no act of an operator."""

TABLE: Final[Mapping[Role, Mapping[Action, Need]]] = MappingProxyType(
    {
        Role.OPERATOR: MappingProxyType(_WATCHING),
        Role.SUPERVISOR: MappingProxyType(_SUPERVISING),
        Role.TRAINER: MappingProxyType(_TRAINING),
        Role.AUDITOR: MappingProxyType(_AUDITING),
        Role.ADMINISTRATOR: MappingProxyType(_ADMINISTERING),
    }
)

EXERCISE_TABLE: Final[Mapping[Role, Mapping[Action, Need]]] = MappingProxyType(
    {
        Role.OPERATOR: MappingProxyType({**_WATCHING, Action.REPLAY: Need.NOTHING}),
        Role.SUPERVISOR: MappingProxyType({**_SUPERVISING, Action.REPLAY: Need.NOTHING}),
        Role.TRAINER: MappingProxyType(_DIRECTING),
        Role.AUDITOR: MappingProxyType(_AUDITING),
        Role.ADMINISTRATOR: MappingProxyType(_ADMINISTERING),
    }
)
"""The same for a room for exercises, in which everybody is made up; a real room never becomes one."""


def table_of(role: Role, *, exercise: bool) -> Mapping[Action, Need]:
    """What a role may do in a real room or in one for exercises."""
    return (EXERCISE_TABLE if exercise else TABLE)[role]


FIELD_OF: Final[Mapping[Action, str]] = MappingProxyType(
    {
        Action.SEE_WEARER_POSITION: "position",
        Action.SEE_PROTECTED_POSITION: "position",
        Action.SEE_DISTANCE: "position",
        Action.SEE_WEARER_TRAIL: "track",
        Action.SEE_PROTECTED_TRAIL: "track",
        Action.SEE_IDENTITY: "identity",
        Action.SEE_PHONES: "phones",
        Action.SEE_PLACES: "places",
        Action.EXPORT: "export",
        Action.REPLAY: "record",
    }
)
"""The field of a grant that opens an action; an action that is not here cannot be opened by a grant."""

FIELDS: Final = frozenset(FIELD_OF.values())
EXTRA_MINUTES: Final = 30
"""How long before an alarm the trail of a protected person is shown with it."""
ALARM_TRAIL_MINUTES: Final = 24 * 60
"""How far back the wearer's trail is shown while an alarm of the case is open."""
