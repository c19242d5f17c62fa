"""What the tests on a real session bus share."""

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
    """Go on if a part is there; in CI it has to be, on Linux."""
    if there:
        return
    told = f"not tried on a real bus: apt install {package}"
    if os.environ.get("CI") and platform.system() == "Linux":
        pytest.fail(told)
    pytest.skip(told)
