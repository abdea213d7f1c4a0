"""A report as a document: PDF/UA, laid out by typst from its frozen content."""

from inspectorate.reports.documents.as_pdf import draft_pdf, pdf

__all__ = ["draft_pdf", "pdf"]
