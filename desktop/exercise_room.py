"""A room for exercises on this machine: a bridge on a temporary folder, a trainer's desk and a trainee's; all of it ends with them."""

from pathlib import Path
from typing import Final

from typing_extensions import override

from desktop.bridge_address import BridgeAddress
from desktop.demo_room import DemoRoom, DemoSet
from desktop.desk_link.keys import fresh_keys

NOTHING: Final = DemoSet(cases=Path(), fixes=Path())
"""A room for exercises has no cases and no gateway of its own: its scenarios bring them."""


class ExerciseRoom(DemoRoom):
    """Two desks with keys of their own, so that trainer and trainee sit apart."""

    ROLES = ("trainer", "operator", "supervisor")

    def __init__(self) -> None:
        self._trainee_keys = fresh_keys()
        super().__init__(NOTHING)

    @override
    def address(self) -> BridgeAddress:
        """The trainer's desk, once the bridge listens; raises `BridgeStartError`."""
        return self._seat(super().address(), self._address.desk_public, self._address.desk_secret, "trainer")

    def trainee(self) -> BridgeAddress:
        """The trainee's desk; the supervisor sits there too, with Ctrl+U."""
        return self._seat(self._address, *self._trainee_keys, "operator", "supervisor")

    @override
    def _set_up(self, server_secret: bytes, gateway: bytes) -> dict[str, object]:
        found = super()._set_up(server_secret, gateway)
        trainee = {"name": "trainee", "public_key": self._trainee_keys[0].decode()}
        return {
            **{key: value for key, value in found.items() if key not in ("gateways", "cases", "roads")},
            "exercise": True,
            "desks": [{"name": "trainer", "public_key": self._address.desk_public.decode()}, trainee],
        }

    @override
    def _simulate(self) -> None:
        """Nothing comes in from outside."""

    @staticmethod
    def _seat(address: BridgeAddress, public: bytes, secret: bytes, *roles: str) -> BridgeAddress:
        return BridgeAddress(
            endpoint=address.endpoint,
            server_key=address.server_key,
            desk_public=public,
            desk_secret=secret,
            logins=tuple(login for login in address.logins if login[0] in roles),
            demo=True,
        )
