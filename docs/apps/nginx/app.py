"""An app behind nginx, which has asked Vestibule already and says in headers who it is. Listens on loopback only:
whoever reaches it past nginx could write these headers themselves."""

import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class App(BaseHTTPRequestHandler):
    def do_GET(self):
        roles = self.headers.get("Remote-Groups", "").split(",")
        if self.path == "/app/reports" and "editor" not in roles:
            return self.answer(403, {"error": "for editors"})
        self.answer(200, {"username": self.headers["Remote-User"], "roles": roles})

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "5000"))), App).serve_forever()
