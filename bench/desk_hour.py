"""Whether the desk's memory stays as it is: python bench/desk_hour.py [MINUTES, 60] [PEOPLE, 10,000] [SECONDS, 20].

The desk of `desk_crowd.py` with all that comes to it, and every so many seconds another case is chosen, its day of fixes drawn, the
map moved and zoomed. Memory of the desk's process and of all with the map's is printed each five minutes: what counts is the slope
of each after the first sixth, and how often the map's page had to be started anew (a new page begins with little memory, so that a
slope over a restart says nothing).
"""

import os
import sys
import time
from dataclasses import dataclass, replace

import numpy as np
from desk_crowd import WITHOUT_FILES, CrowdedDesk, memory_mb
from map_frames import SEOUL, ZOOM, Crowd, day_track, wait
from PySide6.QtWidgets import QApplication

from backend_bridge.domain.identifiers import CaseId
from backend_bridge.domain.quantities import LatLon
from widgets.map import page_life
from widgets.map.web_engine import environment, prepare_engine

TOLD_S = 300
CASES = 40
"""So many cases are chosen in turn, as a person comes back to the same ones; the bench has the days of their devices from the start."""
DAYS = 8
"""So many different days they have: the bench itself takes five megabytes."""
PATIENT_BEATS = 60
"""So long a page may be late here before it is started anew, which on a machine shared with others would end what is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Memory at a moment, in MB, of the desk's process and of all."""

    minute: float
    own_mb: float
    whole_mb: float
    working_mb: float
    """Of all, without libraries and other files: what can grow, and what no other program changes by sharing."""


def look(began: float) -> Look:
    """How much there is now."""
    own, whole = memory_mb()
    return Look(minute=(time.perf_counter() - began) / 60, own_mb=own, whole_mb=whole, working_mb=memory_mb(WITHOUT_FILES)[1])


def told(seen: Look, restarts: int) -> None:
    """A line for whoever waits."""
    load = os.getloadavg()[0]
    line = f"{seen.minute:5.0f} min: desk {seen.own_mb:.0f} MB, with the map {seen.whole_mb:.0f} MB"
    print(f"{line} ({seen.working_mb:.0f} without files); page started anew {restarts} times; load {load:.1f}", flush=True)


def lived(desk: CrowdedDesk, minutes: float, choice_s: float) -> list[Look]:
    """Choose, move and look for so long."""
    began, seen, told_s, n = time.perf_counter(), [], 0.0, 0
    while time.perf_counter() - began < minutes * 60:
        at = n % CASES
        drawn_ms = desk.select_ms(CaseId(f"KR-SE-{at * 7:05d}"), desk.crowd.devices[at * 14])[1]
        wait(max(0, int(choice_s * 500 - drawn_ms)))
        desk.map.go_to(LatLon(lat_deg=SEOUL.lat_deg + 0.002 * (n % 5), lon_deg=SEOUL.lon_deg), ZOOM + n % 3)
        wait(int(choice_s * 500))
        seen.append(look(began))
        n += 1
        if time.perf_counter() - began - told_s > TOLD_S:
            told_s = time.perf_counter() - began
            told(seen[-1], desk.map.life.restarts)
    return seen


def slope_mb_h(minutes: list[float], sizes_mb: list[float]) -> float:
    """By how much memory grows in an hour, by least squares."""
    return float(np.polyfit(minutes, sizes_mb, 1)[0]) * 60


def main() -> None:
    """Measure and print."""
    given = sys.argv[1:]
    minutes, people, choice_s = (float(word) for word in (given + ["60", "10000", "20"][len(given) :]))
    os.environ.update(environment(os.environ, as_root=os.geteuid() == 0))
    prepare_engine()
    page_life.MISSED_BEATS = PATIENT_BEATS
    application = QApplication([])
    desk = CrowdedDesk(application, Crowd(int(people), alarms=int(people) // 20), int(people) // 20)
    days = [day_track(device, n) for n, device in enumerate(desk.crowd.devices[:DAYS])]
    for n, device in enumerate(device for at in range(CASES) for device in desk.crowd.devices[at * 14 : at * 14 + 2]):
        desk.days[device] = replace(days[n % DAYS], device=device)
    desk.fill()
    desk.live(on=True)
    wait(8000)
    seen = [one for one in lived(desk, minutes, choice_s) if one.minute > minutes / 6]
    at = [one.minute for one in seen]
    own, whole = slope_mb_h(at, [one.own_mb for one in seen]), slope_mb_h(at, [one.whole_mb for one in seen])
    working = slope_mb_h(at, [one.working_mb for one in seen])
    restarts = desk.map.life.restarts
    print(f"slope after {minutes / 6:.0f} of {minutes:.0f} min: desk {own:+.1f} MB an hour, with the map {whole:+.1f} MB an hour")
    print(f"and without libraries and other files {working:+.1f} MB an hour")
    print(f"the map's page was started anew {restarts} times")
    print(f"most: desk {max(one.own_mb for one in seen):.0f} MB, with the map {max(one.whole_mb for one in seen):.0f} MB")
    desk.close()


if __name__ == "__main__":
    main()
