"""Decisions of reviewers as files: what the page sends, what the project keeps."""

from kg.review.file import FILE, load, read, write

__all__ = ["FILE", "load", "read", "write"]
