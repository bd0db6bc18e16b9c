"""The reviewer's page: pyvis and vis-network inside a template of our own."""

from kg.view.page import write_page

__all__ = ["write_page"]
