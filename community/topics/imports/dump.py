"""Read one file of a public Stack Exchange dump as a stream, and trust nothing in it."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext as _

CHUNK_BYTES = 64 * 1024
MAX_ROW_BYTES = 4 * 1024 * 1024
MAX_ATTRIBUTE_CHARS = 1_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class DumpError(Exception):
    """A dump that cannot be read further: its text names the file, the line and the reason."""

    def __init__(self, reason: str, *, file: str, line: int | None = None) -> None:
        self.file, self.line, self.reason = file, line, reason
        if line is None:
            super().__init__(_("%(file)s: %(reason)s") % {"file": file, "reason": reason})
        else:
            super().__init__(_("%(file)s, line %(line)d: %(reason)s") % {"file": file, "line": line, "reason": reason})


class Position(NamedTuple):
    """Where a row starts in its file: counted from line 1, byte 0."""

    line: int
    byte: int


class RawRow(NamedTuple):
    """The attributes of one row as text, and where the row stands."""

    attributes: dict[str, str]
    at: Position


def find_file(folder: Path, name: str) -> Path | None:
    """The file of the dump called `name`, in whatever case it is written, or None when absent.

    Raises DumpError when the folder cannot be read.
    """
    try:
        return next((path for path in sorted(folder.iterdir()) if path.name.lower() == name.lower()), None)
    except OSError as error:
        raise DumpError(_("the folder cannot be read (%s).") % error.strerror, file=str(folder)) from error


def read_rows(path: Path, *, root: str, start: Position | None = None) -> Iterator[RawRow]:
    """Yield the rows of a dump file one at a time, in constant memory.

    `root` is the name its first element must have. `start` is the position of a row met before: reading
    begins there, whatever the size of what lies in front. Rows in front of damage are yielded before
    DumpError is raised.
    """
    try:
        with path.open("rb") as file:
            yield from _RowReader(file, path.name, root, start).rows()
    except OSError as error:
        raise DumpError(_("the file cannot be read (%s).") % error.strerror, file=path.name) from error


class _RowReader:
    """Feeds a file to the parser piece by piece and collects the rows that each piece completes.

    The parser builds no tree and loads nothing from outside; entities can only be declared in a DOCTYPE,
    which is refused before its content is looked at.
    """

    def __init__(self, file: BinaryIO, name: str, root: str, start: Position | None) -> None:
        self.file, self.name, self.root = file, name, root
        self.depth = 0
        self.found: list[RawRow] = []
        self.line_offset = self.byte_offset = 0
        self.last_row_byte = self.fed = 0
        self.parser = expat.ParserCreate("UTF-8")
        self.parser.buffer_text = True
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._go_to(start)
        self.parser.StartElementHandler = self._start_element
        self.parser.EndElementHandler = self._end_element

    def _go_to(self, start: Position | None) -> None:
        if start is None:
            mark = self.file.read(len(BYTE_ORDER_MARK))
            if mark == BYTE_ORDER_MARK:
                self.byte_offset = len(BYTE_ORDER_MARK)
            else:
                self.file.seek(0)
            return
        opening = f"<{self.root}>".encode()
        self.parser.Parse(opening, False)
        self.depth, self.fed = 1, len(opening)
        self.byte_offset, self.line_offset = start.byte - len(opening), start.line - 1
        self.file.seek(start.byte)

    def rows(self) -> Iterator[RawRow]:
        while chunk := self.file.read(CHUNK_BYTES):
            yield from self._feed(chunk)
        yield from self._feed(b"", final=True)

    def _feed(self, chunk: bytes, final: bool = False) -> Iterator[RawRow]:
        self.fed += len(chunk)
        damage: DumpError | None = None
        try:
            self.parser.Parse(chunk, final)
            if self.fed - self.last_row_byte > MAX_ROW_BYTES + CHUNK_BYTES:
                raise self._error(_("a row is larger than %d bytes.") % MAX_ROW_BYTES)
        except expat.ExpatError as error:
            damage = self._syntax_error(error)
        except DumpError as error:
            damage = error
        yield from self.found
        self.found.clear()
        if damage is not None:
            raise damage

    def _syntax_error(self, error: expat.ExpatError) -> DumpError:
        cut_short = {
            expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
            expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
            expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
        }
        if error.code in cut_short:
            reason = _("the file ends too early; it may be damaged or only partly downloaded.")
        else:
            reason = _("this is not valid XML in UTF-8 (%s).") % expat.ErrorString(error.code)
        return DumpError(reason, file=self.name, line=error.lineno + self.line_offset)

    def _error(self, reason: str) -> DumpError:
        return DumpError(reason, file=self.name, line=self.parser.CurrentLineNumber + self.line_offset)

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise self._error(_("the file is written in %s; only UTF-8 is read.") % encoding[:40])

    def _doctype(self, *_args: object) -> None:
        raise self._error(_("the file declares a DOCTYPE or entities, which a dump never does."))

    def _start_element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            if name.lower() != self.root:
                raise self._error(
                    _("the file holds “%(found)s” where “%(expected)s” was expected.")
                    % {"found": name[:40], "expected": self.root}
                )
            return
        if self.depth > 2 or name != "row":
            raise self._error(_("“%s” is not a row.") % name[:40])
        for key, value in attributes.items():
            if len(value) > MAX_ATTRIBUTE_CHARS:
                raise self._error(
                    _("“%(name)s” is longer than %(limit)d characters.")
                    % {"name": key[:40], "limit": MAX_ATTRIBUTE_CHARS}
                )
        self.last_row_byte = self.parser.CurrentByteIndex
        at = Position(self.parser.CurrentLineNumber + self.line_offset, self.last_row_byte + self.byte_offset)
        self.found.append(RawRow(attributes, at))

    def _end_element(self, _name: str) -> None:
        self.depth -= 1
