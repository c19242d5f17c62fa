"""Makes foreign text harmless for a terminal."""

_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}
_JOINERS = "\u200c\u200d"  # format characters that emoji and several scripts need
_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def plain(text: str) -> str:
    """Return `text` on one line, with control, bidi and other invisible characters as escapes.

    Escapes have the form of JSON, so that a line of JSON stays the same data.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    import unicodedata  # noqa: PLC0415 - a millisecond that most commands need not wait

    if character in _JOINERS or unicodedata.category(character) not in _UNSAFE:
        return character
    if character in _SHORT:
        return _SHORT[character]
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
