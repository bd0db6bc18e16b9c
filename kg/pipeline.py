"""The line: document → sentences → mentions → references → statements, and readings → graph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.assemble import assemble
from kg.confidence import Bands
from kg.extract import Extractor
from kg.extract.idle import refuse_idle
from kg.identity import identify
from kg.lexicon import Lexicon, load, ontology_dir
from kg.link import Linker
from kg.model import Apart, Document, Reading
from kg.recognize import Recognizer, works_of
from kg.segment import segment

__all__ = ["Resources", "assemble", "read_document"]


@dataclass(frozen=True)
class Resources:
    """What every document is read with; built once, shared by all."""

    lexicon: Lexicon
    recognizer: Recognizer
    linker: Linker
    extractor: Extractor

    @classmethod
    def load(cls, lexicon_dir: Path | None = None) -> Resources:
        """Read lexicon and patterns, ours and those of a user's folder.

        Raises UsageError when there is no such folder, DataError for a file or a row that is refused.
        """
        lexicon = load(lexicon_dir)
        patterns = [ontology_dir() / "patterns", *([lexicon_dir] if lexicon_dir else [])]
        extractor = Extractor(lexicon, patterns, Bands.load(lexicon_dir))
        if lexicon_dir:
            refuse_idle(lexicon_dir, extractor.frames, extractor.sequences.rows)
        return cls(lexicon, Recognizer(lexicon), Linker(lexicon), extractor)


def read_document(document: Document, resources: Resources, apart: Apart = frozenset()) -> Reading:
    """All that is understood of one document; names that are ``apart`` are never taken for one."""
    sentences = segment(document)
    works = tuple(works_of(sentences, resources.lexicon))
    mentions = resources.recognizer.recognize(works)
    links = resources.linker.link(document, works, mentions, apart)
    statements = resources.extractor.extract(document, works, links)
    references = tuple(links.references)
    return identify(Reading(document, sentences, links.entities(), references, statements, links.defined))
