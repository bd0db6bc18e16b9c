"""People in running text: without an office, by what they do, or by how often the document speaks of them.

A word of three characters that begins with a surname and that no dictionary has is a name in nine of ten cases. It
counts when what only people do stands behind it once (陈云山|毅然转行), or when the document repeats it and lets it act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.lexicon import Lexicon
from kg.recognize.base import Work
from kg.recognize.persons import DOTS
from kg.segment import UNKNOWN, in_dictionary, tokenize

_NAMED = frozenset({"nr", "nrt", "nrfg"})
#: With what names of places, lines, works and things end that begin with a surname (汤溪镇, 杭深线, 左舵车).
_THINGS = frozenset(
    "会村镇乡县市区省州路街道巷线水户界流桥河岛湾港庙寺宫站厂店社馆园局院部处室所校队团党派舞剧曲戏画舟车船机舰号费金款税股人者员率量度性化类型版式牌队赛杯节楼塔门"
    "沟坪坝沱屯堡寨营滩洞场圈链网族氏们等的了在是与和及对将就也都又还不没有说指称任出入于其这那么被把给让向从到日月年时"
)
#: What no given name begins with.
_PARTICLES = frozenset("的了是和就也都又还没说指被把给让们")


class Running:
    """Finds people by the whole document; built once from the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.words
        self._surnames = words["surnames"]
        self._initials = frozenset(s[0] for s in self._surnames)
        self._homonyms = words["homonyms"]
        self._deeds = words["human_deeds"] | words["speech"]
        self._listed = lexicon.names

    def find(self, works: Sequence[Work]) -> dict[str, str]:
        """The names of people whom the document lets act, with their class."""
        count: Counter[str] = Counter()
        acts: Counter[str] = Counter()
        sure: set[str] = set()
        for work in works:
            for i in self._candidates(work):
                name = work.words[i]
                count[name] += 1
                after = work.words[i + 1] if i + 1 < len(work.words) else ""
                if after in self._deeds:
                    sure.add(name)
                elif self._acts(work, i):
                    acts[name] += 1
        known = {n for n in count if in_dictionary(n)}
        often = {n for n in acts if count[n] > (2 if n in known else 1)}
        return {n: "Person" for n in sorted(sure | often) if self._is_name(n)}

    def _candidates(self, work: Work) -> Iterator[int]:
        """Tokens of three characters that begin as names do."""
        for i, word in enumerate(work.words):
            if len(word) != 3 or word[0] not in self._initials or work.tags[i] not in (UNKNOWN, *_NAMED):
                continue
            if i == 0 or work.words[i - 1] not in DOTS:  # 约翰·陈云山
                yield i

    def _acts(self, work: Work, i: int) -> bool:
        """Whether the word opens a clause and an adverb, a preposition or a verb follows it: ，陈云山|在, 陈云山|还."""
        opens = i == 0 or not work.words[i - 1][-1].isalnum()
        return opens and i + 1 < len(work.words) and work.tags[i + 1][:1] in "dpvrt"

    def _is_name(self, name: str) -> bool:
        """Whether neither the whole nor its parts are anything else."""
        surname = name[:2] if name[:2] in self._surnames else name[0]
        return (
            surname in self._surnames
            and name not in self._homonyms
            and name not in self._listed
            and name[-1] not in _THINGS
            and name[1] not in _PARTICLES
            and not _is_plain(name[:2])
            and not _is_plain(name[1:])
        )


def _is_plain(part: str) -> bool:
    """Whether a word is in the dictionary and no name there."""
    return in_dictionary(part) and tokenize(part)[0].tag[:2] not in ("nr", "ns", "nz")
