"""Writes docs/keys.md from the table of actions, so that the page never says anything else than the desk."""

from pathlib import Path

from desktop.actions import ACTIONS, MENUS

TARGET = Path(__file__).resolve().parent.parent / "docs" / "keys.md"


def page() -> str:
    """The page as Markdown: one table a menu."""
    lines = ["# Keys of the desk", "", "Made by `tools/build_key_page.py` from `desktop/actions.py`; F1 shows the same in the desk.", ""]
    for menu, title in MENUS:
        lines += [f"## {title}", "", "| key | does |", "|---|---|"]
        lines += [f"| {f'`{spec.keys}`' if spec.keys else 'menu, `Ctrl+K`'} | {spec.text} |" for spec in ACTIONS if spec.menu == menu]
        lines.append("")
    lines += [
        "`Space` and `Return` work in the alarm list alone, where they cannot be taken for a press on a button.",
        "On the map `L` chooses layers, `M` measures, `F` fits; in the time bar of a replay the arrows go a second, with Shift a minute.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
