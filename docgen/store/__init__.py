"""The one writer of out/: files whole or absent, a hand's edits kept, 清单.json last."""

from docgen.store.codes import CODES
from docgen.store.shelf import Store

__all__ = ["CODES", "Store"]
