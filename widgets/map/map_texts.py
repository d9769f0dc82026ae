"""Every word that the map page shows, in the language of the desk."""

from PySide6.QtCore import QCoreApplication


def page_texts() -> dict[str, str]:
    """Texts by the key under which the page asks for them; `{name}` is filled in by the page."""
    return {**_tools(), **_layers(), **_facts(), **_units()}


def _tools() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "layers": translate("MapTexts", "Layers"),
        "layers_tip": translate("MapTexts", "Choose what the map shows"),
        "search": translate("MapTexts", "Case, person, device, place"),
        "search_tip": translate("MapTexts", "Search case, person, device, place (/)"),
        "fit": translate("MapTexts", "Fit"),
        "fit_tip": translate("MapTexts", "Show the whole case, or everybody (F)"),
        "follow": translate("MapTexts", "Follow"),
        "follow_tip": translate("MapTexts", "Keep the selected person in the middle"),
        "measure": translate("MapTexts", "Measure"),
        "measure_tip": translate("MapTexts", "Measure a distance: click points, double-click the last"),
        "in_tip": translate("MapTexts", "Closer"),
        "out_tip": translate("MapTexts", "Farther"),
        "frame_replay": translate("MapTexts", "REPLAY"),
        "frame_exercise": translate("MapTexts", "EXERCISE"),
        "frame_exercise-replay": translate("MapTexts", "EXERCISE · REPLAY"),
    }


def _layers() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "layer_trails": translate("MapTexts", "Trails"),
        "layer_zones": translate("MapTexts", "Zones of all cases"),
        "layer_rings": translate("MapTexts", "Rings"),
        "layer_accuracy": translate("MapTexts", "Accuracy circles"),
        "layer_names": translate("MapTexts", "Place names"),
        "layer_units": translate("MapTexts", "Police units"),
        "layer_places": translate("MapTexts", "Known addresses"),
        "layer_rejected": translate("MapTexts", "Rejected positions"),
        "layer_clusters": translate("MapTexts", "Group far out"),
        "place_home": translate("MapTexts", "Home"),
        "place_work": translate("MapTexts", "Work"),
        "place_school": translate("MapTexts", "School"),
        "place_other": translate("MapTexts", "Address"),
        "place_curfew": translate("MapTexts", "Curfew"),
        "zone_exclusion": translate("MapTexts", "No-entry zone"),
        "zone_inclusion": translate("MapTexts", "Stay-in zone"),
        "not_in_force": translate("MapTexts", "not in force now"),
    }


def _facts() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "part": translate("MapTexts", "Who"),
        "wearer": translate("MapTexts", "Wearer"),
        "protected": translate("MapTexts", "Protected person"),
        "case": translate("MapTexts", "Case"),
        "age": translate("MapTexts", "Age"),
        "measured": translate("MapTexts", "Measured"),
        "speed": translate("MapTexts", "Speed"),
        "accuracy": translate("MapTexts", "Accuracy"),
        "state": translate("MapTexts", "State"),
        "stale": translate("MapTexts", "Position is old"),
        "lost": translate("MapTexts", "No signal"),
        "reach": translate("MapTexts", "Could be within"),
        "people": translate("MapTexts", "People"),
    }


def _units() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        "metres": translate("MapTexts", "{n} m"),
        "kilometres": translate("MapTexts", "{n} km"),
        "mps": translate("MapTexts", "{n} m/s"),
        "seconds": translate("MapTexts", "{n} s"),
        "minutes": translate("MapTexts", "{m} min"),
        "minutes_seconds": translate("MapTexts", "{m} min {s} s"),
        "hours_minutes": translate("MapTexts", "{h} h {m} min"),
        "days": translate("MapTexts", "{n} d"),
        "ago": translate("MapTexts", "{span} ago"),
        "contact_in": translate("MapTexts", "contact in {span}"),
    }
