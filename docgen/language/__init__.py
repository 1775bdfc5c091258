"""The one expression language of packs and Word templates: Jinja, sandboxed, exact, bounded."""

from docgen.language.environment import Environment, LanguageError
from docgen.language.expression import Expression, compile_expression, expression_environment

__all__ = [
    "Environment",
    "Expression",
    "LanguageError",
    "compile_expression",
    "expression_environment",
]
