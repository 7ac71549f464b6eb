"""Forms of sign-up and profile."""

from django import forms


class SignupForm(forms.Form):
    """What a newcomer is asked."""
