"""What is worked out of a pack's rule once, though a thousand applicants are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

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
