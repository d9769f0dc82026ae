"""What the map of a desk has shown is on no disk: not in the web engine's profile or caches, while it runs or after its end."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

TESTS = Path(__file__).parents[1]
PATHS = os.pathsep.join([str(TESTS / "faults"), str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")])
LAT, LON = 37.5512347, 126.9312347
WORDS = ("CANARYCASE", "CANARYLABEL")
CANARIES = (
    *(word.encode() for word in WORDS),
    *(word.encode("utf-16-le") for word in WORDS),
    *(struct.pack(form, value) for form in ("<d", ">d") for value in (LAT, LON)),
    *(str(value).encode() for value in (LAT, LON)),
)


def show_and_wait() -> None:
    """Show a map with canaries, say so, and end when the caller says so: run as a program of its own."""
    from dataclasses import replace

    import map_scenes

    map_scenes.prepare()
    from PySide6.QtWidgets import QApplication

    from backend_bridge.domain.identifiers import CaseId
    from backend_bridge.domain.quantities import LatLon
    from widgets.map.map_view import MapView

    app = QApplication([])
    view = MapView()
    view.resize(700, 500)
    view.show()
    case = map_scenes.case_row()
    shown = replace(case, case=CaseId("KR-CANARYCASE"), zones=tuple(replace(zone, label="CANARYLABEL") for zone in case.zones))
    view.show_cases((shown,))
    view.show_frame(map_scenes.frame((LatLon(lat_deg=LAT, lon_deg=LON), LatLon(lat_deg=LAT, lon_deg=LON))))
    view.go_to(LatLon(lat_deg=LAT, lon_deg=LON), 16)
    while view.rendered_frame < 1:
        app.processEvents()
    sys.stdout.write("drawn\n")
    sys.stdout.flush()
    sys.stdin.readline()
    view.life.outlive_page()
    os._exit(0)


def processes_of(pid: int) -> Iterator[int]:
    """A process and those that it started, as far as they are still there."""
    yield pid
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in listed.read_text().split():
                yield from processes_of(int(child))


def open_files(pid: int) -> Iterator[Path]:
    """Files on a disk that a process holds open, also where their names are gone already."""
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                target = str(link.readlink())
                if target.startswith("/") and not target.startswith(("/dev/", "/memfd:", "/proc/", "/sys/", "/usr/")) and link.is_file():
                    yield link


def found(paths: Iterator[Path]) -> dict[str, list[bytes]]:
    """Which canaries are in which files."""
    read: dict[str, list[bytes]] = {}
    for path in paths:
        with suppress(OSError):  # closed or removed meanwhile
            content = path.read_bytes()
            read[str(path)] = [canary for canary in CANARIES if canary in content]
    return {name: hits for name, hits in read.items() if hits}


def below(home: Path) -> Iterator[Path]:
    """All files below a folder."""
    for root, _, names in os.walk(home, onerror=lambda _: None):
        yield from (Path(root) / name for name in names)


def test_nothing_that_a_map_showed_is_in_the_profile_or_the_caches(tmp_path: Path) -> None:
    places = {name: str(tmp_path / name.lower()) for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    for place in places.values():
        Path(place).mkdir()
    places |= {"XAUTHORITY": os.environ.get("XAUTHORITY", str(Path.home() / ".Xauthority")), "PYTHONPATH": PATHS}
    command = [sys.executable, "-c", "import test_desk_leaves_nothing as it; it.show_and_wait()"]
    desk = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=tmp_path, env=os.environ | places)
    assert desk.stdout is not None
    assert desk.stdout.readline() == "drawn\n"
    running = list(processes_of(desk.pid))
    assert len(running) > 1, "the web engine's own processes are not seen"
    assert found(path for pid in running for path in open_files(pid)) == {}
    assert found(below(tmp_path)) == {}
    (tmp_path / "home" / "kept.ldb").write_bytes(b"..CANARYLABEL..")
    assert list(found(below(tmp_path)).values()) == [[b"CANARYLABEL"]], "what lies there would not be found"
    (tmp_path / "home" / "kept.ldb").unlink()
    desk.communicate("end\n", timeout=60)
    assert found(below(tmp_path)) == {}
