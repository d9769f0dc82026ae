"""Makes the sounds of the desk out of sine waves: one a priority, and one of its own for SOS; run it when they should change."""

import math
import struct
import wave
from pathlib import Path

RATE = 22_050
TARGET = Path(__file__).resolve().parent.parent / "resources" / "sounds"
SOUNDS = {
    # name: (tones as (Hz, seconds), loudness 0–1); a tone of 0 Hz is a pause
    "sos": ([(1400, 0.09), (0, 0.03), (1800, 0.09), (0, 0.03)] * 5 + [(0, 0.25)], 0.9),
    "priority1": ([(880, 0.16), (660, 0.16)] * 3 + [(0, 0.2)], 0.85),
    "priority2": ([(740, 0.2), (0, 0.08), (740, 0.2)], 0.6),
    "priority3": ([(587, 0.22)], 0.45),
    "priority4": ([(440, 0.14)], 0.3),
    "not_live": ([(330, 0.35), (0, 0.1), (247, 0.5)], 0.7),
}


def samples(tones: list[tuple[int, float]], loudness: float) -> bytes:
    """The tones as 16 bit mono, each swelling and fading for 6 ms so that nothing clicks."""
    out = bytearray()
    for pitch, seconds in tones:
        n, edge = int(seconds * RATE), int(0.006 * RATE)
        for at in range(n):
            swell = min(1.0, at / edge, (n - at) / edge)
            level = math.sin(2 * math.pi * pitch * at / RATE) + 0.3 * math.sin(4 * math.pi * pitch * at / RATE)
            out += struct.pack("<h", int(level / 1.3 * swell * loudness * 32_000))
    return bytes(out)


def main() -> None:
    """Write one WAV a sound."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (tones, loudness) in SOUNDS.items():
        with wave.open(str(TARGET / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples(tones, loudness))


if __name__ == "__main__":
    main()
