"""The sample graph, as ``kg build`` lays it out."""

from tests.query.conftest import sample

__all__ = ["sample"]
