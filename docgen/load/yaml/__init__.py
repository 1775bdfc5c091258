"""YAML as an office types it: the tree of a file, with every fault named at its line and column."""

from docgen.load.yaml.expressions import cut_by_comment, expression_hazards
from docgen.load.yaml.reader import read_yaml

__all__ = ["cut_by_comment", "expression_hazards", "read_yaml"]
