"""The lint of a notice pack: every name declared, every rule with its cases, nothing loosened."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from docgen.check.rules import names_of_rule, sources_of
from docgen.language import LanguageError, compile_expression
from docgen.model.given import IN_RULES, IN_TEMPLATES
from docgen.model.notice import Document, Field, Notice
from docgen.model.rule import Party, Rule, Strength
from docgen.problem import Problem, Where, error

TAKEN = frozenset([*IN_RULES, *IN_TEMPLATES, "申报", "说明", "确认", "项", "行", "对象"])
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_BARE_DATE = re.compile(r"(?<![\w.])((?:19|20)\d\d)-(0?[1-9]|1[0-2])(?:-([0-3]?\d))?(?![\w.])")
KEEPS, BREAKS = ("通过",), ("不通过", "资料不足", "提醒", "提示")
WEIGHT = {
    Strength.HARD: 3,
    Strength.CONFIRM: 3,
    Strength.HUMAN: 2,
    Strength.RATED: 2,
    Strength.SOFT: 1,
    Strength.LEANING: 0,
    Strength.NOTE: 0,
    Strength.MEASURED: 0,
}


def check_pack(
    notice: Notice, printed: Collection[str], headings: Mapping[str, Collection[str] | None]
) -> list[Problem]:
    """Problems of a pack.

    `printed` are the paths of facts that its templates print, `headings` the headings that each
    template holds or prints, None where the template is not there.
    """
    return [
        *_identity(notice),
        *(p for rule in notice.rules for p in _rule(rule, notice)),
        *(p for rule in notice.rules if rule.notice == notice.slug for p in _cases(rule, notice)),
        *(p for d in notice.documents if d.template for p in _document(d, headings)),
        *(p for d in notice.documents for p in _blind(d, notice)),
        *_reserved(notice),
        *_conditions(notice),
        *_unused(notice, printed),
        *_loosened(notice),
    ]


def _identity(notice: Notice) -> Iterator[Problem]:
    if notice.reviewed is None:
        yield error(
            "缺复核", "通知.yaml 缺“复核”：哪一天有人对照通知核过", notice.where, "补上日期"
        )
    for case in notice.cases:
        if case.rule not in {rule.code for rule in notice.rules}:
            yield error(
                "未知编号", f"用例写的 {case.rule} 不是本通知的编号", case.where, "核对编号"
            )


def _rule(rule: Rule, notice: Notice) -> Iterator[Problem]:
    parties = (rule.party,) if rule.party is not Party.OUTPUT else (Party.APPLICANT, Party.BUREAU)
    for source in dict.fromkeys(sources_of(rule)):
        yield from _unreadable(source, rule)
    names = list(dict.fromkeys(names_of_rule(rule)))
    roots = [_each_root(part.each) for part in rule.parts if part.each]
    for name in names:
        path = name
        if name == "项" or name.startswith("项."):
            if not roots or not roots[0]:
                continue
            path = roots[0] + name.removeprefix("项")
        if not any(declared(path, party, notice) for party in parties):
            hint = "在 字段.yaml 里声明，或改正名称"
            yield error("未知字段", f"{rule.code} 用到的“{path}”没有声明", rule.where, hint)


def _unreadable(source: str, rule: Rule) -> Iterator[Problem]:
    """What is wrong with an expression before any data: it cannot be read, or means no date."""
    try:
        compile_expression(source)
    except LanguageError as fault:
        yield error("表达式", f"{rule.code}：{fault}", rule.where, "改正式子")
    if found := _BARE_DATE.search(_QUOTED.sub("", source)):
        year, month, day = (int(part) for part in (*found.groups()[:2], found[3] or 1))
        said = f"{rule.code}：“{found[0]}”在式子里是减法，不是日期"
        yield error("表达式", said, rule.where, f"写成 日期({year}, {month}, {day})")


def _each_root(source: str) -> str:
    """The table whose rows 项 is; "" where the rows are computed (分组, 每行): then their columns
    are not known before there are data.
    """
    try:
        return compile_expression(source).table
    except LanguageError:
        return ""


def declared(path: str, party: Party, notice: Notice) -> bool:
    """Whether a path of facts leads to a declared field (a function's name counts as one)."""
    from docgen.language.filters import FUNCTIONS

    steps = path.split(".")
    if steps[0] in IN_RULES or steps[0] in FUNCTIONS or steps[0] in notice.lets:
        return True
    fields: Mapping[str, Field] = notice.fields.get(party, {})
    for index, step in enumerate(steps):
        if party is Party.BUREAU and step in ("申报", "对象") and index <= 1:
            rest = ".".join(steps[index + 1 :])
            if step == "对象":
                return not rest or declared(f"推荐对象.{rest}", party, notice)
            return not rest or declared(rest, Party.APPLICANT, notice)
        if step == "序号" and index:
            return True
        field = fields.get(step)
        if field is None:
            return False
        fields = field.fields
        if not fields:
            return True
    return True


def _cases(rule: Rule, notice: Notice) -> Iterator[Problem]:
    expected = [case.expected for case in notice.cases if case.rule == rule.code]
    if not any(word in BREAKS for word in expected):
        yield error("缺用例", f"{rule.code} 没有一个违反它的用例", rule.where, "在 用例/ 里补一个")
    if not any(word in KEEPS for word in expected):
        yield error(
            "缺用例", f"{rule.code} 没有一个刚好符合的用例", rule.where, "在 用例/ 里补一个"
        )


def _blind(document: Document, notice: Notice) -> Iterator[Problem]:
    for path in document.blind:
        if not declared(path, document.issuer, notice):
            said = f"“{document.kind}”的暗标写了“{path}”，没有这个字段"
            yield error("未知字段", said, document.where, "改正名称，下级用点隔开")


def _document(
    document: Document, headings: Mapping[str, Collection[str] | None]
) -> Iterator[Problem]:
    held = headings.get(document.template)
    if held is None:
        said = f"“{document.kind}”的模板 templates/{document.template} 不在"
        yield error("缺模板", said, document.where, "用 docgen template new 起一个，再在 Word 里改")
        return
    for chapter in document.chapters:
        for title in (chapter.title, *chapter.sections):
            if title not in held:
                said = f"模板 {document.template} 里没有标题“{title}”"
                yield error("缺标题", said, document.where, "在模板里加上，或改 材料.yaml 的章节")


def _reserved(notice: Notice) -> Iterator[Problem]:
    """Fields whose names mean something else in rules or templates already."""
    for fields in notice.fields.values():
        for key, field in fields.items():
            if key in TAKEN:
                said = f"字段“{key}”和规则、模板里固有的名称相同，用不到填的内容"
                yield error("保留名称", said, field.where, "换一个名称，如在前面加上它是谁的")


def _conditions(notice: Notice) -> Iterator[Problem]:
    for party, fields in notice.fields.items():
        for field in fields.values():
            for path, one in field.walk():
                yield from _condition(one.applies, f"字段“{path}”", one.where, party, notice)
                yield from _limits(path, one, party, notice)
    for document in notice.documents:
        what = f"材料“{document.kind}”"
        yield from _condition(document.applies, what, document.where, document.issuer, notice)


def _condition(
    source: str, what: str, where: Where, party: Party, notice: Notice
) -> Iterator[Problem]:
    if not source:
        return
    try:
        names = compile_expression(source).names
    except LanguageError as fault:
        yield error("表达式", f"{what}的适用：{fault}", where, "改正式子")
        return
    for name in names:
        if not declared(name, party, notice):
            yield error("未知字段", f"{what}的适用用到的“{name}”没有声明", where, "改正名称")


def _limits(path: str, field: Field, party: Party, notice: Notice) -> Iterator[Problem]:
    """What a 范围 names must be declared: beside the field in its row or group, or at the top."""
    above = path.rpartition(".")[0]
    for source in (field.limits or {}).values():
        try:
            names = compile_expression(source).names
        except LanguageError as fault:
            yield error("表达式", f"字段“{path}”的范围：{fault}", field.where, "改正式子")
            continue
        for name in names:
            beside = f"{above}.{name}" if above else name
            if not declared(beside, party, notice) and not declared(name, party, notice):
                said = f"字段“{path}”的范围用到的“{name}”没有声明"
                yield error("未知字段", said, field.where, "改正名称")


def _unused(notice: Notice, printed: Collection[str]) -> Iterator[Problem]:
    """Fields that no rule reads and no template prints, and that do not say so (不入文)."""
    used = {name.split(".")[0] for rule in notice.rules for name in names_of_rule(rule)}
    used |= {name.split(".")[0] for name in printed}
    used |= {
        steps[steps.index("申报") + 1]
        for rule in notice.rules
        for steps in (name.split(".") for name in names_of_rule(rule))
        if "申报" in steps[:-1]
    }
    used |= {table.source for document in notice.documents for table in document.tables}
    inner = {step for name in printed for step in name.split(".")}
    for fields in notice.fields.values():
        for key, field in fields.items():
            if key not in used and key not in inner and not field.unused:
                said = f"字段“{key}”没有规则用到，也没有模板印出"
                yield error("未用字段", said, field.where, "删去，或写 不入文: 是")


def _loosened(notice: Notice) -> Iterator[Problem]:
    """What a forwarded notice asked and this one drops or makes weaker."""
    if notice.parent is None:
        return
    above = {rule.code: rule for rule in notice.parent.rules}
    for rule in notice.rules:
        old = above.get(rule.code)
        if old is not None and old is not rule and _weight(rule) < _weight(old):
            said = f"{rule.code} 比所转发的通知宽：{_strength(old)}改成了{_strength(rule)}"
            yield error("放宽", said, rule.where, "只能加严，不能放宽")
    for name, window in notice.calendar.items():
        was = notice.parent.calendar.get(name)
        if was is not None and (window.end > was.end or _earlier(window.start, was.start)):
            yield error("放宽", f"期限“{name}”比所转发的通知宽", notice.where, "只能加严，不能放宽")
    for party, fields in notice.fields.items():
        for key, old_field in notice.parent.fields.get(party, {}).items():
            mine = fields.get(key)
            if mine is not None and old_field.required and not mine.required:
                said = f"字段“{key}”在所转发的通知里必填，这里不必填"
                yield error("放宽", said, mine.where, "只能加严，不能放宽")
    for document in notice.documents:
        old_one = notice.parent.document(document.kind, document.track)
        if old_one is None:
            continue
        kept = {(c.title, s) for c in document.chapters for s in (c.title, *c.sections)}
        asked = {(c.title, s) for c in old_one.chapters for s in (c.title, *c.sections)}
        for _, title in sorted(asked - kept):
            said = f"“{document.kind}”少了所转发的通知要求的“{title}”"
            yield error("放宽", said, document.where, "保留全部章节")


def _weight(rule: Rule) -> int:
    return max(WEIGHT[part.strength] for part in rule.parts)


def _strength(rule: Rule) -> str:
    return max(rule.parts, key=lambda part: WEIGHT[part.strength]).strength.value


def _earlier(new: object, old: object) -> bool:
    return old is not None and (new is None or new < old)  # type: ignore[operator]
