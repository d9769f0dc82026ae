"""Files that were handed out: to whom, under which grant, and by when they must be destroyed again."""

from dataclasses import dataclass, replace
from typing import Final

from backend_bridge.domain.errors import Code, Refused
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId, UserId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.outcomes.destruction_events import ExportDue, ExportGone, ExportMade

DESTROYED_KEPT: Final = 200
"""Maximum number of destroyed exports that stay on the list; all of them stand in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export."""

    export: str
    case: CaseId
    person: PersonId
    user: UserId
    grant: GrantId
    recipient: str
    made_us: int
    destroy_by_us: int
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """An export that is destroyed, as somebody confirmed, or (None) with its case."""

    export: Export
    by: UserId | None
    at_us: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What stands in every export, in its file name, its manifest, and its first and last line or page."""

    export: str
    user: str
    at_us: int
    request: str
    recipient: str
    destroy_by_us: int


class ExportBook:
    """The exports whose destruction nobody has confirmed yet, and the newest of those that are destroyed."""

    destroyed: tuple[Destroyed, ...] = ()
    """Oldest first; rooms of before they were remembered have none."""
    revision: int = 0
    """Grows with every change."""

    def __init__(self) -> None:
        self.exports: dict[str, Export] = {}
        self.n_made = 0

    def made(self, export: Export, form: str, decisions: Decisions) -> Export:
        """Enter a new export under a number of its own."""
        self.n_made += 1
        named = replace(export, export=f"EXP-{self.n_made}")
        self.exports[named.export] = named
        self.revision += 1
        decisions.log(
            ExportMade(
                export=named.export,
                case=named.case,
                person=named.person,
                user=named.user,
                grant=named.grant,
                recipient=named.recipient,
                form=form,
                destroy_by_us=named.destroy_by_us,
            )
        )
        return named

    def resume(self, export: Export) -> None:
        """An export of another room is still out: under the number that it bears."""
        self.exports[export.export] = export
        self.n_made = max(self.n_made, int(export.export.rpartition("-")[2]))
        self.revision += 1

    def of(self, case: CaseId, grant: GrantId | None) -> list[Export]:
        """The exports of a case, or of one access, that are still out."""
        return [each for each in self.exports.values() if each.case == case and grant in {None, each.grant}]

    def must_go(self, case: CaseId, grant: GrantId | None, now_us: int) -> None:
        """What was handed out of a case, or under one access, has to be destroyed from now on."""
        self.revision += 1
        for each in self.of(case, grant):
            self.exports[each.export] = replace(each, destroy_by_us=min(each.destroy_by_us, now_us))

    def gone(self, name: str, user: UserId | None, reason: str, decisions: Decisions) -> None:
        """An export is destroyed: confirmed by a person, or with its case; refuses one that is not known."""
        export = self.exports.pop(name, None)
        if export is None:
            raise Refused(Code.UNKNOWN_EXPORT, name)
        over = Destroyed(export=export, by=user, at_us=decisions.now_us, reason=reason)
        self.destroyed = (*self.destroyed, over)[-DESTROYED_KEPT:]
        self.revision += 1
        decisions.log(ExportGone(export=name, user=user, reason=reason))

    def due(self, decisions: Decisions) -> tuple[Export, ...]:
        """The exports whose time is over from now on; each is told once."""
        over = tuple(each for each in self.exports.values() if not each.told and each.destroy_by_us <= decisions.now_us)
        for each in over:
            self.exports[each.export] = replace(each, told=True)
            self.revision += 1
            decisions.log(ExportDue(export=each.export, case=each.case, recipient=each.recipient))
        return over
