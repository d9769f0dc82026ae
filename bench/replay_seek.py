"""How fast a recording opens, is sought and played; and what the same fixes scanned with pandas need for "where was everybody at T".

`python bench/replay_seek.py --subjects 5000 --hours 24` is the size that is wanted (21.6 million fixes); smaller ones show the same shape.
A seek is timed until the desk has all that it is sent at once, rows and the frame of positions, as bytes for the wire: with the file in the
machine's memory as it may be, and with nothing of it there. Example:
  python bench/replay_seek.py --subjects 500 --hours 2 --seeks 40
"""

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from backend_bridge.adapters.desk_mirrors import encoded
from backend_bridge.adapters.fix_blob import without_spare_names
from backend_bridge.adapters.recording_file import RecordingFile
from backend_bridge.adapters.recording_manifest import Manifest
from backend_bridge.adapters.recording_write import write_recording
from backend_bridge.adapters.state_codec import without_collector
from backend_bridge.application.inbox import ImportCases, OpenSession
from backend_bridge.application.intake import joined
from backend_bridge.application.outcome import Kept, Taken
from backend_bridge.application.playback import Player
from backend_bridge.application.room_state import Room
from backend_bridge.application.views import DeskView, Reach
from backend_bridge.bootstrap.warm import warm_up
from backend_bridge.desk_protocol import encode_part
from backend_bridge.domain.arrivals import Lane
from backend_bridge.domain.case import Case, Circle, Order, OrderBasis, Party, Ring, RingEffect, Tier, Zone, ZoneKind
from backend_bridge.domain.fix import FixBatch
from backend_bridge.domain.identifiers import CaseId, DeviceId, GatewayName, PersonId, RingId, UserId, ZoneId
from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.user import Role
from backend_bridge.domain.watching.watch import Watch

KEY: Final = bytes(32)
START_US: Final = 1_795_305_600_000_000
S: Final = 1_000_000
EVERY_S: Final = 20
M_PER_DEG: Final = 111_195.0
USER: Final = UserId("operator-1")
FORGET: Final = os.POSIX_FADV_DONTNEED


class People:
    """Half of them wearers, half protected, each going between two places; one pair in twenty lives too near each other."""

    def __init__(self, n: int, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.n = n
        half = n // 2
        near = rng.random(half) < 0.05
        side = 30_000.0
        wearers = rng.uniform(0.0, side, (half, 2))
        apart = np.where(near, rng.uniform(300.0, 1500.0, half), rng.uniform(4000.0, 9000.0, half))
        turn = rng.uniform(0.0, 2 * np.pi, half)
        protected = wearers + apart[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
        self.home_m = np.vstack([wearers, protected])
        self.reach_m = rng.uniform(100.0, 700.0, (n, 2)) * rng.choice([-1.0, 1.0], (n, 2))
        self.period_s = rng.uniform(2.0, 8.0, n) * 3600.0
        self.phase = rng.uniform(0.0, 2 * np.pi, n)
        self.names = tuple(DeviceId(f"ANK-{k:05}") for k in range(half)) + tuple(DeviceId(f"VIC-{k:05}") for k in range(half))

    def cases(self) -> tuple[Case, ...]:
        """One case a pair."""
        return tuple(self._case(k) for k in range(self.n // 2))

    def _case(self, k: int) -> Case:
        home = self.home_m[self.n // 2 + k]
        lat, lon = degrees(home[None, :])[0]
        person = PersonId(f"V-{k:05}")
        return Case(
            case=CaseId(f"KR-{k:05}"),
            jurisdiction="KR",
            tier=Tier.MEDIUM,
            subject=Party(person=PersonId(f"S-{k:05}"), device=self.names[k]),
            protected=(Party(person=person, device=self.names[self.n // 2 + k]),),
            order=Order(basis=OrderBasis.INTERIM_MEASURE_3_2, starts_us=START_US - 86_400 * S, ends_us=START_US + 90 * 86_400 * S),
            zones=(
                Zone(
                    zone=ZoneId("Z1"),
                    kind=ZoneKind.EXCLUSION,
                    shape=Circle(centre=LatLon(lat_deg=float(lat), lon_deg=float(lon)), radius_m=150.0),
                    warning_m=300.0,
                ),
            ),
            rings=(
                Ring(ring=RingId("R1"), about=person, distance_m=2000.0, effect=RingEffect.WARN),
                Ring(ring=RingId("R2"), about=person, distance_m=1000.0, effect=RingEffect.ALARM),
            ),
        )

    def fixes(self, which: np.ndarray, at_s: float, seed: int) -> FixBatch:
        """Those people's fixes measured now."""
        rng = np.random.default_rng(seed)
        swing = np.clip(3.0 * np.sin(2 * np.pi * at_s / self.period_s[which] + self.phase[which]), -1.0, 1.0)
        where = degrees(self.home_m[which] + self.reach_m[which] * swing[:, None] + rng.normal(0.0, 5.0, (len(which), 2)))
        n, measured = len(which), START_US + int(at_s * S)
        return FixBatch(
            device_names=self.names,
            device=which.astype(np.int32),
            measured_us=np.full(n, measured - S, np.int64),
            lat_deg=where[:, 0].copy(),
            lon_deg=where[:, 1].copy(),
            accuracy_m=np.full(n, 8.0, np.float32),
            speed_mps=np.full(n, np.nan, np.float32),
            course_deg=np.full(n, np.nan, np.float32),
            moving=(np.abs(swing) < 1.0).astype(np.int8),
            source=np.zeros(n, np.int8),
            device_seq=np.full(n, int(at_s) + 1, np.uint64),
            has_device_seq=np.ones(n, np.bool_),
            received_us=np.full(n, measured, np.int64),
        )


def degrees(metres: np.ndarray) -> np.ndarray:
    """(n, 2) metres east and north of a corner to (n, 2) latitude and longitude."""
    return np.column_stack([36.0 + metres[:, 1] / M_PER_DEG, 127.0 + metres[:, 0] / (M_PER_DEG * np.cos(np.radians(36.0)))])


def steps(people: People, hours: float) -> Iterator[Taken]:
    """A step a second, in which a twentieth of the people report."""
    first = Taken(
        now_us=START_US,
        first_n=1,
        orders=(ImportCases(by=UserId("bench"), cases=people.cases()),),
        news=(OpenSession(user=USER, seat="seat", desk="desk", expires_us=START_US + 10 * 86_400 * S),),
    )
    yield first
    turns = np.array_split(np.random.default_rng(9).permutation(people.n), EVERY_S)
    for second in range(1, int(hours * 3600)):
        batch = without_spare_names(people.fixes(turns[second % EVERY_S], float(second), second))
        kept = Kept(
            gateway=GatewayName("north"),
            lane=Lane.POSITIONS,
            epoch=1,
            seq=second,
            rows=np.arange(len(batch), dtype=np.int32),
            fixes=batch,
            events=(),
            heard=(),
        )
        yield Taken(now_us=START_US + second * S, first_n=2, kept=(kept,))


def drawn(player: Player) -> int:
    """All rows and positions that a desk is sent at once after a seek, as bytes; their number."""
    view = DeskView(USER, "seat", Reach(role=Role.OPERATOR, cases=frozenset(player.room.registry.held)))
    picture = player.room.watch.picture(player.room.now_us)
    rows = sum(len(bytes(part.raw)) for part in encoded(view.changes(player.room, picture)))
    return rows + len(bytes(encode_part(view.frame(player.room, picture))))


def main() -> None:
    """Write a recording, open it, seek, play, scan; prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=500)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--seeks", type=int, default=40)
    parser.add_argument("--file", type=Path, help="a recording that this bench made: keep it there, take it from there")
    given = parser.parse_args()
    warm_up()
    with tempfile.TemporaryDirectory() as name:
        file = given.file or Path(name) / "day.bongsu"
        people = People(given.subjects, 1)
        if not file.exists():
            alone(wrote, file, people, given.hours)
        measured(file, given)
        alone(beside, people, given.hours, given.seeks)


def alone(work: Callable[..., None], *arguments: object) -> None:
    """Do something in a process of its own: what writing or scanning needs is not what showing needs."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def wrote(file: Path, people: People, hours: float) -> None:
    """Make the recording."""
    started = time.perf_counter()
    wanted = Manifest(from_us=START_US, to_us=START_US + int(hours * 3600 * S), cases=(), made_by="bench", made_us=START_US)
    signed = write_recording(file, (KEY, bytes(range(32))), Room(Watch.empty()), steps(people, hours), wanted, lambda _: None)
    took = time.perf_counter() - started
    size = file.stat().st_size
    print(f"{signed.n_fixes:,} fixes of {people.n:,} subjects written in {took:.0f} s")
    print(f"{'size of the recording':44}{size / 1e6:>10.0f} MB, {size / signed.n_fixes:.0f} bytes a fix")


def measured(file: Path, given: argparse.Namespace) -> None:
    """Open, seek and play."""
    started = time.perf_counter()
    recording = RecordingFile(file, KEY, thorough=False)
    print(f"{'opened (wanted: 1 s)':44}{time.perf_counter() - started:>10.2f} s")
    player = Player(recording)
    anywhere = np.random.default_rng(3).integers(player.from_us, player.to_us, given.seeks)
    sought(player, anywhere, "seek to a drawn desk")
    with file.open("rb") as stored:
        sought(player, anywhere, "the same, nothing of the file in memory", lambda: os.posix_fadvise(stored.fileno(), 0, 0, FORGET))
    player.seek(player.from_us + (player.to_us - player.from_us) // 4)
    began_us, started, started_own = player.at_us, time.perf_counter(), time.process_time()
    while time.perf_counter() - started < 5.0 and not player.is_over:
        player.speed = 60.0
        player.advance(S)
    lived_s = (player.at_us - began_us) / S
    speed, own_speed = lived_s / (time.perf_counter() - started), lived_s / (time.process_time() - started_own)
    print(f"{'playback with all decisions (wanted: 1,000×)':44}{speed:>10.0f} ×, {own_speed:.0f} × by this process's own time")
    print(f"{'memory of the process (wanted: 600 MB)':44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:>10.0f} MB")


def sought(player: Player, anywhere: NDArray[np.int64], what: str, before: Callable[[], None] = lambda: None) -> None:
    """Seek to all instants, and say how long it took until the desk was drawn: by the clock, of the thread that waits, of all threads."""
    clocks = (time.perf_counter, time.thread_time, time.process_time)
    took = []
    completed = []
    for at_us in anywhere.tolist():
        before()
        started = [clock() for clock in clocks]
        with without_collector():  # as for desks
            player.seek(at_us, glimpse=True)
            drawn(player)
        took.append([clock() - start for clock, start in zip(clocks, started, strict=True)])
        leaps, began = player.leaps, time.perf_counter()
        with without_collector():
            player.complete()
        completed.append((time.perf_counter() - began, player.leaps - leaps))
    for share, wanted in ((50, ""), (95, " (wanted: 300 ms)")):
        told, thread, process = np.percentile(np.array(took) * 1000, share, axis=0)
        computed = f"of which its thread computed {thread:.0f} ms, all threads {process:.0f} ms"
        print(f"{f'{what}, p{share}{wanted}':44}{told:>10.0f} ms, {computed}")
    later, differed = np.array(completed).T
    others = f"{differed.sum():.0f} of {len(later)} pictures were other ones"
    print(f"{'then all of its tracks, p50':44}{np.median(later) * 1000:>10.0f} ms; {others}")


def beside(people: People, hours: float, seeks: int) -> None:
    """The same fixes scanned with pandas."""
    from replay_scanned import scanned  # with libraries that showing a recording does not need

    fixes = joined([kept.fixes for step in steps(people, hours) for kept in step.kept if kept.fixes is not None])
    anywhere = np.random.default_rng(3).integers(START_US, START_US + int(hours * 3600 * S), min(seeks, 5))
    scanned(fixes, anywhere.tolist())


if __name__ == "__main__":
    main()
