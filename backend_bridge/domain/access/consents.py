"""What protected persons agreed to: being tracked, with a text that tells its limits; and that they do no longer."""

from dataclasses import dataclass, replace

from backend_bridge.domain.alarms.alarm_acts import must_say
from backend_bridge.domain.case import Case
from backend_bridge.domain.commands import GiveConsent, WithdrawConsent
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, UserId
from backend_bridge.domain.outcomes.access_events import ConsentGiven, ConsentWithdrawn
from backend_bridge.domain.outcomes.decisions import Decisions

Key = tuple[CaseId, PersonId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The newest word of one protected person."""

    given: bool
    version: str | None
    """Which text on the limits of tracking was read to them; None where they withdrew."""
    at_us: int
    by: UserId
    """Who entered it."""


class ConsentBook:
    """The newest word of each protected person who was asked, and the devices that are not tracked because of it."""

    def __init__(self) -> None:
        self.consents: dict[Key, Consent] = {}
        self.withheld: dict[Key, DeviceId] = {}

    def without_withdrawn(self, case: Case) -> Case:
        """The case as it may be watched: nobody who withdrew carries a device in it; what they carried is remembered."""
        protected = []
        for party in case.protected:
            key = (case.case, party.person)
            consent = self.consents.get(key)
            if consent is not None and not consent.given:
                self.withhold(key, party.device)
                party = replace(party, device=None)  # noqa: PLW2901 - the party as it may be watched
            protected.append(party)
        return case if tuple(protected) == case.protected else replace(case, protected=tuple(protected))

    def withhold(self, key: Key, device: DeviceId | None) -> None:
        """Remember which device a person who withdrew would carry by the newest file of the case."""
        if device is None:
            self.withheld.pop(key, None)
        else:
            self.withheld[key] = device

    def forget(self, case: CaseId) -> None:
        """Hold nothing about a case any more."""
        for known in (self.consents, self.withheld):
            for key in [key for key in known if key[0] == case]:
                del known[key]


def give(book: ConsentBook, user: UserId, command: GiveConsent, decisions: Decisions) -> None:
    """Remember that a person agreed, and to which text."""
    version = must_say(command.version, Code.NEEDS_REASON)
    decisions.log(ConsentGiven(case=command.case, person=command.person, version=version, user=user))
    book.consents[(command.case, command.person)] = Consent(given=True, version=version, at_us=decisions.now_us, by=user)


def withdraw(book: ConsentBook, user: UserId, command: WithdrawConsent, decisions: Decisions) -> None:
    """Remember that a person does not agree any more; refuses where that is known."""
    key = (command.case, command.person)
    known = book.consents.get(key)
    if known is not None and not known.given:
        raise Refused(Code.CONSENT_KNOWN, command.person)
    reason = must_say(command.reason, Code.NEEDS_REASON)
    decisions.log(ConsentWithdrawn(case=command.case, person=command.person, user=user, reason=reason))
    book.consents[key] = Consent(given=False, version=None, at_us=decisions.now_us, by=user)
