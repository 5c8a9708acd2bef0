"""A mail server for tests: takes letters and prints each as a line of JSON.

Arguments: how it is encrypted (tls, starttls, plain), for which name its certificate is (right, wrong), whether it wants
a login (auth, open), and a folder, into which it puts ca.pem. A file `hold` there keeps it from confirming a letter. To
some names, with or without a number, it says no.
"""
import asyncio
import datetime
import email
import email.policy
import ipaddress
import json
import logging
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

encryption, certificate, login, folder = sys.argv[1:]

# What goes wrong in a conversation is for the other side to say.
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)

NO = {
    "nobody": "550 5.1.1 no such mailbox",
    "later": "451 4.7.1 come back later",
    "quota": "550 5.4.5 daily quota exceeded",
    "relay": "550 relay not permitted",
    "closes": "421 4.7.0 too many letters",
}


def tell(**what):
    print(json.dumps(what), flush=True)


# Of two threads that read lines, one may get both, and the other one waits for ever.
one_at_a_time = asyncio.Lock()


async def tell_first(**what):
    """Tells, and waits until it was heard: whoever gets the answer that follows may ask for it at once."""
    async with one_at_a_time:
        tell(heard=True, **what)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def make_context():
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)

    def build(name, issuer, key, signer, names=None):
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - day).not_valid_after(now + day)
        builder = builder.add_extension(x509.BasicConstraints(ca=names is None, path_length=None), critical=True)
        if names:
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return builder.sign(signer, hashes.SHA256())

    def named(text):
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    def pem(certificate):
        return certificate.public_bytes(serialization.Encoding.PEM)

    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = build(named("Test CA"), named("Test CA"), authority_key, authority_key)
    right = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    names = right if certificate == "right" else [x509.DNSName("other.example")]
    own = build(named("mail"), named("Test CA"), key, authority_key, names)
    with open(os.path.join(folder, "cert.pem"), "wb") as file:
        file.write(pem(own))
        file.write(key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "cert.pem"))
    with open(os.path.join(folder, "ca.pem"), "wb") as file:
        file.write(pem(authority))
    return context


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        no = NO.get(address.split("@")[0].rstrip("0123456789"))
        if no:
            await tell_first(refused=address)
            return no
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content
        message = email.message_from_bytes(raw, policy=email.policy.default)
        await tell_first(
            sender=envelope.mail_from,
            to=envelope.rcpt_tos,
            headers=[[name, str(value)] for name, value in message.items()],
            text=message.get_content(),
            raw=raw.decode("ascii"),
        )
        while os.path.exists(os.path.join(folder, "hold")):
            await asyncio.sleep(0.01)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"login@example.com", b"p/w@1")
    return AuthResult(success=right, handled=False)


class Server(SMTP):
    def connection_made(self, transport):
        if self.transport is None:
            tell(connected=True)
        super().connection_made(transport)


async def main():
    context = make_context()
    options = {"hostname": "localhost", "auth_require_tls": encryption == "starttls"}
    if login == "auth":
        options |= {"authenticator": authenticate, "auth_required": True}
    else:
        options |= {"auth_exclude_mechanism": ["PLAIN", "LOGIN"]}
    if encryption == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Server(Handler(), loop=loop, **options), "127.0.0.1", 0, ssl=context if encryption == "tls" else None)
    tell(port=server.sockets[0].getsockname()[1])
    await server.serve_forever()


asyncio.run(main())
