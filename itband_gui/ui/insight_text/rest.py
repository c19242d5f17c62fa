"""Rest days and advised rest, without guilt."""

from PySide6.QtCore import QCoreApplication

from itband_gui.insight.rest import Rest


def rest_text(rest: Rest) -> str:
    """Return "4 rest days in 14. You took 3 of the 3 that were advised."."""
    text = QCoreApplication.translate("Rest", "{logged} {advised}")
    return text.format(logged=_logged(len(rest.rest_days), rest.period.days), advised=_taken(rest))


def _logged(count: int, days: int) -> str:
    if count == 0:
        text = QCoreApplication.translate("Rest", "No rest day is logged in {days} days.")
    elif count == 1:
        text = QCoreApplication.translate("Rest", "1 rest day in {days}.")
    else:
        text = QCoreApplication.translate("Rest", "%Ln rest days in {days}.", "", count)
    return text.format(days=days)


def _taken(rest: Rest) -> str:
    advised, taken = len(rest.advised), len(rest.taken)
    if advised == 0:
        return QCoreApplication.translate("Rest", "None was advised.")
    if advised == 1:
        text = QCoreApplication.translate("Rest", "You took {taken} of the 1 that was advised.")
    else:
        text = QCoreApplication.translate(
            "Rest", "You took {taken} of the %Ln that were advised.", "", advised
        )
    return text.format(taken=taken)


def kind_text() -> str:
    """Return how rest is counted here."""
    return QCoreApplication.translate(
        "Rest", "A rest day is a success. Days without a run count as rest that was taken."
    )
