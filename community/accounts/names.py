"""Pseudonyms: what may be one, and when two of them are too alike."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from community.core.mentions import USERNAME

# Letters of other scripts, and digits, that pass for Latin letters at a glance; a small L and a capital I are one line.
LOOKALIKES = str.maketrans("аеорсухіјѕԁԛԝɡαοенкмтв01|iı", "aeopcyxljsdqwgaoehkmtbollll")
# Scripts whose letters are drawn alike: a word mixes none of them by accident.
DRAWN_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE")

username_shape = RegexValidator(
    rf"^{USERNAME}\Z",
    _("Use 3 to 30 letters, digits, dots, dashes or underscores; begin and end with a letter or a digit."),
    code="shape",
)


def skeleton(username: str) -> str:
    """What a pseudonym looks like: two with the same skeleton could be taken for each other, so only one may exist."""
    folded = unicodedata.normalize("NFKD", username.casefold())
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    plain = unicodedata.normalize("NFC", bare)
    return plain.translate(LOOKALIKES).replace("_", "").replace("-", "").replace(".", "")


RESERVED = frozenset(
    skeleton(name)
    for name in "admin administrator root support help staff moderator entraide system everyone here all me".split()
)


def check_username(username: str) -> None:
    """Raises ValidationError when `username` has a wrong shape, hides its script, or is reserved."""
    username_shape(username)
    scripts = {name for name in DRAWN_ALIKE for letter in username if unicodedata.name(letter, "").startswith(name)}
    if unicodedata.normalize("NFKC", username) != username or len(scripts) > 1:
        raise ValidationError(
            _("This pseudonym holds characters that look like others. Use plain letters and digits."),
            code="lookalike",
        )
    if skeleton(username) in RESERVED:
        raise ValidationError(_("This pseudonym is reserved. Choose another one."), code="reserved")
