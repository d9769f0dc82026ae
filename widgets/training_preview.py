"""A scenario of the library as tracks that the map can draw."""

import numpy as np

from backend_bridge.application.rows import Track
from backend_bridge.application.training_rows import ScenarioRow


def preview_tracks(row: ScenarioRow) -> tuple[Track, ...]:
    """One track a person, in equal steps of the scenario's time from 0."""
    tracks = []
    for each in row.tracks:
        n = len(each.points)
        at_us = np.linspace(0.0, row.seconds * 1e6, n).astype("<i8")
        lat = np.array([point.lat_deg for point in each.points], "<f8")
        lon = np.array([point.lon_deg for point in each.points], "<f8")
        unknown = np.full(n, np.nan, "<f4").tobytes()
        tracks.append(
            Track(
                device=each.device,
                measured_us=at_us.tobytes(),
                lat_deg=lat.tobytes(),
                lon_deg=lon.tobytes(),
                accuracy_m=unknown,
                speed_mps=unknown,
                inside=unknown,
                rejected=bytes(n),
                masked=False,
            )
        )
    return tuple(tracks)
