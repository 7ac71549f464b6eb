"""The keys that sign proofs: the first one signs, those after it still tell what they signed before."""

import base64
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.urls import reverse

from rewards.badges.proofs.canonical import base58, canonical

# The multicodec of an Ed25519 public key.
ED25519 = b"\xed\x01"
PURPOSE = b"entraide open badges"


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key with its name, the thumbprint of its public half (RFC 7638)."""

    private: Ed25519PrivateKey
    thumbprint: str

    @property
    def public(self) -> Ed25519PublicKey:
        """The half that everybody may know."""
        return self.private.public_key()

    @property
    def jwk(self) -> dict[str, str]:
        """The public half as JSON Web Key."""
        return {**_jwk(self.public), "kid": self.thumbprint, "alg": "EdDSA", "use": "sig"}

    @property
    def address(self) -> str:
        """Where anybody reads the public half."""
        return absolute(reverse("badge_key", args=[self.thumbprint]))

    @property
    def method(self) -> str:
        """The name of the key in the issuer's profile."""
        return f"{absolute(reverse('badge_issuer'))}#{self.thumbprint}"

    @property
    def multikey(self) -> dict[str, Any]:
        """The public half as the issuer's profile holds it."""
        value = f"z{base58(ED25519 + self.public.public_bytes_raw())}"
        issuer = absolute(reverse("badge_issuer"))
        return {"id": self.method, "type": "Multikey", "controller": issuer, "publicKeyMultibase": value}

    def has_signed(self, signature: bytes, data: bytes) -> bool:
        """Whether `signature` is this key's for `data`."""
        try:
            self.public.verify(signature, data)
        except InvalidSignature:
            return False
        return True


def absolute(path: str) -> str:
    """The address that others know `path` by."""
    return f"{settings.SITE_URL}{path}"


def signing_keys() -> tuple[SigningKey, ...]:
    """The keys of this installation; without BADGE_SIGNING_KEY one that is made of SECRET_KEY, and goes with it."""
    return tuple(_key(seed) for seed in settings.BADGE_SIGNING_KEYS or [_derived(settings.SECRET_KEY)])


@lru_cache(maxsize=8)
def _key(seed: bytes) -> SigningKey:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    digest = sha256(canonical(_jwk(private.public_key()))).digest()
    return SigningKey(private, base64.urlsafe_b64encode(digest).decode().rstrip("="))


@lru_cache(maxsize=8)
def _derived(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())


def _jwk(public: Ed25519PublicKey) -> dict[str, str]:
    point = base64.urlsafe_b64encode(public.public_bytes_raw()).decode().rstrip("=")
    return {"crv": "Ed25519", "kty": "OKP", "x": point}
