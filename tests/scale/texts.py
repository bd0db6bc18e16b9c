"""Invented articles in any number: each its own, some names and statements common to several."""

from __future__ import annotations

from collections.abc import Iterator

_BODIES = ("江州大学", "云川理工大学", "云川省科学院", "江州实验室", "临溪县人民政府", "江州市人民政府")
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def article(number: int) -> str:
    """One article; the same number, the same text."""
    a, b = _BODIES[number % 6], _BODIES[(number * 5 + 1) % 6]
    name = f"{_SIGNS[number % 22]}{_SIGNS[number // 22 % 22]}溪"
    year, month = 2001 + number % 23, 1 + number % 12
    planned = "拟筹建" if number % 7 == 0 else "成立"
    return (
        f"{name}县工作简报第{number}期\n\n"
        f"{year}年{month}月，{a}与{b}签署合作协议。{a}位于江州市。\n"
        f"{name}县人民政府{planned}{name}算力中心，总投资{1 + number % 90}亿元。\n"
        f"云川省人民政府印发《云川省数字经济发展规划》，由云川省发展和改革委员会组织实施。\n"
        f"{b}{'拟筹建' if number % 2 else '成立'}云川联合研究院。\n"
        f"全县5G基站达到{1000 + number}个，地区生产总值增长{number % 9}.{number % 10}%。\n"
    )


def articles(count: int) -> Iterator[tuple[str, str]]:
    """Ids and texts."""
    for number in range(count):
        yield f"brief-{number:05}", article(number)
