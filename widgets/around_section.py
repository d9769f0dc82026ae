"""Where the protected person of an open incident could be: every source with its error, addresses there, monitored persons near."""

from PySide6.QtWidgets import QWidget

from widgets.case_sections import Section
from widgets.controls import clear, label
from widgets.surroundings import Surroundings


class AroundSection(Section):
    """Hidden while nothing is known; lines nearest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "case_around", parent)
        self.body.insertWidget(0, label(self.tr("Where the person could be"), "title"))
        self._shown: Surroundings | None = None

    def show_around(self, around: Surroundings) -> None:
        """What the bridge knows; an empty one hides the part."""
        self.setVisible(bool(around.sources or around.addresses or around.wearers))
        if around == self._shown:
            return
        self._shown = around
        clear(self.content)
        for source in around.sources:
            self.content.addWidget(label(source, "soft", wrap=True))
        for spot in around.addresses:
            self.content.addWidget(label(spot.words(), "" if spot.inside else "faint", wrap=True))
        if around.wearers:
            self.content.addWidget(label(self.tr("Monitored persons near"), "caption"))
        for wearer in around.wearers:
            self.content.addWidget(label(wearer, "soft", look="look", wrap=True))
