"""Which unit a typed name means: certain names are found, others only lead to a suggestion.

Certain are the names of the registry, with or without the city and the level before them
(中共示例市委宣传部, 市委宣传部, 宣传部), and a word that begins the names of a single unit
(住建). So are the same names in pinyin, where the registry has it, in full or shortened: zhujian,
szjj. A name with 局, 委, … at its end says which body is meant, and must be the name itself:
旅游局 was another body than 市文化体育和旅游局, which took over its work.
"""

# ruff: noqa: PLC0415  few names are typed in pinyin or in traditional characters

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from credit_plan.errors import AmbiguousNameError, UnknownNameError
from credit_plan.i18n import _, quote
from credit_plan.plan import Plan, Unit, UnitKind
from credit_plan.text import (
    Vocabulary,
    remove_harmless_spaces,
    suggest,
    to_half_width,
    to_simplified,
)

_ENDINGS = (
    *("委员会", "办公室", "总局", "分局", "支行", "单位", "中心"),
    *("局", "委", "办", "厅", "部", "院", "会", "站", "所", "处", "队", "镇"),
)
"""What ends the name of a body, after the word for its work: 住建 in 住建局."""

_ABOVE = ("委", "直属", "直", "政府", "")
"""What may be before the name of a body, after 市 or 县: 市委 in 市委宣传部."""

_PARTY = "中共"
_BRACKETS = re.compile(r"[()]")
_STATE = ("中国", "国家")
_MAX_SUGGESTED = 3
_MAX_SIMILAR = 8
_SHORTEST = 2
_LONG = 4
"""Characters of a word that no longer name has by chance."""

_CUTOFF = 0.5
_LONGEST = 60
"""Longer ones are no names. The longest unit of the published plan has 24 characters."""

_BODIES = (
    ("生态环境", "环境保护 环保 环境"),
    ("应急管理 应急", "安全生产监督管理 安监"),
    ("消防救援 消防", "公安消防"),
    (
        "市场监督管理 市场监管",
        "工商行政管理 工商 市监 质量技术监督 质监 食品药品监督管理 食药监 药品监督管理 药监",
    ),
    ("知识产权", ""),
    ("发展和改革 发改", "发展计划 计划 计 物价 粮食"),
    ("自然资源", "国土资源 国土 规划 城乡规划"),
    ("林业和草原 林草", "林业"),
    ("卫生健康 卫健", "卫生 卫生和计划生育 卫计 人口和计划生育 计划生育 计生"),
    (
        "文化和旅游 文化广电和旅游 文化体育和旅游 文旅",
        "文化 旅游 旅游发展 体育 广播电视 广电 文体 文体广电 文广新 文化广电新闻出版 新闻出版",
    ),
    ("住房和城乡建设 住建", "建设 城乡建设 房产 房产管理 房管 房地产 住房保障"),
    ("城市管理综合执法 城管执法 城市管理 城管 综合执法 行政执法", ""),
    ("农业农村", "农业 农 农村工作 畜牧 畜牧兽医 农机 农业机械"),
    ("水务 水利", ""),
    ("工业和信息化 工信", "经济和信息化 经信 经济贸易 经贸 工业 信息化"),
    ("科学技术 科技", ""),
    ("人力资源和社会保障 人社", "劳动和社会保障 劳动保障 劳动 人事 社会保险 社保"),
    ("医疗保障 医保", ""),
    ("税务", "国税 地方税务 地税"),
    (
        "金融监督管理 金融监管",
        "银行保险监督管理 银保监 银行业监督管理 银监 保险监督管理 保监",
    ),
    ("商务", "对外贸易经济合作 外经贸 外贸 商业 贸易 招商"),
    ("交通运输", "交通 道路运输管理 运输管理 运管"),
    ("民族宗教事务 民宗", "民族事务 民族 宗教事务 宗教"),
    ("国有资产监督管理 国资", ""),
    ("营商环境建设监督 营商环境 营商", ""),
    ("机构编制 编", "编委"),
    ("纪律检查 纪委监委 纪委", "监察"),
    ("司法", "法制"),
    ("宣传", "文明 精神文明建设"),
    ("审计", ""),
    ("信访", ""),
    ("统计", ""),
    ("妇女联合会 妇联", ""),
    ("残疾人联合会 残联", ""),
    ("政法", ""),
    ("统一战线工作 统战", ""),
    ("证券监督管理 证监", ""),
    ("口岸", ""),
    ("出入境边防检查 边防检查 边检", ""),
    ("人民政府 政府", ""),
)
"""Bodies of any city: what they are called today, and the names of those whose work they took over.

Without 局, 委, …. A name in the second column is not certain, not even where only one unit has
that work. A body of which the plan has no unit is not mistaken for one that is spelt alike: 审计局
is no misspelt 统计局.
"""


def find_unit(plan: Plan, name: str) -> Unit:
    """Return the unit that a name certainly means.

    Raise NameLookupError with the units that may be meant.
    """
    known = _index(plan.units, plan.city)
    found = known.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        message = _("{name} matches {count} units").format(name=quote(name), count=len(found))
        raise AmbiguousNameError(message, tuple(unit.name for unit in found))
    near = tuple(unit.name for unit in suggest_units(plan, name))
    raise UnknownNameError(_("unknown unit {name}").format(name=quote(name)), near)


def suggest_units(plan: Plan, name: str) -> tuple[Unit, ...]:
    """Return the few units that an unknown name may mean, the likeliest first."""
    return _index(plan.units, plan.city).suggest(name)[:_MAX_SUGGESTED]


@lru_cache(4)
def _index(units: tuple[Unit, ...], city: str) -> "UnitNames":
    return UnitNames(units, city)


class UnitNames:
    """The names of all units in the forms in which people type them."""

    def __init__(self, units: tuple[Unit, ...], city: str) -> None:
        self._units = units
        self._places = tuple(it for it in (_fold(city), _fold(city)[:-1]) if len(it) > 1)
        level = _fold(city)[-1:]  # 市 or 县
        self._level = re.compile(f"{level}(委|政府|直)")
        self._prefixes = (_PARTY, *(f"{level}{it}" for it in _ABOVE))
        self._by_name = {_fold(name): unit for unit in units for name in unit.names}
        self._by_form: dict[str, list[Unit]] = {}
        for name, unit in self._by_name.items():
            for form in self._split_forms(name):
                self._by_form.setdefault(form, []).append(unit)
        self._by_stem: dict[str, list[Unit]] = {}
        for form, named in self._by_form.items():
            self._by_stem.setdefault(_strip_ending(form), []).extend(named)
        self._by_work = dict(_list_works(self._by_stem))
        self._vocabulary = Vocabulary(self._by_stem)

    def find(self, name: str) -> tuple[Unit, ...]:
        """Return the unit that a name certainly means; several if it has several meanings."""
        wanted = _fold(name)
        if wanted in self._by_name:
            return (self._by_name[wanted],)
        found = tuple(it for it in self._find_by_form(wanted) if self._is_at_level(wanted, it))
        found = found or self._find_spelled(name)
        is_traditional = not found and (simplified := to_simplified(name)) != name
        return self.find(simplified) if is_traditional else found

    def complete(self, name: str) -> tuple[Unit, ...]:
        """Return the units that a name in pinyin, or a part of it, may mean."""
        return self._find_spelled(name, is_certain=False)

    def _find_spelled(self, name: str, *, is_certain: bool = True) -> tuple[Unit, ...]:
        """Return the units that a name in pinyin means, or may mean."""
        if not any(unit.pinyin for unit in self._units):
            return ()
        from credit_plan.pinyin import Match, find_best, fold_letters

        letters = fold_letters(name)
        if not letters or len(letters) > _LONGEST:
            return ()
        least = Match.BEGUN if is_certain else Match.INSIDE
        return find_best(letters, self._spelled, least)

    def _suggest_spelled(self, name: str) -> tuple[Unit, ...]:
        """Return the few units with this in their pinyin, or else those with pinyin like it."""
        from credit_plan.pinyin import fold_letters

        if len(few := self.complete(name)) in range(1, _MAX_SUGGESTED + 1):
            return few
        spelled: dict[str, list[Unit]] = {}
        for syllables, unit in self._spelled:
            spelled.setdefault("".join(syllables), []).append(unit)
        near = suggest(fold_letters(name), spelled, most=_MAX_SIMILAR)
        return _unique(spelled[it] for it in near)

    @cached_property
    def _spelled(self) -> tuple[tuple[list[str], Unit], ...]:
        return tuple(self._list_spelled())

    def _list_spelled(self) -> Iterator[tuple[list[str], Unit]]:
        """Yield the syllables of all forms of the names, also without 局, 委, …."""
        from credit_plan.pinyin import spell_characters

        for unit in self._units:
            for name, pinyin in zip(unit.names, unit.pinyin, strict=False):
                syllables = spell_characters(name, pinyin)
                for form in self._split_forms(_fold(name)):
                    for part in (form, _strip_ending(form)):
                        spelled = [syllables[it] for it in part if it in syllables]
                        if len(spelled) >= _SHORTEST:
                            yield spelled, unit

    def _find_by_form(self, wanted: str) -> tuple[Unit, ...]:
        forms = self._list_forms(wanted)
        # The first form is the longest: 县委办公室 comes before 办公室, which has two meanings.
        if exact := next(filter(None, map(self._by_form.get, forms)), None):
            return _unique([exact])
        if wanted in self._prefixes:
            begun = self._find_begun(wanted)
            return begun if len(begun) > 1 else ()
        if not _is_word(wanted) or wanted in (*_STATE, *self._places):
            return ()
        return self._find_word(forms)

    def _is_at_level(self, wanted: str, unit: Unit) -> bool:
        """Return whether a body is of the level that was typed, if any: 市政府办 is not 市委办."""
        levels = {self._find_level(_fold(it)) for it in unit.names}
        is_of_party = unit.kind is UnitKind.PARTY or "委" in levels
        if wanted.startswith(_PARTY) and not is_of_party:
            return False
        level = self._find_level(wanted)
        return not level or level in levels

    def _find_level(self, name: str) -> str:
        """Return 委, 政府 or 直 where a name says what is above the body; else ""."""
        plain = name.removeprefix(_PARTY)
        for place in self._places[1:]:
            plain = plain.removeprefix(place)
        match = self._level.match(plain)
        return match[1] if match else ""

    def suggest(self, name: str) -> tuple[Unit, ...]:
        """Return the units that an unknown name may mean, the likeliest first."""
        wanted = _fold(to_simplified(name))
        if len(wanted) > _LONGEST:
            return ()
        if wanted.isascii() and (near := self._suggest_spelled(name)):
            return near
        works = self._find_works(wanted)
        if working := _unique(self._by_work[it] for it in works):
            return working
        forms = self._list_forms(wanted)
        stems = _list_stems(forms)
        texts = [*stems, *(form for form in forms if _strip_ending(form))]
        containing = _unique(map(self._find_containing, texts))
        working = self._find_working(forms) if _is_word(wanted) else ()
        if containing or working or works:
            return _unique((containing, working))
        return _unique(map(self._find_similar, stems))

    def find_successors(self, name: str) -> tuple[Unit, ...]:
        """Return the units that do the work of a body which is none of them, as far as is known."""
        return _unique(self._by_work[it] for it in self._find_works(_fold(name)))

    def _find_works(self, wanted: str) -> tuple[str, ...]:
        """Return the words of `_BODIES` by which a name says what a body does."""
        if len(wanted) > _LONGEST:
            return ()
        forms = self._list_forms(wanted)
        words = (*forms, *_list_stems(forms))
        contained = (it for it in self._by_work if len(it) >= _LONG and it in wanted)
        return (*(it for it in words if it in self._by_work), *contained)

    def _split_forms(self, name: str) -> Iterator[str]:
        """Yield the forms of a name and of its parts: 市财政局(市国资办) is one body with two."""
        for part in filter(None, (name, *_BRACKETS.split(name))):
            yield from self._list_forms(part)

    def _list_forms(self, name: str) -> tuple[str, ...]:
        """Return a name, and what remains of it without the city and what is above the body."""
        forms = [name]
        for place in self._places:
            forms += [form.replace(place, "") for form in forms if place in form]
        for prefix in self._prefixes:
            forms += [form.removeprefix(prefix) for form in forms if form.startswith(prefix)]
        return tuple(form for form in dict.fromkeys(forms) if len(form) > 1)

    def _find_word(self, forms: Sequence[str]) -> tuple[Unit, ...]:
        """Return the units that forms of a word mean: whole, without its ending, or begun."""
        whole = (f"{form}{ending}" for form in forms for ending in _ENDINGS)
        if named := _unique(self._by_form.get(it, ()) for it in whole):
            return named
        begun = _unique(self._find_begun(form) for form in forms)
        return _unique((begun, self._find_working(forms))) if begun else ()

    def _find_begun(self, word: str) -> tuple[Unit, ...]:
        """Return the units, without groups, of which a name begins with a word."""
        begun = (units for form, units in self._by_form.items() if form.startswith(word))
        return tuple(unit for unit in _unique(begun) if not unit.is_group)

    def _find_working(self, words: Iterable[str]) -> tuple[Unit, ...]:
        """Return the units whose work, or that of a body before them, begins with one of words."""
        begun = tuple(words)
        return _unique(units for work, units in self._by_work.items() if work.startswith(begun))

    def _find_containing(self, text: str) -> tuple[Unit, ...]:
        """Return the units with a name that has much in common with a text; the closest only."""
        tests: tuple[Callable[[str, str], bool], ...] = (_has_stem, _overlaps, _is_abbreviation)
        found = (
            _unique(units for form, units in self._by_form.items() if test(text, form))
            for test in tests
            if len(text) >= _SHORTEST
        )
        return next(filter(None, found), ())

    def _find_similar(self, stem: str) -> tuple[Unit, ...]:
        near = self._vocabulary.suggest(stem, most=_MAX_SIMILAR, cutoff=_CUTOFF)
        return _unique(self._by_stem[it] for it in near)


def _fold(name: str) -> str:
    """Return a name as it is compared: full width and white space make no difference."""
    return remove_harmless_spaces(to_half_width(name))


def _strip_ending(name: str) -> str:
    """Return the word for a body's work: 住建 of 住建局; "" for an ending alone."""
    return next((name.removesuffix(it) for it in _ENDINGS if name.endswith(it)), name)


def _list_stems(forms: Iterable[str]) -> list[str]:
    """Return the words for a body's work in forms of its name, also without 中国 or 国家."""
    stems = [stem for stem in map(_strip_ending, forms) if stem]
    return [
        *stems,
        *(stem.removeprefix(it) for stem in stems for it in _STATE if stem.startswith(it)),
    ]


def _is_word(name: str) -> bool:
    """Return whether it does not say which sort of body it is: 住建, and not 住建局."""
    return len(name) > 1 and _strip_ending(name) == name


def _has_stem(text: str, name: str) -> bool:
    return _strip_ending(name) == text


def _overlaps(text: str, name: str) -> bool:
    return text in name or name in text


def _is_abbreviation(text: str, name: str) -> bool:
    """Return whether the characters of a text are in a name, in their order: 社保 in 社会保障."""
    rest = iter(name)
    return all(character in rest for character in text)


def _unique(found: Iterable[Iterable[Unit]]) -> tuple[Unit, ...]:
    return tuple(dict.fromkeys(unit for units in found for unit in units))


def _list_works(by_stem: Mapping[str, list[Unit]]) -> Iterator[tuple[str, tuple[Unit, ...]]]:
    """Yield every word of `_BODIES` with the units that do this work today."""
    for words in _BODIES:
        today, former = (tuple(it.split()) for it in words)
        working = _unique(
            units for stem, units in by_stem.items() if stem in former or stem.startswith(today)
        )
        yield from ((word, working) for word in (*today, *former))
