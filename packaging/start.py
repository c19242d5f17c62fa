"""Where a bundle starts."""

import sys
from types import ModuleType

# pyqtgraph imports it for painting by OpenGL, which we never ask for; the real one takes 9 MB.
sys.modules["PySide6.QtOpenGL"] = ModuleType("PySide6.QtOpenGL")

from itband_gui.app import main  # noqa: E402 - what it imports must find the above

sys.exit(main())
