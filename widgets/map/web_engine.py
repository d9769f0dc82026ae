"""What must be said to the web engine before the application object exists."""

from typing import Final

from PySide6.QtWebEngineWidgets import QWebEngineView

from widgets.map.scheme import register_scheme

FLAGS: Final = "QTWEBENGINE_CHROMIUM_FLAGS"
"""The environment variable that Chromium reads its flags from."""
_ALWAYS: Final = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--no-pings",
    "--disable-renderer-backgrounding",
)


def prepare_engine() -> type[QWebEngineView]:
    """Load the web engine and register its private scheme; call before the application object is made."""
    register_scheme()
    return QWebEngineView


def chromium_flags(given: str, *, as_root: bool, gpu: bool) -> str:
    """The value for `FLAGS` in the environment: what was `given`, and what the map needs.

    Chromium refuses its sandbox to root, so there it goes without; without `gpu` everything is drawn in software.
    """
    flags = [*given.split(), *_ALWAYS]
    if as_root:
        flags.append("--no-sandbox")
    if not gpu:
        flags.append("--disable-gpu")
    return " ".join(dict.fromkeys(flags))
