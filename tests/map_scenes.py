"""Frames and cases for the map's tests: a few people in Sinchon, as arrays."""

import os
from collections.abc import Sequence

import numpy as np
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import resources
from backend_bridge.application.rows import CaseRow, PersonRow, PositionFrame, RingRow, Track, ZoneRow
from backend_bridge.domain.case import Circle, OrderBasis, RingEffect, Tier, ZoneKind
from backend_bridge.domain.identifiers import CaseId, DeviceId, PersonId, RingId, ZoneId
from backend_bridge.domain.quantities import LatLon
from widgets.map.map_view import MapView
from widgets.map.web_engine import environment, prepare_engine

AT_US = 1_795_650_136_000_000
WEARER = LatLon(lat_deg=37.5575, lon_deg=126.9450)
PROTECTED = LatLon(lat_deg=37.5600, lon_deg=126.9425)


def prepare() -> None:
    """Make the web engine ready; at import of each module of map tests, before any application object exists."""
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()


def frame(
    positions: Sequence[LatLon] = (WEARER, PROTECTED),
    *,
    at_us: int = AT_US,
    level: Sequence[int] | None = None,
    fresh: Sequence[int] | None = None,
) -> PositionFrame:
    """A frame of devices ANK-0000, VIC-0000, ANK-0001 … at these positions."""
    n = len(positions)
    full = np.full(n, 0.0, np.float32)
    return PositionFrame(
        at_us=at_us,
        devices=tuple(DeviceId(f"{'VIC' if i % 2 else 'ANK'}-{i // 2:04d}") for i in range(n)),
        lat_deg=np.array([p.lat_deg for p in positions]).tobytes(),
        lon_deg=np.array([p.lon_deg for p in positions]).tobytes(),
        accuracy_m=(full + 9).tobytes(),
        speed_mps=(full + 1).tobytes(),
        course_deg=(full + 90).tobytes(),
        measured_us=np.full(n, at_us - 2_000_000, np.int64).tobytes(),
        freshness=np.array(fresh or [0] * n, np.uint8).tobytes(),
        reach_m=(full + 120).tobytes(),
        part=(np.arange(n) % 2).astype(np.uint8).tobytes(),
        level=np.array(level or [0] * n, np.uint8).tobytes(),
    )


def case_row(n: int = 0, *, zone_m: float = 150) -> CaseRow:
    """Case KR-SE-n of the pair ANK-n and VIC-n, with one zone and one ring."""
    zone = ZoneRow(
        zone=ZoneId("Z1"),
        kind=ZoneKind.EXCLUSION,
        label="home",
        shape=Circle(centre=PROTECTED, radius_m=zone_m),
        warning_m=100,
        schedule=None,
        in_force=True,
    )
    people = tuple(
        PersonRow(person=PersonId(f"{name}-{n:04d}"), part=part, device=DeviceId(f"{device}-{n:04d}"), relation=None, n_phones=0)
        for name, part, device in (("S", "subject", "ANK"), ("V", "protected", "VIC"))
    )
    return CaseRow(
        case=CaseId(f"KR-SE-{n:04d}"), version=1, jurisdiction="KR", tier=Tier.HIGH, basis=OrderBasis.INTERIM_MEASURE_3_2,
        starts_us=0, ends_us=2**60, in_force=True, people=people, places=(), zones=(zone,),
        rings=(RingRow(ring=RingId("R1"), about=people[1].person, distance_m=400, effect=RingEffect.ALARM, in_force=True),),
        police_station=None, officer=None, probation_office=None, defects=(), tracked=True, silent_since_us=None,
    )  # fmt: skip


def track(device: str, n: int = 2000) -> Track:
    """A track of n fixes, one in 10 s, walking east through Sinchon."""
    single = np.ones(n, np.float32)
    return Track(
        device=DeviceId(device),
        measured_us=(AT_US - np.arange(n, dtype=np.int64)[::-1] * 10_000_000).tobytes(),
        lat_deg=np.full(n, WEARER.lat_deg).tobytes(),
        lon_deg=np.linspace(126.93, WEARER.lon_deg, n).tobytes(),
        accuracy_m=single.tobytes(),
        speed_mps=single.tobytes(),
        inside=single.tobytes(),
        rejected=np.zeros(n, np.uint8).tobytes(),
        masked=False,
    )


def shown_map(qtbot: QtBot) -> MapView:
    """A map of 700 × 500 on screen that has told its first beat."""
    view = MapView()
    qtbot.addWidget(view, before_close_func=keep_profile)
    view.resize(700, 500)
    view.show()
    qtbot.waitUntil(lambda: view.life.health == "live", timeout=20_000)
    return view


def keep_profile(view: QWidget) -> None:
    """A page's profile outlives it for as long as there is Qt: the web engine's own threads may still look at it."""
    assert isinstance(view, MapView)
    view.life.outlive_page()
    view.life.setParent(QApplication.instance())


def asked(qtbot: QtBot, view: MapView, script: str) -> object:
    """What a script of the page evaluates to."""
    found: list[object] = []
    view.life.page.runJavaScript(script, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0]


def resources_text(name: str) -> str:
    """The text of a resource."""
    return resources.path(name).read_text(encoding="utf-8")
