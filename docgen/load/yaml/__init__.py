"""YAML as an office types it: the tree of a file, with every fault named at its line and column."""

from docgen.load.yaml.expressions import expression_hazards
from docgen.load.yaml.reader import read_yaml

__all__ = ["expression_hazards", "read_yaml"]
