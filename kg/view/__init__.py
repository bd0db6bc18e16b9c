"""The reviewer's page: pyvis and vis-network inside a template of our own."""

from kg.view.page import write_page, write_served
from kg.view.payload import Totals

__all__ = ["Totals", "write_page", "write_served"]
