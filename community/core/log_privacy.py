"""Addresses that are keys themselves are not written into logs: whoever reads logs must not read letters."""

import logging
import re
from collections.abc import Sequence


class HideKeys(logging.Filter):
    """Masks what follows one of `paths` (such as "tickets") in the address of a request."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__()
        self.keys = re.compile(rf"(/(?:{'|'.join(map(re.escape, paths))})/|%2F(?:{'|'.join(paths)})%2F)[\w:.=-]{{8,}}")

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, with keys replaced by a dash."""
        said = record.getMessage()
        masked = self.keys.sub(r"\1—", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
