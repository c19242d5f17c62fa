"""From the history to the page for a physiotherapist."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from itband_gui.insight.days import Range
from itband_gui.ui.history.page import HistoryPage
from itband_gui.ui.report.dialog import ReportDialog

if TYPE_CHECKING:
    from tests.ui.conftest import User


def test_the_page_for_a_physiotherapist_opens_with_the_range_that_was_looked_at(
    user: "User",
) -> None:
    user.fill_journal(8)
    user.open()
    user.press("3", modifier=Qt.KeyboardModifier.ControlModifier)
    page = user.page_of(HistoryPage)
    page.view.bar.ranges.button_for(Range.YEAR).click()

    user.click(page.view.report)

    dialog = user.window.findChild(ReportDialog)
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.lengths.value is Range.YEAR
    dialog.close()
