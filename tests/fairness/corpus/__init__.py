"""Solutions written from the stubs alone: right ones in many styles, beginners' wrong ones with their causes.

Nobody who wrote them had read a check, a reference solution or a known mistake.
"""

from .right import RIGHT
from .wrong import WRONG

__all__ = ["RIGHT", "WRONG"]
