"""What goes wrong on the way out of the house."""


class DeskError(Exception):
    """A desk, or a mail server, that cannot be reached, or refuses. `permanent`: trying again would change nothing."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        self.message, self.permanent = message, permanent
        super().__init__(message)
