"""The runs of one paragraph → inlines, with fields, links and text boxes followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docgen.typeset.model import Break, Inline, Mark, PageBreak, RunStyle, Tab, Text
from docgen.typeset.read.alternatives import chosen
from docgen.typeset.read.drawings import drawing, legacy
from docgen.typeset.read.fields import Field, address
from docgen.typeset.read.footnotes import PARTS, read_note
from docgen.typeset.read.lone_fields import form_text, lone_text
from docgen.typeset.read.properties import Properties, flatten, is_on
from docgen.typeset.read.runs import run_style
from docgen.typeset.read.shapes import shapes
from docgen.typeset.read.symbols import translate, unicode_of
from docgen.typeset.read.xml import M, R, W, children, name

if TYPE_CHECKING:
    from docgen.typeset.read.story import Story
    from docgen.typeset.read.xml import Element

SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class InlineReader:
    """Reads one paragraph. `base` are the run properties the paragraph's style gives."""

    story: Story
    base: Properties
    base_key: object
    gaps: bool = True
    out: list[Inline] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)  # w:txbxContent met on the way
    _links: list[str] = field(default_factory=list)

    def read(self, parent: Element) -> None:
        """All inlines below `parent`, into `out`."""
        for child in children(parent):
            kind = name(child)
            if kind == "r":
                self._run(child)
            elif kind == "hyperlink":
                self._links.append(self._target(child))
                self.read(child)
                self._links.pop()
            elif kind == "fldSimple":
                opened = Field(child.get(W + "instr", ""), separated=True)
                self.story.fields.append(opened)
                self.read(child)
                self._close()
            elif kind == "bookmarkStart":
                self._emit(Mark(child.get(W + "name", "")))
            elif kind in ("ins", "moveTo", "dir", "bdo"):
                self.read(child)
            elif kind == "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self.read(branch)
            elif kind in ("del", "moveFrom"):
                self.story.notes.warn("修订", "修订中已删除的文字不排", "在 Word 中接受或拒绝修订")
            elif kind in ("oMath", "oMathPara"):
                self.story.notes.warn("公式", "公式只按文字排出", "改为图片", office=True)
                text = "".join(part.text or "" for part in child.iter(M + "t"))
                self._emit(Text(text, self.style({}, None)))

    def style(self, direct: Properties, style_id: str | None) -> RunStyle:
        """The run style of direct properties on this paragraph, looked up once."""
        key = self.base_key, style_id, tuple(direct.items()), self.story.tracking, self.gaps
        found = self.story.run_styles.get(key)
        if found is None:
            resolved = self.story.styles.run(style_id, direct, self.base)
            found = run_style(
                resolved,
                self.story.styles,
                self.story.notes,
                pitch=self.story.tracking,
                gaps=self.gaps,
            )
            self.story.run_styles[key] = found
        return found

    def flush(self) -> None:
        """At the paragraph's end: a live field that goes on shows its cached result so far."""
        for opened in self.story.fields:
            if opened.holds and opened.separated:
                self.out.extend(opened.result)
                opened.result, opened.instruction = [], "QUOTE"

    # ---- one run

    def _run(self, run: Element) -> None:
        properties = run.find(W + "rPr")
        direct = flatten(properties)
        style_id = direct.get("rStyle.val")
        if ("vanish.val" in direct or style_id or "vanish.val" in self.base) and is_on(
            self.story.styles.run(style_id, direct, self.base), "vanish"
        ):
            return
        style = self.style(direct, style_id)
        for child in run:
            self._part(child, direct, style_id, style)

    def _part(
        self, child: Element, direct: Properties, style_id: str | None, style: RunStyle
    ) -> None:
        kind, story = name(child), self.story
        if kind == "t":
            text = child.text or ""
            if child.get(SPACE) != "preserve":
                text = text.strip(" \t\r\n")
            self._text(text, direct, style_id, style)
        elif kind in ("tab", "ptab"):
            self._emit(Tab(style, self._link))
        elif kind == "br" and child.get(W + "type") in ("page", "column"):
            self._emit(PageBreak())
        elif kind in ("br", "cr"):
            self._emit(Break(story.habits.stretch_before_breaks))
        elif kind == "noBreakHyphen":
            self._emit(Text("\u2011", style, self._link))
        elif kind == "sym":
            self._symbol(child, style)
        elif kind == "instrText" and story.fields:
            story.fields[-1].instruction += child.text or ""
        elif kind == "fldChar":
            self._field(child, style)
        elif kind == "drawing":
            self._drawing(child)
        elif kind in ("pict", "object"):
            self._emit(legacy(child, story))
            self._boxes(child)
        elif kind == "AlternateContent":
            branch = chosen(child)
            for part in branch if branch is not None else ():
                self._part(part, direct, style_id, style)
        elif kind in PARTS:
            self._emit(read_note(child, style, story))
        elif kind in ("footnoteRef", "endnoteRef") and story.numbers.open:
            self._emit(Text(story.numbers.open[-1], style))
        elif kind == "commentReference":
            story.notes.warn("批注", "批注不印", "要印的话写进正文或脚注")
        elif kind == "contentPart":
            story.notes.warn("墨迹", "手写墨迹未能显示", "改为插入图片")
        elif kind == "ruby":
            story.notes.warn("拼音", "拼音未能显示，只排汉字", office=True)
            for inner in child.iterfind(f"{W}rubyBase/{W}r"):
                self._run(inner)

    def _text(self, text: str, direct: Properties, style_id: str | None, style: RunStyle) -> None:
        resolved = direct if not style_id else self.story.styles.run(style_id, direct, self.base)
        if is_on(resolved, "caps", is_on(self.base, "caps")):
            text = text.upper()
        text = translate(style.latin, text).replace("\u00ad", "").replace("\n", " ")
        for n, piece in enumerate(text.split("\t")):
            if n:
                self._emit(Tab(style, self._link))
            if piece:
                self._emit(Text(piece, style, self._link))

    def _symbol(self, element: Element, style: RunStyle) -> None:
        font, code = element.get(W + "font", ""), int(element.get(W + "char", "0") or "0", 16)
        found = unicode_of(font, code)
        if found is None:
            self.story.notes.warn("符号", f"符号字体 {font} 的字符 {code:04X} 没有对应的通用字符")
            found = chr(code) if code < 0xE000 else "□"
        self._emit(Text(found, style, self._link))

    def _drawing(self, element: Element) -> None:
        drawn = shapes(element, self.story)
        if drawn is not None:
            self._emit(drawn)
            return
        self._emit(drawing(element, self.story))
        self._boxes(element)

    def _boxes(self, element: Element) -> None:
        """The text boxes of a drawing: their paragraphs follow this one."""
        boxes = list(element.iter(W + "txbxContent"))
        if boxes:
            told = "文本框里的文字排在所在段落之后"
            self.story.notes.warn("文本框", told, "改用表格或普通段落", office=True)
        self.boxes.extend(boxes)

    # ---- fields and links

    def _field(self, element: Element, style: RunStyle) -> None:
        fields, step = self.story.fields, element.get(W + "fldCharType")
        if step == "begin":
            fields.append(Field(style=style, form=form_text(element)))
        elif step == "separate" and fields:
            fields[-1].separated = True
        elif step == "end" and fields:
            self._close()

    def _close(self) -> None:
        closed = self.story.fields.pop()
        if closed.holds:
            self._emit(closed.counter(self.style({}, None), self._link))
        elif closed.keyword == "TOC" and not closed.separated:
            self.story.notes.warn("目录", "目录域还没有内容", "在 Word 中右键目录，选“更新域”")
        elif not closed.printed and (text := lone_text(closed, self.story.notes)):
            self._emit(Text(text, closed.style or self.style({}, None), self._link))

    @property
    def _link(self) -> str:
        for opened in reversed(self.story.fields):
            if opened.separated and opened.link:
                return opened.link
        return self._links[-1] if self._links else ""

    def _target(self, hyperlink: Element) -> str:
        anchor = hyperlink.get(W + "anchor")
        if anchor:
            return "#" + anchor
        found = self.story.package.relations(self.story.part).get(hyperlink.get(R + "id", ""))
        return address(found.target) if found and found.external else ""

    def _emit(self, inline: Inline | None) -> None:
        if inline is None:
            return
        if not self.story.fields:
            self.out.append(inline)
            return
        if any(not opened.separated for opened in self.story.fields):
            return
        for opened in self.story.fields:
            opened.printed = True
        holder = next((o for o in reversed(self.story.fields) if o.holds), None)
        (self.out if holder is None else holder.result).append(inline)
