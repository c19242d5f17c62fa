"""Saves NEW in a file by one of the savers: `python -m tests.faults.save_once NAME FILE`.

Prints "saved", or the reason on stderr, and exits with 1.
"""

import sys
from pathlib import Path

from tests.faults.savers import SAVERS

OLD = b"old line\n" * 2_000
NEW = b"new line\n" * 6_000


def main(name: str, target: Path) -> int:
    try:
        SAVERS[name](target, NEW)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is not saved
        print(repr(error), file=sys.stderr)  # noqa: T201 - read by the test
        return 1
    print("saved", flush=True)  # noqa: T201 - read by the test
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
