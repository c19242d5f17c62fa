"""Rest days and advised rest, without guilt."""

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.rest import Rest
from itband_gui.wording.translation import translate


def rest_text(rest: Rest) -> str:
    """Return "4 rest days in two weeks. 9 were advised, and you took 7 of them."."""
    text = QCoreApplication.translate("Rest", "{logged} {advised}")
    return text.format(logged=_logged(len(rest.rest_days)), advised=_taken(rest))


def _logged(count: int) -> str:
    if count == 0:
        return QCoreApplication.translate("Rest", "No rest day in two weeks.")
    if count == 1:
        return QCoreApplication.translate("Rest", "1 rest day in two weeks.")
    return translate("Rest", "%Ln rest days in two weeks.", "", count)


def _taken(rest: Rest) -> str:
    advised, taken = len(rest.advised), len(rest.taken)
    if advised == 0:
        return QCoreApplication.translate("Rest", "None was advised.")
    if advised == 1 and taken:
        return QCoreApplication.translate("Rest", "One was advised, and you took it.")
    if advised == 1:
        return QCoreApplication.translate("Rest", "One was advised, and you ran.")
    if taken == advised:
        text = translate("Rest", "%Ln were advised, and you took them all.", "", advised)
    elif taken:
        text = translate("Rest", "%Ln were advised, and you took {taken} of them.", "", advised)
    else:
        text = translate("Rest", "%Ln were advised, and you ran on each of them.", "", advised)
    return text.format(taken=taken)


def kind_text() -> str:
    """Return how rest is counted here."""
    return QCoreApplication.translate(
        "Rest", "A rest day is a success. A day without a run counts as rest you took."
    )
