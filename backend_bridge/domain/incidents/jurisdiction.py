"""What each country's law asks of the room, as data: steps and their time limits, whom to warn, how much to show.

KR is complete; the others stand in the same form with what is published about them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from backend_bridge.domain.alarm import AlarmKind, AlarmLevel


class ShowMode(StrEnum):
    """When routine monitoring shows something."""

    ALWAYS = "always"
    ON_ALARM = "on-alarm"
    ON_APPROVAL = "on-approval"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRule:
    """A step of the working of an incident.

    It is opened when the incident opens (`after` None) or when the step `after` ended with one of `after_outcomes`
    (any where empty). `within_s` counts from its opening.
    """

    task: str
    within_s: int | None
    outcomes: tuple[str, ...]
    legal: str | None = None
    kinds: frozenset[AlarmKind] | None = None
    """The kinds of alarm that ask for it; None for all."""
    after: str | None = None
    after_outcomes: tuple[str, ...] = ()
    failed_outcomes: tuple[str, ...] = ()
    """Outcomes that leave the step `failed` rather than `done`."""
    optional: bool = False
    """Whether the incident may be closed while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarnRule:
    """When the protected person is warned by the bridge itself, at once."""

    kinds: frozenset[AlarmKind]
    levels: frozenset[AlarmLevel]
    channels: tuple[str, ...]
    text: str
    """What is sent; it never gives a direction or a position away."""
    again_after_s: int = 600
    """The same alarm row does not warn again sooner, unless it becomes graver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The rules of one country."""

    code: str
    tasks: tuple[TaskRule, ...]
    warnings: tuple[WarnRule, ...]
    police_recipient: str
    police_channels: tuple[str, ...]
    police_notice: str
    """Compact text of the notice to the police; filled by `notice_text`."""
    show_wearer: ShowMode
    show_protected: ShowMode
    trail_minutes: int
    """How far back routine monitoring shows the wearer's trail."""
    two_approvers: frozenset[str]
    """Purposes (by their numbers) and fields that need two approvers."""
    court_permission: frozenset[str]
    """Purposes that need a paper and the office on whose behalf they are asked for."""
    consent_notice: str = "[Bongsu] consent withdrawn: case {case}, {person} is not tracked in this case any more; protect by other means."
    """What the police are told when a protected person withdraws; codes alone."""
    label_notice: str = "[Bongsu] {label} entered: case {case}."
    """What the police are told of what people enter; codes alone."""
    outcomes: tuple[str, ...] = ("true-breach", "prevented", "allowed", "technical", "false", "test")


_BREACH: Final = frozenset(
    {
        AlarmKind.EXCLUSION_ZONE,
        AlarmKind.PROXIMITY,
        AlarmKind.APPROACH,
        AlarmKind.NOT_EXCLUDED,
        AlarmKind.SOS,
        AlarmKind.UNPAIRED,
        AlarmKind.LOITERING,
    }
)
_DEFEAT: Final = frozenset({AlarmKind.TAMPER, AlarmKind.JAMMING, AlarmKind.POSITION_NOT_TRUSTED})
_NOTICE: Final = _BREACH | _DEFEAT | {AlarmKind.ZONE_WARNING}
_CALL: Final = ("answered", "complied", "refused", "no-answer", "not-possible")
_CALL_FAILED: Final = ("refused", "no-answer", "not-possible")
_WARN_KINDS: Final = frozenset({AlarmKind.APPROACH, AlarmKind.PROXIMITY, AlarmKind.EXCLUSION_ZONE, AlarmKind.NOT_EXCLUDED})

NOT_REACHED_TASK: Final = TaskRule(
    task="reach-protected",
    within_s=60,
    outcomes=("reached", "reached-through-other", "not-reached", "officer-sent"),
    failed_outcomes=("not-reached",),
    legal="EM Act Decree 23-12(3)",
)
"""Opened when a warning reached nobody in its time."""

KR: Final = Jurisdiction(
    code="KR",
    tasks=(
        TaskRule(
            task="notify-112",
            within_s=60,
            kinds=_NOTICE,
            outcomes=("acknowledged", "already-known", "no-answer"),
            failed_outcomes=("no-answer",),
            legal="EM Act 31-6(4); Decree 23-14(2)",
        ),
        TaskRule(task="dispatch", within_s=120, kinds=_BREACH, outcomes=("unit-sent", "police-sent", "not-needed"), legal="EM Act 31-6(5)"),
        TaskRule(
            task="call-protected",
            within_s=120,
            kinds=_BREACH | _DEFEAT,
            outcomes=("answered", "safe", "in-danger", "no-answer", "not-possible"),
            failed_outcomes=("no-answer", "not-possible"),
            legal="Decree 23-14(3)",
        ),
        TaskRule(
            task="tell-protection-officer",
            within_s=120,
            after="call-protected",
            after_outcomes=("no-answer", "not-possible"),
            outcomes=("told", "no-answer"),
            failed_outcomes=("no-answer",),
            legal="Decree 23-12(3)",
        ),
        TaskRule(task="call-wearer", within_s=180, kinds=_NOTICE, outcomes=_CALL, failed_outcomes=_CALL_FAILED, legal=None),
        TaskRule(
            task="tell-probation",
            within_s=600,
            kinds=_NOTICE,
            outcomes=("told", "no-answer"),
            failed_outcomes=("no-answer",),
            legal="EM Act 31-6",
        ),
        TaskRule(
            task="ask-cctv",
            within_s=None,
            kinds=_BREACH | _DEFEAT,
            outcomes=("viewed", "asked", "not-needed"),
            legal="EM Act 16-3(2)",
            optional=True,
        ),
        TaskRule(
            task="notify-wearer-of-cctv",
            within_s=None,
            after="ask-cctv",
            after_outcomes=("viewed",),
            outcomes=("notified",),
            legal="EM Act 16-3(3)",
        ),
    ),
    warnings=(
        WarnRule(
            kinds=_WARN_KINDS,
            levels=frozenset({AlarmLevel.RED}),
            channels=("app", "sms"),
            text="[봉수] 보호 알림: 접근이 감지되었습니다. 안전한 실내로 이동하고 전화를 받아 주십시오. 위급하면 112 또는 SOS 버튼.",
        ),
        WarnRule(
            kinds=frozenset({AlarmKind.APPROACH, AlarmKind.PROXIMITY}),
            levels=frozenset({AlarmLevel.AMBER}),
            channels=("app", "sms"),
            text="[봉수] 보호 알림: 가까워질 가능성이 있어 관제센터가 확인 중입니다. 기기를 켜 두고 전화를 받을 수 있게 해 주십시오.",
        ),
    ),
    police_recipient="112",
    police_channels=("sms", "cap"),
    police_notice="[봉수 112통보] 사건 {case} {kind} {level} 발생 {happened} 거리 {distance} 접촉예상 {contact}",
    consent_notice="[봉수 112통보] 사건 {case} 보호대상자 {person} 위치추적 동의 철회. 이 사건의 추적 중단됨, 다른 보호조치 필요.",
    label_notice="[봉수 112통보] 사건 {case} {label} 입력됨. 전자장치부착법 제31조의6제4항.",
    show_wearer=ShowMode.ALWAYS,
    show_protected=ShowMode.ON_ALARM,
    trail_minutes=30,
    two_approvers=frozenset({"1", "3", "4", "export"}),
    court_permission=frozenset({"1"}),
)

FR: Final = Jurisdiction(
    code="FR",
    tasks=(
        TaskRule(task="call-wearer", within_s=60, kinds=_NOTICE, outcomes=_CALL, failed_outcomes=_CALL_FAILED, legal="CPP R24-14 s."),
        TaskRule(
            task="call-protected",
            within_s=60,
            after="call-wearer",
            after_outcomes=_CALL_FAILED,
            outcomes=("answered", "safe", "in-danger", "no-answer"),
            failed_outcomes=("no-answer",),
        ),
        TaskRule(
            task="dispatch",
            within_s=120,
            after="call-wearer",
            after_outcomes=_CALL_FAILED,
            outcomes=("unit-sent", "police-sent", "not-needed"),
        ),
    ),
    warnings=(
        WarnRule(
            kinds=_WARN_KINDS,
            levels=frozenset({AlarmLevel.RED}),
            channels=("app", "sms"),
            text="[Bongsu] Alerte de protection : mettez-vous en lieu sûr et restez joignable. En cas d'urgence : 17 ou bouton SOS.",
        ),
    ),
    police_recipient="17",
    police_channels=("sms",),
    police_notice="[Bongsu] dossier {case} {kind} {level} {happened} distance {distance} contact {contact}",
    show_wearer=ShowMode.ON_ALARM,
    show_protected=ShowMode.ON_ALARM,
    trail_minutes=30,
    two_approvers=frozenset({"1", "3", "4", "export"}),
    court_permission=frozenset({"1"}),
)

ES: Final = Jurisdiction(
    code="ES",
    tasks=(
        TaskRule(
            task="call-protected",
            within_s=60,
            kinds=_NOTICE,
            outcomes=("answered", "safe", "in-danger", "no-answer"),
            failed_outcomes=("no-answer",),
        ),
        TaskRule(task="call-wearer", within_s=60, kinds=_NOTICE, outcomes=_CALL, failed_outcomes=_CALL_FAILED),
        TaskRule(task="dispatch", within_s=120, kinds=_BREACH, outcomes=("unit-sent", "police-sent", "not-needed")),
    ),
    warnings=(
        WarnRule(
            kinds=_WARN_KINDS,
            levels=frozenset({AlarmLevel.RED}),
            channels=("app", "sms"),
            text="[Bongsu] Aviso de protección: póngase a salvo y esté localizable. En emergencia: 112 o botón SOS.",
        ),
    ),
    police_recipient="112",
    police_channels=("sms",),
    police_notice="[Bongsu] caso {case} {kind} {level} {happened} distancia {distance} contacto {contact}",
    show_wearer=ShowMode.ALWAYS,
    show_protected=ShowMode.ON_ALARM,
    trail_minutes=30,
    two_approvers=frozenset({"1", "3", "4", "export"}),
    court_permission=frozenset({"1"}),
)

UY: Final = Jurisdiction(
    code="UY",
    tasks=ES.tasks,
    warnings=ES.warnings,
    police_recipient="911",
    police_channels=("sms",),
    police_notice=ES.police_notice,
    show_wearer=ShowMode.ALWAYS,
    show_protected=ShowMode.ON_ALARM,
    trail_minutes=30,
    two_approvers=frozenset({"1", "3", "4", "export"}),
    court_permission=frozenset({"1"}),
)

_BY_CODE: Final = {rules.code: rules for rules in (KR, FR, ES, UY)}


def rules_of(code: str) -> Jurisdiction:
    """The rules of a country by its code; a country without rules of its own gets the strictest of ours, Korea's."""
    return _BY_CODE.get(code, KR)
