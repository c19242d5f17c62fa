"""Reads the guide's texts from `assets/guide/guide.toml`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import msgspec

from itband_gui.assets import assets_dir


class BlockKind(StrEnum):
    """How a block of text is set."""

    PARAGRAPH = "paragraph"
    POINT = "point"
    STEP = "step"


@dataclass(frozen=True)
class Block:
    """One paragraph, point of a list, or numbered step; `number` counts steps from 1."""

    kind: BlockKind
    text: str
    number: int = 0


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the guide; `figures` names pictures of `figures.py`, in order."""

    id: str
    title: str
    figures: tuple[str, ...]
    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text, parted."""
        return tuple(_blocks(self.text))

    def matches(self, words: str) -> bool:
        """Whether every word typed is found in the title or the text, in any case."""
        text = f"{self.title} {self.text}".casefold()
        return all(word in text for word in words.casefold().split())


class _Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sections: tuple[Section, ...]


@cache
def load_guide() -> tuple[Section, ...]:
    """Return the sections in the order in which they are read."""
    text = (assets_dir() / "guide" / "guide.toml").read_text("utf-8")
    return msgspec.toml.decode(text, type=_Guide).sections


_STEP = re.compile(r"(\d+)\. (.*)")


def _blocks(text: str) -> Iterator[Block]:
    """Yield a block a line; blank lines only part them for the eye."""
    for line in filter(None, map(str.strip, text.splitlines())):
        step = _STEP.match(line)
        if line.startswith("- "):
            yield Block(BlockKind.POINT, line[2:])
        elif step:
            yield Block(BlockKind.STEP, step[2], int(step[1]))
        else:
            yield Block(BlockKind.PARAGRAPH, line)
