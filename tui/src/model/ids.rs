//! Where ids come from: a generator that tests seed, so that update asks nobody.

use common::id::MessageId;
use common::time::Stamp;

/// A small generator (splitmix64). Its ids need to be unique, not secret.
#[derive(Debug, Clone)]
pub struct Ids(u64);

impl Ids {
    /// The generator of that seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// The next id, of a thing that is made at `now`.
    pub fn message(&mut self, now: Stamp) -> MessageId {
        let (high, low) = (self.next().to_le_bytes(), self.next().to_le_bytes());
        let mut random = [0; 10];
        for (to, from) in random.iter_mut().zip(high.iter().chain(&low)) {
            *to = *from;
        }
        MessageId::new(now, random)
    }
}

#[cfg(test)]
mod tests {
    use super::Ids;
    use common::time::Stamp;

    #[test]
    fn a_seed_gives_the_same_ids_and_never_one_twice() {
        let now = Stamp::from_seconds(1_770_000_000);
        let mut one = Ids::new(7);
        let mut two = Ids::new(7);
        let first = one.message(now);
        assert_eq!(first, two.message(now));
        assert_ne!(first, one.message(now));
        assert_ne!(first, Ids::new(8).message(now));
    }
}
