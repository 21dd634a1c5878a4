"""Files that are no tables of text, told by how they begin, and what to do with them."""

import re

from optviz.errors import BadFile

_SAVE = "save it as CSV"
_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16
_CONVERT = "iconv -f utf-16le -t utf-8 OLD > NEW"
# One more kind of file is one more entry.
_SIGNATURES: dict[bytes, tuple[str, str]] = {
    b"PK\x03\x04": (
        "an Excel workbook or another zip archive",
        "save the sheet as CSV, or unpack it",
    ),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "save the sheet as CSV"),
    b"\x1f\x8b": ("compressed by gzip", "unpack it with gunzip"),
    b"BZh": ("compressed by bzip2", "unpack it with bunzip2"),
    b"\xfd7zXZ": ("compressed by xz", "unpack it with unxz"),
    b"PAR1": ("a Parquet file", "write it as CSV: pandas.read_parquet(…).to_csv(…, index=False)"),
    b"ARROW1": ("an Arrow file", "write it as CSV: pandas.read_feather(…).to_csv(…, index=False)"),
    b"\x89HDF": ("an HDF5 file", "write its table as CSV"),
    b"MATLAB 5.0": ("a MATLAB file", "write its table as CSV with writematrix or writetable"),
    b"\x93NUMPY": ("a NumPy array", "write it as text: numpy.savetxt(…, delimiter=',')"),
    b"SQLite format": ("an SQLite database", "write its table as CSV: sqlite3 -csv -header …"),
    b"\x80\x04\x95": ("a pickle", "which may run anything and is not read; " + _SAVE),
    b"%PDF": ("a PDF", _SAVE),
    b"\x7fELF": ("a program", "a table is wanted"),
    b"\x89PNG": ("a picture", "a table is wanted"),
}
_TEXTS: tuple[tuple[str, str, str], ...] = (
    (r"<(?:!doctype|html|\?xml|table)\b", "a page of HTML or XML", "download the raw table"),
    (
        r"\{|\[\s*[\[{\"]",
        "JSON",
        "end its name in .json if it holds Q, or write it as CSV: pandas.read_json(…).to_csv(…)",
    ),
    (
        r"(?:#[^\n]*\n|\s)*+[a-z]\w{0,40}\s{0,9}[:=]\s{0,9}\[",
        "a text of settings, as TOML or YAML",
        "end its name in .toml or .json, and write it so, if it holds Q",
    ),
    (
        r"(?:[%#][^\n]*\n|\s)*+@relation\b",
        "an ARFF file",
        "keep what is below @data, under a line with the names of the columns",
    ),
    (
        r"(?:#[^\n]*\n|\s)*+[+-]?[\d.]++(?:e[+-]?\d+)?(?:,[\d.]+)* +(?:qid|\d+):[+-]?[\d.]",
        "in LibSVM's format, index:value",
        "write every feature as a column: sklearn.datasets.load_svmlight_file, then numpy.savetxt",
    ),
)


def refuse_binary(path: str, content: bytes) -> None:
    """Raises `BadFile` for a file that is no text, with what it is and what to do."""
    for signature, (what, advice) in _SIGNATURES.items():
        if content.startswith(signature):
            raise BadFile(path, f"it is {what}, and no table of text; {advice}")
    if b"\0" in content and not content.startswith(_MARKS):
        even, odd = (content[i:4096:2].count(0) for i in (0, 1))
        wide = max(even, odd) > 0.4 * min(len(content), 4096) and not min(even, odd)
        advice = f"UTF-16 without its mark: {_CONVERT}" if wide else _SAVE
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise BadFile(path, f"it holds NUL bytes, as no table of text does; {advice}", line)


def refuse_foreign(path: str, content: bytes) -> None:
    """Raises `BadFile` for a file that is no table of fields, with what it is and what to do."""
    refuse_binary(path, content)
    opening = content[:4096].decode("utf-8-sig", "replace").lstrip()
    for pattern, what, advice in _TEXTS:
        if not content.startswith(_MARKS) and re.match(pattern, opening, re.I):
            raise BadFile(path, f"it is {what}, and no table of fields; {advice}")
