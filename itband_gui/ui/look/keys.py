"""Finds the meaning of a key press in any keyboard layout, and announces to screen readers."""

import sys
import unicodedata

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QWidget

ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
_DEAD = range(Qt.Key.Key_Dead_Grave, Qt.Key.Key_Dead_Longsolidusoverlay + 1)
_WIDE = range(0xFF01, 0xFF5F)  # full-width ASCII from East Asian keyboards
_WIDE_TO_ASCII = 0xFEE0

# The keys of an American keyboard, by the numbers that each system gives to key positions.
_ROWS = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
_XKB = {first + index: each for first, row in _ROWS.items() for index, each in enumerate(row)}
# Indexed by Apple's virtual key codes; a blank is any other key. Code 0 is A, so the scan code
# shows whether there was a key at all.
_MAC = dict(enumerate("ASDFHGZXCV BQWERYT123465 97 80 OU IP LJ K    NM"))
# Hebrew keyboards have no other W; Hungarian ones have the 0 elsewhere.
_EXCEPTIONS = {("W", "'"): "W", ("0", "Ö"): ""}


def is_answer(event: QKeyEvent) -> bool:
    """Whether a key was pressed once and alone; Shift is allowed, as some digits need it.

    A key held too long must not answer a second question, least of all the warning list.
    """
    return not event.isAutoRepeat() and not event.modifiers() & _COMMANDS


def key_meant(event: QKeyEvent) -> int:
    """Return the Latin key that is meant, whatever the layout.

    A Latin letter, or a digit in any script, counts as typed. In another script, a letter is
    identified by its key's position; so is a digit if its row types something else without Shift.
    """
    key = event.key()
    if key > sys.maxunicode and key not in _DEAD:
        return key  # types nothing: an arrow, Esc
    sign = "" if key in _DEAD else chr(key - _WIDE_TO_ASCII if key in _WIDE else key)
    digit = unicodedata.decimal(sign, None) if sign else None
    if digit is not None:
        return Qt.Key.Key_0 + digit
    if sign.isascii() and sign.isalpha():
        return ord(sign.upper())
    place = _at_place(event)
    if (place, sign) in _EXCEPTIONS:
        place = _EXCEPTIONS[place, sign]
    elif place.isdigit() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        place = ""
    elif place.isalpha() and not _is_of_another_script(sign):
        place = ""  # the layout has that letter elsewhere
    return ord(place) if place.strip() else key


def obey_shortcut(window: QWidget, event: QKeyEvent) -> bool:
    """Trigger the window's matching shortcut if Qt found none; return whether there is one.

    Qt looks for its letters and digits in the active layouts, which may not have them.
    """
    if event.isAutoRepeat() or key_meant(event) == event.key():
        return False
    requested = _sequence(event)
    for each in window.findChildren(QShortcut):
        keys = each.keys()  # a list of sequences, not a dictionary
        if requested in keys and each.isEnabled() and _is_in_reach(each, window):
            each.activated.emit()
            return True
    return False


def matches(event: QKeyEvent, requested: QKeySequence.StandardKey) -> bool:
    """Whether one of the desktop's standard keys is meant, such as the one for copying."""
    return _sequence(event) in QKeySequence.keyBindings(requested)


def _at_place(event: QKeyEvent) -> str:
    """Return the letter or digit at that position on an American keyboard; "" for other keys.

    On Windows the virtual key code is that letter in every layout.
    """
    if sys.platform == "win32":
        code = event.nativeVirtualKey()
        return chr(code) if code <= ord("Z") and chr(code).isalnum() else ""
    if sys.platform == "darwin":
        return _MAC.get(event.nativeVirtualKey(), "") if event.nativeScanCode() else ""
    return _XKB.get(event.nativeScanCode(), "")


def _is_of_another_script(sign: str) -> bool:
    """Whether it is a letter or a mark from a script other than Latin."""
    is_of_word = unicodedata.category(sign)[0] in "LM" if sign else False
    return is_of_word and not unicodedata.name(sign, "").startswith("LATIN")


def _sequence(event: QKeyEvent) -> QKeySequence:
    key, kept = Qt.Key(key_meant(event)), _COMMANDS
    if not Qt.Key.Key_0 <= key <= Qt.Key.Key_9:  # a digit may need Shift to be typed
        kept |= Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(event.modifiers() & kept, key))


def _is_in_reach(shortcut: QShortcut, window: QWidget) -> bool:
    """Whether a shortcut is active for the current focus."""
    holder, focus = shortcut.parent(), QApplication.focusWidget()
    if not isinstance(holder, QWidget) or holder.window() is not window or not holder.isVisible():
        return False
    if shortcut.context() is Qt.ShortcutContext.WindowShortcut:
        return True
    return focus is not None and (focus is holder or holder.isAncestorOf(focus))


class Announcer:
    """Speaks through the desktop's screen reader, if there is one."""

    def __init__(self, speaker: QWidget) -> None:
        self._speaker = speaker
        self.muted = False

    def say(self, text: str) -> None:
        """Announce a sentence, unless muted."""
        if text and not self.muted:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._speaker, text))
