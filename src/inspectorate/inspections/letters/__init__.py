"""The notice letter and the manual for the body, made from the data; the page and the PDF show the same content."""
