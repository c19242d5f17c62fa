"""A speech daemon for tests: SSIP on a socket, silent, as quick as its modes say.

Usage: ssip_daemon.py SOCKET LOG [MODE...]. Modes: `deaf` answers nothing; `endless` never ends an
utterance; `beginless` never begins one; `refuse` refuses to speak; `busy` cancels each utterance
but the first, as if another program spoke; `leave` goes away at the second; `freeze` stands still
when the second has begun; `huge` numbers its messages with 5,000 digits, `huge-events` only where
it tells of them; `babble` answers with a line that has no end.
It ends by itself when its log's folder is gone.
"""

import os
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TextIO

SECONDS_A_LETTER = 0.01
HUGE = "1" + 5_000 * "0"


class Conversation:
    """One client."""

    def __init__(self, link: socket.socket, log: Path, modes: set[str]) -> None:
        self.link, self.log, self.modes = link, log, modes
        self.message = 0
        self.cancelled: set[int] = set()
        self.lock = threading.Lock()

    def say(self, *lines: str) -> None:
        with self.lock, suppress(OSError):  # the client may have left
            self.link.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def event(self, code: int, number: int, word: str) -> None:
        told = HUGE if self.modes & {"huge", "huge-events"} else number
        self.say(f"{code}-{told}", f"{code}-1", f"{code} {word}")

    def follow(self) -> None:
        """Answer until the client leaves, however it does."""
        with suppress(OSError):
            self.answer_all()

    def answer_all(self) -> None:
        reader = self.link.makefile("r", encoding="utf-8", newline="\r\n")
        for raw in reader:
            line = raw.rstrip("\r\n")
            with self.log.open("a", encoding="utf-8") as log:
                log.write(f"{line}\n")
            if "deaf" in self.modes:
                continue
            if "babble" in self.modes:
                self.link.sendall(b"2" * 1_000_000)
            self.answer(line, reader)

    def answer(self, line: str, reader: TextIO) -> None:
        if line == "SPEAK":
            if "refuse" in self.modes:
                self.say("303 ERR CANT SPEAK")
                return
            self.say("230 OK RECEIVING DATA")
            words = []
            for raw in reader:
                if raw == ".\r\n":
                    break
                words.append(raw.strip())
            self.speak(" ".join(words))
        elif line == "CANCEL SELF":
            if self.message not in self.cancelled:
                self.cancelled.add(self.message)
                self.event(703, self.message, "CANCELED")
            self.say("213 OK CANCELED")
        elif line == "QUIT":
            self.say("231 HAPPY HACKING")
        elif line.startswith("SET SELF LANGUAGE"):
            self.say("301 ERR NOT KNOWN")
        else:
            self.say("208 OK SET")

    def speak(self, text: str) -> None:
        self.message += 1
        number = self.message
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"text: {text}\n")
        if "leave" in self.modes and number > 1:
            self.link.shutdown(socket.SHUT_RDWR)
            return
        if "busy" in self.modes and number > 1:
            self.event(703, number, "CANCELED")  # before the answer, as the real one does
        self.say(f"225-{HUGE if 'huge' in self.modes else number}", "225 OK MESSAGE QUEUED")
        if not ("busy" in self.modes and number > 1):
            threading.Thread(target=self.sound, args=(number, text), daemon=True).start()

    def sound(self, number: int, text: str) -> None:
        if "beginless" in self.modes and number > 1:
            return
        self.event(701, number, "BEGIN")
        if "freeze" in self.modes and number > 1:
            os.kill(os.getpid(), signal.SIGSTOP)
        if "endless" in self.modes and number > 1:
            return
        time.sleep(SECONDS_A_LETTER * len(text))
        if number not in self.cancelled:
            self.cancelled.add(number)
            self.event(702, number, "END")


def main(path: str, log: str, *modes: str) -> None:
    threading.Thread(target=die_with, args=(Path(log).parent,), daemon=True).start()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        server.settimeout(0.2)
        while Path(path).exists():
            try:
                link, _ = server.accept()
            except TimeoutError:
                continue
            link.settimeout(None)
            conversation = Conversation(link, Path(log), set(modes))
            threading.Thread(target=conversation.follow, daemon=True).start()


def die_with(folder: Path) -> None:
    """End when the test's folder has gone, or after half a minute: no test takes so long."""
    for _ in range(60):
        time.sleep(0.5)
        if not folder.is_dir():
            break
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
