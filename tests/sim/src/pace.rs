//! A token bucket kept as one number: when the bucket will be full again.

/// The generic cell rate algorithm over microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bucket {
    full_at_us: i64,
}

impl Bucket {
    /// Takes one token; each comes back after `every_us`, and `burst` of them fit.
    /// Fails with the microseconds until there is one.
    pub(crate) fn take(&mut self, now_us: i64, every_us: i64, burst: i64) -> Result<(), i64> {
        let full_at = self.full_at_us.max(now_us);
        let debt = full_at - now_us;
        let allowed = every_us.saturating_mul(burst.saturating_sub(1).max(0));
        if debt > allowed {
            return Err(debt - allowed);
        }
        self.full_at_us = full_at.saturating_add(every_us);
        Ok(())
    }

    /// Full: forgetting this bucket changes nothing.
    pub(crate) fn is_full(self, now_us: i64) -> bool {
        self.full_at_us <= now_us
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_for_each_interval() {
        let mut bucket = Bucket::default();
        let every = 6_000_000;
        let passed = (0..60)
            .filter(|_| bucket.take(1, every, 45).is_ok())
            .count();
        assert_eq!(passed, 45);
        assert_eq!(bucket.take(1, every, 45), Err(every));
        assert!(bucket.take(1 + every, every, 45).is_ok());
        assert!(bucket.take(1 + every, every, 45).is_err());
        assert!(!bucket.is_full(1 + every));
        assert!(bucket.is_full(1 + 46 * every));
    }
}
