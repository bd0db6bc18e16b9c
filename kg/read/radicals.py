"""Radicals and compatibility forms that fonts of PDF write in place of characters, and what was copied from there."""

from __future__ import annotations

import re
import unicodedata

#: The CJK radicals supplement to the characters they stand for (Unicode's
#: EquivalentUnifiedIdeograph); Kangxi radicals and compatibility ideographs fold by NFKC.
_SUPPLEMENT = (
    "⺁厂⺄乙⺈刀⺋卩⺌小⺍小⺎兀⺐尢⺑尢⺒巳⺓幺⺕彐⺖忄⺗心⺘扌⺙攵⺛旡⺝月⺞歺⺟母⺠民⺡氵⺢水⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸"
    "⺰纟⺲罒⺶羊⺷羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦"
    "⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_FOLDED = dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)) | {
    form: unicodedata.normalize("NFKC", form)
    for form in map(chr, (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFA6E)))
}
_ANY = re.compile("[⺀-⻳\u2f00-\u2fd5\uf900-\ufa6d]")
_TABLE = str.maketrans({form: folded for form, folded in _FOLDED.items() if len(folded) == 1})


def fold(text: str) -> str:
    """Give every radical and compatibility form the character that it stands for, one for one.

    >>> fold("⼈⺠⾦额")
    '人民金额'
    """
    return text.translate(_TABLE) if _ANY.search(text) else text
