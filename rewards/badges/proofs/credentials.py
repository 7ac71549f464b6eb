"""Awards as Open Badges 3.0 credentials, signed: as JSON with its proof inside, and as a compact token.

The member is named by the address of their public page, never by an e-mail. What is signed is made from the award each
time it is asked for: the same award and key give the same bytes.
"""

from datetime import UTC
from hashlib import sha256
from typing import Any

import jwt
from django.urls import reverse
from django.utils.translation import override

from community.pages.brand import brand_of
from rewards.badges.models import Award, Badge
from rewards.badges.proofs.canonical import base58, canonical
from rewards.badges.proofs.keys import absolute, signing_keys
from rewards.badges.showing import ShownAward

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]
SUITE, ALGORITHM = "eddsa-jcs-2022", "EdDSA"


def issuer() -> dict[str, Any]:
    """Who issues badges here: the brand, with the keys that it signs with."""
    methods = [key.multikey for key in signing_keys()]
    return {
        "@context": [*CONTEXT, "https://w3id.org/security/multikey/v1"],
        **_issuer(),
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _issuer() -> dict[str, Any]:
    return {
        "id": absolute(reverse("badge_issuer")),
        "type": ["Profile"],
        "name": brand_of("").name,
        "url": absolute("/"),
    }


def credential(shown: ShownAward) -> dict[str, Any]:
    """The credential of an award (its badge and member are loaded), in its member's language, without proof."""
    award = shown.award
    with override(award.member.language):
        achievement = _achievement(award.badge, shown.title)
    subject = {
        "id": absolute(reverse("mentioned", args=[award.member.username])),
        "type": ["AchievementSubject"],
        "achievement": achievement,
    }
    found = {
        "@context": CONTEXT,
        "id": address_of(award),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": achievement["name"],
        "issuer": _issuer(),
        "validFrom": _moment(award),
        "credentialSubject": subject,
        "credentialStatus": {
            "id": absolute(reverse("award_status", args=[award.key])),
            "type": "1EdTechRevocationList",
        },
    }
    if shown.topic:
        path = f"/p/{award.post_id}/" if award.post_id else f"/t/{shown.topic.pk}/"
        found["evidence"] = [{"id": absolute(path), "type": ["Evidence"]}]
    return found


def _achievement(badge: Badge, title: str) -> dict[str, Any]:
    address = absolute(f"/badges/{badge.slug}/")
    return {
        "id": address,
        "type": ["Achievement"],
        "achievementType": "Badge",
        "name": title,
        "description": badge.description,
        "criteria": {"id": address, "narrative": badge.description},
        "image": {"id": absolute(reverse("badge_picture", args=[badge.slug])), "type": "Image"},
    }


def address_of(award: Award) -> str:
    """The public address of an award, which is also the id of its credential."""
    return absolute(f"/badges/awards/{award.key}/")


def _moment(award: Award) -> str:
    return award.awarded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signed_json(shown: ShownAward) -> dict[str, Any]:
    """The credential with its proof inside (W3C Data Integrity, eddsa-jcs-2022)."""
    key, document = signing_keys()[0], credential(shown)
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": _moment(shown.award),
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
    }
    signature = key.private.sign(signed_data(document, options))
    return {**document, "proof": {**options, "proofValue": f"z{base58(signature)}"}}


def signed_data(document: dict[str, Any], options: dict[str, Any]) -> bytes:
    """What is signed of a credential: the digests of what the proof says of itself, and of the credential."""
    configuration = {**options, "@context": document["@context"]}
    return sha256(canonical(configuration)).digest() + sha256(canonical(document)).digest()


def signed_token(shown: ShownAward) -> str:
    """The credential as compact JWS (Open Badges 3.0, JSON Web Token proof)."""
    key, document = signing_keys()[0], credential(shown)
    claims = {
        **document,
        "iss": document["issuer"]["id"],
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": int(shown.award.awarded_at.timestamp()),
    }
    return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"kid": key.address})


def status_list(award: Award) -> dict[str, Any]:
    """Whether `award` was revoked, as a list of its own: a common list would tell the addresses of all others."""
    revoked = [{"id": address_of(award), "revoked": True}] if award.revoked_at else []
    return {
        "id": absolute(reverse("award_status", args=[award.key])),
        "type": "1EdTechRevocationList",
        "issuer": absolute(reverse("badge_issuer")),
        "revokedCredential": revoked,
    }
