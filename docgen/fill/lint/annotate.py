"""A template and its findings → a copy of it with the findings as Word comments at their places.

Word takes comments in the body only; what is found in a header or footer hangs on the body's first
paragraph, in a note on the paragraph that cites it, in a text box on the paragraph that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable

from docgen.fill.lint.reading import Part, Reading, read_template
from docgen.fill.lint.splits import own_texts
from docgen.fill.package import (
    KIND,
    Parts,
    Unreadable,
    declare,
    main_part,
    relate,
    related,
    write_package,
)
from docgen.fill.places import Spot
from docgen.fill.xml import NAMESPACES, SPACE, Element, Malformed, W, local, parse, serialise
from docgen.problem import Problem

AUTHOR = "docgen"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = f'<w:comments xmlns:w="{NAMESPACES["w"]}"/>'
_NOTES = {"footnote": "footnoteReference", "endnote": "endnoteReference"}


def annotate(data: bytes, problems: Iterable[Problem]) -> bytes:
    """The copy; b"" where the template cannot be opened."""
    try:
        reading = read_template(data)
    except (Unreadable, Malformed):
        return b""
    parts: Parts = dict(reading.parts)
    body = next(part for part in reading.tagged if part.name == main_part(parts))
    name = next(iter(related(parts, "comments")), "")
    root = parse(parts[name] if name else _EMPTY)
    taken = [int(node.get(W + "id", "0")) for node in root.iter(W + "comment")]
    number = max(taken, default=-1)
    for problem in problems:
        number += 1
        root.append(_comment(root, number, problem))
        paragraph, start, length = _anchor(problem, reading, body)
        _mark(paragraph, start, length, number)
    if not name:
        name = next(n for n in _names() if n not in parts)
        parts[name] = b""
        relate(parts, body.name, f"{KIND}comments", name)
        declare(parts, name, _TYPE)
    parts[name] = serialise(root)
    parts[body.name] = serialise(body.root)
    return write_package(parts)


def _names() -> Iterable[str]:
    yield "word/comments.xml"
    yield from (f"word/comments{n}.xml" for n in range(2, 1000))


def _comment(root: Element, number: int, problem: Problem) -> Element:
    comment = root.makeelement(W + "comment")
    for key, text in (("id", str(number)), ("author", AUTHOR), ("initials", "dg")):
        comment.set(W + key, text)
    lines = [f"{problem.severity.label} {problem.code}：{problem.message}"]
    lines += [f"改法：{problem.hint}"] if problem.hint else []
    lines += [f"位置：{problem.where.spot}"] if problem.where.spot else []
    for at, line in enumerate(lines):
        paragraph = comment.makeelement(W + "p")
        comment.append(paragraph)
        if not at:
            run = paragraph.makeelement(W + "r")
            run.append(run.makeelement(W + "annotationRef"))
            paragraph.append(run)
        run = paragraph.makeelement(W + "r")
        text_node = run.makeelement(W + "t")
        text_node.text = line
        text_node.set(SPACE, "preserve")
        run.append(text_node)
        paragraph.append(run)
    return comment


def _anchor(problem: Problem, reading: Reading, body: Part) -> tuple[Element, int, int]:
    """The paragraph of the body to hang a comment on, and the stretch of its text meant."""
    for part in reading.all:
        found = [(spot, _told(problem, spot)) for spot in part.spots]
        near = [(spot, tag) for spot, tag in found if tag is not None]
        if not near:
            continue
        spot, tag = next(((s, t) for s, t in near if t and t in s.text), near[0])
        if part is body:
            outer = _outermost(spot.paragraph)
            if outer is spot.paragraph and tag and tag in spot.text:
                return outer, spot.text.index(tag), len(tag)
            return outer, 0, 0
        return _citing(spot.paragraph, body), 0, 0
    return _first(body), 0, 0


def _told(problem: Problem, spot: Spot) -> str | None:
    """The tag that a finding names where it stands at this spot, None where it stands elsewhere."""
    where = problem.where.spot
    if where == spot.place:
        return ""
    return where.removeprefix(spot.place + "：") if where.startswith(spot.place + "：") else None


def _outermost(paragraph: Element) -> Element:
    around = list(paragraph.iterancestors(W + "p"))
    return around[-1] if around else paragraph


def _citing(paragraph: Element, body: Part) -> Element:
    """The paragraph that cites the note around a paragraph; the body's first one otherwise."""
    for note in paragraph.iterancestors():
        kind = _NOTES.get(local(note))
        for mark in body.root.iter(W + kind) if kind else ():
            if mark.get(W + "id") == note.get(W + "id"):
                return _outermost(next(mark.iterancestors(W + "p")))
    return _first(body)


def _first(body: Part) -> Element:
    if body.spots:
        return body.spots[0].paragraph
    top = body.root.find(W + "body")
    holder = body.root if top is None else top
    paragraph = holder.makeelement(W + "p")
    holder.insert(0, paragraph)
    return paragraph


def _mark(paragraph: Element, start: int, length: int, number: int) -> None:
    """Sets the marks of a comment around a stretch of text, or around the whole paragraph."""
    met, at = [], 0
    for node in own_texts(paragraph):
        end = at + len(node.text or "")
        if at < start + length and start < end:
            met.append(node)
        at = end
    children = [node for node in paragraph if local(node) != "pPr"]
    first: Element | None = None
    last: Element | None = None
    if met:
        held = [[node, *node.iterancestors()] for node in (met[0], met[-1])]
        first, last = (next(c for c in children if c in around) for around in held)
    elif children:
        first, last = children[0], children[-1]
    begin, finish = (paragraph.makeelement(W + f"commentRange{k}") for k in ("Start", "End"))
    run = paragraph.makeelement(W + "r")
    reference = run.makeelement(W + "commentReference")
    run.append(reference)
    for node in (begin, finish, reference):
        node.set(W + "id", str(number))
    if first is None or last is None:
        for node in (begin, finish, run):
            paragraph.append(node)
        return
    first.addprevious(begin)
    last.addnext(run)
    last.addnext(finish)
