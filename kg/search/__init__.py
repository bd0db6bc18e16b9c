"""Names and sentences by a part of them: an index beside the store, and the pattern that asks it in SPARQL."""

from kg.search.index import FILE, SIGNS, Index, Named, build, in_memory
from kg.search.pattern import PREFIXES, rewritten

__all__ = ["FILE", "PREFIXES", "SIGNS", "Index", "Named", "build", "in_memory", "rewritten"]
