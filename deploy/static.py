"""Static files of the embedded default: hashed names like in production, compressed in seconds."""

from typing import Any

from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class QuickStorage(CompressedManifestStaticFilesStorage):
    """Leaves out Brotli, which takes ten times as long as gzip for a fifth less to send."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """The compressor of one run."""
        return Compressor(**{**kwargs, "use_brotli": False})
