"""One record through the programs of a template → the bytes of the parts that change."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from jinja2.runtime import Context
from markupsafe import Markup

from docgen.fill import compiling, faults, recover
from docgen.fill.active import active_content
from docgen.fill.additions import Additions
from docgen.fill.album import Album, NeedsHost
from docgen.fill.blanks import Blank
from docgen.fill.environment import SESSION
from docgen.fill.generator import CAUGHT, NOTHING
from docgen.fill.holes import find_holes, strip_marks
from docgen.fill.ledger import Ledger, too_much
from docgen.fill.misplaced import cut
from docgen.fill.package import Parts
from docgen.fill.recover import MOST_TOLD, is_final, more_faults
from docgen.fill.renumber import MARK, restart_lists
from docgen.fill.session import FactSession, PartSession
from docgen.fill.settle import MOST_NODES, settle
from docgen.fill.template import Edition, Part, Template, environment
from docgen.fill.traced import Places
from docgen.fill.xml import Malformed, parse
from docgen.language import Runaway, metered
from docgen.model.values import Missing, Record
from docgen.problem import Problem, Where, error

if TYPE_CHECKING:
    from docgen.fill.album import Host

CHUNK = 16_384  # pieces after which the size of what was printed is looked at


class _Failed(set[int]):
    """The tags of a part that failed; how many renderings that took, how many are not told."""

    rounds = untold = 0


class Rendering:
    """Renders one record; what is wrong is gathered in the ledger, what is missing in `holes`."""

    def __init__(
        self,
        template: Template,
        edition: Edition,
        values: Mapping[str, object],
        ledger: Ledger,
        host: Host | None = None,
        base: Host | None = None,
        places: Places | None = None,
        kind: type[PartSession] = FactSession,
    ) -> None:
        self._template, self._edition, self._values = template, edition, values
        self._ledger, self._base, self._places = ledger, base, places
        self._additions = Additions(edition.package, template.main)
        if host is not None:
            from docgen.fill.lent import adopt  # only with values that docxtpl made

            adopt(host, self._additions)
        self.holes: dict[str, str] = {}
        self._names: dict[str, Any] = dict(environment().globals)
        if isinstance(values, Record):
            self._kind = kind
            for key, value in values.items():
                self._names[key] = Blank.of(value) if isinstance(value, Missing) else value
        else:
            self._kind = PartSession
            self._names |= values

    def parts(self) -> Parts:
        """All parts that differ from the template's package."""
        changed: Parts = {}
        with metered():  # one purse for all parts, and for trying again those that fail
            for part in self._edition.parts:
                data = self._part(part)
                if data is not None:
                    changed[part.name] = data
        return changed | self._additions.changed()

    def renumber(self, changed: Parts) -> None:
        """Restarts the lists where the template asks for it, in what has changed."""
        asked = (part.name for part in self._edition.parts if part.traits.renumbers)
        if any(MARK.encode() in changed.get(name, b"") for name in asked):
            parts = self._edition.package.parts()
            before = parts | changed
            parts = dict(before)
            restart_lists(parts)
            changed |= {name: data for name, data in parts.items() if data is not before[name]}

    def title(self) -> str:
        """The title of the template's own properties, tags filled in; "" where that fails.

        What it prints is no part of what the document says, what is wrong or missing there is.
        """
        part = self._template.title
        if part is None:
            return ""
        ledger = Ledger()
        session = self._session(part, ledger)
        try:
            with metered():
                printed = b"".join(self._pieces(part, session)).decode()
        except NeedsHost:
            raise
        except Exception as fault:
            self._ledger.fail(self._explained(part, fault))
            return ""
        for problem in ledger.problems:
            self._ledger.fail(problem)
        self._find_holes(printed.encode(), session)
        return str(Markup(strip_marks(printed.replace(MARK, ""))).unescape())

    def _session(self, part: Part, ledger: Ledger) -> PartSession:
        album = Album(self._additions, part.name, part.next_id, self._base)
        return self._kind(part, self._values, self._template.styles, album, ledger)

    def _pieces(self, part: Part, session: PartSession) -> Generator[bytes, None, None]:
        self._names |= {SESSION: session, NOTHING: recover.NOTHING}
        context = Context(environment(), self._names, None, {})
        pieces: Generator[bytes, None, None] = part.program.root_render_func(context)  # type: ignore[assignment]
        return pieces

    def _part(self, part: Part) -> bytes | None:
        """The part with the values in it; None where the template failed, which is told."""
        session = self._session(part, self._ledger)
        try:
            xml = self._printed(part, session)
        except NeedsHost:
            raise
        except Exception as fault:
            self._tell_all(part, fault)
            return None
        self._find_holes(xml, session)
        for key in session.album.dangling():
            self._ledger.fail(self._dangling(key, part))
        try:
            made = settle(part, xml, session)
            self._look_again(part, made, session)
            return made
        except Malformed:
            if session.suspect:
                self._ledger.fail(self._explained(part, cut(session.suspect), seen=False))
            else:
                self._ledger.fail(_malformed(part, self._template))
        except (Runaway, MemoryError):
            self._ledger.fail(_too_large(part, self._template))
        return None

    def _look_again(self, part: Part, made: bytes, session: PartSession) -> None:
        """What the values have put into fields or brought as markup may act when Word opens it."""
        if isinstance(session, FactSession) and (part.traits.composes or session.acts):
            name, parts = self._template.name, self._edition.package.parts()
            for problem in active_content(parts, part.name, parse(made), name):
                self._ledger.fail(problem)

    def _printed(self, part: Part, session: PartSession) -> bytes:
        pieces = self._pieces(part, session)
        chunk = made = list(islice(pieces, CHUNK))
        while len(chunk) == CHUNK:
            if self._ledger.is_too_much(sum(map(len, chunk))):
                pieces.throw(too_much())  # within the program, so that its place is known
            chunk = list(islice(pieces, CHUNK))
            made += chunk
        return b"".join(made)

    def _find_holes(self, xml: bytes, session: PartSession) -> None:
        if session.marked:
            holes = find_holes(xml.decode())
            self.holes |= {path: label for path, label in holes if path not in self.holes}

    def _tell_all(self, part: Part, fault: Exception) -> None:
        """Tells a fault, and what else is wrong: the part is rendered again without that tag.

        So all faults and everything missing come out in one run; what is rendered is not kept. A
        rendering goes on after what cannot be printed, and ends where a statement fails.
        """
        ledger, whole, failed = self._ledger, part, _Failed()
        name, most = self._template.name, recover.tries(part.source)
        while True:
            ledger.fail(self._explained(part, fault))
            index = faults.tag_index(fault, part.source, part.program)
            if is_final(fault) or index < 0 or index in failed:
                break
            failed.add(index)
            failed.rounds += 1
            rest = compiling.silenced(whole, failed)
            if rest is None or failed.rounds > most:
                ledger.fail(more_faults(0, name))
                break
            part, ledger.weight = rest, 0
            self._names[CAUGHT] = self._catching(part, failed)
            session = self._session(part, ledger)
            try:
                self._find_holes(self._printed(part, session), session)
                break
            except NeedsHost:
                break
            except Exception as another:
                fault = another
        if failed.untold:
            ledger.fail(more_faults(failed.untold, name))

    def _catching(self, part: Part, failed: _Failed) -> Callable[[Exception], None]:
        """Tells each fault of a printed expression once, and lets the rendering go on."""

        def caught(fault: Exception) -> None:
            index = faults.tag_index(fault, part.source, part.program)
            if is_final(fault) or index < 0 or isinstance(fault, NeedsHost):
                raise fault
            if index in failed:
                return
            failed.add(index)
            if len(failed) <= MOST_TOLD:
                self._ledger.fail(self._explained(part, fault))
            else:
                failed.untold += 1

        return caught

    def _explained(self, part: Part, fault: Exception, seen: bool = True) -> Problem:
        """`seen` tells that the fault was raised in the program, so that its place is known."""
        values = self._values if isinstance(self._values, Record) else self._as_record()
        name, styles = self._template.name, self._template.styles
        program = part.program if seen else None
        return faults.explain(
            fault, part.data, part.name, name, part.source, program, values, styles, self._places,
            part.label,
        )  # fmt: skip

    def _dangling(self, key: str, part: Part) -> Problem:
        """build_url_id gives addresses to the main part alone: elsewhere they lead nowhere."""
        label = part.label
        said = f"填入{label}的内容里有编号为 {key} 的链接或图片，{label}里没有它的地址"
        cure = (
            "RichText 的链接请连同 build_url_id 所属的 DocxTemplate 一起交来："
            "render(values, host=tpl)"
        )
        if not part.is_main and key in self._additions.relations(self._template.main).ids:
            said = f"填入{label}的内容里有 RichText 的链接（编号 {key}），它只能放在正文里"
            cure = f"把链接移到正文；{label}里的链接请在 Word 里直接插入，模板里只填文字"
        where = Where(file=self._template.name, spot=label)
        return error("链接没有地址", said, where, cure)

    def _as_record(self) -> Record:
        """A plain context as messages need it: for the names that could have been meant."""
        return Record({str(key): value for key, value in self._values.items()}, "", Where(""))


def _too_large(part: Part, template: Template) -> Problem:
    return error(
        faults.CODE,
        f"{part.label}填出的内容太多：段落、格子等超过 {MOST_NODES} 个",
        Where(file=template.name, spot=part.label),
        "请减少循环的次数，或分成几份文件",
    )


def _malformed(part: Part, template: Template) -> Problem:
    return error(
        faults.CODE,
        f"{part.name} 填好后不是完整的 Word 内容：判断或循环的开始和结束不在同一层",
        Where(file=template.name),
        "跨段落的判断、循环用 {%p %}，表格行用 {%tr %}，开始与结束放在同一层",
    )
