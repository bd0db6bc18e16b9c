"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import settings

# No example may fail for being slow on a loaded machine, and every run tries the same examples.
settings.register_profile("policykg", deadline=None, derandomize=True)
settings.load_profile("policykg")
