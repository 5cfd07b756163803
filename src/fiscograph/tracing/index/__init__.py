"""What tracing asks of a release, kept as one SQLite file beside the release's store.

Made once per release, filing by filing; then totals, rankings, shares and a document's rows are
answered by SQL, in time that does not grow with what an answer does not show.
"""

from fiscograph.tracing.index.answering import IndexedAnswers, documents_of
from fiscograph.tracing.index.file import IndexFile
from fiscograph.tracing.index.making import index_of, made_index_of

__all__ = ["IndexFile", "IndexedAnswers", "documents_of", "index_of", "made_index_of"]
