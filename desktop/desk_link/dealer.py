"""The socket by which a desk speaks with its bridge."""

from typing import Final

import zmq

from desktop.desk_link.settings import LinkSettings

_LONGEST_FROM_BRIDGE: Final = 64 * 1024 * 1024


def connected_dealer(context: zmq.Context[zmq.Socket[bytes]], settings: LinkSettings) -> zmq.Socket[bytes]:
    """A DEALER that connects to the bridge under the desk's key."""
    dealer = context.socket(zmq.DEALER)
    options: dict[int, int | bytes] = {
        zmq.CURVE_SERVERKEY: settings.server_key,
        zmq.CURVE_PUBLICKEY: settings.desk_public,
        zmq.CURVE_SECRETKEY: settings.desk_secret,
        zmq.HANDSHAKE_IVL: 2000,
        zmq.HEARTBEAT_IVL: 0,  # libzmq 4.3.5 aborts when its own beat meets a full pipe of a peer that left; both sides ping
        zmq.MAXMSGSIZE: _LONGEST_FROM_BRIDGE,
        zmq.RCVHWM: 2000,
        zmq.SNDHWM: 200,
        zmq.IMMEDIATE: 1,
        zmq.LINGER: 0,
        zmq.RECONNECT_IVL: 100,
        zmq.RECONNECT_IVL_MAX: 1000,
        zmq.TCP_KEEPALIVE: 1,
        zmq.TCP_KEEPALIVE_IDLE: 10,
    }
    for option, value in options.items():
        dealer.setsockopt(option, value)
    dealer.connect(settings.endpoint)
    return dealer
