"""Whether a proof that somebody shows is one of ours, unchanged, and still in force."""

import json
import re
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from typing import Any
from uuid import UUID

import jwt
from PIL import Image, PngImagePlugin, UnidentifiedImageError

from rewards.badges.models import Award
from rewards.badges.proofs.canonical import from_base58
from rewards.badges.proofs.credentials import ALGORITHM, SUITE, signed_data
from rewards.badges.proofs.keys import SigningKey, signing_keys
from rewards.badges.proofs.pictures import PNG_KEYWORD

MOST_BYTES = 2 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
IN_SVG = re.compile(r"<openbadges:credential[^>]*\bverify=\"([^\"]+)\"")
KEY = re.compile(r"/badges/awards/([0-9a-f-]{36})/$")


class Verdict(Enum):
    """What checking found."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    CLOSED = "closed"
    FORGED = "forged"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Checked:
    """The verdict, and the award that the proof is about, if it is ours."""

    verdict: Verdict
    award: Award | None = None


def check_file(data: bytes) -> Checked:
    """Check a proof as JSON, as token, or inside of a picture."""
    if data.startswith(PNG):
        return check_proof(_text_of_png(data))
    text = data.decode(errors="replace")
    inside = IN_SVG.search(text)
    return check_proof(inside[1] if inside else text)


def check_proof(text: str) -> Checked:
    """Check a proof as JSON or as token."""
    text = text.strip()
    found = _credential_of_json(text) if text.startswith("{") else _credential_of_token(text)
    if isinstance(found, Verdict):
        return Checked(found)
    return _in_force(found)


def _text_of_png(data: bytes) -> str:
    try:
        with Image.open(BytesIO(data), formats=["PNG"]) as picture:
            picture.load()
            texts: dict[str, Any] = picture.text if isinstance(picture, PngImagePlugin.PngImageFile) else {}
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return ""
    return str(texts.get(PNG_KEYWORD, ""))


def _credential_of_json(text: str) -> dict[str, Any] | Verdict:
    try:
        document = json.loads(text)
        proof = dict(document.pop("proof"))
        signature = from_base58(str(proof.pop("proofValue")).removeprefix("z"))
        key = _known(lambda key: key.method == proof["verificationMethod"])
        if key is None or proof["cryptosuite"] != SUITE:
            return Verdict.FORGED
        data = signed_data(document, proof)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Verdict.UNREADABLE
    return document if key.has_signed(signature, data) else Verdict.FORGED


def _credential_of_token(text: str) -> dict[str, Any] | Verdict:
    try:
        address = jwt.get_unverified_header(text).get("kid")
        key = _known(lambda key: key.address == address)
        if key is None:
            return Verdict.FORGED
        options: Any = {"require": ["iss", "jti", "sub", "nbf"], "verify_aud": False}
        claims: dict[str, Any] = jwt.decode(text, key.public, algorithms=[ALGORITHM], options=options)
    except jwt.InvalidSignatureError:
        return Verdict.FORGED
    except (jwt.PyJWTError, ValueError):
        return Verdict.UNREADABLE
    return claims


def _known(matches: Any) -> SigningKey | None:
    return next((key for key in signing_keys() if matches(key)), None)


def _in_force(document: dict[str, Any]) -> Checked:
    """What the award says today that a credential of ours is about."""
    named = KEY.search(str(document.get("id", "")))
    rows = Award.objects.select_related("badge", "member")
    award = rows.filter(key=UUID(named[1])).first() if named else None
    if award is None:
        # Our signature, but no such award: its member asked for all of theirs to be deleted.
        return Checked(Verdict.REVOKED)
    if not award.member.is_active:
        return Checked(Verdict.CLOSED)
    return Checked(Verdict.REVOKED if award.revoked_at else Verdict.GENUINE, award)
