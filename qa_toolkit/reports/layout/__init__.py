"""Papers and workbooks as what they mean, and their layouts as Word, HTML, PDF, text and spreadsheet."""
