"""The names under which the bridge tests itself: a gateway that nobody can enrol, and the device that it speaks for."""

from typing import Final

from backend_bridge.domain.identifiers import DeviceId, GatewayName

SELF_TEST: Final = GatewayName(".self-test")
"""Begins with a dot, which no enrolled gateway's name may: it is in no list, no count and no entry of a link."""
TEST_DEVICE: Final = DeviceId("BONGSU-SELF-TEST")
