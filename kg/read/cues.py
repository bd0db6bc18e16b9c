"""The signs of layout, as data: page numbers, captions, numbered starts, labels of a head.

One constant a concept; the machinery in the neighbour modules holds no words. Every
pattern is linear: no nested repetition.
"""

from __future__ import annotations

import re

_NUMERAL = "一二三四五六七八九十百零〇两"

#: Signs that end a sentence or a clause that may end a paragraph.
ENDERS = "。！？；：…!?;:"
#: Signs that may follow an ender and still belong to the sentence.
CLOSERS = "”’」』）】〉》〕)]＂\"'"
#: Signs (and the particles) after which a line always goes on.
OPEN_TAIL = "，、（《“‘「『【〔〈·的或"
#: Signs that no line starts with.
CLOSING_HEAD = "，。、；：！？”’」』）】》〉〕％%"
#: Brackets, opening to closing.
BRACKETS = {"（": "）", "(": ")", "【": "】", "〔": "〕", "[": "]", "《": "》", "「": "」", "“": "”"}

#: Signs of running prose, as against a heading, a by-line, a list of names.
FLOW = re.compile(r"[，。；！？;!?]|,(?!\d)")
#: Signs inside a line that show prose rather than a bare name.
CLAUSE = re.compile(r"[，、。；：,]")

#: A line that is nothing but a page number.
PAGE_MARK = re.compile(
    r"[-—–－─~·•\s]{0,6}(?:第\s{0,3}\d{1,4}\s{0,3}[页頁][，,/／\s]{0,3}(?:[共总總]\s{0,3}\d{1,4}\s{0,3}[页頁])?"
    r"|[Pp]age\s\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"
    r"|[-—–－─~·•]\s{0,3}\d{1,4}\s{0,3}[-—–－─~·•])[-—–－─~·•\s]{0,6}"
)
#: A line of digits alone: a page number only where it stands between lines of text.
BARE_NUMBER = re.compile(r"\d{1,4}(?:\s?[/／]\s?\d{1,4})?")
#: Numbers that are rather a year than a page.
YEAR = re.compile(r"(?:19|20)\d\d")

#: A numbered heading: 一、 （一） 第一章 ; a line that starts so starts a block.
NUMBERED = re.compile(
    rf"(?:[{_NUMERAL}]{{1,4}}[、．.]|[（(][{_NUMERAL}]{{1,4}}[）)]|第[{_NUMERAL}\d]{{1,5}}[章节節篇编編部][分\s　]?)"
)
#: A numbered or bulleted item: 1. （1） ① 第一条 •
ITEM_START = re.compile(
    rf"(?:\d{{1,2}}[.．、](?!\d)|[（(]\d{{1,2}}[）)]|[①-⑳㈠-㈩⑴-⒇]|第[{_NUMERAL}\d]{{1,5}}[条條款]"
    r"|[•●■◆▪◇○□★※▲►➢✓√]\s?|[-*]\s(?=\S))"
)
#: What else numbers a heading, but may also be a figure at the start of a line: 3.1 .
DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
#: A citation at the end of a line: its full stop was lost in conversion.
CITATION = re.compile(r"[\[［]\d[\d,，、~–-]{0,20}[\]］]?$")
BULLET = re.compile(r"(?:[•●■◆▪◇○□★※▲►➢✓√]|[-*]\s(?=\S))")

#: A caption: 图1 …, 表2-1 …, 图为…; SURE where the sign after the number leaves no doubt.
CAPTION_SURE = re.compile(
    rf"(?:[图圖表]\s?[\d{_NUMERAL}]{{1,3}}(?:[-—.．]\d{{1,3}})?[\s　:：]"
    r"|(?:上|下|左|右|资料|資料|新华社|配)?[图圖](?:片|①|②|③|④)?[为為：:])"
)
CAPTION = re.compile(
    rf"(?:[图圖表]\s?[\d{_NUMERAL}]{{1,3}}(?:[-—.．]\d{{1,3}})?[A-Za-z一-鿿“《（]"
    r"|(?:Figure|Fig\.|Table)\s?\d{1,3})"
)
#: The end of a caption: who made the picture.
CREDIT = re.compile(
    r"(?:[记記]者|通[讯訊][员員]|本[报報]|新[华華]社|[图圖]片?)[^，；！？]{0,24}(?<!拍)[摄攝]影?$"
    r"|[（(][^（）()，]{0,24}(?:(?<!拍)[摄攝]影?|供[图圖]|[制製][图圖]|[资資]料[图圖]片?)[）)]$"
    r"|[。！？][^，。；！？]{1,16}(?:[摄攝]|供[图圖]|[图圖照]片|截[图圖])$"
)

#: A few words after the last full stop: who made the picture, rather than a sentence cut off.
STUB = re.compile(r"[。！？][”」』）]?[^，。；！？、\d的]{1,14}$")

#: A title that spans lines: 某某关于…, closed by 的 and the kind of the document.
#: The number of an official document: 云府办发〔2018〕124号.
DOCUMENT_NUMBER = re.compile("[\u4e00-\u9fff]{1,12}[〔\\[【（(]\\d{4}[〕\\]】）)]第?\\d{1,5}号")
TITLE_OPEN = re.compile(r"[^，。；！？\s]{0,40}[关關][于於]")
TITLE_CLOSED = re.compile(r"的[^，。；！？的]{2,8}(?:[（(][^（）()]{1,20}[）)])?$")

#: The labels of a document's head.
DATE_LABEL = re.compile(
    r"(?:发布时间|發布時間|发布日期|發佈日期|發布日期|发文日期|成文日期|印发日期|日期|时间|時間|更新时间)\s?[：:]\s?"
)
SOURCE_LABEL = re.compile(r"(?:来源|來源|信息来源|文章来源|稿源|出处)\s?[：:]\s?([^\s　|｜，。；：:]{2,40})")
#: A line that is one of the head.
LABEL = re.compile(rf"(?:{DATE_LABEL.pattern}|{SOURCE_LABEL.pattern})")
#: A calendar date, as exact as written.
DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?(?:[-/.]\s?(?P<m>\d{1,2})(?:[-/.]\s?(?P<d>\d{1,2}))?"
    r"|年\s?(?:(?P<m2>\d{1,2})\s?月\s?(?:(?P<d2>\d{1,2})\s?日)?)?)"
)

#: The keys of <meta> that carry what we look for, best first.
META_TITLE = ("ArticleTitle", "og:title", "title")
META_DATE = (
    "PubDate",
    "publishdate",
    "article:published_time",
    "og:published_time",
    "datePublished",
    "DC.date.issued",
    "date",
)
META_SOURCE = ("ContentSource", "og:site_name", "source", "DC.publisher")
