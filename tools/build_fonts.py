"""Cuts the bundled fonts out of Debian's fonts-noto-cjk: Hangul, Latin and the signs that the desk draws.

Needs fontTools and the package fonts-noto-cjk; run it only when the glyphs change: `python tools/build_fonts.py`.
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

SOURCE = Path("/usr/share/fonts/opentype/noto")
TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts"
RANGES = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x203E),
    (0x20A9, 0x20A9),
    (0x2100, 0x214F),
    (0x2190, 0x21FF),
    (0x2200, 0x22FF),
    (0x2300, 0x23FF),
    (0x2460, 0x24FF),
    (0x25A0, 0x27BF),
    (0x3000, 0x303F),
    (0x3131, 0x318E),
    (0xAC00, 0xD7A3),
)


def main() -> None:
    """Write the regular and the bold cut."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for weight in ("Regular", "Bold"):
        collection = TTCollection(SOURCE / f"NotoSansCJK-{weight}.ttc")
        font = next(one for one in collection if one["name"].getDebugName(1) == "Noto Sans CJK KR")
        options = subset.Options(layout_features=["kern", "tnum", "ccmp", "locl", "palt"], name_IDs=["*"], hinting=False)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=[code for first, last in RANGES for code in range(first, last + 1)])
        cutter.subset(font)
        font.save(TARGET / f"NotoSansCJKkr-{weight}.otf")


if __name__ == "__main__":
    main()
