"""How the desk runs `bongsu-bridge`: one command to its end, or a long-lived one that ends with the desk or goes on."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

_BRIDGE: Final = (sys.executable, "-m", "backend_bridge")


class BridgeStartError(RuntimeError):
    """A bridge cannot be started or asked; the text is the sentence that it said itself."""


def run(*arguments: str, secret: str | None = None, timeout_s: float = 60.0) -> str:
    """Run one command and return what it printed; `secret` goes in by its standard input. Raises `BridgeStartError`."""
    done = subprocess.run(  # noqa: S603 - the program is this one's own
        [*_BRIDGE, *arguments], input=secret, capture_output=True, text=True, timeout=timeout_s, check=False
    )
    if done.returncode != 0:
        raise BridgeStartError(done.stderr.strip().rpartition("\n")[2] or f"bongsu-bridge {arguments[0]} ended with {done.returncode}.")
    return done.stdout


def ending_with_us(arguments: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command that ends when the calling thread does; `output` takes what it prints."""
    ends_with_us = [sys.executable, "-m", "desktop.ends_with_parent", str(os.getpid())]
    return subprocess.Popen([*ends_with_us, *_BRIDGE, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output)  # noqa: S603 - likewise


def on_its_own(arguments: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a command that goes on when the desk is closed."""
    return subprocess.Popen(  # noqa: S603 - likewise
        [*_BRIDGE, *arguments], stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
    )


def wait_for_ready(process: subprocess.Popen[bytes], output: Path, timeout_s: float = 240.0) -> None:
    """Return once the bridge has printed `ready`; raises `BridgeStartError` with its last line when it ends or takes too long."""
    until = time.monotonic() + timeout_s
    while time.monotonic() < until:
        text = output.read_text(errors="replace")
        if "ready" in text.split():
            return
        if process.poll() is not None:
            raise BridgeStartError(text.strip().rpartition("\n")[2] or f"The bridge ended with {process.returncode}.")
        time.sleep(0.02)
    raise BridgeStartError(f"The bridge was not ready within {timeout_s:.0f} s.")


def end(process: subprocess.Popen[bytes], patience_s: float = 4.0) -> None:
    """Ask a process to end, and end it when it does not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_endpoints(n: int) -> list[str]:
    """Addresses on this machine that nothing listens at."""
    sockets = [socket.socket() for _ in range(n)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    endpoints = [f"tcp://127.0.0.1:{one.getsockname()[1]}" for one in sockets]
    for one in sockets:
        one.close()
    return endpoints
