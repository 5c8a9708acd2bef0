//! Certificates for tests, of an authority that nobody else trusts.

use std::path::Path;
use std::process::Command;

/// Makes an authority in this folder, `ca.pem`, and the certificate of `login.example.com` from it: `site.pem` with its
/// key `site.key`.
pub fn certify(folder: &Path) {
    let script = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem \
            -days 2 -subj '/CN=A local authority' -addext keyUsage=critical,keyCertSign,cRLSign
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout site.key -out site.csr \
            -subj '/CN=login.example.com'
        printf '%s\\n' subjectAltName=DNS:login.example.com authorityKeyIdentifier=keyid > names
        openssl x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out site.pem";
    let made = Command::new("bash").args(["-euc", script]).current_dir(folder).output().expect("bash runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}
