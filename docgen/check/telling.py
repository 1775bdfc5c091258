"""What was judged → Findings, with Problems that say where, why, by which clause and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from docgen.check.comparing import printed
from docgen.check.judge import Judgement, evaluate, names_in_source, names_of, with_lets
from docgen.check.waiting import first_day
from docgen.language import LanguageError
from docgen.model.artifact import Finding
from docgen.model.blocks import Chapter
from docgen.model.dossier import Dossier
from docgen.model.rule import Part, Rule, Strength
from docgen.model.values import Missing, MissingValueError, Record
from docgen.problem import Clause, Problem, Severity, Verdict, Where

ABSENT = "：缺"
QUIET = (Strength.LEANING, Strength.NOTE)
SILENT = Strength.MEASURED
FOR_PEOPLE = (Strength.HUMAN, Strength.CONFIRM)


class Teller:
    """Turns judgements of one part of a rule into Findings with their Problems."""

    def __init__(self, rule: Rule, part: Part, dossier: Dossier) -> None:
        self.rule, self.part, self.dossier = rule, part, dossier
        self.name = f"{rule.name}（{part.name}）" if part.name else rule.name

    def tell(self, found: Judgement, facts: Mapping[str, Any], item: Any) -> Finding:
        if found.holds is None:
            return self._lacking(found, item)
        if not found.holds:
            return self._broken(found, facts, item)
        if self.part.strength in FOR_PEOPLE or self.part.needs_person:
            return self._for_people(found, item)
        return self._finding(Verdict.PASS, (), found)

    def fault(self, message: str) -> Finding:
        problem = self._problem(
            Severity.ERROR, Verdict.LACKING, f"规则写错了：{message}", self.rule.where, "改通知包"
        )
        return Finding(self.rule.code, self.rule.name, Verdict.LACKING, (problem,))

    def _lacking(self, found: Judgement, item: Any) -> Finding:
        if self.part.strength is SILENT:
            return self._finding(Verdict.PASS, (), found)
        quiet = self.part.strength in QUIET
        severity = Severity.INFO if quiet else Severity.ERROR
        verdict = Verdict.PASS if quiet else Verdict.LACKING
        places: dict[Where, list[Missing]] = {}
        for missing in found.missing:
            if not missing.reported:
                where = missing.where if missing.where.file else self._place((missing.path,), item)
                places.setdefault(replace(where, path=""), []).append(missing)
        problems = []
        for where, absent in places.items():
            names = "、".join(dict.fromkeys(f"“{one.label}”" for one in absent))
            hint = self.part.hint or f"填写{names}" + ("中的一项" if found.either else "")
            where = replace(where, path=absent[0].path)
            said = f"{self._named(item)}{ABSENT}{names}"
            problems.append(self._problem(severity, verdict, said, where, hint))
        return self._finding(verdict, tuple(problems), found)

    def _broken(self, found: Judgement, facts: Mapping[str, Any], item: Any) -> Finding:
        if self.part.strength is SILENT:
            return self._finding(Verdict.PASS, (), found)
        strength, answered = self.part.strength, ""
        verdict, severity = Verdict.FAIL, Severity.ERROR
        if strength is Strength.RATED:
            verdict, severity = Verdict.HUMAN, Severity.WARNING
        elif strength is Strength.SOFT:
            verdict, severity = Verdict.PASS, Severity.WARNING
            explained = self.dossier.explanations.get(self.rule.code)
            if explained is not None:
                return self._finding(verdict, (), found, f"已说明：{explained.text}")
        elif strength in QUIET:
            verdict, severity = Verdict.PASS, Severity.INFO
        hint = self.part.hint
        if strength is Strength.SOFT:
            hint = f"{hint}；或在“说明”里写 {self.rule.code} 的理由".lstrip("；")
        found = replace(found, gap=self._nearest(found, facts))
        what = self._what(found, facts)
        name = self._named(item)
        places = [
            (f"{name}：{one.text}", one.where if one.where.file else None)
            for one in found.offenders
        ] or [(f"{name}：{what}" if what else name, None)]
        problems = tuple(
            self._problem(severity, verdict, text, where or self._place(found.names, item), hint)
            for text, where in places
        )
        return self._finding(verdict, problems, found, answered)

    def _for_people(self, found: Judgement, item: Any) -> Finding:
        answer = self.dossier.confirmations.get(self.rule.code)
        if answer is not None and answer.confirmed:
            text = f"人工确认（{answer.day.isoformat()}，{answer.by}）"
            return self._finding(Verdict.PASS, (), found, text)
        if answer is not None:
            message = f"{self.name}：{answer.by}于{answer.day.isoformat()}确认不属实"
            problem = self._problem(
                Severity.ERROR, Verdict.FAIL, message, answer.where, self.part.hint
            )
            return self._finding(Verdict.FAIL, (problem,), found, "人工确认不属实")
        act = "办理后" if self.part.strength is Strength.CONFIRM else "核对后"
        hint = f"{self.part.hint}；{act}在“确认”里写 {self.rule.code} 的结论、日期、经手"
        where = self._place(found.names or names_of(self.part.test), item)
        settled = "确认" if self.part.strength is Strength.CONFIRM else "判断"
        message = f"{self.rule.name}：须人工{settled}"
        problem = self._problem(Severity.INFO, Verdict.HUMAN, message, where, hint.lstrip("；"))
        return self._finding(Verdict.HUMAN, (problem,), found)

    def _nearest(self, found: Judgement, facts: Mapping[str, Any]) -> str:
        """The gap, with the day on which time alone would close it."""
        day = first_day(self.part, facts)
        waits = f"{day.isoformat()} 起满足" if day else ""
        return "，".join(filter(None, [found.gap, waits]))

    def _named(self, item: Any) -> str:
        """The requirement, with the item of 逐项 that it is about where that is a mere word."""
        return f"{self.name}（{item}）" if isinstance(item, str) else self.name

    def _what(self, found: Judgement, facts: Mapping[str, Any]) -> str:
        """The part of a message that says what was found, what is wanted and how far off it is."""
        if self.part.actual:
            try:
                actual = printed(evaluate(self.part.actual, with_lets(self.part.lets, facts)))
                return "，".join(filter(None, [f"实际 {actual}", found.gap]))
            except MissingValueError as absent:
                return printed(absent.missing)
            except LanguageError:
                return found.gap  # the verdict stands; the lint of packs tells of the expression
        if found.actual:
            words = [
                f"实际 {found.actual}",
                f"要求{found.wanted}" if found.wanted else "",
                found.gap,
            ]
            return "，".join(filter(None, words))
        shown = []
        facts = with_lets(self.part.lets, facts)
        for name in found.names:
            value = facts.get(name.split(".")[0])
            for step in name.split(".")[1:]:
                value = value.get(step) if isinstance(value, Record) else None
            if value is None or isinstance(value, Missing | Record):
                continue
            shown.append(f"{self._label(name)}＝{printed(value)[:40]}")
        return "，".join([*shown[:3], *filter(None, [found.gap])])

    def _label(self, name: str) -> str:
        return name.removeprefix("项.") if name.startswith("项.") else self.dossier.label(name)

    def _place(self, names: tuple[str, ...], item: Any) -> Where:
        tree, names = self.dossier.tree, self._facts_behind(names)
        if self.part.points_at:
            return tree.nearest(self.part.points_at)
        if isinstance(item, Record):
            for name in names:
                if name.startswith("项."):
                    path = f"{item.path}.{name.removeprefix('项.')}"
                    if tree.at(path) is not None:
                        return tree.nearest(path)
            if item.where.file:
                return item.where
        for name in names:
            if name.split(".")[0] in tree.mapping:
                return tree.nearest(name)
        for name in names:
            chapter, _, title = name.removeprefix("正文.").partition(".")
            prose = self.dossier.facts.get("正文")
            typed = prose.get(chapter) if isinstance(prose, Record) else None
            if name.startswith("正文.") and isinstance(typed, Chapter):
                section = typed.section(title)
                return replace(section.where if section else typed.where, path=name)
        return tree.nearest(names[0] if names else "")

    def _facts_behind(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """The names with those of 设 replaced by what these are made of."""
        lets = {**self.dossier.notice.lets, **self.part.lets}
        found: list[str] = []
        for name in names:
            source = lets.get(name.partition(".")[0])
            found += self._facts_behind(names_in_source(source)) if source else (name,)
        return tuple(dict.fromkeys(found))

    def _problem(
        self, severity: Severity, verdict: Verdict, message: str, where: Where, hint: str
    ) -> Problem:
        notice = self.dossier.notice.named(self.rule.notice)
        clause = Clause(notice.slug, notice.number, self.rule.article)
        return Problem(
            self.rule.code,
            severity,
            message,
            where,
            clause,
            hint,
            verdict,
            self.dossier.name,
            self.dossier.notice.slug,
        )

    def _finding(
        self, verdict: Verdict, problems: tuple[Problem, ...], found: Judgement, answered: str = ""
    ) -> Finding:
        return Finding(
            self.rule.code,
            self.rule.name,
            verdict,
            problems,
            found.actual,
            found.wanted,
            found.gap,
            answered,
        )
