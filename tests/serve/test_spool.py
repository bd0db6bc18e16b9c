"""Rows are counted exactly whatever a value holds and wherever the engine cuts its output."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.rdf import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store
from kg.serve.spool import counter

WORDS = st.text(alphabet='a,"\\\n\r{}[]<>云', max_size=8) | st.sampled_from(
    ["<result>", "},{", '"},{"', "[{"]
)


@given(values=st.lists(WORDS, max_size=12, unique=True), cut=st.integers(1, 40))
def test_rows_are_counted(values: list[str], cut: int) -> None:
    store = Store()
    store.extend(Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal(value)) for value in values)
    for format_ in ("JSON", "XML", "CSV", "TSV"):
        answer = store.query("SELECT ?o ?n { ?s ?p ?o OPTIONAL { ?o ?p ?n } }")
        assert isinstance(answer, QuerySolutions)
        written = answer.serialize(format=getattr(QueryResultsFormat, format_)) or b""
        rows_in = counter(format_)
        found = sum(rows_in(written[i : i + cut]) for i in range(0, len(written), cut))
        assert found == len(values), format_
