"""Two short articles."""

from tests.cli.conftest import texts

__all__ = ["texts"]
