//! scrypt of other programs.
//!
//! Sources: Werkzeug's `generate_password_hash` (`scrypt:N:r:p$salt$hex`) and Django's `ScryptPasswordHasher`
//! (`scrypt$N$salt$r$p$base64`: the salt stands behind N). Both hash the salt as the text that it is and keep
//! 64 bytes.

use ::scrypt::Params;
use subtle::ConstantTimeEq;

use super::encoding::{base64, hex, number};

/// The table that scrypt fills takes 128·N·r bytes; what Werkzeug and Django choose is 32 and 16 MiB.
const MAX_MEMORY: u64 = 256 << 20;
/// It is filled p times: at most 4 GiB in all, which takes some seconds.
const MAX_WORK: u64 = 4 << 30;
/// Beside the table there are 128·r·p bytes.
const MAX_BLOCKS: u64 = 1024;

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Scrypt {
    params: Params,
    salt: Vec<u8>,
    digest: [u8; 64],
}

impl Scrypt {
    pub fn parse(stored: &str) -> Option<Scrypt> {
        let (params, salt, digest) = if let Some(werkzeug) = stored.strip_prefix("scrypt:") {
            let [method, salt, digest]: [&str; 3] = split(werkzeug, '$')?;
            let [n, r, p]: [&str; 3] = split(method, ':')?;
            (params(n, r, p)?, salt, hex(digest)?)
        } else {
            let [n, salt, r, p, digest]: [&str; 5] = split(stored.strip_prefix("scrypt$")?, '$')?;
            (params(n, r, p)?, salt, base64(digest)?)
        };
        Some(Scrypt { params, salt: salt.into(), digest: digest.try_into().ok()? })
    }

    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, &self.params).ct_eq(&self.digest).into()
    }

    pub fn parameters(&self) -> String {
        format!("scrypt {} {} {}", self.params.log_n(), self.params.r(), self.params.p())
    }

    /// The table is filled so often, one time after the other.
    pub fn shares(&self) -> u32 {
        self.params.p()
    }

    pub fn spend_share(&self) {
        let once = Params::new(self.params.log_n(), self.params.r(), 1);
        std::hint::black_box(once.map(|once| self.derive("time spent for nobody", &once)).ok());
    }

    fn derive(&self, password: &str, params: &Params) -> [u8; 64] {
        let mut computed = [0; 64];
        ::scrypt::scrypt(password.as_bytes(), &self.salt, params, &mut computed)
            .expect("64 bytes are a length that scrypt can fill");
        computed
    }
}

fn split<const PARTS: usize>(text: &str, separator: char) -> Option<[&str; PARTS]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

fn params(n: &str, r: &str, p: &str) -> Option<Params> {
    let (n, r, p) = (number(n)?, number(r)?, number(p)?);
    let [wide_n, wide_r, wide_p] = [n, r, p].map(u64::from);
    let blocks = wide_r.saturating_mul(wide_p);
    let memory = wide_n.saturating_mul(wide_r).saturating_mul(128);
    let work = memory.saturating_mul(wide_p);
    let bearable = blocks <= MAX_BLOCKS && memory <= MAX_MEMORY && work <= MAX_WORK;
    let log_n = u8::try_from(n.ilog2()).ok().filter(|_| n > 1 && n.is_power_of_two())?;
    Params::new(log_n, r, p).ok().filter(|_| bearable)
}
