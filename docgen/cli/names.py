"""What a user typed → a name that is known, a date, a list of formats; else a Stop that helps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from docgen.problem import Stop

FORMATS = ("docx", "pdf", "xlsx")
Engine = Literal["typst", "soffice"]


def name(typed: str | None, what: str) -> str:
    """A name that was typed, "" for none; Stop where it could be a path or no file name."""
    if typed is None:
        return ""
    from docgen.plan.naming import safe_name

    if problem := safe_name(typed, what):
        raise Stop(problem.message, problem.hint)
    return typed


def known(typed: str | None, names: Sequence[str], what: str) -> str:
    """As `name`; Stop with the nearest of `names` where it is none of them."""
    wanted = name(typed, what)
    if wanted and wanted not in names:
        hint = suggestion(wanted, names) or f"还没有任何{what}：先建好它的资料"
        raise Stop(f"没有“{wanted}”这个{what}", hint)
    return wanted


def suggestion(typed: str, names: Sequence[str]) -> str:
    """是不是…？, or what there is."""
    listed = "、".join(names[:12]) + ("……" if len(names) > 12 else "")
    return near(typed, names) or (f"现有：{listed}" if names else "")


def quoted(word: str) -> str:
    """A word as it is to be typed in a shell; quotes only where it needs them."""
    return f"'{word}'" if re.search(r"[\s()&;$`\"|<>*?!]", word) else word


def near(typed: str, names: Sequence[str]) -> str:
    """是不是…？ for the nearest of `names`, "" where none is near."""
    if not names:
        return ""
    from docgen.language.spelling import nearest

    found = nearest(typed, names)
    return f"是不是“{found}”？" if found else ""


def day(typed: str | None) -> date | None:
    """--date: a day as 2026-06-01."""
    if typed is None:
        return None
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed):
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise Stop(f"--date 的“{typed}”不是日期", "写成 2026-06-01 这样的年-月-日")


def formats(typed: str | None) -> tuple[str, ...]:
    """--format: some of docx, pdf, xlsx, with commas between them; () for the notice's own."""
    if typed is None:
        return ()
    words = [word.strip().lower().lstrip(".") for word in re.split("[,，、]", typed)]
    found = tuple(dict.fromkeys(filter(None, words)))
    for word in found or ("",):
        if word not in FORMATS:
            raise Stop(
                f"--format 的“{word}”不是能出的格式", f"可写 {'、'.join(FORMATS)}，用逗号隔开"
            )
    return found


def engine(typed: str | None) -> Engine:
    """--pdf-engine of what docgen makes itself."""
    if typed in (None, "typst"):
        return "typst"
    if typed == "soffice":
        return "soffice"
    raise Stop(f"--pdf-engine 的“{typed}”不认识", "可写 typst 或 soffice")


def engine_or_auto(typed: str | None) -> Engine | Literal["auto"]:
    """--engine of what others made: by itself it is chosen for each file."""
    if typed in (None, "auto"):
        return "auto"
    if typed in ("typst", "soffice"):
        return engine(typed)
    raise Stop(f"--engine 的“{typed}”不认识", "可写 auto、typst 或 soffice")
