"""An identity provider on loopback that says what a test has it say: tokens signed or not, for whomever."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "inspectorate"


class Provider:
    """What it answers; ``claims`` are changed by the test before somebody comes back."""

    def __init__(self, port):
        self.address = f"http://127.0.0.1:{port}"
        self.key, self.other_key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
        self.says_issuer = self.address
        self.token = self.about = None

    def claims(self, nonce, changed=()):
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "sub": "7f3a", "iat": now, "exp": now + 300, "nonce": nonce}
        return told | dict(changed)

    def signed(self, claims, *, key=None, algorithm="RS256", kid="first"):
        return jwt.encode(claims, key or self.key, algorithm=algorithm, headers={"kid": kid})

    def answer(self, path):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        described = {
            "issuer": self.says_issuer,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        token = {"access_token": "a", "token_type": "Bearer"} | ({"id_token": self.token} if self.token else {})
        return {
            "/.well-known/openid-configuration": described,
            "/keys": {"keys": [public | {"kid": "first", "alg": "RS256", "use": "sig"}]},
            "/token": token,
            "/userinfo": self.about,
        }[path]


@contextmanager
def running():
    """Serve it, and take it away afterwards."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = json.dumps(server.provider.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.do_GET()

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.provider = Provider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)
