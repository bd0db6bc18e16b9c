"""One decision as a JSON object, and back; everything in it is checked at this door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from kg.export.iri import iri, key_of, observation_iri
from kg.model import (
    CLASSES,
    FACTS,
    RELATIONS,
    Bound,
    Decision,
    EntityKey,
    Object,
    Observation,
    Period,
    Verdict,
)
from kg.replay.decisions import ON_STATEMENTS

#: Characters of a reason, a name, an IRI.
LONGEST: Final = 10_000
#: Characters of a new name: the longest titles of policies have half of it.
NAME: Final = 200
#: How many baselines a figure may stand on.
_DEEP: Final = 5

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_NUMBER: Final = re.compile(r"-?\d{1,60}(\.\d{1,60})?")
_UNPRINTED: Final = re.compile("[\x00-\x1f\x7f\ufffe\uffff]")

_Row = Mapping[str, Any]


class Refused(ValueError):  # noqa: N818 -- what it says is why
    """Why a row is no decision, as the end of a Chinese sentence."""


def text_of(row: _Row, name: str, longest: int = LONGEST) -> str:
    """Return a text of a row in one line, "" when there is none."""
    value = row.get(name) or ""
    if not isinstance(value, str):
        raise Refused(f"{name} 应为文字")
    if len(value) > longest:
        raise Refused(f"{name} 超过 {longest} 字")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused(f"{name} 含有无法写成 UTF-8 的字符") from None
    return " ".join(_UNPRINTED.sub(" ", value).split())


def decision_of(row: object, base: str, signed: str = "") -> Decision:
    """Return the decision that a row holds; raises Refused."""
    if not isinstance(row, dict):
        raise Refused("应为 JSON 对象")
    said = {
        "reviewer": text_of(row, "reviewer", NAME) or signed,
        "date": _day(text_of(row, "date")),
        "reason": text_of(row, "reason"),
        "said": text_of(row, "said"),
    }
    if "statement" in row:
        verdict = _verdict(row, "verdict", ON_STATEMENTS)
        subject = _entity(row, "subject", base)
        predicate = text_of(row, "predicate")
        if predicate not in (*RELATIONS, *FACTS):
            raise Refused(f"没有“{predicate}”这种关系或数据")
        target = _object(row.get("object"), predicate, base)
        return Decision(verdict, subject, predicate, target, statement=text_of(row, "statement"), **said)
    if "entity" not in row:
        raise Refused("没有说明评审的是哪条陈述或哪个实体")
    verdict = _verdict(row, "kind", frozenset(Verdict) - ON_STATEMENTS)
    return Decision(verdict, _entity(row, "entity", base), object=_value(row, verdict, base), **said)


def row_of(decision: Decision, base: str) -> dict[str, Any]:
    """Return the row of a decision, as the page writes it."""
    signed = {"reason": decision.reason, "reviewer": decision.reviewer, "date": decision.date}
    target = decision.object
    if decision.verdict in ON_STATEMENTS:
        return {
            "statement": decision.statement,
            "subject": iri(decision.subject, base),
            "predicate": decision.predicate,
            "object": _written(decision.subject, target, base),
            "verdict": decision.verdict.value,
            "said": decision.said,
        } | signed
    return {
        "entity": iri(decision.subject, base),
        "cls": decision.subject.cls,
        "name": decision.subject.name,
        "kind": decision.verdict.value,
        "value": iri(target, base) if isinstance(target, EntityKey) else str(target),
        "said": decision.said,
    } | signed


def _verdict(row: _Row, name: str, known: frozenset[Verdict]) -> Verdict:
    given = text_of(row, name)
    if given not in known:
        raise Refused(f"{name} “{given}” 不认识，应为 {'、'.join(sorted(known))}")
    return Verdict(given)


def _day(given: str) -> str:
    try:
        if not given or (_DAY.fullmatch(given) and date.fromisoformat(given)):
            return given
    except ValueError:
        pass
    raise Refused(f"date “{given}” 不是形如 2026-11-24 的日期")


def _entity(row: _Row, name: str, base: str) -> EntityKey:
    given = text_of(row, name)
    key = key_of(given, base)
    if key is None:
        raise Refused(f"{name} “{given[:80]}” 不是本图实体的 IRI")
    return key


def _value(row: _Row, verdict: Verdict, base: str) -> Object:
    if verdict in (Verdict.SAME, Verdict.NOT_SAME):
        other = _entity(row, "value", base)
        if other == _entity(row, "entity", base):
            raise Refused("两端是同一个实体")
        return other
    given = text_of(row, "value", NAME)
    if verdict is Verdict.CLASS and given not in CLASSES:
        raise Refused(f"没有“{given}”这一类，应为 {'、'.join(CLASSES)}")
    if not given:
        raise Refused("新名称是空的")
    return given


def _object(given: object, predicate: str, base: str) -> Object:
    if not isinstance(given, dict):
        raise Refused("缺少 object")
    if predicate in RELATIONS:
        return _entity(given, "entity", base)
    if predicate == "amount":
        return _decimal(given, "amount")
    if predicate == "observation":
        return _observation(given.get("observation"))
    return _iso(text_of(given, "date"))


def _decimal(row: _Row, name: str) -> Decimal:
    given = text_of(row, name)
    if not _NUMBER.fullmatch(given):
        raise Refused(f"{name} “{given[:80]}” 不是数")
    try:
        return Decimal(given)
    except InvalidOperation:
        raise Refused(f"{name} “{given[:80]}” 不是数") from None


def _iso(given: str) -> str:
    if not _DATE.fullmatch(given):
        raise Refused(f"“{given[:80]}” 不是 2024、2024-07 或 2024-07-01 这样的日期")
    return given


def _observation(given: object, depth: int = 0) -> Observation:
    if not isinstance(given, dict) or depth > _DEEP:
        raise Refused("object 里的观测值有误")
    bound = text_of(given, "bound")
    if bound not in tuple(Bound):
        raise Refused(f"没有“{bound[:80]}”这种界限")
    time = [_iso(part) if part else "" for part in text_of(given, "time").split("/")[:2]]
    baseline = given.get("baseline")
    return Observation(
        text_of(given, "label"),
        _decimal(given, "value"),
        text_of(given, "unit"),
        Period(time[0], time[-1]) if any(time) else None,
        Bound(bound),
        _observation(baseline, depth + 1) if baseline else None,
    )


def _written(subject: EntityKey, target: Object, base: str) -> dict[str, Any]:
    if isinstance(target, EntityKey):
        return {"entity": iri(target, base)}
    if isinstance(target, Observation):
        return {"observation": _figure(subject, target, base)}
    if isinstance(target, Decimal):
        return {"amount": f"{target:f}"}
    return {"date": target}


def _figure(subject: EntityKey, value: Observation, base: str) -> dict[str, Any]:
    return {
        "iri": observation_iri(subject, value, base),
        "label": value.label,
        "value": f"{value.value:f}",
        "unit": value.unit,
        "time": str(value.time) if value.time else "",
        "bound": str(value.bound),
        "baseline": _figure(subject, value.baseline, base) if value.baseline else None,
    }
