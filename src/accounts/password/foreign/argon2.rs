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
        let params = checked(params, digest.len())?;
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
fn checked(params: &str, digest_length: usize) -> Option<Params> {
    let [memory, passes, lanes]: [&str; 3] = params.split(',').collect::<Vec<_>>().try_into().ok()?;
    let memory = number(memory.strip_prefix("m=")?)?;
    let passes = number(passes.strip_prefix("t=")?)?;
    let lanes = number(lanes.strip_prefix("p=")?)?;
    let bearable = memory <= MAX_MEMORY && u64::from(memory) * u64::from(passes) <= MAX_WORK;
    Params::new(memory, passes, lanes, Some(digest_length)).ok().filter(|_| bearable)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{LONG, assert_unknown, assert_verifies};
    use super::*;

    #[test]
    fn hashes_made_by_argon2_cffi_verify() {
        // argon2-cffi 25.1.0: `PasswordHasher(1, 64, 1, type=Type.ID).hash(…)` and so on.
        assert_verifies(&[
            (
                "Grüße, Zoë",
                "$argon2id$v=19$m=64,t=1,p=1$ZjcYfEbydCXaDhqZJ4OxjQ$YeR+Qg8yhmPAiz6WND2QYAeYleUXb+P49UP0xZxSajo",
            ),
            (
                "Grüße, Zoë",
                "$argon2i$v=19$m=64,t=1,p=1$LGfEPzm7cBM8t41neTNBmQ$oeC+hDx6XFflHmqmz8zoBtZ25EDdPOJwM6Wsgadcybc",
            ),
            (
                "Grüße, Zoë",
                "$argon2d$v=19$m=64,t=1,p=1$cnwq1TWWh1zznc6+RzMdyg$docG9HnBsD0uWeMfAiv7+jSlbMVEXzJEYUijSi/E1Ck",
            ),
            (
                LONG,
                "$argon2id$v=19$m=128,t=2,p=3$scNMwQ27lE+7ixFpwq2NpA$6lPYYrotPeHwnzCwFj1gfcLKjgqR8zpLJIuPYLhlRT7LzbLNTQIxVlGowG6zfuE6dLZ/j21XHNaXEXY+v25O+A",
            ),
            ("a\0b", "$argon2id$v=19$m=64,t=1,p=1$PWCMPxxI203BnTVX8ccGUw$zlpyfszWtZUUmyHNqcXGR0HqbZKwp8RdHAwyUH4KC/0"),
            // `low_level.hash_secret(…, version=16)`; `low_level.verify_secret` takes it without `v=` as well.
            ("Grüße, Zoë", "$argon2i$v=16$m=64,t=1,p=4$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw"),
            ("Grüße, Zoë", "$argon2i$m=64,t=1,p=4$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw"),
        ]);
        // passlib 1.7.4: `argon2.using(rounds=1, memory_cost=64, parallelism=1).hash(…)`.
        assert_verifies(&[(
            "Grüße, Zoë",
            "$argon2id$v=19$m=64,t=1,p=1$fO8do9RaK8W4NyZEyFmrFQ$bpOZE7YJuLMwlmuz6g3LKAF2IkyT8P6xUqZZAWh7fKc",
        )]);
    }

    #[test]
    fn hashes_made_by_django_verify() {
        // Django 5.2.19: `Argon2PasswordHasher().encode(password, "seasalt88")`, with low costs and with its own.
        assert_verifies(&[
            ("password", "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$5t+qjUImRPDe4/C8TYhXkBEBnk1/UZeAzBio4/pwfZM"),
            (LONG, "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$kiWrEHdiD2rxV3z9QqNBVuntEPjdo5MuQXk616vaXAo"),
            (
                "Grüße, Zoë",
                "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdDg4$QeAPpGsQrWQCOC4NZZNVzakd4bnRbaBJsxUNh33ygJ4",
            ),
        ]);
    }

    #[test]
    fn other_shapes_and_absurd_numbers_are_unknown() {
        let end = "c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw";
        for params in [
            "m=0,t=1,p=1",
            "m=64,t=0,p=1",
            "m=64,t=1,p=0",
            "m=7,t=1,p=1",
            "m=64,t=1,p=9",
            "m=1048577,t=1,p=1",
            "m=1048576,t=17,p=1",
            "m=64,t=4294967295,p=1",
            "m=4294967295,t=4294967295,p=16777215",
            "t=1,m=64,p=1",
            "m=64,t=1",
            "m=64,t=1,p=1,keyid=AAAA",
            "m=64,t=1,p=1,data=AAAA",
            "",
        ] {
            assert_unknown(&[&format!("$argon2id$v=19${params}${end}")]);
        }
        assert_unknown(&[
            "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$d4qCdYG3FMxiFbl8Y/aviw",
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$d4o",
            "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
            "$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
            "$argon2$v=19$m=64,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
        ]);
        assert!(Argon2::parse(&format!("$argon2id$v=19$m=1048576,t=4,p=1${end}")).is_some(), "libsodium's highest");
    }
}
