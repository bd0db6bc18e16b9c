"""Colours of the classes: told apart by every eye, seen on the canvas of both themes."""

from __future__ import annotations

import math
import re
from importlib.resources import files
from itertools import combinations

import pytest

from kg.view.labels import classes

Colour = tuple[float, float, float]

#: What dichromats see, in linear RGB: Machado, Oliveira, Fernandes 2009, severity 1.
EYES: dict[str, tuple[Colour, Colour, Colour]] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranope": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanope": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "tritanope": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> Colour:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def lab(rgb: Colour) -> Colour:
    r, g, b = rgb
    x = _root(max(0.0, 0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
    y = _root(max(0.0, 0.2126 * r + 0.7152 * g + 0.0722 * b))
    z = _root(max(0.0, 0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116


def seen(colour: str, eye: str) -> Colour:
    light = linear(colour)
    r, g, b = (sum(a * c for a, c in zip(row, light, strict=True)) for row in EYES[eye])
    return lab((r, g, b))


def contrast(one: str, two: str) -> float:
    def luminance(colour: str) -> float:
        r, g, b = linear(colour)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_classes_are_told_apart(theme: str, eye: str) -> None:
    colours = {row["class"]: seen(row[theme], eye) for row in classes()}
    near = min((math.dist(colours[a], colours[b]), a, b) for a, b in combinations(colours, 2))
    assert near[0] >= 20, near


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_class_stands_out_from_the_canvas(theme: str) -> None:
    css = (files("kg.view") / "static" / "page.css").read_text(encoding="utf-8")
    canvas = re.findall(r"--canvas: (#\w+);", css)[theme == "dark"]
    for row in classes():
        assert contrast(row[theme], canvas) >= 3, row


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_communities_are_told_apart_and_stand_out(theme: str) -> None:
    folder = files("kg.view") / "static"
    palette = (folder / "palette.js").read_text(encoding="utf-8")
    found = re.search(rf"const {theme.upper()} = \[(.*)\];", palette)
    assert found
    colours = re.findall(r"#\w+", found[1])
    assert len(colours) == 8
    canvas = re.findall(r"--canvas: (#\w+);", (folder / "page.css").read_text(encoding="utf-8"))
    for colour in colours:
        assert contrast(colour, canvas[theme == "dark"]) >= 3, colour
    for eye in EYES:
        assert min(math.dist(seen(a, eye), seen(b, eye)) for a, b in combinations(colours, 2)) >= 20, eye
