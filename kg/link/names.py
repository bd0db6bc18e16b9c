"""Names that the document says are one: definitions, names in brackets, short forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from kg.lexicon import Lexicon
from kg.link.links import Links
from kg.link.places import Places
from kg.model import Apart, EntityKey, Mention, Reference
from kg.recognize.base import Work
from kg.recognize.persons import parts_of
from kg.recognize.shorts import short_names

BRACKET = re.compile(r"[”」』》]?[（(]([^（）()]{2,40})[）)]")
_SECOND = re.compile(r"[”」』》]?（[^（）]{2,40}）（([^（）]{2,40})）")
DEFINITION = re.compile(
    r"^(?:以下|下文|下)?(?:统)?(?:简称|称|又称|亦称|又名|即)为?[:：]?[“「《]?([^“”「」《》，。]{2,20})[”」》]?"
)
#: Words that a short form of the same name may leave out.
_OMISSIBLE = re.compile(
    "(?<=银行)股份有限公司|(?<=集团)(?:股份)?有限(?:责任)?公司|(?<=[会心院])有限公司|产业|有限|股份|责任|人民|集团|集聚|壮族|回族|维吾尔|自治|高新技术(?=产业开发区)|经济技术(?=开发区)"
)
#: The trade between a company's brand and its form: 云兴|实业|公司.
_TRADE = re.compile(
    "(?<=[\u4e00-\u9fff]{2})(?:实业|科技|投资|控股|发展|技术|电子|信息|贸易|置业|地产|房地产开发|建筑|食品|药业|化工|机械|汽车|能源|环保|文化传媒){1,2}(?=公司$|集团$)"
)
#: What tells one edition from the series: 2025年|江州论坛, 第六届|江州论坛.
_EDITION = re.compile(r"(?:\d{4}年?(?:度)?)?(?:第[一二三四五六七八九十百\d]+届|首届)?")
_ASIDE = re.compile(r"[（(](?![^（）()]*(?:修订|修正|更正|第[二三]稿))[^（）()]*[)）]")
#: In what the name of a body or place ends.
_BODY = re.compile("(?:大学|学院|公司|集团|中心|[院校馆省市县区州国会])$")
_FULL = re.compile("的?(?:全称|全名)(?:为|是|：)?[“「]?")
_LATIN = re.compile("[“]?([A-Z][A-Za-z0-9&-]{1,11})[”]?(?:[，,]|$)")


class Names:
    """Merges the entities of one document whose names the text says are one."""

    def __init__(self, lexicon: Lexicon, places: Places) -> None:
        self.lexicon = lexicon
        self._places = places
        suffixes = lexicon.suffixes.items()
        self._tails = lexicon.words["company_tails"].union(
            s for s, r in suffixes if r.need in ("brand", "industry")
        )

    def definitions(
        self,
        works: Sequence[Work],
        mentions: Sequence[Mention],
        keys: dict[tuple[str, str], EntityKey],
        apart: Apart = frozenset(),
    ) -> list[tuple[str, str]]:
        """X（以下简称“Y”）: Y is X; X全称“Y”: X is Y. Return class and name of what is defined so."""
        defined: list[tuple[str, str]] = []
        by_start = {m.span.start: m for m in mentions}
        for mention in mentions:
            work = works[mention.sentence]
            end = mention.span.end - work.sentence.span.start
            brackets = [b.match(work.text, end) for b in (BRACKET, _SECOND)]
            definition = next((d for b in brackets if b and (d := DEFINITION.match(b.group(1)))), None)
            if definition is None and mention.cls == "Institution" and brackets[0]:
                definition = _LATIN.match(brackets[0].group(1))  # （“SIPC”，…）
            full = _FULL.match(work.text, end)
            named = by_start.get(full.end() + work.sentence.span.start) if full else None
            if named is not None and named.cls == mention.cls:  # 上港集团全称“…股份有限公司”
                one, other = (keys[m.cls, self.lexicon.fold(m.name)] for m in (named, mention))
                if not are_apart(apart, one, other):
                    keys[mention.cls, self.lexicon.fold(mention.name)] = one if other != one else other
                    if other != one:
                        defined.append((mention.cls, self.lexicon.fold(mention.name)))
            if definition:
                short = (mention.cls, self.lexicon.fold(definition.group(1)))
                owner = resolve(keys, keys[mention.cls, self.lexicon.fold(mention.name)])
                if not are_apart(apart, EntityKey(*short), owner):
                    keys[short] = owner
                    defined.append(short)
        return defined

    def short_forms(self, keys: dict[tuple[str, str], EntityKey], apart: Apart = frozenset()) -> None:
        """衡阳白沙洲工业园区 and 白沙洲工业园区; …文创产业园 and …文创园."""
        owners = sorted(
            {k for k in keys.values() if k.cls not in ("Place", "Person")}, key=lambda k: (-len(k.name), k)
        )
        merged: dict[EntityKey, EntityKey] = {}
        forms = sorted((at[1], k) for at, k in keys.items() if at[0] == k.cls and at[1] != k.name)
        longer = self._longer(owners, forms)
        # twice: what seemed short for two is short for one when these are found to be one
        for short in [*reversed(owners), *reversed(owners)]:
            if self.lexicon.canonical.get((short.cls, short.name)) or short.scope or short in merged:
                continue
            roots = {
                root
                for k in longer[short]
                if not are_apart(apart, short, k) and not are_apart(apart, short, root := merged.get(k, k))
            }
            if len(roots) == 1 and short not in roots:
                merged[short] = roots.pop()
        for key in owners:
            if full := self._in_full(key, longer):
                merged.setdefault(key, full)
        for name, key in keys.items():
            while key in merged:
                key = merged[key]
            keys[name] = key

    def last_names(self, keys: dict[tuple[str, str], EntityKey], apart: Apart = frozenset()) -> None:
        """史密斯 is 约翰·史密斯 when the document names no other one with that last name."""
        people = {k for k in keys.values() if k.cls == "Person"}
        bearers: dict[str, set[EntityKey]] = {}
        for key in people:
            if len(parts := parts_of(key.name)) > 1:
                bearers.setdefault(parts[-1], set()).add(key)
        for at, key in keys.items():
            if key.cls == "Person" and len(whole := bearers.get(key.name, set())) == 1:
                full = min(whole)
                if not are_apart(apart, key, full):
                    keys[at] = full

    def _in_full(self, key: EntityKey, owners: Collection[EntityKey]) -> EntityKey | None:
        """The entity of the same name whose body is written in full: 总台…中心 is 中央广播电视总台…中心."""
        if key.cls != "Institution":
            return None
        for end in range(min(len(key.name) - 2, 10), 1, -1):
            full = self.lexicon.canonical.get((key.cls, key.name[:end]), "")
            other = EntityKey(key.cls, full + key.name[end:], key.scope)
            if full and other != key and other in owners:
                return other
        return None

    def _longer(
        self, owners: Sequence[EntityKey], forms: Iterable[tuple[str, EntityKey]]
    ) -> Mapping[EntityKey, set[EntityKey]]:
        """Each entity with those of which its name is a short form; found by keys, for a report names hundreds."""
        alike: dict[tuple[str, str], list[EntityKey]] = {}
        for key in owners:
            for form in {key.name, bare(key.name), reduced(key.name)}:
                alike.setdefault((key.cls, form), []).append(key)
        longer: dict[EntityKey, set[EntityKey]] = {key: set() for key in owners}
        whole = set(owners)
        named = (
            (form, k) for form, k in forms if k in whole
        )  # 中国邮政集团公司 is …集团有限公司, and 邮政集团 is both
        for name, full in chain(((k.name, k) for k in owners), named):
            tails: Iterable[str] = (name[n:] for n in range(1, len(name) - 3))
            if name.endswith("公司"):  # 美国|云星石油|公司
                tails = chain(tails, (name[n:-2] for n in (0, *range(2, len(name) - 5))))
            fronts = (name[:n] for n, char in enumerate(name) if char in "（(")
            if name.endswith("公司"):  # 河南|云达电缆|股份有限公司
                tails = chain(tails, (brand[n:] for brand in (_brand(name),) for n in (2, 3)))
            brands = (name[:n] for n in (2, 3) if name[n:] in self._tails)
            shorts = short_names(self.lexicon, name) if full.cls == "Institution" else ()
            for form in {bare(name), reduced(name), branded(name), *tails, *fronts, *brands, *shorts}:
                for short in alike.get((full.cls, form), ()):
                    longer_one = (len(name), name) > (len(short.name), short.name)  # 《》 rather than 〈〉
                    if longer_one and short != full and self._short_form(short.name, name):
                        longer[short].add(full)
        return longer

    def _short_form(self, short: str, full: str) -> bool:
        if bare(short) == bare(full):
            return True
        if full == short + "公司":
            return len(short) > 3
        if branded(full) == reduced(short) and branded(short) == reduced(short):
            return True
        if full.endswith(short) and len(short) > 3 and _EDITION.fullmatch(full[: -len(short)]):
            return True
        if full.endswith(short) and len(full) - len(short) > 1 and self._own(short, full):
            return True
        if full.endswith(short + "公司") and len(short) > 3:
            full = full.removesuffix("公司")
        if full.endswith(short) and len(short) > (3 if short.endswith(("集团", "公司")) else 4):
            front = full[: -len(short)]
            if re.fullmatch("[\u4e00-\u9fff]{2,4}[省市县区州]", front):
                return True
            return bool(self._places.leading(front)) and (
                ("Place", front) in self.lexicon.canonical
                or front[-1:] in "省市县区州"
                or front in ("中国", "国家")
            )
        if full.startswith(short) and len(short) > 1 and full[len(short) :] in self._tails:
            return True  # 云米|科技
        if short in short_names(self.lexicon, full):
            return True  # 江州|砚川智能|装备股份有限公司
        if full.startswith(short) and _ASIDE.fullmatch(full, len(short)):
            return True
        least = reduced(full)
        brand = _brand(full) if len(short) >= 4 and full.endswith("公司") else ""
        if brand.endswith(short) and ("Place", brand[: -len(short)]) in self.lexicon.canonical:
            return True  # 河南|云达电缆|股份有限公司
        return len(short) >= 4 and least != full and least == reduced(short)

    def _own(self, short: str, full: str) -> bool:
        """Whether what stands alone is short for the one of its kind that the text names in full.

        “云川馆”揭牌仪式 of 江州大学, the 孔子学院 of 江州大学, the 云川公司 of 云帆科技.
        """
        if short in ("孔子学院", "孔子课堂"):
            return True
        place = short.removesuffix("分公司").removesuffix("公司")
        branch = place != short and ("Place", place) in self.lexicon.canonical
        return branch or (short[0] in "“「" and _BODY.search(full, 0, len(full) - len(short)) is not None)

    def brackets(self, works: Sequence[Work], links: Links, apart: Apart = frozenset()) -> None:
        """湖南省社会科学院（省人民政府发展研究中心）: one institution with two names."""
        by_start = {r.mention.span.start: r for r in links.references}
        swap: dict[EntityKey, EntityKey] = {}
        for reference in list(links.references):
            mention = reference.mention
            if mention.cls not in ("Institution", "Park", "Platform"):
                continue
            work = works[mention.sentence]
            offset = work.sentence.span.start
            bracket = BRACKET.match(work.text, mention.span.end - offset)
            if not bracket:
                continue
            inner = by_start.get(bracket.start(1) + offset)
            if (
                inner
                and inner.mention.span.end == bracket.end(1) + offset
                and inner.mention.cls == mention.cls
                and inner.key != reference.key
            ):
                if are_apart(apart, inner.key, reference.key):
                    continue
                swap[inner.key] = reference.key
            else:
                definition = DEFINITION.match(bracket.group(1))
                if definition:
                    short = EntityKey(mention.cls, self.lexicon.fold(definition.group(1)))
                    if not are_apart(apart, short, reference.key):
                        links.aliases[reference.key].add(definition.group(1))
        if swap:
            for old, new in swap.items():
                links.aliases.setdefault(new, set()).update(links.aliases.pop(old, set()) | {old.name})
            links.references[:] = [Reference(r.mention, swap.get(r.key, r.key)) for r in links.references]


def are_apart(apart: Apart, one: EntityKey, other: EntityKey) -> bool:
    """Whether a reviewer said that two names are not the same."""
    return bool(apart) and frozenset({(one.cls, one.name), (other.cls, other.name)}) in apart


@lru_cache(maxsize=1 << 14)
def bare(name: str) -> str:
    """A name without quotes and book-title marks."""
    return re.sub("[“”「」《》〈〉]", "", name)


@lru_cache(maxsize=1 << 14)
def reduced(name: str) -> str:
    """A name without the words that a short form of it may leave out."""
    return _OMISSIBLE.sub("", name)


@lru_cache(maxsize=1 << 14)
def branded(name: str) -> str:
    """A company's reduced name without its trade: what texts call it when they have named it once."""
    return _TRADE.sub("", reduced(name))


def _brand(name: str) -> str:
    """A company's name without its form, its trade kept: 河南云达电缆 of 河南云达电缆股份有限公司."""
    return re.sub("(?:集团)?(?:股份)?(?:有限)?(?:责任)?公司$", "", name)


def resolve(keys: Mapping[tuple[str, str], EntityKey], key: EntityKey) -> EntityKey:
    """The entity that a key stands for at last, after all merges."""
    seen = set()
    while key not in seen:
        seen.add(key)
        following = keys.get((key.cls, key.name))
        if following is None or following == key:
            break
        key = following
    return key
