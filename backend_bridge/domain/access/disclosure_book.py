"""The disclosure rules of all cases, how far the log has followed what apps are shown, and how many apps are paired."""

from dataclasses import dataclass, field, replace

from backend_bridge.domain.access.disclosure import Detail, DisclosureRule, decided
from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, PersonId, UserId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.destruction_events import DisclosureBegan, DisclosureDecided

Key = tuple[CaseId, PersonId]


@dataclass(slots=True, kw_only=True)
class DisclosureBook:
    """Rules by (case, protected person)."""

    rules: dict[Key, DisclosureRule] = field(default_factory=dict)
    logged: dict[Key, Detail] = field(default_factory=dict)
    """What the log says is shown; nothing beyond it may be."""
    apps: dict[PersonId, int] = field(default_factory=dict)

    def logged_of(self, key: Key) -> Detail:
        """What the log says is shown to a person of the wearer of a case."""
        return self.logged.get(key, Detail.NOTHING)

    def begin(self, rule: DisclosureRule, decisions: Decisions) -> None:
        """Hold a rule for a pair that has none."""
        key = (rule.case, rule.about)
        if key not in self.rules:
            self.rules[key] = rule
            decisions.log(DisclosureBegan(case=rule.case, person=rule.about, state=rule.state.value))

    def decide(self, key: Key, by: UserId, word: tuple[str, str], decisions: Decisions) -> DisclosureRule:
        """The rule after a supervisor's (decision, reason); refuses where there is none, or a reason is missing."""
        rule = self.rules.get(key)
        if rule is None:
            raise Refused(Code.NO_RULE)
        decision, reason = word
        if not reason.strip():
            raise Refused(Code.NEEDS_REASON)
        if decision not in {"approve", "revoke"}:
            raise Refused(Code.UNKNOWN_DECISION)
        after = decided(replace(rule), decision, by, reason.strip(), decisions.now_us)
        self.rules[key] = after
        decisions.log(
            DisclosureDecided(case=key[0], person=key[1], user=by, decision=decision, state=after.state.value, reason=after.reason)
        )
        return after

    def forget(self, case: CaseId) -> None:
        """Hold nothing of a case any more."""
        self.rules = {key: rule for key, rule in self.rules.items() if key[0] != case}
        self.logged = {key: detail for key, detail in self.logged.items() if key[0] != case}
