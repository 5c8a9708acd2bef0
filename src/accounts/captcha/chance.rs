//! What looks like chance in a picture, and is the same each time for one captcha.

/// Numbers that follow from a secret: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators).
pub(super) struct Chance(u64);

impl Chance {
    /// The numbers of this secret.
    pub(super) fn new(secret: [u8; 32]) -> Chance {
        let mut start = [0; 8];
        start.copy_from_slice(&secret[..8]);
        Chance(u64::from_le_bytes(start))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number between these two.
    pub(super) fn between(&mut self, least: f32, most: f32) -> f32 {
        let part = (self.next() >> 40) as f32 / (1_u32 << 24) as f32;
        least + part * (most - least)
    }
}
