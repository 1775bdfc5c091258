"""Packages whose names are imported when they are first asked for, so that a start costs little.

    __all__ = ["plan"]

    if TYPE_CHECKING:  # what mypy and editors see
        from docgen.plan.jobs import plan
    else:  # what runs
        from docgen.lazy import on_demand

        __getattr__ = on_demand(__name__, {"jobs": "plan"})

No name may be that of a submodule: importing the submodule would take its place.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def on_demand(package: str, names: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` (PEP 562) of a package; `names` is what each submodule gives."""
    homes = {
        name: f"{package}.{module}" for module, there in names.items() for name in there.split()
    }

    def find(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    return find
