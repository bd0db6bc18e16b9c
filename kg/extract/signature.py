"""Who signed a policy document, and when: the lines at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.rows import WRITES
from kg.link import Links, enclosed
from kg.model import Document, Evidence, Reference, Span, Statement
from kg.recognize.base import Work
from kg.recognize.dates import Dates

#: A line that ends in a date of the day, in figures or in characters, behind a body at most.
_DATED = re.compile(
    r"[^，。；：\d]{0,30}?\s*(?P<date>(?:\d{4}|[一二][〇○零一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日)"
)
#: Who issued what stands above, and when, in a line of its own: （民政部　一九九七年一月二十八日）, （2014年5月20日云川省人民政府公布）.
_DAY = "(?:\\d{4}|[一二][〇○零一二三四五六七八九]{3})年[\\d一二三四五六七八九十]{1,2}月[\\d一二三四五六七八九十]{1,3}日"
_BENEATH = re.compile(
    f"[（(](?:[^，。；：\\d]{{2,30}}[ \u3000]+(?P<date>{_DAY})|(?P<day>{_DAY})[ \u3000]*[^，。；：]{{2,40}}?(?:令第?\\d+号)?(?:发布|公布|印发|颁布|制定|令)(?:[，,；;][^（）]*)?)[）)]"
)
#: A title that approves: 国务院关于同意设立…新区的批复.
_APPROVAL = re.compile(
    r"(?P<by>.{2,30}?)关于(?:同意|批准)(?:设立|成立|组建|建设|建立|实施)?(?P<what>.{3,40}?)的(?:批复|函)"
)
#: A title that answers, and the sentence that agrees: 原则同意《江州市总体规划》, 同意设立云江新区.
_REPLY = re.compile("(?P<by>[^，。；：]{2,30}?)关于[^，。；：]*的(?:批复|复函|函)$")
_AGREES = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、)?(?:原则)?同意(?:[你们]{0,2}[省市区县部委局厅]?)?(?P<deed>设立|成立|组建|建设|建立|实施|开展|报送的|制定的|制订的|修订后的|将)?"
)
_APPROVED = frozenset({"Park", "Institution", "Project", "Platform", "Fund"})
_KIND = re.compile("(?:制度|名单|方案)$")
_YEAR = re.compile(r"^\d{4}年")
#: What goes up to another body is written, and not issued.
_ASKS = re.compile("请示$")
#: Who signs a decree: 省长　陈云山.
_OFFICER = re.compile(
    r"(?:总理|主席|省长|市长|州长|县长|区长|部长|局长|署长|主任|行长)[ \u3000:：]+[\u4e00-\u9fff \u3000]{2,6}"
)
_DATES = Dates({})
#: How many sentences from the end a signature may stand.
_TAIL = 8


def signature(document: Document, works: Sequence[Work], links: Links) -> Iterator[Statement]:
    """Yield issuer and date of the policy that the document is, when its last lines sign it."""
    policy = _own(works, links)
    if policy is None or policy.mention.sentence > len(works) // 2:
        return
    for n in range(policy.mention.sentence + 1, len(works)):
        work = works[n]
        match = _DATED.fullmatch(work.text.strip()) if work.text.rstrip().endswith("日") else None
        moments = _DATES.find(match["date"].replace("○", "〇")) if match else ()
        annexed = (
            n < len(works) - _TAIL
        )  # annexes follow: the line before must be the signer and nothing else
        if not match or not moments or (annexed and not _signs(works[n - 1], links)):
            continue
        sentence = work.sentence
        marks = (Span(*match.span("date")).shift(sentence.span.start),)
        policies = (policy.key, *enclosed(policy.key, links))
        for key in policies:
            proof = Evidence(document.id, sentence.span, "fact/signature", marks=marks)
            yield Statement(key, "date", moments[0].period.start, (proof,))
        for line in (n, n - 1):
            signers = [
                r
                for r in links.references
                if r.mention.sentence == line and r.key.cls == "Institution" and len(works[line].text) <= 40
            ]
            for signer in signers:
                span = works[line].sentence.span
                proof = Evidence(document.id, span, "signature", marks=(signer.mention.span,))
                yield from (Statement(key, "issuedBy", signer.key, (proof,)) for key in policies)
            if signers:
                break
        return


def titled(document: Document, works: Sequence[Work], links: Links) -> Iterator[Statement]:
    """Yield who issues the policies whose titles begin with a body and what it writes: 国务院办公厅关于…的通知."""
    policies = {r.mention.span.start: r for r in links.references if r.key.cls == "Policy"}
    for body in links.references:
        policy = policies.get(body.mention.span.start) if body.key.cls == "Institution" else None
        if policy is None or body.mention.span.end >= policy.mention.span.end:
            continue
        rest = policy.mention.text[len(body.mention.text) :]
        if WRITES.match(rest) and not _ASKS.search(rest):
            span = works[policy.mention.sentence].sentence.span
            proof = Evidence(document.id, span, "title", marks=(body.mention.span,))
            yield Statement(policy.key, "issuedBy", body.key, (proof,))


def beneath(document: Document, works: Sequence[Work], links: Links) -> Iterator[Statement]:
    """Yield issuer and date of the policies under whose titles a line says them."""
    whole = {r.mention.span: r for r in links.references if r.key.cls == "Policy"}
    for above, work in pairwise(works):
        title = whole.get(above.sentence.span)
        match = _BENEATH.fullmatch(work.text.strip()) if title and "年" in work.text else None
        if title is None or match is None:
            continue
        sentence = work.sentence
        group = "date" if match["date"] else "day"
        for moment in _DATES.find(match[group].replace("○", "〇"))[:1]:
            marks = (Span(*match.span(group)).shift(sentence.span.start),)
            proof = Evidence(document.id, sentence.span, "fact/signature", marks=marks)
            yield Statement(title.key, "date", moment.period.start, (proof,))
        for signer in links.references:
            if signer.mention.sentence == sentence.index and signer.key.cls == "Institution":
                proof = Evidence(document.id, sentence.span, "signature", marks=(signer.mention.span,))
                yield Statement(title.key, "issuedBy", signer.key, (proof,))


def _signs(work: Work, links: Links) -> bool:
    """Whether a line is the name of a body and nothing else, or of the one who signs for it."""
    if _OFFICER.fullmatch(work.text.strip()):
        return True
    span = work.sentence.span
    return any(r.mention.span == span and r.key.cls == "Institution" for r in links.references)


def _own(works: Sequence[Work], links: Links) -> Reference | None:
    """The policy that the document is: its title, or what its title says that it issues (关于印发《…》的通知)."""
    for reference in links.references:
        notice = reference.mention.sentence < 3 and "关于印发" in works[reference.mention.sentence].text
        if reference.mention.rule == "title-line" or (notice and reference.key.cls == "Policy"):
            return reference
        whole = works[reference.mention.sentence].sentence.span if reference.mention.sentence < 3 else None
        if reference.key.cls == "Policy" and reference.mention.span == whole:
            return reference
    return None


def approval(document: Document, works: Sequence[Work], links: Links) -> Iterator[Statement]:
    """Yield who approves what, when the title of the document says so, and what its sentences agree to."""
    policy = next((r for r in links.references if r.mention.rule == "title-line"), None)
    reply = _REPLY.match(policy.mention.text) if policy else None
    named = {r.mention.text: r.key for r in reversed(links.references)}
    by = named.get(reply["by"]) if reply else None
    if policy is None or reply is None or by is None or by.cls != "Institution":
        return
    match = _APPROVAL.fullmatch(policy.mention.text)
    what = next((key for form, key in named.items() if match and _is_told(match["what"], form)), None)
    if match is not None and what is not None:
        span = works[policy.mention.sentence].sentence.span
        marks = tuple(Span(*match.span(group)).shift(policy.mention.span.start) for group in ("by", "what"))
        yield Statement(what, "approvedBy", by, (Evidence(document.id, span, "title", marks=marks),))
    for reference in links.references:
        work = works[reference.mention.sentence]
        agrees = _AGREES.match(work.text)
        start = reference.mention.span.start - work.sentence.span.start
        if not agrees or not 0 <= start - agrees.end() < 2 or reference.key in (what, by):
            continue
        if reference.key.cls == "Policy" or (agrees["deed"] and reference.key.cls in _APPROVED):
            marks = (Span(*agrees.span()).shift(work.sentence.span.start), reference.mention.span)
            proof = Evidence(document.id, work.sentence.span, "title", marks=marks)
            yield Statement(reference.key, "approvedBy", by, (proof,))


def _is_told(what: str, form: str) -> bool:
    """Whether what a title approves is named by a form, but for its year and its kind (2008年|…委员会, …联席会议|制度)."""
    core = _KIND.sub("", what)
    return form in (what, core, _YEAR.sub("", core))
