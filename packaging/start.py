"""The entry point of a bundle."""

import sys
from types import ModuleType

# pyqtgraph imports it for OpenGL painting, which we do not use; the real module takes 9 MB.
sys.modules["PySide6.QtOpenGL"] = ModuleType("PySide6.QtOpenGL")

from itband_gui.app import main  # noqa: E402 - must come after the stub above

sys.exit(main())
