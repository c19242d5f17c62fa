"""Processes that a test starts end with it, and no test hangs for ever."""

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leftovers import children, end_all_but

TESTS = Path(__file__).parent

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's /proc")

DAEMON = """
import os, sys, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        print(os.getpid(), flush=True)
        time.sleep(600)
    os._exit(0)
"""


def test_a_daemon_that_forks_twice_is_ended_with_its_test() -> None:
    before = children()
    with subprocess.Popen([sys.executable, "-c", DAEMON], stdout=subprocess.PIPE) as starter:
        assert starter.stdout is not None
        daemon = int(starter.stdout.readline())
    os.kill(daemon, 0)  # it lives
    assert any("time.sleep(600)" in command for command in end_all_but(before))
    with pytest.raises(ProcessLookupError):
        os.kill(daemon, 0)
    assert children() == before


def test_a_program_that_has_ended_is_reaped_and_not_told_as_killed() -> None:
    before = children()
    program = subprocess.Popen(["true"], stdout=subprocess.PIPE)
    assert program.stdout is not None
    program.stdout.read()
    os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
    assert end_all_but(before) == []
    assert children() == before
    program.returncode = 0  # for Python, which has nothing left to wait for
    program.stdout.close()


def test_an_interrupt_reaches_what_a_test_starts_even_if_the_shell_ignored_it() -> None:
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN


# pytest-qt's own: 5 s
QT_WAITS = {"waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed"}
IN_SUBPROCESS = {"run", "call", "check_call", "check_output"}


def waits_without_a_bound(path: Path) -> list[str]:
    """Return the calls of one file that wait and name no timeout, or leave it to five seconds."""
    return [
        f"{path.name}:{node.lineno}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and is_unbound_wait(node, node.func)
    ]


def is_unbound_wait(call: ast.Call, function: ast.Attribute) -> bool:
    if any(word.arg in {"timeout", None} for word in call.keywords):
        return False
    name, of = function.attr, ast.unparse(function.value)
    if of == "subprocess":
        return name in IN_SUBPROCESS
    if name in QT_WAITS:
        return True
    return name in {"communicate", "wait", "join", "result"} and not call.args


def test_no_test_waits_without_a_bound_that_a_busy_machine_keeps() -> None:
    files = sorted(TESTS.rglob("*.py"))
    assert [line for path in files for line in waits_without_a_bound(path)] == []


def test_a_wait_without_a_bound_is_found(tmp_path: Path) -> None:
    file = tmp_path / "waiting.py"
    waits = [
        *("program.communicate()", "program.wait(timeout=3)", "program.wait()", "thread.join()"),
        *("subprocess.run(words)", "subprocess.run(words, timeout=3)", "', '.join(words)"),
        *("qtbot.waitUntil(seen)", "qtbot.waitSignal(told, timeout=3)"),
    ]
    file.write_text("\n".join(waits))
    assert waits_without_a_bound(file) == [f"waiting.py:{line}" for line in (1, 3, 4, 5, 8)]
