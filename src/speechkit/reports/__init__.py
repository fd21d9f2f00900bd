"""Reports of a comparison: JSON, terminal, page, spreadsheet, annotated Word file."""
