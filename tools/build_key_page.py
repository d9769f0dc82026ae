"""Writes docs/keys.md from the table of actions, so that the page never says anything else than the desk."""

from pathlib import Path

from desktop.actions import ACTIONS, MENUS

TARGET = Path(__file__).resolve().parent.parent / "docs" / "keys.md"


def page() -> str:
    """The page as Markdown: one table a menu."""
    lines = [
        "# Keys of the desk",
        "",
        "`tools/build_key_page.py` makes this page from `desktop/actions.py`. F1 shows the same at the desk.",
        "",
    ]
    for menu, title in MENUS:
        lines += [f"## {title}", "", "| key | does |", "|---|---|"]
        lines += [f"| {f'`{spec.keys}`' if spec.keys else 'menu, `Ctrl+K`'} | {spec.text} |" for spec in ACTIONS if spec.menu == menu]
        lines.append("")
    lines += [
        "`Space` and `Return` do this only in the alarm list; elsewhere they press the button that has the focus.",
        "On the map `L` chooses layers, `M` measures and `F` shows the whole case.",
        "In the time bar of a replay the arrow keys move by a second, with Shift by a minute.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
