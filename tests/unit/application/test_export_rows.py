"""What a desk is shown of files that were handed out: one's own to everybody, all to supervisors, until when, and that they are gone."""

from room_builder import CASE, OPERATOR, SUPERVISOR, Desk, S
from test_views import Screen

from backend_bridge.application.access_rows import ExportRow
from backend_bridge.application.inbox import Inbox, OpenSession, PutUser
from backend_bridge.application.tables import Table
from backend_bridge.domain.access.export_book import Export
from backend_bridge.domain.commands import ConfirmExportGone
from backend_bridge.domain.identifiers import CaseId, GrantId, PersonId, UserId
from backend_bridge.domain.outcomes.decisions import Decisions
from backend_bridge.domain.user import Role

OTHER = UserId("op-7")


def handed_out(desk: Desk, by: UserId, life_s: int = 100) -> str:
    made = Export(
        export="",
        case=CaseId(CASE),
        person=PersonId("S-0001"),
        user=by,
        grant=GrantId("GRANT-1"),
        recipient="court",
        made_us=desk.now_us,
        destroy_by_us=desk.now_us + life_s * S,
    )
    return desk.room.exports.made(made, "csv", Decisions(now_us=desk.now_us, first_n=1)).export


def rows(screen: Screen) -> dict[str, str]:
    screen.look()
    return {key: row.state for key, row in screen.rows[Table.EXPORTS].items() if isinstance(row, ExportRow)}


def test_everybody_sees_their_own_and_the_supervisor_all_with_what_is_overdue_and_what_is_gone() -> None:
    desk = Desk()
    office = PutUser(by=UserId("root"), user=OTHER, person="h-7", role=Role.OPERATOR)
    desk.run(Inbox(orders=(office,), news=(OpenSession(user=OTHER, seat=f"seat-{OTHER}", desk="d", expires_us=desk.now_us + 3600 * S),)))
    mine, own, all_of_them = Screen(desk), Screen(desk, OTHER), Screen(desk, SUPERVISOR)
    first, second = handed_out(desk, OPERATOR), handed_out(desk, OTHER, life_s=50_000)
    assert rows(mine) == {first: "out"}
    assert rows(own) == {second: "out"}
    assert rows(all_of_them) == {first: "out", second: "out"}
    desk.run(after_s=101)
    assert rows(all_of_them)[first] == "due"
    all_of_them.look()
    assert not [change for change in all_of_them.last if change.table is Table.EXPORTS], "nothing is sent twice"
    desk.act(SUPERVISOR, ConfirmExportGone(export=first, reason="returned"))
    assert rows(mine) == {first: "destroyed"}
    row = mine.rows[Table.EXPORTS][first]
    assert isinstance(row, ExportRow)
    assert (row.confirmed_by, row.reason) == (SUPERVISOR, "returned")
    assert rows(Screen(desk, SUPERVISOR)) == {first: "destroyed", second: "out"}


def test_rooms_that_were_stored_before_destroyed_exports_were_remembered_go_on() -> None:
    desk = Desk()
    book = desk.room.exports
    for name in ("destroyed", "revision"):
        book.__dict__.pop(name, None)
    first = handed_out(desk, OPERATOR)
    desk.act(SUPERVISOR, ConfirmExportGone(export=first, reason="returned"))
    assert rows(Screen(desk, SUPERVISOR)) == {first: "destroyed"}
