"""The disk takes what is written and then says that it could not keep it: nothing is acked any more, alarms go on, nothing is lost."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from desk_room import RawDesk
from live_bridge import Gateway, LiveBridge, now_us, said

pytestmark = pytest.mark.timeout(900)

SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fails(int fd) {
    const char *flag = getenv("BONGSU_FSYNC_FAILS");
    char link[64], path[4096];
    if (flag == NULL || access(flag, F_OK) != 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0) return 0;
    path[n] = 0;
    if (strstr(path, "store.db") == NULL) return 0;
    FILE *calls = fopen(flag, "a");
    if (calls != NULL) { fputs("x", calls); fclose(calls); }
    errno = EIO;
    return 1;
}

int fsync(int fd) { return fails(fd) ? -1 : ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }
"""
"""Stands before the C library: as long as a file is there, no fsync of the store succeeds, and each try leaves a letter in the file."""


@pytest.fixture
def broken_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file whose being there breaks the disk of bridges that are started from now on."""
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("a disk that fails is made with a C compiler")
    source, library, flag = tmp_path / "shim.c", tmp_path / "shim.so", tmp_path / "broken"
    source.write_text(SHIM)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    monkeypatch.setenv("LD_PRELOAD", str(library))
    monkeypatch.setenv("BONGSU_FSYNC_FAILS", str(flag))
    return flag


def send_sos(gateway: Gateway, device: str) -> None:
    """An SOS that nobody waits for."""
    gateway.seq["A"] += 1
    body = msgspec.msgpack.encode([{"device": device, "measured_at": said(now_us()), "kind": "sos"}])
    header = {"t": "data", "lane": "A", "epoch": gateway.epoch, "seq": gateway.seq["A"], "sent_at": now_us()}
    gateway.socket.send_multipart([msgspec.msgpack.encode(header), body])


def acks_heard(gateway: Gateway, within_s: float) -> list[int]:
    """Numbers of lane A that are acked within a time."""
    heard, until = [], time.monotonic() + within_s
    while (left := until - time.monotonic()) > 0:
        if gateway.socket.poll(int(left * 1000) + 1):
            header = msgspec.msgpack.decode(gateway.socket.recv_multipart()[0])
            if header["t"] == "ack" and header["lane"] == "A":
                heard.append(header["seq"])
    return heard


def rows_until(desk: RawDesk, table: str, wanted: object) -> dict[str, object]:
    """The first row of a table for which `wanted` holds."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        message = desk.hear("rows", "snapshot", timeout_s=60)
        desk.say_seen()
        for row in message["rows"].get(table, ()):  # type: ignore[attr-defined]  # a map of rows
            if wanted(row):  # type: ignore[operator]  # a function
                return row
    raise AssertionError(f"no such row of {table}")


def test_after_an_fsync_that_failed_nothing_is_acked_or_tried_again_alarms_go_on_and_a_restart_loses_nothing(
    tmp_path: Path, broken_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge = LiveBridge(tmp_path)
    bridge.user("kim", "operator")
    desk, gateway = bridge.desk("desk-1", "kim"), Gateway(bridge)
    gateway.sos("VIC-1")
    rows_until(desk, "alarms", lambda row: row["device"] == "VIC-1")

    broken_disk.touch()
    send_sos(gateway, "VIC-2")
    rows_until(desk, "alarms", lambda row: row["device"] == "VIC-2")
    assert rows_until(desk, "room", lambda row: row["degraded"])["degraded"]
    send_sos(gateway, "VIC-3")
    rows_until(desk, "alarms", lambda row: row["device"] == "VIC-3")
    assert broken_disk.stat().st_size == 1, "it was tried again"
    broken_disk.unlink()  # whatever the disk says from now on, what is on it is not known
    assert acks_heard(gateway, 3.0) == []

    bridge.kill()
    gateway.close()
    desk.close()
    monkeypatch.delenv("LD_PRELOAD")
    bridge.start_again()
    again = Gateway(bridge)
    for device in ("VIC-2", "VIC-3"):
        again.sos(device)
    raised = [entry["alarm"] for entry in bridge.log() if entry["event"] == "raised" and entry["kind"] == "sos"]
    assert len(raised) == len(set(raised)) == 3
    assert "all is as it was written" in bridge.shell("verify")
    again.close()
    bridge.stop()
