"""A small OpenID Connect provider on this machine: discovery, code with PKCE, signed id_token, userinfo."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT_ID, CLIENT_SECRET, KEY_ID = "entraide", "not so secret", "key-1"


class IdentityProvider:
    """Whoever is in `person` is signed in over there."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.problems: list[str] = []
        self._asked: dict[str, dict[str, str]] = {}
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def authorise(self, query: dict[str, str]) -> str:
        """The address that the browser is sent back to."""
        wanted = {"response_type": "code", "client_id": CLIENT_ID, "code_challenge_method": "S256"}
        self.problems += [f"{name} is {query.get(name)}" for name, value in wanted.items() if query.get(name) != value]
        code = secrets.token_urlsafe(8)
        self._asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def tokens(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code, when the client proves that it is the one that asked."""
        asked = self._asked.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not asked or asked.get("code_challenge") != proof or form.get("client_secret") != CLIENT_SECRET:
            self.problems.append("the code was not proven")
            return None
        now = int(time.time())
        claims = {**self.person, "iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60}
        token = jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": KEY_ID})
        return {"access_token": "an-access-token", "token_type": "Bearer", "id_token": token}

    def document(self, path: str) -> dict[str, Any] | None:
        """What is served to a GET."""
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorise",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/userinfo": self.person,
            "/keys": {"keys": [{**key, "kid": KEY_ID, "use": "sig", "alg": "RS256"}]},
        }.get(path)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(provider.document(urlsplit(self.path).path))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self._answer(provider.tokens({name: values[0] for name, values in parse_qs(body).items()}))

            def _answer(self, found: dict[str, Any] | None) -> None:
                self.send_response(400 if found is None else 200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(found or {"error": "invalid_grant"}).encode())

            def log_message(self, *arguments: object) -> None:
                """Nothing on the console."""

        return Handler

    def come_back(self, address: str) -> str:
        """What a browser does that is sent to `address`: path and query of where it is sent back to."""
        parts = urlsplit(self.authorise(dict(parse_qsl(urlsplit(address).query))))
        return f"{parts.path}?{parts.query}"
