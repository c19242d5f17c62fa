"""What Qt has to say goes into the log; what ends it before there is a window, into one line."""

import os
import re
from collections import Counter
from pathlib import Path

from PySide6.QtCore import (
    QMessageLogContext,
    QThread,
    QtMsgType,
    qInstallMessageHandler,
)

from itband_gui.crash import MOST, TOLD_AT
from itband_gui.log import Log, versions
from itband_gui.screen import NO_SCREEN, screen_answers
from itband_gui.terminal import BAD_USAGE, FAILED, say

_LEVELS = {
    QtMsgType.QtWarningMsg: "WARNING",
    QtMsgType.QtCriticalMsg: "ERROR",
    QtMsgType.QtFatalMsg: "FATAL",
}


def log_qt_messages(log: Log, folder: Path) -> None:
    """Have Qt's warnings and worse logged, without names and quoted values; our versions first.

    The same again only counts, or it would push everything else out of the log.
    `folder` is the data folder, which Qt may name. A fatal message before anything is shown
    ends the process with exit code 1, or with 2 where no screen answers: Qt would dump core.
    """
    counts: Counter[str] = Counter()

    def take(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind not in _LEVELS:
            return
        from itband_gui.names_out import NamesOut  # noqa: PLC0415 - not at a start

        told = f"Qt {context.category or ''}: {NamesOut(folder).of_foreign(text)}"
        key = re.sub(r"(0x)?\d[\da-f]*", "", told)  # sizes and addresses differ each time
        if key not in counts and len(counts) >= MOST:
            key = ""  # all the rest
        counts[key] += 1
        if counts[key] == 1 or kind is QtMsgType.QtFatalMsg:
            log.write(_LEVELS[kind], told)
        elif counts[key] in TOLD_AT:
            log.write(_LEVELS[kind], f"{counts[key]} times now: {told}")
        if kind is QtMsgType.QtFatalMsg and not QThread.currentThread().loopLevel():
            if not screen_answers(os.environ):
                say(NO_SCREEN)
                os._exit(BAD_USAGE)
            say(f"Qt cannot start. `itband-gui doctor` names what is missing. {log.where}")
            os._exit(FAILED)

    qInstallMessageHandler(take)
    log.write("INFO", f"start: {versions()}")
