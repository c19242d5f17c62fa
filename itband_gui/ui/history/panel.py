"""A box of the history page with a heading, that shows a period's facts."""

from itband_gui.ui.history.facts import Facts
from itband_gui.ui.widgets.card import Card
from itband_gui.ui.widgets.text import TextLabel


class Panel(Card):
    """Widgets are added below the heading; a subclass fills them from facts."""

    def __init__(self, heading: str) -> None:
        super().__init__(TextLabel(heading, "lead"))
        self.setAccessibleName(heading)

    def show_facts(self, facts: Facts) -> None:
        """Show the facts of a period."""
        raise NotImplementedError
