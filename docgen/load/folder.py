"""正文/*.md → chapters by title, at the top and for each notice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from docgen.load.disk import MEGABYTE, entries, read_bytes, relative
from docgen.load.markdown import read_chapter
from docgen.load.markdown.chapter import LIMIT
from docgen.load.pictures import Pictures
from docgen.load.text import decode
from docgen.model.blocks import Chapter
from docgen.problem import Outcome, Problem, Where, error, warning

PROSE = "正文"
MOST = 5 * MEGABYTE  # of text, in all chapters of one applicant
_HAN_NUMBER = "[一二三四五六七八九十\\d]{1,3}"
_NUMBER = re.compile(
    rf"(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}}(?=、)|[（(]{_HAN_NUMBER}[）)]|第{_HAN_NUMBER}章)"
    r"[\s._、．\-—）)]*(?=\S)"
)
_WORDS = re.compile(r"\d{1,3}(?=[A-Za-z%+年月日个项家级号期天季度大类步维位层批种次轮])")  # 5G, 3年


@dataclass(frozen=True, slots=True)
class Prose:
    """The chapters of one applicant: by title at the top (key ""), and by notice slug."""

    levels: Mapping[str, Mapping[str, Chapter]] = field(default_factory=dict)

    def chapter(self, title: str, slugs: Iterable[str] = ()) -> Chapter | None:
        """The chapter for a notice: in the folder of each slug in turn, then at the top."""
        for level in (*slugs, ""):
            if (chapter := self.levels.get(level, {}).get(title)) is not None:
                return chapter
        return None

    def titles(self, slugs: Iterable[str] = ()) -> tuple[str, ...]:
        """Every title that `chapter` finds, in the order of the files, the top's first."""
        return tuple(dict.fromkeys(t for level in ("", *slugs) for t in self.levels.get(level, {})))


def read_prose(folder: Path, root: Path, notices: Collection[str] | None = None) -> Outcome[Prose]:
    """The chapters in `folder`/正文 and in its subfolders named as a notice.

    `folder` is the applicant's, `root` the workspace that messages name files from. A subfolder
    that holds Markdown and is not one of `notices` (where given) raises a warning. Always a value;
    a file that cannot be read, or is the second of its title, is a Problem and left out.
    """
    reader = _Reader(folder, root)
    problems = reader.problems
    levels: dict[str, dict[str, Chapter]] = {"": {}}
    top = folder / PROSE
    for path in _listing(top, root, problems):
        if path.is_dir():
            files = [p for p in _listing(path, root, problems) if p.suffix.lower() == ".md"]
            if files:
                slug = unicodedata.normalize("NFC", path.name)
                if notices is not None and slug not in notices:
                    said = f"正文下的文件夹“{slug}”不是通知的名称，里面的章不会用到"
                    cure = "改成通知的名称，或把文件移到“正文”下"
                    problems.append(warning("章节", said, Where(relative(path, root)), cure))
                levels[slug] = reader.level(files)
        elif path.suffix.lower() != ".md" and path.suffix.lower() not in (".png", ".jpg", ".jpeg"):
            said = f"“正文”只读 .md 文件，不读 {path.name}"
            cure = "把内容改写成 .md 文件；图片和附件放到别的文件夹"
            problems.append(warning("章节", said, Where(relative(path, root)), cure))
    files = [p for p in _listing(top, root, []) if p.suffix.lower() == ".md" and not p.is_dir()]
    levels[""] = reader.level(files)
    return Outcome(Prose(levels), tuple(problems))


def chapter_title(stem: str) -> str:
    """The title that a file name stands for: “4 重点建设内容” is 重点建设内容, 5G应用 stays."""
    name = unicodedata.normalize("NFC", stem).strip()
    hit = None if _WORDS.match(name) else _NUMBER.match(name)
    return name[hit.end() :] if hit else name


class _Reader:
    """Reads the chapters of one applicant, within a bound on all of them together."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder, self.root = folder, root
        self.problems: list[Problem] = []
        self._pictures = Pictures(folder)
        self._size = 0

    def level(self, files: list[Path]) -> dict[str, Chapter]:
        """The chapters of these files by title; the second of a title is left out."""
        chapters: dict[str, Chapter] = {}
        for path in files:
            file = relative(path, self.root)
            title = chapter_title(path.stem)
            if title in chapters:
                said = (
                    f"“{title}”有两个文件：{Path(chapters[title].where.file).name} 和 {path.name}"
                )
                self.problems.append(error("章节", said, Where(file), "合并成一个文件，删去另一个"))
                continue
            chapter = self._chapter(path, file, title)
            self.problems += chapter.problems
            if chapter.value is not None:
                chapters[title] = chapter.value
        return chapters

    def _chapter(self, path: Path, file: str, title: str) -> Outcome[Chapter]:
        data = read_bytes(path, file, LIMIT, self.folder)
        if data.value is None:
            return Outcome(None, data.problems)
        self._size += len(data.value)
        if self._size > MOST:
            said = f"正文的各章合计超过 {MOST // MEGABYTE} MB，从这一章起没有读"
            return Outcome(None, (error("过大", said, Where(file), "删去多余的内容和文件"),))
        text = decode(data.value, file, LIMIT)
        if text.value is None:
            return Outcome(None, text.problems)
        chapter = read_chapter(
            text.value,
            file,
            title,
            pictures=lambda address: self._pictures(address, path.parent),
            path=f"{PROSE}.{title}",
        )
        return Outcome(chapter.value, (*text.problems, *chapter.problems))


def _listing(folder: Path, root: Path, problems: list[Problem]) -> list[Path]:
    return sorted(entries(folder, root, problems), key=_order)


def _order(path: Path) -> tuple[int, str]:
    """By leading number, then by name: 2 before 10."""
    number = re.match(r"\d+", path.name)
    return (int(number[0]) if number else 10**6), path.name
