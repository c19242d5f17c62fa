"""Make `python -m itband_gui` run the program."""

import sys

from itband_gui.app import main

if __name__ == "__main__":
    sys.exit(main())
