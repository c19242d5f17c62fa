"""Rest days and advised rest of the last 14 days; nothing counts in a row."""

from PySide6.QtCore import QCoreApplication

from itband_gui.ui.history.facts import Facts
from itband_gui.ui.history.panel import Panel
from itband_gui.ui.insight_text.rest import kind_text, rest_text
from itband_gui.ui.widgets.text import TextLabel


class RestPanel(Panel):
    """Two sentences and how they count."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("RestPanel", "Rest"))
        self.text = TextLabel()
        self.box.addWidget(self.text)
        self.box.addWidget(TextLabel(kind_text(), "small"))

    def show_facts(self, facts: Facts) -> None:
        """Show the rest of the last 14 days."""
        self.text.setText(rest_text(facts.rest))
