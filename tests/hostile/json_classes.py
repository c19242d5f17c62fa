"""Documents that test a JSON reader, in the classes of JSONTestSuite; none is copied.

Each class is made by rule: atoms (numbers, strings, words) good and bad, each alone and in every
place of an array and an object; structures cut at every joint; encodings. A name says what it is.
"""

from collections.abc import Iterator
from itertools import product


def _split(text: str, *more: str) -> tuple[str, ...]:
    """Return the texts between bars and line ends, and those that cannot be written there."""
    return (*text.strip().replace("\n", " ¦ ").split(" ¦ "), *more)


_INTEGERS = ("0", "-0", "7", "-123", "20", "123456789")
_FRACTIONS = ("", ".0", ".5", "." + "0" * 60 + "1")
_EXPONENTS = ("", "e0", "E+2", "e-2")
_HUGE = ("1e400", "-1e400", "1e-400", "0.4e00669999999999999", "1e5", "9" * 400, "-" + "9" * 400)
_BAD_NUMBERS = _split(
    r"""
+1 ¦ ++1 ¦ - ¦ --1 ¦ - 1 ¦ + ¦ . ¦ .5 ¦ -.5 ¦ 5. ¦ -5. ¦ 0.e1 ¦ 1.e ¦ 1e ¦ 1e+ ¦ 1e- ¦ 1eE2
1e1.5 ¦ 00 ¦ 01 ¦ -01 ¦ -012 ¦ 0x1F ¦ 0X ¦ 0b1 ¦ 1_000 ¦ 1 000 ¦ 1,5 ¦ NaN ¦ -NaN ¦ nan
Infinity ¦ -Infinity ¦ +Infinity ¦ Inf ¦ inf ¦ 1+2 ¦ 1-1 ¦ 0.1.2 ¦ 1a ¦ -1x ¦ 1.5ea ¦ １ ¦ ٣
0e+-1 ¦ 2.e3 ¦ 9.e+ ¦ .2e-3 ¦ -.1e-1 ¦ 1.2a-3
""",
    "1\u200b",
)
_STRINGS = _split(
    r"""
"" ¦ "asd" ¦ " " ¦ "\u0060\u012a\u12AB" ¦ "\u0000" ¦ "\uD801\udc37" ¦ "\\u0000" ¦ "π" ¦ "😀"
"a/*b*/" ¦ "\uFDD0\uFFFE" ¦ "=1+1" ¦ "<b>&" ¦ "\"" ¦ "\\" ¦ "\/" ¦ "\b" ¦ "\f" ¦ "\n" ¦ "\r"
"\t" ¦ "\ud800" ¦ "\udfff" ¦ "\ud800\ud800" ¦ "\udd1e\ud834" ¦ "\ud800a" ¦ "\ud800\n"
"\uDFAA\u0041" ¦ "a\ud888" ¦ "\ud888\u1234"
""",
    *('"\x7f"', '"\xa0"', '"\u2028\u2029"', '"\U0010ffff"', '"\uffff"', '"\ufeff"', '"\u200b"'),
    f'"{"x" * 5_000}"',
)
_BAD_STRINGS = _split(
    r"""
" ¦ "asd ¦ asd" ¦ 'asd' ¦ asd ¦ é ¦ "\" ¦ "\\\" ¦ "\x00" ¦ "\0" ¦ "\a" ¦ "\U0041" ¦ "\u"
"\u1" ¦ "\u12" ¦ "\u123" ¦ "\u00G0" ¦ "\uD800\" ¦ "\uD800\u" ¦ "\uD800\u1" ¦ "\uD800\u1x"
"\🌀" ¦ "\é" ¦ \n ¦ \u0020"a" ¦ "a"b ¦ "a""b" ¦ `a` ¦ “a” ¦ "\uqqqq" ¦ "\ ¦ "\u00
""",
    *('"a\nb"', '"\t"', '"\0"', '"\x1f"', '"\\\n"'),
)
_BAD_BYTES = {
    "a lone continuation byte": b"\x81",
    "a lone start byte": b"\xe0",
    "latin 1": b"\xe9",
    "cut short": b"\xe2\x82",
    "an overlong slash": b"\xc0\xaf",
    "an overlong euro": b"\xf0\x82\x82\xac",
    "six bytes": b"\xfc\x83\xbf\xbf\xbf\xbf",
    "a surrogate in UTF-8": b"\xed\xa0\x80",
    "beyond unicode": b"\xf4\xbf\xbf\xbf",
    "FF": b"\xff",
    "after an escape": b"\\u\xe5",
    "after a backslash": b"\\\xe5",
}
_WORDS = _split(
    "true ¦ false ¦ null ¦ nul ¦ tru ¦ fals ¦ True ¦ TRUE ¦ NULL ¦ None ¦ undefined ¦ nulll"
)
_SPACES = (" ", "\t", "\n", "\r\n", "\f", "\v", "\xa0", "\u2060", "\u200b", "\0", "\u3000", "\x1b")
_STRUCTURES = _split(
    r"""
[] ¦ [ ] ¦ {} ¦ [[]] ¦ [{}] ¦ [1,2,3] ¦ [null,1,"1",{}] ¦ {"a":{"b":[1,2]}} ¦ {"":0}
{"a":"b","a":"c"} ¦ {"a":"b","a":"b"} ¦ {"a":[],"a":{}} ¦ {"\u0000":1} ¦ {"__proto__":{}}
[[],[[]]] ¦ {"é":"è"} ¦ [ ¦ ] ¦ { ¦ } ¦ , ¦ : ¦ [,] ¦ [1,] ¦ [,1] ¦ [1,,2] ¦ [1 2] ¦ [1;2]
[1:2] ¦ [1,2 ¦ [1} ¦ {"a":1] ¦ []] ¦ [1]] ¦ [[1] ¦ {}} ¦ [][] ¦ {}{} ¦ [], ¦ []x ¦ [1]x ¦ {}#
{}// ¦ {}/**/ ¦ /**/{} ¦ [1/*a*/] ¦ * ¦ [*] ¦ <> ¦ <null> ¦ & ¦ [\n] ¦ [-] ¦ {"a"} ¦ {"a":} ¦ {:1}
{"a":1,} ¦ {"a":1,,"b":2} ¦ {,"a":1} ¦ {"a"::1} ¦ {"a","b"} ¦ {"a" "b"} ¦ {1:1} ¦ {null:1} ¦ {a:1}
{'a':1} ¦ {[]:1} ¦ {"a":1 "b":2} ¦ {"a":"b ¦ {"a":1;"b":2} ¦ {"a"=1} ¦ {"a":1}} ¦ [{ ¦ [{"a":[
{"a":[ ¦ {"a ¦ ["a ¦ [tru ¦ [nul ¦ {{}} ¦ "a" 1 ¦ 1 2 ¦ 1,2 ¦ truefalse ¦ null null ¦ {🇨🇭}
%PDF ¦ <?xml?>
""",
    *(
        "",
        " ",
        "// a\n{}",
        "# a\n{}",
        "[\n1\n,1",
        '["a",\n4\n,1,',
        "[\u2060]",
        "a: 1\n",
        "a,b\n1,2\n",
    ),
    *('{"a":1 ,\n"b":2}', "[1\n,2]", f'{{"{"k" * 5_000}":1}}'),
)


def documents() -> dict[str, bytes]:
    """Return all documents by name."""
    return dict(_named())


def values() -> dict[str, bytes]:
    """Return the documents that can be a single value inside another document."""
    kept = ("number", "string", "bytes", "word", "depth")
    return {name: data for name, data in _named() if name.split()[0] in kept}


def _named() -> Iterator[tuple[str, bytes]]:
    yield from _atoms()
    for number, text in enumerate(_STRUCTURES):
        yield f"structure {number} {_short(text)}", text.encode()
    for space, text in product(_SPACES, ("[{0}1{0}]", "{0}{{}}{0}", "{0}")):
        yield f"space {space!r} in {text}", text.format(space).encode()
    yield from _cut()
    yield from _depths()
    yield from _encodings()


def _atoms() -> Iterator[tuple[str, bytes]]:
    numbers = (*map("".join, product(_INTEGERS[:4], _FRACTIONS, _EXPONENTS)), *_INTEGERS, *_HUGE)
    strings = (*_STRINGS, *_BAD_STRINGS)
    atoms = {"number": (*numbers, *_BAD_NUMBERS), "string": strings, "word": _WORDS}
    for kind, texts in atoms.items():
        for text in texts:
            yield from _placed(f"{kind} {_short(text)}", text.encode())
    for text in strings:
        yield f"key {_short(text)}", b"{%b:0}" % text.encode()
    for name, raw in _BAD_BYTES.items():
        yield from _placed(f"bytes, {name}", b'"%b"' % raw)
        yield from _placed(f"bytes, {name}, outside a string", raw)
        yield f"key bytes, {name}", b'{"%b":0}' % raw


def _placed(name: str, atom: bytes) -> Iterator[tuple[str, bytes]]:
    yield name, atom
    for place in (b"[%b]", b"[0,%b,0]", b'{"a":%b}', b" %b \n"):
        yield f"{name} in {place % b'?'!r}", place % atom


def _cut() -> Iterator[tuple[str, bytes]]:
    whole = b'{"a": [1.5e2, true, null, "x\\u00e9\\n"], "b": {"c": -0}}\n'
    for end in range(1, len(whole) - 1):
        yield f"cut at {end}", whole[:end]
    for tail in (b"x", b"\0", b"}", b",", b"{}", b"\xff", b"\0" * 4096):
        yield f"followed by {tail[:4]!r}", whole + tail


def _depths() -> Iterator[tuple[str, bytes]]:
    for depth in (500, 5_000, 100_000):
        yield f"depth {depth} of arrays", b"[" * depth + b"]" * depth
        yield f"depth {depth} of objects", b'{"":' * depth + b"0" + b"}" * depth
        yield f"depth {depth} left open", b"[" * depth
        yield f"depth {depth} of objects left open", b'[{"":' * depth


def _encodings() -> Iterator[tuple[str, bytes]]:
    for codec, text in product(
        ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "latin-1"),
        ("{}", '["é"]', '{"a":"b"}'),
    ):
        yield f"{codec} {text}", text.encode(codec)
    for mark in (
        b"\xef\xbb\xbf",
        b"\xef\xbb",
        b"\xef\xbb{}",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\0\0\xfe\xff",
    ):
        yield f"mark {mark!r}", mark
    yield "gzip", b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    yield "zeros", bytes(8192)


def _short(text: str) -> str:
    return repr(text if len(text) < 40 else f"{text[:40]}… ({len(text)})")
