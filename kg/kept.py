"""What an earlier build kept: its readings, its graph again, and that graph in another format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from kg import dataset, folder
from kg.assemble import assemble
from kg.cache import Cache
from kg.errors import UsageError
from kg.export import BASE, FORMATS
from kg.model import Graph, Reading
from kg.remote import place_of
from kg.replay import rule
from kg.review import file

#: The format of ``kg export`` that is no graph.
DESCRIPTION: Final = "void"


def restore(out: Path) -> Graph:
    """Return the graph of an earlier build from what it kept; raises UsageError when that is gone."""
    manifest = folder.read_manifest(out)
    report = folder.read_report(out) or {}
    kept = file.load(out / folder.CACHE / file.FILE, report.get("base", BASE))
    all_readings = list(readings(out))
    return assemble(
        all_readings,
        min_confidence=manifest.min_confidence if manifest else 0.0,
        rulings=rule(lambda: all_readings, kept),
    )


def readings(out: Path) -> Iterator[Reading]:
    """Yield the readings that an earlier build kept, one at a time; raises UsageError when one is gone."""
    manifest = folder.read_manifest(out)
    kept = Cache(place_of(manifest.shards if manifest and manifest.shards else out / folder.CACHE))
    for reading in map(kept.reading, (row["reading"] for row in manifest.documents)) if manifest else (None,):
        if reading is None:
            raise UsageError(
                f"{out}: no build is there, or its {folder.CACHE} is gone; make one with kg build INPUT --out {out}"
            )
        yield reading


def export(
    out: Path, format: str, path: Path | None = None, *, evidence: bool = False, licence: str = ""
) -> list[Path]:
    """Write the graph of an earlier build, or its evidence, in a format of FORMATS; return what was written.

    ``void`` describes the build, with the IRI of a licence if one is given.
    """
    from kg.export import write

    if format == DESCRIPTION:
        path = path or out / f"{DESCRIPTION}.ttl"
        dataset.write(out, path, licence=licence)
        return [path]
    if format not in FORMATS:
        raise UsageError(f"--format {format}: choose from {', '.join((*FORMATS, DESCRIPTION))}")
    if licence:
        raise UsageError(f"--license goes with --format {DESCRIPTION}")
    report = folder.read_report(out) or {}
    graph = restore(out)
    path = path or out / f"{'evidence' if evidence else FORMATS[format].stem}.{FORMATS[format].suffix}"
    write(graph, path, format, report.get("base", BASE), evidence=evidence)
    return [path] if path.is_file() else sorted(path.parent.glob(f"{path.stem}-*{path.suffix}"))
