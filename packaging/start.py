"""Where a bundle starts."""

import sys

from itband_gui.app import main

sys.exit(main())
