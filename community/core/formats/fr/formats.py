"""How French sets numbers apart: by a thin space that does not break, where Django has a full one."""

THOUSAND_SEPARATOR = "\u202f"
