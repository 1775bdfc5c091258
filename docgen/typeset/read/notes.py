"""What cannot be shown as the file asks, collected with the place where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.problem import Problem, Where, warning

MAX_OF_A_KIND = 20
OFFICE = "用 LibreOffice 转换"  # in the hint of what LibreOffice shows better


@dataclass(slots=True)
class Notes:
    """The reader's running place (第 12 段, 表 2 第 3 行) and the warnings made on the way."""

    heading: str = ""
    paragraphs: int = 0
    tables: int = 0
    place: str = ""
    _found: dict[tuple[str, str, str], Problem] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    @property
    def where(self) -> Where:
        under = f"（“{self.heading}”之下）" if self.heading else ""
        return Where(spot=self.place + under if self.place else "")

    def warn(self, code: str, message: str, hint: str = "", *, office: bool = False) -> None:
        """One warning of a kind a place; after MAX_OF_A_KIND only their number is told.

        `office`: LibreOffice shows it better, and the hint says so.
        """
        if office:
            hint = f"{hint}，或{OFFICE}" if hint else OFFICE
        key = code, message, self.where.spot
        if key in self._found:
            return
        self._counts[code] = self._counts.get(code, 0) + 1
        if self._counts[code] <= MAX_OF_A_KIND:
            self._found[key] = warning(code, message, self.where, hint)

    def problems(self) -> tuple[Problem, ...]:
        rest = [
            warning(code, f"同类情况另有 {count - MAX_OF_A_KIND} 处未逐一列出")
            for code, count in self._counts.items()
            if count > MAX_OF_A_KIND
        ]
        return (*self._found.values(), *rest)
