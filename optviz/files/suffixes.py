"""How the names of files usually end, for suggestions; the content says what a file is."""

TABLES = (".csv", ".tsv", ".txt", ".dat", ".data")
