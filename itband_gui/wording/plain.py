"""Makes text that a user typed safe to show on one line."""

import unicodedata

_TAGS = range(0xE0020, 0xE0080)  # spell out a flag emoji
_JOINERS = {0x200C, 0x200D}  # hold Persian words and family emoji together
_PICTURES = 0x2400  # U+2400 onwards show the control characters U+0000 onwards
_DELETE_PICTURE = "\u2421"
_RIGHT_TO_LEFT = {"R", "AL"}
_ISOLATE, _END = "\u2068", "\u2069"


def one_line(text: str, limit: int = 400) -> str:
    """Return the first `limit` characters on one line, without what could break the line.

    Line breaks and runs of blanks become one space, control characters become visible symbols,
    direction marks and other invisible characters are dropped.
    """
    words = " ".join(text[: limit * 2].split())
    shown = "".join(map(_shown, words))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def isolated(text: str) -> str:
    """Isolate right-to-left text, so that it does not reorder the words around it."""
    if any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text):
        return f"{_ISOLATE}{text}{_END}"
    return text


def quoted(text: str) -> str:
    """Return a name that a user chose, made safe for the middle of a sentence."""
    return isolated(one_line(text, 80))


def _shown(char: str) -> str:
    code, category = ord(char), unicodedata.category(char)
    if code < 0x20:
        return chr(_PICTURES + code)
    if code == 0x7F:
        return _DELETE_PICTURE
    if category == "Cs":
        return "\ufffd"
    if category in {"Cc", "Cf"} and code not in _JOINERS and code not in _TAGS:
        return ""
    return char
