"""policykg: Chinese policy and industry prose in, a graph of evidenced statements out.

From Python: ``kg.read``, ``kg.build``, ``kg.load``; docs/python.md. Nothing is loaded until a name is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api import KnowledgeGraph, Rows, build, load, read

__all__ = ["KnowledgeGraph", "Rows", "__version__", "build", "load", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    from importlib import import_module

    # kg.read is the package of the readers as well, which answers a call as kg.api.read does.
    return import_module("kg.read") if name == "read" else getattr(import_module("kg.api"), name)


def __dir__() -> list[str]:
    return __all__
