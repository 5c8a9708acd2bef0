//! Argon2 of other programs, as a PHC string: `$argon2id$v=19$m=65536,t=3,p=4$<salt>$<digest>`.
//!
//! Sources: `encoding.c` of the reference implementation, which argon2-cffi and passlib use: the order of the
//! parameters is fixed, and without `v=` it is version 16. Django's `Argon2PasswordHasher` writes `argon2` in front.
//! Hashes that need a secret key, or name associated data, are deliberately absent: nobody gave us the key.

use ::argon2::{Algorithm, Params, Version};
use subtle::ConstantTimeEq;

use super::encoding::{base64, number};

/// In KiB: 1 GiB.
const MAX_MEMORY: u32 = 1 << 20;
/// In KiB, over all passes: 16 GiB, which take about as long as the highest cost of bcrypt that we allow.
const MAX_WORK: u64 = 1 << 24;

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Argon2 {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

impl Argon2 {
    pub fn is_bearable(&self) -> bool {
        let (memory, passes) = (self.params.m_cost(), self.params.t_cost());
        memory <= MAX_MEMORY && u64::from(memory) * u64::from(passes) <= MAX_WORK
    }

    pub fn parse(stored: &str) -> Option<Argon2> {
        let phc = stored.strip_prefix("argon2$").or_else(|| stored.strip_prefix('$'))?;
        let (algorithm, rest) = phc.split_once('$')?;
        let algorithm = match algorithm {
            "argon2id" => Algorithm::Argon2id,
            "argon2i" => Algorithm::Argon2i,
            "argon2d" => Algorithm::Argon2d,
            _ => return None,
        };
        let (version, rest) = match rest.strip_prefix("v=") {
            Some(rest) => rest.split_once('$')?,
            None => ("16", rest),
        };
        let version = Version::try_from(number(version)?).ok()?;
        let [params, salt, digest]: [&str; 3] = rest.split('$').collect::<Vec<_>>().try_into().ok()?;
        let (salt, digest) = (base64(salt)?, base64(digest)?);
        let params = read(params, digest.len())?;
        (salt.len() >= ::argon2::MIN_SALT_LEN).then_some(Argon2 { algorithm, version, params, salt, digest })
    }

    /// False also when the memory is not to be had: that must not end the process, as Rust does elsewhere.
    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, self.params.clone()).is_ok_and(|computed| computed.ct_eq(&self.digest).into())
    }

    pub fn parameters(&self) -> String {
        let (memory, passes, lanes) = (self.params.m_cost(), self.params.t_cost(), self.params.p_cost());
        format!("{} {:?} {memory} {passes} {lanes}", self.algorithm, self.version)
    }

    /// The passes over the memory.
    pub fn shares(&self) -> u32 {
        self.params.t_cost()
    }

    pub fn spend_share(&self) {
        let once = Params::new(self.params.m_cost(), 1, self.params.p_cost(), Some(self.digest.len()));
        std::hint::black_box(once.and_then(|once| self.derive("time spent for nobody", once)).ok());
    }

    fn derive(&self, password: &str, params: Params) -> ::argon2::Result<Vec<u8>> {
        let mut computed = vec![0; self.digest.len()];
        let function = ::argon2::Argon2::new(self.algorithm, self.version, params);
        function.hash_password_into(password.as_bytes(), &self.salt, &mut computed)?;
        Ok(computed)
    }
}

/// Takes `m=65536,t=3,p=4` apart.
fn read(params: &str, digest_length: usize) -> Option<Params> {
    let [memory, passes, lanes]: [&str; 3] = params.split(',').collect::<Vec<_>>().try_into().ok()?;
    let memory = number(memory.strip_prefix("m=")?)?;
    let passes = number(passes.strip_prefix("t=")?)?;
    let lanes = number(lanes.strip_prefix("p=")?)?;
    Params::new(memory, passes, lanes, Some(digest_length)).ok()
}
