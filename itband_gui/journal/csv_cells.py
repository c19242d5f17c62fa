"""Text as a cell of a table that no spreadsheet takes for a formula, and back."""

import unicodedata

_QUOTE = "'"
_STARTS_FORMULA = set("=+-@\u2212")  # the last: a minus sign, which is no hyphen
_STARTS_CELL_ANEW = set("\t\r\n\0")


def harmless(text: str) -> str:
    """Return `text` with an apostrophe before it where a spreadsheet could take it for a formula.

    Also where it already begins with an apostrophe, so that `as_written` always gives `text` back.
    """
    return _QUOTE + text if _is_risky(text) else text


def as_written(cell: str) -> str:
    """Return what `harmless` made the cell of; an apostrophe that somebody typed stays."""
    rest = cell.removeprefix(_QUOTE)
    return rest if rest != cell and _is_risky(rest) else cell


def _is_risky(text: str) -> bool:
    first = next(filter(_shows, text), "")
    return (
        text[:1] in _STARTS_CELL_ANEW
        or first == _QUOTE
        or unicodedata.normalize("NFKC", first) in _STARTS_FORMULA  # full-width and small signs
    )


def _shows(character: str) -> bool:
    """Whether it is more than a blank, a control or a mark that spreadsheets may skip."""
    return not character.isspace() and not unicodedata.category(character).startswith("C")
