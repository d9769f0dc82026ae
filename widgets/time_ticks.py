"""Where a line of time has its ticks: at round moments of Korean time, as many as there is room for."""

from typing import Final

from widgets import formats

STEPS_S: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400)
KST_US: Final = 9 * 3600 * 1_000_000


def ticks_of(span_us: tuple[int, int], most: int) -> list[tuple[int, str]]:
    """At most `most` moments between both ends, each with its time; seconds stand there where the steps are shorter than a minute."""
    start, end = span_us
    wanted = (end - start) / 1e6 / max(1, most)
    step_s = next((step for step in STEPS_S if step >= wanted), max(STEPS_S[-1], -(-int(wanted) // STEPS_S[-1]) * STEPS_S[-1]))
    step_us = step_s * 1_000_000
    first = -(-(start + KST_US) // step_us) * step_us - KST_US
    return [(at_us, _words(at_us, step_s)) for at_us in range(first, end + 1, step_us)]


def _words(at_us: int, step_s: int) -> str:
    if step_s >= STEPS_S[-1]:
        return formats.day(at_us)
    return formats.clock(at_us) if step_s < 60 else formats.clock(at_us)[:5]
