"""What a mention stands for: official names, aliases in the document, 全省 and 该园区, scoped names.

Two names become one entity only for a reason that can be said: a public list, a definition (以下简称),
a bracket, a dropped place in front, a dropped word that carries no meaning (有限, 产业). Looking alike is none:
中国科学院 and 中国社会科学院 stay two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kg.lexicon import Lexicon
from kg.link.anaphora import Anaphora, speaker
from kg.link.links import Links, enclosed
from kg.link.names import Names, are_apart, resolve
from kg.link.places import Places
from kg.model import Apart, Document, EntityKey, Mention, Reference
from kg.recognize.base import Work

__all__ = ["Linker", "Links", "enclosed"]

#: What a text adds to a company's listed short name: 中储粮|总公司.
_FORM = re.compile("(?:总公司|集团公司|集团)$")
_LEVELS = {"省": "省", "市": "市", "区": "区", "县": "县", "州": "州"}


class Linker:
    """Links the mentions of one document at a time."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._places = Places(lexicon)
        self._names = Names(lexicon, self._places)
        self._anaphora = Anaphora(lexicon)

    def link(
        self,
        document: Document,
        works: Sequence[Work],
        mentions: Sequence[Mention],
        apart: Apart = frozenset(),
    ) -> Links:
        """Return every mention, and every word that stands for one, with its entity.

        What is ``apart`` stays two, whatever the text gives as a reason to join.
        """
        home, place, sole = self._places.home(document, mentions)
        around = self._places.named(mentions)
        keys: dict[tuple[str, str], EntityKey] = {}
        names = Counter((m.cls, self.lexicon.fold(m.name)) for m in mentions)
        for cls, name in sorted(names, key=lambda n: (-len(n[1]), n)):
            full = self._places.full(name, names, around) if cls == "Place" else ""
            key = self._key(document, cls, full or name, home, around)
            own = EntityKey(cls, name)  # also what a public list, or a place around, makes of a name
            keys[cls, name] = own if are_apart(apart, own, key) else key
        for name, full in self._elided(mentions).items():
            keys["Institution", name] = self._key(document, "Institution", full, home, around)
        defined = self._names.definitions(works, mentions, keys, apart)
        self._names.short_forms(keys, apart)
        self._names.last_names(keys, apart)
        links = Links(home=home, place=place, sole=sole)
        for mention in mentions:
            key = resolve(keys, keys[mention.cls, self.lexicon.fold(mention.name)])
            links.references.append(Reference(mention, key))
            links.aliases.setdefault(key, set()).add(mention.name)
        for (cls, name), key in keys.items():
            final = resolve(keys, key)
            if final in links.aliases and (cls, name) in names:
                links.aliases[final].add(name)
        self._names.brackets(works, links, apart)
        links.defined = tuple(sorted({(resolve(keys, keys[short]), short[1]) for short in defined}))
        links.speaker = speaker(document, links)
        self._anaphora.find(works, links)
        links.references.sort(key=lambda r: (r.mention.span, r.key))
        return links

    def _elided(self, mentions: Sequence[Mention]) -> Mapping[str, str]:
        """Charged bodies that leave out the level which stands before the others: （省财政厅、地方金融监管局）."""
        levels: dict[int, set[str]] = {}
        for mention in mentions:
            if mention.cls == "Institution" and mention.name[0] in _LEVELS:
                levels.setdefault(mention.sentence, set()).add(mention.name[0])
        return {
            m.name: min(levels[m.sentence]) + m.name
            for m in mentions
            if m.rule == "charged"
            and len(levels.get(m.sentence, ())) == 1
            and self.lexicon.is_generic(m.name, m.cls)
            and m.name[0] not in _LEVELS
        }

    def _key(
        self,
        document: Document,
        cls: str,
        name: str,
        home: Mapping[str, EntityKey],
        around: frozenset[str],
    ) -> EntityKey:
        listed = self.lexicon.canonical.get((cls, name))
        if listed:
            return EntityKey(cls, listed)
        if cls == "Institution" and (form := _FORM.sub("", name)) != name:  # 中储粮|总公司
            listed = self.lexicon.canonical.get((cls, form))
            if listed and listed.endswith(("公司", "集团")):
                return EntityKey(cls, listed)
        if cls == "Place" and name in self.lexicon.names:
            return EntityKey(cls, self._places.nearby(name, around) or self._places.at_home(name, home))
        if name[:1] in _LEVELS and len(name) > 2 and cls != "Place" and _LEVELS[name[0]] in home:
            rest = name[1:] if not name.startswith(("省级", "市级", "区级", "县级")) else ""
            if rest:
                return EntityKey(cls, home[_LEVELS[name[0]]].name + rest)
        if self.lexicon.is_generic(name, cls):
            return EntityKey(cls, name, document.id)
        return EntityKey(cls, name)
