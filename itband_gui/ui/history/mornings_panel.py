"""First steps on mornings after a session and on other mornings, side by side with their counts."""

from PySide6.QtCore import QCoreApplication

from itband_gui.leg.names import Leg
from itband_gui.ui.history.facts import Facts
from itband_gui.ui.history.panel import Panel
from itband_gui.ui.insight_text.mornings import beside_text, mornings_text
from itband_gui.ui.insight_text.relief import cause_text
from itband_gui.ui.widgets.text import TextLabel
from itband_gui.ui.words import leg_name


class MorningsPanel(Panel):
    """Compares the two only where both have enough mornings."""

    def __init__(self) -> None:
        super().__init__(
            QCoreApplication.translate("MorningsPanel", "Mornings after a session, and others")
        )
        self.headings = {leg: TextLabel(leg_name(leg), "strong") for leg in Leg}
        self.texts = {leg: TextLabel() for leg in Leg}
        self.foot = TextLabel()
        for leg in Leg:
            self.box.addWidget(self.headings[leg])
            self.box.addWidget(self.texts[leg])
        self.box.addWidget(self.foot)

    def show_facts(self, facts: Facts) -> None:
        """Show the mornings of a period."""
        for leg in Leg:
            self.headings[leg].setVisible(leg in facts.legs)
            self.texts[leg].setVisible(leg in facts.legs)
            if leg in facts.legs:
                self.texts[leg].setText("\n".join(mornings_text(facts.relief[leg].mornings)))
        beside = beside_text(each.mornings for each in facts.relief.values())
        self.foot.setText(f"{beside} {cause_text()}")
