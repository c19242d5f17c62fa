"""Reads the guide's texts from `assets/guide/guide.toml`; warning signs come from `safety.toml`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import msgspec
from msgspec.structs import replace

from itband_gui.machine.assets import assets_dir
from itband_gui.safety.signs import Safety, SignGroup, load_safety


class BlockKind(StrEnum):
    """How a block of text is laid out."""

    PARAGRAPH = "paragraph"
    POINT = "point"
    STEP = "step"


@dataclass(frozen=True)
class Block:
    """One paragraph, point of a list, or numbered step; `number` counts steps from 1."""

    kind: BlockKind
    text: str
    number: int = 0


class GuideSection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the guide; `figures` names pictures of `figures.py`, in order."""

    id: str
    title: str
    figures: tuple[str, ...]
    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The text, split into blocks."""
        return tuple(_blocks(self.text))

    def matches(self, words: str) -> bool:
        """Whether the title and text contain every word, ignoring case."""
        text = f"{self.title} {self.text}".casefold()
        return all(word in text for word in words.casefold().split())


class _Guide(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sections: tuple[GuideSection, ...]


@cache
def load_guide() -> tuple[GuideSection, ...]:
    """Return the sections in reading order, with the safety texts filled in."""
    text = (assets_dir() / "guide" / "guide.toml").read_text("utf-8")
    words = _safety_words(load_safety())
    sections = msgspec.toml.decode(text, type=_Guide).sections
    return tuple(replace(each, text=_filled(each.text, words)) for each in sections)


_SAFETY_LINE = re.compile(r"^\{(.+)\}$", re.MULTILINE)


def _filled(text: str, words: dict[str, str]) -> str:
    """Replace each line in braces with the text it stands for."""
    return _SAFETY_LINE.sub(lambda line: words[line[1]], text)


def _safety_words(safety: Safety) -> dict[str, str]:
    """Return the texts that a line in braces can stand for."""
    words = {
        f"signs {group}": _points(sign.text for sign in safety.signs if sign.group is group)
        for group in SignGroup
    }
    words["stop reasons"] = _points(reason.text for reason in safety.stop.reasons)
    words["disclaimer"] = safety.disclaimer.strip()
    return words


def _points(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}." for text in texts)


_STEP = re.compile(r"(\d+)\. (.*)")


def _blocks(text: str) -> Iterator[Block]:
    """Yield a block for each line that is not blank."""
    for line in filter(None, map(str.strip, text.splitlines())):
        step = _STEP.match(line)
        if line.startswith("- "):
            yield Block(BlockKind.POINT, line[2:])
        elif step:
            yield Block(BlockKind.STEP, step[2], int(step[1]))
        else:
            yield Block(BlockKind.PARAGRAPH, line)
