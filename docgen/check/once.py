"""What is worked out once: of a rule for a thousand applicants, of a dossier for all its rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from docgen.model.dossier import Dossier

Value = TypeVar("Value")
MOST = 20_000


def once(function: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """Remembers by identity: rules are never changed, and hold dicts, which have no hash."""
    known: dict[int, tuple[Any, Value]] = {}

    @wraps(function)
    def remembered(subject: Any) -> Value:
        found = known.get(id(subject))
        if found is None or found[0] is not subject:
            if len(known) >= MOST:
                known.clear()
            found = known[id(subject)] = subject, function(subject)
        return found[1]

    return remembered


def once_each(function: Callable[[Dossier], Value]) -> Callable[[Dossier], Value]:
    """Remembers with the dossier, as a cached property does; a changed copy knows nothing."""
    name = f"_{function.__name__}"

    @wraps(function)
    def remembered(dossier: Dossier) -> Value:
        known = dossier.__dict__
        if name not in known:
            known[name] = function(dossier)
        value: Value = known[name]
        return value

    return remembered
