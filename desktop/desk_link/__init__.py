"""The desk's link to the bridge: rows, positions and states in, commands and queries out."""

from desktop.desk_link.link import DeskLink, LinkHandlers
from desktop.desk_link.settings import LinkSettings, Refusal

__all__ = ["DeskLink", "LinkHandlers", "LinkSettings", "Refusal"]
