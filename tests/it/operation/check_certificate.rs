//! `vestibule check` looks at the certificate of the setting `tls`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::check::{about, in_order, one_is_wrong};
use crate::support::{Server, python};

/// Prints a key and a certificate for a name, which is valid from so many days from now until so many.
const MAKE: &str = r#"
import datetime, ipaddress, sys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

name, begin, end = sys.stdin.read().split()
now, day = datetime.datetime.now(datetime.timezone.utc), datetime.timedelta(days=1)
key = ec.generate_private_key(ec.SECP256R1())
names = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a test")])
try:
    alternative = x509.IPAddress(ipaddress.ip_address(name))
except ValueError:
    alternative = x509.DNSName(name)
certificate = (
    x509.CertificateBuilder().subject_name(names).issuer_name(names).public_key(key.public_key()).serial_number(1)
    .not_valid_before(now + int(begin) * day).not_valid_after(now + int(end) * day)
    .add_extension(x509.SubjectAlternativeName([alternative]), False).sign(key, hashes.SHA256())
)
form = serialization.Encoding.PEM
print(key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode())
print(certificate.public_bytes(form).decode())
"#;

/// Both stand in one file, in which each setting finds what it wants.
fn with_certificate(server: Server, name: &str, days: [i32; 2]) -> Server {
    let pem = python::run(MAKE, &format!("{name} {} {}", days[0], days[1]));
    let file = server.folder().join("site.pem");
    fs::write(&file, pem).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    server.with("ROCKET_TLS", r#"{certs="site.pem", key="site.pem"}"#)
}

#[test]
fn one_in_order_says_until_when_it_is_valid_and_who_vouches_for_it() {
    let server = with_certificate(in_order(), "127.0.0.1", [-1, 90]);
    let said = about(&server, &[], "certificate");
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].0 == "ok" && said[0].1.contains("it can be used, and is valid until 20"), "{said:?}");
    assert!(said[1].0 == "note" && said[1].1.contains("your own authority"), "{said:?}");
    fs::set_permissions(server.folder().join("site.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let said = about(&server, &[], "certificate");
    assert!(said[2].0 == "note" && said[2].1.contains("`chmod 600 "), "{said:?}");
    let server = with_certificate(server, "127.0.0.1", [-1, 5]);
    let said = about(&server, &[], "certificate");
    assert!(said[0].0 == "note" && said[0].1.contains("it expires on 20"), "{said:?}");
}

#[test]
fn each_mistake_is_named() {
    one_is_wrong(&with_certificate(in_order(), "127.0.0.1", [-90, -1]), "certificate", &["it expired on 20"]);
    one_is_wrong(&with_certificate(in_order(), "127.0.0.1", [1, 90]), "certificate", &["valid from 20"]);
    let elsewhere = with_certificate(in_order(), "login.example.com", [-1, 90]);
    one_is_wrong(&elsewhere, "certificate", &["it is not for 127.0.0.1"]);
    let public = elsewhere.with("VESTIBULE_PUBLIC_URL", "https://login.example.com");
    assert_eq!(about(&public, &[], "certificate")[0].0, "ok");
    one_is_wrong(
        &public.with("VESTIBULE_PUBLIC_URL", "https://www.example.com"),
        "certificate",
        &["it is not for www.example.com"],
    );
    let server = with_certificate(in_order(), "127.0.0.1", [-1, 90]);
    fs::copy(server.folder().join("site.pem"), server.folder().join("other.pem")).unwrap();
    let server = with_certificate(server, "127.0.0.1", [-1, 90]);
    let server = server.with("ROCKET_TLS", r#"{certs="site.pem", key="other.pem"}"#);
    one_is_wrong(&server, "certificate", &["does not belong to the first certificate"]);
    let server = server.with("ROCKET_TLS", r#"{certs="site.pem", key="missing.pem"}"#);
    one_is_wrong(&server, "certificate", &["missing.pem", "can't be read"]);
}
