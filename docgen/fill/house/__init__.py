"""The house style: a package of WordprocessingML parts after GB/T 9704-2012."""

from docgen.fill.house.parts import LANDSCAPE, PORTRAIT, house_package, section

__all__ = ["LANDSCAPE", "PORTRAIT", "house_package", "section"]
