"""Helpers for the tests on a real session bus."""

import os
import platform
import subprocess

import pytest

Bus = subprocess.Popen[str]
# No services are started by this bus: a developer's own desktop is not asked.
BUS_CONFIG = """<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<auth>EXTERNAL</auth><policy context="default"><allow send_destination="*"/>
<allow receive_sender="*"/><allow own="*"/>
</policy></busconfig>"""


def need(package: str, *, there: bool) -> None:
    """Skip the test if a part is missing; in CI on Linux it is required."""
    if there:
        return
    told = f"not tried on a real bus: apt install {package}"
    if os.environ.get("CI") and platform.system() == "Linux":
        pytest.fail(told)
    pytest.skip(told)
