"""The one expression language of packs and Word templates: Jinja, sandboxed, exact, bounded."""

from docgen.language.bounds import metered
from docgen.language.environment import Environment
from docgen.language.errors import LanguageError, Runaway, nothing_there
from docgen.language.expression import Expression, compile_expression, expression_environment

__all__ = [
    "Environment",
    "Expression",
    "LanguageError",
    "Runaway",
    "compile_expression",
    "expression_environment",
    "metered",
    "nothing_there",
]
