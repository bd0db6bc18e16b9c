"""People: a surname and what follows it, beside an office or a verb of speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.automaton import Automaton
from kg.lexicon import Lexicon
from kg.recognize.base import Endings, Found, Work
from kg.segment import UNKNOWN, in_dictionary

#: Characters with which names are transliterated (Xinhua's tables of transliteration, the common part).
_SOUNDS = (
    "阿艾埃安昂奥澳巴白柏班邦保鲍贝本比彼别宾波伯博勃布查察昌策茨达大代丹当道得德邓登邓狄迪蒂丁东杜顿多厄俄恩尔法凡范方菲费芬丰佛夫弗福富盖冈高戈哥格葛根贡"
    "古瓜圭果哈海汉豪赫黑亨洪胡华怀惠霍基吉加嘉贾简江杰捷金津久卡开凯坎康考科可克肯孔库夸奎昆拉腊莱赖兰朗劳勒雷黎李里理利莉丽连良列林琳隆卢鲁露路伦罗洛吕略马玛"
    "迈麦满曼芒毛茅梅门蒙孟米密敏明摩莫默姆木穆纳娜奈南内尼涅宁纽农努诺女欧帕派潘庞培佩彭蓬皮匹平珀朴普齐奇契恰强乔切钦琼丘屈让热仁日荣容如茹儒瑞若萨塞赛"
    "三桑瑟森沙莎山珊尚绍舍申什生圣施石史士舒顺朔斯松苏索所塔泰坦汤唐陶特腾滕提田铁廷通图土托陀瓦万旺威韦维魏温文翁沃乌吴武伍西希锡夏显香肖谢辛欣兴雄休修许"
    "雪逊雅亚延扬杨耶叶伊依易意因英永尤于元约悦云匝赞泽曾扎詹章珍者真芝治中朱兹宗佐戴爱翰略季帖吾买提吐孜则合其格桑次仁旦珠措卓热依古丽汗蒙辛赛詹舍瓜弥妮娅妲薇蕾蒂琪瑟伦梅慕穆默聂钱施斯苔梯廷威怀惠汉泊波弗卜娃柯甘思歇罕朵祖茂牙衣拜浦灵丝柴肉再娣"
)
#: The dot between the parts of a name as texts have it.
_DOT = "[·•‧∙・]"
DOTS = frozenset(_DOT[1:-1])
#: A part of such a name; a dash may join two (让-皮埃尔, 阿卜杜勒—哈米德).
_PART = f"[{_SOUNDS}]{{1,8}}(?:[—–-][{_SOUNDS}]{{1,6}})?"
_FOREIGN = re.compile(rf"{_PART}(?:{_DOT}(?:{_PART}|[A-Z](?:\.)?))*{_DOT}{_PART}")

#: Small words that the pattern of a foreign name takes in, behind it and before it.
_BEHIND = "曾于则也就称指并还"
_AHEAD = re.compile("其中|包括|以及|例如|比如|如(?=[\u4e00-\u9fff]{2,}[·‧•])|由(?=[\u4e00-\u9fff]{2,}[·‧•])")
_SOUND = re.compile(f"[{_SOUNDS}]{{2,6}}")
#: A name and what a life begins with.
_LIFE = re.compile(
    "(?:^|(?<=[、，。；：）\\s\\d.．]))([\u4e00-\u9fff]{2,3})(?:"
    "(?:先生|女士)?(?:（[^（）]{1,12}）)?[：:，,]?(?:男|女)[，,。]"
    "|(?:先生|女士)[，,]?(?:（|\\d{2}岁|\\d{4}年|现任|生于|出生|中国国籍)"
    "|(?:同志|长老|院士|教授)?[，,][\u4e00-\u9fff]{2,10}(?<![省市县])人[，,。]"
    "|[，,](?:生于)?\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?(?:出?生于?|[，,])"
    "|[，,]?(?:曾|现|先后)?(?:任职|就职|供职|毕业|出生于|当选|现任|历任|曾任))"
)
#: Words of which one stands in every life, and in every deed of _ACTING: a look that spares most sentences the search.
_LIVED = re.compile(
    "[男女]|人[，,。]|[，,](?:生于)?\\d{4}年|先生|任职|就职|供职|毕业|出生于|当选|现任|历任|曾任"
)
_ACTED = re.compile("捐[款赠资]|出[资席任]|注资|创[办立]|发起|当选|获选|夫妇")
_LATIN_NAME = re.compile("[A-Z][a-z]")
#: A row of a list of members: the name, wide spaces, body and office.
_ROW = re.compile(
    r"(?:^|[：:\n])\s*([\u4e00-\u9fff](?:[\u4e00-\u9fff]{1,3}|[ 　]{1,3}[\u4e00-\u9fff]))[ 　]+(?=[\u4e00-\u9fff、（）]{4,}$)"
)
#: A list of stretches as long as names are.
_NAMES = re.compile(
    "(?:(?<=[，。；：:（等括有由与和 ])|^)[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})+(?=[，。；）等和\\s]|一同|共同|分别|出席|担任|任|被|获|荣获|当选|受聘|$)"
)
#: Names that a kind of people ends, references between them: 陈云山[14]、林知远[15]等学者.
_PEOPLE = re.compile("学者|专家|院士|教授|研究员|作家|艺术家|科学家|企业家|评论家|同志|劳模|人士")
_SCHOLARS = re.compile(
    r"((?:[\u4e00-\u9fff]{2,12}(?:\[[\d,，\-–]+\])?、)*[\u4e00-\u9fff]{2,3}(?:\[[\d,，\-–]+\])?)等(?:[^，。；等]{0,6}?)"
    f"(?:{_PEOPLE.pattern})"
)
#: What a person does, not the end of a name.
#: A name of any people between its office and what its bearer says.
_SAYS = re.compile(
    "[\u4e00-\u9fff]{3,7}?(?=(?:说|表示|介绍|告诉|坦言|认为|感慨|回忆|感叹)(?:[，：:。“]|记者|道))"
)
_DOES = re.compile(
    "出(?=[任席山])|则(?=[向称说]|表示|认为|指出|透露|告诉|坦言|解释|分析|介绍)|[作致](?:了|题为|主旨|主题|报告|总结|重要|开幕|贺|辞|词|欢迎)|[称指](?!出)|曾(?=[任在于是为获就经担出])|所[作提做讲]|副(?:总理|主席|[省市县区部局司厅]长|院长|校长|主任|书记)"
)
_TAKING = re.compile("(?:一同|共同|分别)?(?:任|担任|出任)")
#: Three characters that open a clause before what people do.
_ACTING = re.compile(
    "(?:^|(?<=[，。；：、]))([\u4e00-\u9fff]{3})(?=(?:夫妇|家族|先生|女士)?(?:捐款|捐赠|捐资|出资|注资|创办|创立|发起|出席|当选|出任|获选|夫妇))"
)
#: Whom a body chooses for an office: 选举陈云山为会长.
_CHOOSES = re.compile("选[举聘]|推[选举]|任命|聘[任请]|提名")
_CHOSEN = re.compile(
    "(?:选举|选聘|推选|推举|任命|聘任|聘请|提名)([\u4e00-\u9fff]{2,3})(?:同志)?(?=为|担任|出任|任)"
)
#: Who does something for a body that is named: 江州大学|陈云山|承担的项目.
_OF_BODY = re.compile(
    "(?<=大学|学院|究院|究所|科院|医院|中学)([\u4e00-\u9fff]{2,3})(?=承担|主持|牵头|领衔|负责|团队|课题组|教授|副教授|院士|博士|研究员|等人)"
)
#: How people are addressed behind their whole name: 牛新庄|先生.
_ADDRESS = re.compile("(?:先生|女士)(?!们)")
_PHOTOGRAPHER = re.compile("(?:^|(?<=[。（\\s]))([\u4e00-\u9fff]{2,3})(?:摄|摄影)(?:）|$)")
#: Marks and small words that close a name also where the tokens cut otherwise (陈云|山未).
_CLOSING = frozenset("，。、；：（）！？ 及率作致则未不已曾将在也于与和对向就还又再")
#: What follows a verb of speech, where the tokens make another word of it.
_SPEAKS = ("，", "：", ",", ":", "“")
#: Offices in a committee, before which its place stands and no name: 江临|党委书记.
_PARTY = re.compile("[省市县区州旗镇乡村]?(?:党组|[党工团纪政]?委(?!员|托)|党支部|党总支)")
#: Surnames that are small words too: 议员|曾|称.
_SMALL_WORDS = frozenset("曾应向时常从自并正便")
#: Words of honour before an office that look like names (荣休|教授).
_HONOURS = frozenset({"荣休", "荣誉", "名誉", "任内", "连任", "卓越", "贺词", "贺信", "贺电"})
#: A member of a list of people: it may start with a surname and be cut anywhere.
_MEMBER = re.compile("[\u4e00-\u9fff]{2,4}")


class Persons:
    """Finds full names (family and given); a family name with an office (李局长) is none."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._surnames = lexicon.words["surnames"]
        self._initials = frozenset(s[0] for s in self._surnames)
        self._offices = lexicon.words["offices"]
        self._speech = lexicon.words["speech"]
        self._homonyms = lexicon.words["homonyms"]
        self._followers = self._speech | {
            "团队",
            "同志",
            "先生",
            "女士",
            "博士",
            "一行",
            "课题组",
            "夫妇",
            "伉俪",
            "捐款",
            "捐资",
        }
        offices = "|".join(sorted(map(re.escape, self._offices), key=len, reverse=True))
        self._introduced = re.compile(
            f"（[^（）]{{2,20}}(?:{offices})）|，?(?:是|任|现任|系|担任|出任|曾任|时任)[^，。]{{2,20}}(?:{offices})"
        )
        self._named = re.compile(
            f"[，、；]([\u4e00-\u9fff]{{2,3}})为(?=[^，。；]{{2,20}}(?:{offices})[，。；])"
        )
        self._latin = re.compile(f"(?:{offices})([A-Z][a-z]+(?: [A-Z][A-Za-z.]*){{1,3}})")
        self._office_starts = tuple(sorted(w for w in self._offices if not _PARTY.match(w)))
        before = self._offices | lexicon.words["callings"]
        self._office_ends = Endings(before)
        self._befores = sorted(before)
        self._office = Automaton(self._befores, longest=True)
        self._office_firsts = frozenset(w[0] for w in self._offices)
        self._vouching = Automaton(sorted(before | self._speech))

    def find(self, work: Work) -> Iterator[Found]:
        """Yield names that the sentence itself vouches for."""
        for found in self._candidates(work):
            if found.end - found.start > 2 and _DOES.match(work.text, found.end - 1):
                found = found._replace(end=found.end - 1)  # 梅宏|作了报告
            if (
                found.end - found.start > 2
                and work.text[found.end - 1] == "副"
                and self._office_after(work, found.end)
            ):
                found = found._replace(end=found.end - 1)  # 韩立|副总理
            name = work.text[found.start : found.end]
            small = name[0] in _SMALL_WORDS and in_dictionary(name[1:])  # 向|祖国
            small |= work.text.startswith("党籍", found.start - 1)  # 民主党籍|联邦议员
            if name not in self._homonyms and not small and name[0] != "由" and name[-1] not in "乡镇村县":
                yield found

    def _candidates(self, work: Work) -> Iterator[Found]:
        if self._vouching.find(work.text):  # an office or a verb of speech: two thirds hold neither
            yield from self._beside(work)
            yield from self._behind_offices(work)
            for match in self._latin.finditer(work.text) if _LATIN_NAME.search(work.text) else ():
                yield Found(match.start(1), match.end(1), "Person", "person-latin", 0.8)
        yield from self._lives(work)
        yield from self._listed_apart(work)
        yield from self._in_rows(work)
        yield from self._scholars(work)
        yield from self._addressed(work)
        if not DOTS.isdisjoint(work.text):
            for match in _FOREIGN.finditer(work.text):
                last = work.tokens[work.token_at(match.end() - 1)]
                goes_on = (
                    last.start == match.end() - 1 and last.end > match.end() and in_dictionary(last.word)
                )
                cut = goes_on and work.text[match.end() - 2] not in DOTS  # …·吐尼亚孜|代表
                last_part = len(match.group()) - 1 - max(map(match.group().rfind, DOTS))
                cut |= match.group()[-1] in _BEHIND and last_part > 2  # …·哈斯|曾担任
                end = match.end() - (2 if match.group().endswith(("博士", "女士")) else cut)
                first = work.tokens[work.token_at(match.start())]
                region = self.lexicon.canonical.get(("Place", re.split(_DOT, match.group())[0]), "")
                if region.endswith(("省", "市", "自治区")):
                    continue  # 好客山东·云游齐鲁
                inside = first.start < match.start() < first.end and in_dictionary(first.word)
                start = first.end if inside else match.start()
                ahead = _AHEAD.match(work.text, start)
                yield Found(ahead.end() if ahead else start, end, "Person", "person-foreign", 0.8)

    def _beside(self, work: Work) -> Iterator[Found]:
        """Names beside an office or before a verb of speech, and those in a list with them."""
        starts = [i for i, word in enumerate(work.words) if word[0] in self._initials]
        names = {i: end for i in starts if (end := self._name_end(work, i))}
        tokens = work.tokens if names else ()
        last = 0
        for i, end in names.items():
            beside = last and i == last + 1 and tokens[last].word in ("、", "和")
            if i >= last and (beside or self._vouched(work, i, end)):
                last = end
                yield Found(tokens[i].start, tokens[end - 1].end, "Person", "person", 0.85)
        yield from self._listed_before(work, names)

    def _behind_offices(self, work: Work) -> Iterator[Found]:
        """Names right behind an office that the tokens do not cut out: 法定代|表人顾|金山, 司长林|郑月|娥, 总司长维冈."""
        for at, _, start in self._office.find(work.text):
            cut = work.tokens[work.token_at(start - 1)]
            if cut.end > start and in_dictionary(cut.word):
                continue  # 大|公司, 管理|事项: no 大公, no 理事
            if self._befores[at] not in self._offices and not self._begins_name(work, start):
                continue  # 企业主|管部门, 党员|代表
            start += work.text.startswith("）", start)  # （会计主管人员）王春梅
            end = self._whole_name(work, start) or self._sounds_end(work, start) or _spoken_end(work, start)
            if end and work.text[end - 1] not in "应须":  # 主管|单位应认真…
                yield Found(start, end, "Person", "person-behind", 0.8)

    def _begins_name(self, work: Work, start: int) -> bool:
        """Whether a token begins here that is a name, the first character of one, or no word."""
        i = work.first_starting(start)
        if i >= len(work.tokens) or work.tokens[i].start != start or work.text[start] in _SMALL_WORDS:
            return False
        token = work.tokens[i]
        return len(token.word) == 1 or token.tag in ("nr", "nrt", "nrfg") or not in_dictionary(token.word)

    def _in_rows(self, work: Work) -> Iterator[Found]:
        """Lists of three and more that hold nothing but names (名誉会长：蒋震、吕明华、黄成华), and two behind an office."""
        if "、" not in work.text:
            return
        for match in _NAMES.finditer(work.text):
            position, members = match.start(), list[tuple[int, int]]()
            for part in match.group().split("、"):
                members.append((position, position + len(part)))
                position += len(part) + 1
            named = [self._is_member(work, a, b) for a, b in members]
            behind = self._office_ends.end(work.text[: match.start()].rstrip("：: "))
            behind |= bool(_TAKING.match(work.text, match.end()))
            alike = len(members) > 1 and len({work.text[a] for a, _ in members}) == 1  # 边试、边改、边建
            if (
                all(named)
                and not alike
                and (behind or (len(members) > 2 and any(b - a == 3 for a, b in members)))
            ):
                yield from (Found(a, b, "Person", "person-row", 0.75) for a, b in members)

    def _scholars(self, work: Work) -> Iterator[Found]:
        """Lists that end in 等学者, each member a name; of the first only its end (国内|陈云山)."""
        if "等" not in work.text or not _PEOPLE.search(work.text):
            return
        for match in _SCHOLARS.finditer(work.text):
            position, members = match.start(1), list[tuple[int, int]]()
            for part in match.group(1).split("、"):
                members.append((position, position + len(part.split("[")[0])))
                position += len(part) + 1
            a, b = members[0]
            if len(members) == 1 and not work.begins(a):
                continue  # 工|程技术等领域专家
            for length in (3, 2):
                begins = b - length == a or b - length in {t.start for t in work.between(a, b)}
                if b - a >= length and begins and self._is_member(work, b - length, b):
                    members[0] = (b - length, b)
                    break
            if all(self._is_member(work, a, b) and _is_given(work.text[b - 1]) for a, b in members):
                yield from (Found(a, b, "Person", "person-row", 0.75) for a, b in members)

    def _listed_apart(self, work: Work) -> Iterator[Found]:
        """Names in the rows of a list of members (孙　尧　　云川省教育厅副厅长) and those who give (许家印捐款)."""
        for match in _ROW.finditer(work.text) if self._office_ends.end(work.text) else ():
            name = re.sub(r"\s", "", match.group(1))
            if name[0] in self._initials and 2 <= len(name) <= 4 and _is_given(name[-1]):
                yield Found(match.start(1), match.end(1), "Person", "person-row", 0.8)
        for match in _ACTING.finditer(work.text) if _ACTED.search(work.text) else ():
            name, token = match.group(1), work.tokens[work.token_at(match.start(1))]
            known = in_dictionary(name) and token.tag not in ("nr", "nrt", "nrfg")
            if name[0] in self._initials and not known and _is_given(name[1:]):
                yield Found(match.start(1), match.end(1), "Person", "person-acting", 0.7)
        chosen = _CHOOSES.search(work.text) is not None
        for match in (*_CHOSEN.finditer(work.text), *self._named.finditer(work.text)) if chosen else ():
            name = match.group(1)
            if name[0] in self._initials and _is_given(name[1:]) and not in_dictionary(name):
                yield Found(match.start(1), match.end(1), "Person", "person-acting", 0.75)
        for match in _OF_BODY.finditer(work.text):
            name, tokens = match.group(1), work.between(*match.span(1))
            words = [
                t
                for t in tokens
                if len(t.word) > 1 and t.tag not in ("nr", "nrt", "nrfg") and in_dictionary(t.word)
            ]
            if name[0] in self._initials and _is_given(name[1:]) and not words:
                yield Found(match.start(1), match.end(1), "Person", "person-acting", 0.7)
        for match in _PHOTOGRAPHER.finditer(work.text) if "摄" in work.text else ():
            name = match.group(1)
            if name[0] in self._initials and _is_given(name[1:]) and not in_dictionary(name):
                yield Found(match.start(1), match.end(1), "Person", "person-acting", 0.7)

    def _lives(self, work: Work) -> Iterator[Found]:
        """Names with which a life begins: 陈云山：男，1972年出生; 陈云山先生，48岁."""
        for match in _LIFE.finditer(work.text) if _LIVED.search(work.text) else ():
            name = match.group(1)
            if (
                name[0] in self._initials
                and _is_given(name[1:][-2:])
                and self._is_member(work, *match.span(1))
            ):
                yield Found(match.start(1), match.end(1), "Person", "person-life", 0.85)

    def _addressed(self, work: Work) -> Iterator[Found]:
        """Whole names before 先生 and 女士, however the tokens cut them (牛新|庄先生, 白|建军|先生)."""
        for match in _ADDRESS.finditer(work.text):
            end = match.start()
            for length in (4, 3, 2):
                start = end - length
                name = work.text[max(0, start) : end]
                double = name[:2] in self._surnames
                if start < 0 or not work.begins(start) or (length == 4 and not double):
                    continue
                first = work.tokens[work.token_at(start)]
                word = len(first.word) > 1 and in_dictionary(first.word)
                leads = length == 2 and name[0] in "令让使请连从全能常应"  # 令|焦女士
                if leads or first.tag[:1] in "cprdum" or (word and first.tag not in ("nr", "nrt", "nrfg")):
                    continue  # 和|张先生, 车主|李先生
                if self._is_member(work, start, end) and _is_given(name[1:][-2:]):
                    yield Found(start, end, "Person", "person-addressed", 0.8)
                    break

    def _whole_name(self, work: Work, start: int) -> int:
        """Where a name of two to four characters ends that starts here and that a closed word follows, or 0."""
        text = work.text
        if text[start : start + 1] in ("任", "由"):
            return 0  # 省长任组长, 委员由总统任命
        doubtful = text[start : start + 1] in _SMALL_WORDS
        if text[start : start + 2] in self._surnames:
            lengths: tuple[int, ...] = (4, 3)
        elif text[start : start + 1] in self._surnames:
            married = text[start + 1 : start + 2] in self._surnames and work.sentence.text != text
            lengths = (4, 3, 2) if married else (3, 2)  # 林鄭月娥, in Traditional texts alone
        else:
            return 0
        for length in lengths:
            end = start + length
            name = text[start:end]
            if len(name) < length or not self._closed(work, end) or (doubtful and length == 2):
                continue
            whole = length < 4 or not in_dictionary(name[2:])  # 邵宁|接受
            if whole and _is_given(name[length - 2 :]) and _is_given(name[1:2]) and not in_dictionary(name):
                return end
        return 0

    def _sounds_end(self, work: Work, start: int) -> int:
        """Where a transliterated name without a dot ends that starts here (总司长|维冈|表示), or 0."""
        match = _SOUND.match(work.text, start)
        if not match:
            return 0
        tokens = work.tokens
        i = work.first_starting(start)
        end = last = 0
        if i < len(tokens) and tokens[i].start == start:
            while i < len(tokens) and tokens[i].end <= match.end():
                end, last = tokens[i].end, i
                i += 1
        unknown = end and all(
            t.tag in ("nr", "nrt", "nrfg", UNKNOWN) or len(t.word) == 1
            for t in tokens[work.first_starting(start) : last + 1]
        )
        return end if unknown and 2 <= end - start <= 6 and self._closed(work, end) else 0

    def _closed(self, work: Work, end: int) -> bool:
        """Whether what stands here closes a name: a mark, the sentence's end, a verb of speech or a small word."""
        if end >= len(work.text) or work.text[end] in _CLOSING:
            return True
        if work.text[end] in "称说指道" and work.text[end + 1 : end + 2] in _SPEAKS:
            return True  # 陈云宇|称，…
        i = work.token_at(end)
        token = work.tokens[i]
        return token.start == end and (
            token.word in self._followers or token.word in self.lexicon.triggers or token.tag[:1] in "pcduvt"
        )

    def _listed_before(self, work: Work, names: Mapping[int, int]) -> Iterator[Found]:
        """Names in a list whose last member is vouched for (王东明、卢展工出席); ``names`` maps first tokens to ends."""
        tokens = work.tokens
        if "、" not in work.text:
            return
        ends = {end: first for first, end in names.items()}
        for end, first in sorted(ends.items(), reverse=True):
            if not self._vouched(work, first, end):
                continue
            position = tokens[first].start
            while position > 1 and work.text[position - 1] == "、":
                begin = max(work.text.rfind(mark, 0, position - 1) for mark in "、，。；：") + 1
                if not self._is_member(work, begin, position - 1):
                    break
                yield Found(begin, position - 1, "Person", "person-listed", 0.75)
                position = begin

    def _is_member(self, work: Work, start: int, end: int) -> bool:
        """Whether the whole member of a list can be a name, also where the tokens cut it (魏凤|和)."""
        text = work.text[start:end]
        if not _MEMBER.fullmatch(text) or text[0] not in self._initials:
            return False
        if in_dictionary(text):
            return work.tokens[work.token_at(start)].tag in ("nr", "nrt", "nrfg")
        return len(text) <= 3 or text[:2] in self._surnames or text[1] in self._surnames

    def _name_end(self, work: Work, i: int) -> int:
        """Index behind the last token of a name that starts at token i, or 0."""
        tokens = work.tokens
        first = tokens[i]
        if (
            first.word in _HONOURS
            or first.word[0] in "由于和与"
            or (first.word[0] == "任" and self._office_before(work, first.start))
        ):
            return 0  # 书记任组长: a verb
        surname = first.word[:2] if first.word[:2] in self._surnames else first.word[:1]
        if surname not in self._surnames:
            return 0
        if len(surname) < len(first.word) <= len(surname) + 2:
            known = in_dictionary(first.word)
            if (first.tag in ("nr", "nrt", "nrfg") or not known) and _is_given(first.word[len(surname) :]):
                return i + 1 + self._third(work, i, surname)
            return 0
        if first.word != surname or i + 1 >= len(tokens):
            return 0
        given = tokens[i + 1]
        if (
            len(given.word) == 2
            and (given.tag == UNKNOWN or given.tag[:1] not in "fstdprcmuj")
            and _is_given(given.word)
            and given.word not in self.lexicon.triggers
            and given.word not in self.lexicon.suffixes
        ):
            return i + 2
        if len(given.word) == 1 and given.tag[:1] not in "updcrm" and _is_given(given.word):
            if i + 2 < len(tokens) and len(tokens[i + 2].word) == 1 and _is_given(tokens[i + 2].word):
                return i + 3
            return i + 2
        return 0

    def _third(self, work: Work, i: int, surname: str) -> int:
        """1 when the third character of a name was cut off (范集|湘), else 0."""
        if len(work.tokens[i].word) != len(surname) + 1 or i + 1 >= len(work.tokens):
            return 0
        token = work.tokens[i + 1]
        after = work.tokens[i + 2] if i + 2 < len(work.tokens) else None
        plain = (
            len(token.word) == 1 and token.tag[:1] in ("n", "j", "a", "z", "o", "g") and _is_given(token.word)
        )
        follows = (
            after is None
            or after.word in self._speech
            or after.word in "，。、；：（"
            or after.tag[:1] in "pvdu"
            or after.word in self._offices
        )
        return int(plain and follows)

    def _vouched(self, work: Work, i: int, end: int) -> bool:
        tokens = work.tokens
        if self._office_after(work, tokens[end - 1].end):
            return True
        if self._office_before(work, tokens[i].start):
            if end >= len(tokens) or tokens[end].tag[:1] != "n":
                return True
            return tokens[end].word in self._followers or tokens[end].word in self.lexicon.triggers
        if self._introduced.match(work.text, tokens[end - 1].end):
            return True
        whole = tokens[end - 1].end - tokens[i].start
        nominal = tokens[i].tag in ("nr", "nrt", "nrfg") or not in_dictionary(tokens[i].word)
        return whole >= 2 and nominal and end < len(tokens) and tokens[end].word in self._speech

    def _office_before(self, work: Work, start: int) -> bool:
        before = work.text[max(0, start - 8) : start].rstrip("、 \u3000")
        return self._office_ends.end(before)

    def _office_after(self, work: Work, end: int) -> bool:
        opens = work.text[end : end + 1] in self._office_firsts
        return opens and work.text.startswith(self._office_starts, end)


def parts_of(name: str) -> list[str]:
    """The parts of a name with dots.

    >>> parts_of("约翰·史密斯")
    ['约翰', '史密斯']
    """
    return re.split(_DOT, name)


@lru_cache(maxsize=1 << 16)
def _is_given(text: str) -> bool:
    """Whether one or two characters can be a given name."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{1,2}", text)) and not any(
        c in "的了率在和与是为说等及对从向把被这那将要也都还有不个我你他她省市县区某摄线" for c in text
    )


def _spoken_end(work: Work, start: int) -> int:
    """Where a name ends that starts behind an office and before a verb of speech, of no Chinese surname (央金卓嘎|说), or 0."""
    match = _SAYS.match(work.text, start)
    tokens = work.between(*match.span()) if match else ()
    strange = any(t.tag == UNKNOWN and len(t.word) > 1 for t in tokens)
    whole = all(t.tag == UNKNOWN or len(t.word) == 1 for t in tokens)
    return match.end() if match and strange and whole and work.aligned(*match.span()) else 0
