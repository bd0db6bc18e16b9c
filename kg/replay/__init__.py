"""Names and reviewers' decisions over all documents: what is one entity, what was rejected."""

from kg.replay.rulings import Rulings, rule

__all__ = ["Rulings", "rule"]
