"""Who may come in as a gateway, and which devices each may speak for."""

from dataclasses import dataclass

from backend_bridge.domain.identifiers import GatewayName


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayEnrolment:
    """One gateway that is let in; one that is revoked has none."""

    gateway: GatewayName
    public_key: str
    """CURVE public key in Z85, 40 characters."""
    devices: tuple[str, ...]
    """Shell patterns of the device ids that are its own."""


Enrolments = tuple[GatewayEnrolment, ...]
"""An immutable snapshot; a change makes a new tuple, so that a reader can see it by identity."""
