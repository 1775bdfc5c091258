"""Jinja's own filters and methods of text, bounded: none can be asked for more than is sane."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import filters as jinja
from jinja2 import pass_environment, pass_eval_context

from docgen.language.arithmetic import compute
from docgen.language.bounds import A_CALL, LONGEST_RANGE, gathered, refuse_size, refuse_width, spend
from docgen.language.errors import LanguageError
from docgen.language.numbers import LONGEST_NUMBER, total, truncated, whole
from docgen.language.prices import searching, stripping
from docgen.language.reading import sifted
from docgen.model.values import Missing, MissingValueError

TEXT_METHODS = frozenset([
    "upper", "lower", "title", "capitalize", "strip", "lstrip", "rstrip", "split", "rsplit",
    "splitlines", "replace", "startswith", "endswith", "find", "count", "index", "join", "zfill",
    "isdigit", "isalpha", "partition", "rpartition", "casefold", "center", "isalnum", "isascii",
    "isdecimal", "islower", "isnumeric", "isspace", "istitle", "isupper", "ljust", "removeprefix",
    "removesuffix", "rfind", "rindex", "rjust", "swapcase",
])  # fmt: skip
LIST_METHODS = frozenset(["count", "index"])


def text_method(text: str, name: str) -> Callable[..., Any]:
    """A method of a text that first refuses what would explode; reading the text is paid for."""
    spend(A_CALL + len(text))
    method: Callable[..., Any] = getattr(text, name)

    def replaced(old: Any, new: Any, count: int = -1) -> Any:
        _refuse_replacing(text, str(old), str(new))
        return method(old, new, count)

    def joined(values: Iterable[Any]) -> Any:
        items = gathered(values)
        refuse_size(len(items) * (1 + len(text)))
        return method(items)

    def filled(width: Any) -> Any:
        refuse_width(width)
        return method(whole(width))

    def padded(width: Any, sign: str = " ") -> Any:
        refuse_width(width)
        return method(whole(width), sign)

    def stripped(signs: str | None = None) -> Any:
        stripping(text, signs)
        return method(signs)

    def sought(sep: str | None = None, maxsplit: int = -1) -> Any:
        """From behind, Python searches anew at every character."""
        if isinstance(sep, str):
            searching(text, sep)
        return method(sep, maxsplit) if name == "rsplit" else method(sep)

    def found_late(sub: str, *bounds: Any) -> Any:
        if isinstance(sub, str):
            searching(text, sub)
        return method(sub, *bounds)

    bounded: dict[str, Callable[..., Any]] = {
        "replace": replaced, "join": joined, "zfill": filled, "rsplit": sought,
        "rpartition": sought, "rfind": found_late, "rindex": found_late,
        "strip": stripped, "lstrip": stripped, "rstrip": stripped,
    }  # fmt: skip
    bounded |= dict.fromkeys(("center", "ljust", "rjust"), padded)
    return bounded.get(name, method)


def list_method(values: list[Any] | tuple[Any, ...], name: str) -> Callable[..., Any]:
    """A method of a list that looks for a value; all that is compared is paid for."""
    sifted(values)
    method: Callable[..., Any] = getattr(values, name)
    return method


@pass_eval_context
def replace(context: Any, text: Any, old: str, new: str, count: int | None = None) -> str:
    """Jinja's replace, of a result that is foreseen."""
    _refuse_replacing(str(text), str(old), str(new))
    return jinja.do_replace(context, text, old, new, count)


def _refuse_replacing(text: str, old: str, new: str) -> None:
    hits = text.count(old) if old else len(text) + 1
    refuse_size(len(text) + hits * (len(new) - len(old)))


@pass_eval_context
def join(context: Any, value: Iterable[Any], d: str = "", attribute: Any = None) -> str:
    """Jinja's join, of a result that is foreseen."""
    items = gathered(_present(value))
    refuse_size(len(items) * (1 + len(str(d))))
    return jinja.sync_do_join(context, items, d, attribute)


def indent(text: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Jinja's indent, of bounded width; to a list Jinja would add a line end, for good."""
    if not isinstance(text, str):
        raise TypeError("缩进只用于文字")
    refuse_width(width)
    size = len(width) if isinstance(width, str) else int(width)
    refuse_size(len(text) + size * (text.count("\n") + 2))
    return jinja.do_indent(text, width, first, blank)


def batch(values: Iterable[Any], linecount: int, fill_with: Any = None) -> Iterator[list[Any]]:
    """Jinja's batch: groups of at least one, at most LONGEST_RANGE."""
    return jinja.do_batch(gathered(_present(values)), _groups(linecount), fill_with)


def slices(values: Iterable[Any], slices: int, fill_with: Any = None) -> Iterator[list[Any]]:
    """Jinja's slice: into at least one, at most LONGEST_RANGE."""
    return jinja.sync_do_slice(gathered(_present(values)), _groups(slices), fill_with)


def _groups(count: Any) -> int:
    number = whole(count)
    if not 1 <= number <= LONGEST_RANGE:
        raise LanguageError(f"每组或组数须在 1 到 {LONGEST_RANGE} 之间")
    return number


def integer(value: Any, default: Any = None, base: int = 10) -> Any:
    """The number without what stands after its point; what is no number is refused."""
    try:
        if base != 10 and isinstance(value, str) and len(value) <= LONGEST_NUMBER:
            return _in_base(value, whole(base))
        return truncated(value)
    except TypeError:
        if default is None:
            raise
        return default


def _in_base(text: str, base: int) -> int:
    try:
        return int(text, base)
    except ValueError:
        raise TypeError(f"“{text[:40]}”不是 {base} 进制的数") from None


@pass_environment
def added(environment: Any, values: Iterable[Any], attribute: str = "", start: Any = 0) -> Any:
    """Jinja's sum, exact to the last digit."""
    items = _present(values)
    if attribute:
        for step in str(attribute).split("."):
            items = [environment.getitem(item, step) for item in items]
    return total([start, *items])


def divisible(value: Any, num: Any) -> bool:
    """Jinja's divisibleby, of numbers: Python's % would take a text for a pattern."""
    return bool(compute("%", value, num) == 0)


def odd(value: Any) -> bool:
    """Jinja's odd, the same."""
    return bool(compute("%", value, 2) == 1)


def even(value: Any) -> bool:
    """Jinja's even, the same."""
    return divisible(value, 2)


def pairs(**values: Any) -> dict[str, Any]:
    """dict：一组名称和值。

    >>> dict(省='示例省', 市='示例市').市
    示例市
    """
    return values


def bounded_range(*arguments: Any) -> range:
    """range：从几到几的整数，最多一万个，不含最后一个。

    >>> range(1, 4) | list
    1、2、3
    """
    numbers = [whole(argument) for argument in arguments]
    if numbers[2:] == [0]:
        raise LanguageError("range 的步长不能是零")
    steps = range(*numbers)
    try:
        size = len(steps)
    except OverflowError:
        size = LONGEST_RANGE + 1
    if size > LONGEST_RANGE:
        raise LanguageError(f"range 最多 {LONGEST_RANGE} 步")
    return steps


def _present(values: Any) -> Any:
    if isinstance(values, Missing):
        raise MissingValueError(values)
    return values
