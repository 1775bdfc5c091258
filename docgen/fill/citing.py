"""（见证07） → （见证07，第23页）, leading there: the bound copy of a document.

Only what Word keeps as text of a paragraph is looked at; nothing that stands there is changed, the
pages are put in after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from docgen.fill.package import KIND, Parts, main_part, read_package, relate_outside, write_package
from docgen.fill.xml import SPACE, Element, W, fragment, local, parse, serialise
from docgen.language.tables import Cited, codes_alone, codes_cited

Span = tuple[int, int]  # the first and last page of a piece of evidence


def cite(docx: bytes, pages: Mapping[str, Span], address: str) -> bytes:
    """The document with a page after each citation, and links to `address`#page=….

    `pages` are those of each piece by its code; a code that is none stays as it is. A cell that
    holds nothing but codes has links, without pages: it has no room for them.
    """
    parts = read_package(docx)
    main = main_part(parts)
    root = parse(parts[main])
    links = _Links(parts, main, address)
    for paragraph in root.iter(W + "p"):
        _cite(paragraph, pages, links)
    if not links.ids:
        return docx
    parts[main] = serialise(root)
    return write_package(parts)


@dataclass(slots=True)
class _Links:
    """The relations of the main part to pages of the volume, made when first asked for."""

    parts: Parts
    part: str
    address: str
    ids: dict[int, str] = field(default_factory=dict)

    def to(self, page: int) -> Element:
        """An empty w:hyperlink that leads to a page."""
        if page not in self.ids:
            target = f"{self.address}#page={page}"
            self.ids[page] = relate_outside(self.parts, self.part, KIND + "hyperlink", target)
        return fragment(f'<w:hyperlink r:id="{self.ids[page]}" w:history="1"/>')


def _cite(paragraph: Element, pages: Mapping[str, Span], links: _Links) -> None:
    text = "".join(piece.text or "" for piece in _texts(paragraph))
    if "证" not in text:
        return
    for cited in reversed([*codes_cited(text)]):
        _write_pages(paragraph, cited, pages, links)
    for code, start, end in reversed(codes_alone(text)):
        if code in pages:
            _link(paragraph, start, end, links.to(pages[code][0]))


def _write_pages(
    paragraph: Element, cited: Cited, pages: Mapping[str, Span], links: _Links
) -> None:
    """Links on the codes of one citation; after it the pages, each a link."""
    known = [code for code in cited.codes if code in pages]
    if not known:
        return
    for words, page in reversed(_told(known, cited.is_span, pages)):
        _insert(paragraph, cited.end, words, links.to(page) if page else None)
    for code, start, end in reversed(cited.places):
        if code in pages:
            _link(paragraph, start, end, links.to(pages[code][0]))


def _told(codes: list[str], is_span: bool, pages: Mapping[str, Span]) -> list[tuple[str, int]]:
    """What is put in, piece by piece, with the page that each leads to (0: none)."""
    first = pages[codes[0]][0]
    if is_span and len(codes) > 2:
        return [("，", 0), (f"第{first}至{pages[codes[-1]][1]}页", first)]
    starts = [*dict.fromkeys(pages[code][0] for code in codes)]
    told: list[tuple[str, int]] = [("，第", 0)]
    for number, start in enumerate(starts):
        told += [("、", 0)] if number else []
        told.append((str(start), start))
    return [*told, ("页", 0)]


def _texts(paragraph: Element) -> Iterator[Element]:
    """The w:t of the paragraph's own runs, those of tracked insertions and controls included."""
    for node in paragraph.iter(W + "t"):
        run = node.getparent()
        holder = next(node.iterancestors(W + "p"), None)
        linked = next(node.iterancestors(W + "hyperlink"), None)
        if holder is paragraph and linked is None and run is not None and local(run) == "r":
            yield node


def _link(paragraph: Element, start: int, end: int, link: Element) -> None:
    """Puts the text from start to end into links, run by run."""
    _split(paragraph, end)
    _split(paragraph, start)
    at, runs = 0, []
    for node in _texts(paragraph):
        length = len(node.text or "")
        run = node.getparent()
        if start <= at and at + length <= end and length and run not in runs:
            runs.append(run)
        at += length
    for run in runs:
        holder = run.getparent() if run is not None else None
        assert run is not None and holder is not None
        own = deepcopy(link)
        holder.replace(run, own)
        own.append(run)


def _insert(paragraph: Element, at: int, words: str, link: Element | None) -> None:
    """Puts words in after the first `at` characters, in the look of the run before them."""
    _split(paragraph, at)
    before, node = 0, None
    for piece in _texts(paragraph):
        before += len(piece.text or "")
        node = piece
        if before >= at:
            break
    run = node.getparent() if node is not None else None
    assert run is not None
    new = _run_like(run, words)
    if link is not None:
        link.append(new)
    run.addnext(link if link is not None else new)


def _split(paragraph: Element, at: int) -> None:
    """Makes a run end after the first `at` characters of the paragraph."""
    passed = 0
    for node in _texts(paragraph):
        text = node.text or ""
        run = node.getparent()
        assert run is not None
        if passed <= at <= passed + len(text):
            rest = text[at - passed :]
            following = list(node.itersiblings())
            leading = [n for n in node.itersiblings(preceding=True) if local(n) != "rPr"]
            if at == passed and leading:
                tail = _run_like(run, "")
                for child in [node, *following]:
                    tail.append(child)
                run.addnext(tail)
            elif at > passed and (rest or following):
                tail = _run_like(run, rest)
                for child in following:
                    tail.append(child)
                node.text = text[: at - passed]
                node.set(SPACE, "preserve")
                run.addnext(tail)
            if at < passed + len(text) or at == passed:
                return
        passed += len(text)


def _run_like(run: Element, words: str) -> Element:
    new = run.makeelement(W + "r")
    properties = run.find(W + "rPr")
    if properties is not None:
        new.append(deepcopy(properties))
    if words:
        text = new.makeelement(W + "t")
        text.text = words
        text.set(SPACE, "preserve")
        new.append(text)
    return new
