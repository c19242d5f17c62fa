"""One line of the doctor's: a piece, how it is, and what would mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece as it was found; `wrong` says what a needed one is where it is not fine."""

    piece: str
    detail: str
    fine: bool = True
    needed: bool = True
    fix: str = ""
    wrong: str = "MISSING"

    def line(self) -> str:
        """Return the finding as one plain line."""
        state = "ok" if self.fine else self.wrong if self.needed else "optional"
        fix = f". Fix: {self.fix}" if self.fix else ""
        return f"{state:<9} {self.piece}: {self.detail}{fix}"
