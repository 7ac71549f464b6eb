"""What is wrong with each field of a request, in sentences of the reader's language."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REQUEST = "request"
# By pydantic's type of error; https://docs.pydantic.dev/latest/errors/validation_errors/ lists them.
SENTENCES: dict[str, Promise] = {
    "missing": gettext_lazy("This field is required."),
    "extra_forbidden": gettext_lazy("There is no such field here."),
    "string_type": gettext_lazy("This must be a text."),
    "string_too_short": gettext_lazy("This is too short: at least %(min_length)s characters."),
    "string_too_long": gettext_lazy("This is too long: at most %(max_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("This does not have the right form."),
    "literal_error": gettext_lazy("This must be one of: %(expected)s."),
    "int_type": gettext_lazy("This must be a whole number."),
    "int_parsing": gettext_lazy("This must be a whole number."),
    "int_from_float": gettext_lazy("This must be a whole number."),
    "greater_than_equal": gettext_lazy("This must be %(ge)s or more."),
    "less_than_equal": gettext_lazy("This must be %(le)s or less."),
    "list_type": gettext_lazy("This must be a list."),
    "too_long": gettext_lazy("There are too many of these: at most %(max_length)s."),
    "model_attributes_type": gettext_lazy("Send a JSON object."),
    "model_type": gettext_lazy("Send a JSON object."),
}
OTHERWISE = gettext_lazy("This value is not valid.")
# The actions' codes name what they refuse: title_short, body_empty, too_many_tags…
FIELDS_BY_CODE = {
    "title": "title",
    "subject": "subject",
    "tags": "tags",
    "links": "body",
    "body": "body",
    "kind": "kind",
    "value": "value",
}


def by_field(errors: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Sentences by field, from the errors of a request that does not fit its schema."""
    found: dict[str, list[str]] = {}
    for error in errors:
        place = [str(part) for part in error["loc"] if part != "payload"][1:]
        sentence = SENTENCES.get(error["type"], OTHERWISE)
        found.setdefault(".".join(place) or REQUEST, []).append(str(sentence) % error.get("ctx", {}))
    return found


def of_refusal(refusal: ValidationError) -> dict[str, list[str]]:
    """Sentences by field, from what an action refused; a refusal made for a field keeps its name."""
    if hasattr(refusal, "error_dict"):
        return {name: [str(message) for message in messages] for name, messages in refusal.message_dict.items()}
    found: dict[str, list[str]] = {}
    for error in refusal.error_list:
        code = error.code or ""
        field = next((name for part, name in FIELDS_BY_CODE.items() if part in code), REQUEST)
        found.setdefault(field, []).extend(error.messages)
    return found


def refuse(field: str, sentence: str) -> ValidationError:
    """A refusal of what `field` says, to be raised."""
    return ValidationError({field: [sentence]})


def summary(errors: Mapping[str, Sequence[str]]) -> str:
    """One sentence for all: the only one there is, or how many fields are wrong."""
    if len(errors) == 1:
        field, sentences = next(iter(errors.items()))
        return sentences[0] if field == REQUEST else f"{field}: {sentences[0]}"
    return _("%(count)d fields are not right: %(names)s.") % {"count": len(errors), "names": ", ".join(errors)}
