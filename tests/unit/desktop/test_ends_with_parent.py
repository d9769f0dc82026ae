"""A program that is to end with the desk does, whatever the desk dies of; the desk's key is made once and readable by nobody else."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import zmq

from desktop.desk_link.keys import DeskKeyError, desk_keys

PARENT = (
    "import os, subprocess, sys, time\n"
    "p = subprocess.Popen([sys.executable, '-m', 'desktop.ends_with_parent', str(os.getpid()), sys.executable, '-c',"
    " 'import time; print(1, flush=True); time.sleep(60)'], stdout=subprocess.PIPE)\n"
    "p.stdout.readline()\n"
    "print(p.pid, flush=True)\n"
    "time.sleep(60)\n"
)


def runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_kill_9_of_the_desk_leaves_no_orphan() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        assert runs(child)
        os.kill(parent.pid, signal.SIGKILL)
        until = time.monotonic() + 5
        while runs(child) and time.monotonic() < until:
            time.sleep(0.02)
        assert not runs(child)


def test_a_parent_that_is_gone_already_starts_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop.ends_with_parent", "1", "echo", "started"], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""


def test_a_desk_keeps_its_key(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "desk.key"
    public, secret = desk_keys(path)
    assert desk_keys(path) == (public, secret)
    assert zmq.curve_public(secret) == public
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "desk.key").write_text("nonsense")
    with pytest.raises(DeskKeyError, match=r"desk\.key: this is no secret key"):
        desk_keys(tmp_path / "desk.key")
