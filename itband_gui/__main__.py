"""`python -m itband_gui` is `itband-gui`."""

import sys

from itband_gui.app import main

if __name__ == "__main__":
    sys.exit(main())
