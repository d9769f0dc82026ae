"""What supervisors and auditors look after, put into their panels: requests, access, what apps show, what is to be destroyed."""

from functools import partial

from backend_bridge.application.access_rows import DestructionRow, DisclosureRow, ExportRow, HoldRow, OrderEndRow
from backend_bridge.application.rows import RoomRow, Row, SessionRow
from backend_bridge.application.tables import Table
from desktop.board import Board
from desktop.main_window import MainWindow
from desktop.panels import Deeds, Panels
from desktop.papers import save_paper

STATISTICS_PAGE, UPKEEP_PAGE = 2, 4
STALE_US = 86_400_000_000
"""An alarm that has stood longer than a day needs a plan."""


class OversightView:
    """Feeds the panels of oversight from one board."""

    def __init__(self, window: MainWindow, panels: Panels, board: Board, deeds: Deeds) -> None:
        self._window, self._panels, self._board = window, panels, board
        panels.ledger.on_save = panels.upkeep.on_save = panels.kpi.on_save = partial(save_paper, window, deeds.ask)
        panels.ledger.known = self._known
        panels.upkeep.cases = panels.approvals.ends.cases = lambda: tuple(sorted(board.cases))

    def show(self, table: Table, put: tuple[Row, ...], gone: tuple[str, ...]) -> None:
        """Show what changed in one table; tables of others are left alone."""
        panels, board = self._panels, self._board
        match table:
            case Table.REQUESTS:
                panels.approvals.show_requests(tuple(board.requests.values()), gone)
            case Table.GRANTS:
                panels.approvals.show_grants(tuple(board.grants.values()), gone)
            case Table.DESTRUCTIONS:
                panels.upkeep.show_destructions(tuple(row for row in put if isinstance(row, DestructionRow)), gone)
            case Table.HOLDS:
                panels.upkeep.show_holds(tuple(row for row in put if isinstance(row, HoldRow)), gone)
            case Table.ORDER_ENDS:
                panels.approvals.ends.show_rows(tuple(row for row in put if isinstance(row, OrderEndRow)), gone)
            case Table.EXPORTS:
                panels.upkeep.exports.show_rows(tuple(row for row in put if isinstance(row, ExportRow)), gone)
            case Table.DISCLOSURES:
                panels.app.show_rows(tuple(row for row in put if isinstance(row, DisclosureRow)), gone)
            case _:
                pass

    def _known(self) -> tuple[set[str], set[str]]:
        """Users and persons that the board knows of, looked up when somebody asks."""
        users: set[str] = {row.user for row in self._board.grants.values()} | {row.by for row in self._board.requests.values()}
        return users, {person.person for row in self._board.cases.values() for person in row.people}

    def show_room(self, room: RoomRow) -> None:
        """How well the log is kept."""
        self._panels.approvals.show_room(room)
        self._panels.upkeep.show_room(room)

    def show_session(self, session: SessionRow) -> None:
        """Who looks, and so what they may decide."""
        for panel in (self._panels.ledger, self._panels.app, self._panels.upkeep, self._panels.kpi, self._panels.approvals.ends):
            panel.show_session(session)

    def show_now(self, now_us: int) -> None:
        """Let deadlines and ages count where they are looked at."""
        self._panels.app.show_now(now_us)
        if self._window.page() == 1:
            self._panels.approvals.show_now(now_us)
        elif self._window.page() == STATISTICS_PAGE:
            self._panels.kpi.show_stale(sum(now_us - row.known_us > STALE_US for row in self._board.alarms.values()))
            self._panels.kpi.show_now(now_us)
        elif self._window.page() == UPKEEP_PAGE:
            self._panels.upkeep.show_now(now_us)
