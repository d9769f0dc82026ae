"""Where units can be sent: to the person, to each known address, to each named place of the map within the error; ranked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget
from typing_extensions import override

from backend_bridge.domain.quantities import LatLon
from backend_bridge.domain.spoken_place import SpokenPlace
from widgets import phrases_where
from widgets.surroundings import Surroundings

MOST_NAMED = 8


class Destinations(QComboBox):
    """The list of places; what a person has chosen stays chosen while the ranking moves on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("destinations")
        self.setAccessibleName(self.tr("Where to send units"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.on_chosen: Callable[[], None] = lambda: None
        self._default: tuple[LatLon, SpokenPlace] | None = None
        self._around = Surroundings()
        self._named: tuple[tuple[str, LatLon], ...] = ()
        self._places: list[tuple[SpokenPlace, LatLon, str]] = []
        self._wanted: SpokenPlace | None = None
        """What a person chose; None: wherever the protected person is."""
        self.activated.connect(self._on_activated)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a place that is too long for the field with an ellipsis; Qt would cut it through a letter."""
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, field.width() - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def place(self) -> tuple[LatLon, SpokenPlace] | None:
        """Where a unit goes now, and what the place is called; None where nothing is known."""
        chosen = next((one for one in self._places if one[0] == self._wanted), None)
        if chosen is not None:
            return chosen[1], chosen[0]
        return self._default

    def show_default(self, place: tuple[LatLon, SpokenPlace] | None) -> None:
        """Where the person is now, or else a zone of the case."""
        if place != self._default:
            self._default = place
            self._fill()

    def show_around(self, around: Surroundings) -> None:
        """Known addresses and the error within which the map's places count."""
        if around != self._around:
            self._around = around
            self._fill()

    def show_named(self, named: Sequence[tuple[str, LatLon]]) -> None:
        """Named places of the map about the person."""
        if tuple(named) != self._named:
            self._named = tuple(named)
            self._fill()

    def forget(self) -> None:
        """Another incident: nothing chosen, nothing known."""
        self._wanted, self._around, self._named = None, Surroundings(), ()
        self._fill()

    def _fill(self) -> None:
        spots = sorted(self._around.addresses, key=lambda spot: (not spot.inside, spot.distance_m))
        inside = [spot for spot in spots if spot.inside]
        outside = [spot for spot in spots if not spot.inside]
        named = self._around.rank(self._named)[:MOST_NAMED]
        self._places = [(spot.place, spot.position, spot.words()) for spot in (*inside, *named, *outside)]
        self.clear()
        if self._default is not None:
            self.addItem(self.tr("To the person · {place}").format(place=phrases_where.spoken(self._default[1])))
        for _name, _position, words in self._places:
            self.addItem(words)
        first = 0 if self._default is None else 1
        at = next((first + at for at, one in enumerate(self._places) if one[0] == self._wanted), 0)
        self.setCurrentIndex(at)
        self._show_whole()

    def _show_whole(self) -> None:
        """A place that is too long for the field is read by pointing at it; the list is as wide as the longest."""
        self.setToolTip(self.currentText())
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0))

    @Slot(int)
    def _on_activated(self, at: int) -> None:
        first = 0 if self._default is None else 1
        self._wanted = self._places[at - first][0] if at >= first else None
        self._show_whole()
        self.on_chosen()
