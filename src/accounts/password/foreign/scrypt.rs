//! scrypt of other programs.
//!
//! Sources: Werkzeug's `generate_password_hash` (`scrypt:N:r:p$salt$hex`) and Django's `ScryptPasswordHasher`
//! (`scrypt$N$salt$r$p$base64`: the salt stands behind N), which both hash the salt as the text that it is and keep 64
//! bytes; passlib's `scrypt` (`$scrypt$ln=16,r=8,p=1$salt$digest`), whose salt is bytes, and which keeps 32.

use ::scrypt::Params;
use subtle::ConstantTimeEq;

use super::encoding::{base64, hex, number};

/// The table that scrypt fills takes 128·N·r bytes; what Werkzeug and Django choose is 32 and 16 MiB.
const MAX_MEMORY: u64 = 256 << 20;
/// It is filled p times: at most 4 GiB in all, which takes some seconds.
const MAX_WORK: u64 = 4 << 30;
/// Beside the table there are 128·r·p bytes.
const MAX_BLOCKS: u64 = 1024;

/// How many bytes Werkzeug and Django keep, and how many passlib does.
const USUAL_LENGTH: usize = 64;
const PASSLIB_LENGTH: usize = 32;

/// What a hash asks for. Only bearable numbers are given to the library, which multiplies them without care.
struct Cost {
    log_n: u32,
    r: u32,
    p: u32,
}

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Scrypt {
    cost: Cost,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

impl Scrypt {
    pub fn parse(stored: &str) -> Option<Scrypt> {
        if let Some(passlib) = stored.strip_prefix("$scrypt$") {
            let [params, salt, digest]: [&str; 3] = split(passlib, '$')?;
            let (cost, salt, digest) = (Cost::of_passlib(params)?, base64(salt)?, base64(digest)?);
            return (digest.len() == PASSLIB_LENGTH).then_some(Scrypt { cost, salt, digest });
        }
        let (cost, salt, digest) = if let Some(werkzeug) = stored.strip_prefix("scrypt:") {
            let [method, salt, digest]: [&str; 3] = split(werkzeug, '$')?;
            let [n, r, p]: [&str; 3] = split(method, ':')?;
            (Cost::of(n, r, p)?, salt, hex(digest)?)
        } else {
            let [n, salt, r, p, digest]: [&str; 5] = split(stored.strip_prefix("scrypt$")?, '$')?;
            (Cost::of(n, r, p)?, salt, base64(digest)?)
        };
        (digest.len() == USUAL_LENGTH).then_some(Scrypt { cost, salt: salt.into(), digest })
    }

    pub fn is_bearable(&self) -> bool {
        let [r, p] = [self.cost.r, self.cost.p].map(u64::from);
        let memory = 1_u64.checked_shl(self.cost.log_n).unwrap_or(u64::MAX).saturating_mul(128 * r);
        r * p <= MAX_BLOCKS && memory <= MAX_MEMORY && memory.saturating_mul(p) <= MAX_WORK
    }

    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, self.cost.p).ct_eq(&self.digest).into()
    }

    pub fn parameters(&self) -> String {
        format!("scrypt {} {} {}", self.cost.log_n, self.cost.r, self.cost.p)
    }

    /// The table is filled so often, one time after the other.
    pub fn shares(&self) -> u32 {
        self.cost.p
    }

    pub fn spend_share(&self) {
        std::hint::black_box(self.derive("time spent for nobody", 1));
    }

    fn derive(&self, password: &str, p: u32) -> Vec<u8> {
        let params = u8::try_from(self.cost.log_n).ok().and_then(|log_n| Params::new(log_n, self.cost.r, p).ok());
        let params = params.expect("what is bearable is valid");
        let mut computed = vec![0; self.digest.len()];
        ::scrypt::scrypt(password.as_bytes(), &self.salt, &params, &mut computed)
            .expect("either length is one that scrypt can fill");
        computed
    }
}

fn split<const PARTS: usize>(text: &str, separator: char) -> Option<[&str; PARTS]> {
    text.split(separator).collect::<Vec<_>>().try_into().ok()
}

impl Cost {
    fn of(n: &str, r: &str, p: &str) -> Option<Cost> {
        let n = number(n).filter(|n| *n > 1)?;
        // The largest number stands for all that are larger, powers of two or not.
        let log_n = if n == u32::MAX { u32::BITS } else { n.is_power_of_two().then(|| n.ilog2())? };
        Some(Cost { log_n, r: number(r)?, p: number(p)? })
    }

    /// Takes `ln=16,r=8,p=1` apart.
    fn of_passlib(params: &str) -> Option<Cost> {
        let [log_n, r, p]: [&str; 3] = split(params, ',')?;
        let [log_n, r, p] = [log_n.strip_prefix("ln=")?, r.strip_prefix("r=")?, p.strip_prefix("p=")?];
        Some(Cost { log_n: number(log_n)?, r: number(r)?, p: number(p)? })
    }
}
