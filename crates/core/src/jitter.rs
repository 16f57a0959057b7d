//! Randomness that keeps thousands of softphones from retrying at the same moment.

use crate::time::Span;

/// A source of randomness, good enough to spread retries and for nothing secret: xorshift64*
/// (S. Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Jitter(u64);

impl Jitter {
    /// The source that starts from `seed`; every page brings a seed of its own.
    pub const fn new(seed: u64) -> Self {
        Self(if seed == 0 {
            0x9e37_79b9_7f4a_7c15
        } else {
            seed
        })
    }

    /// A span from zero up to, but not including, `most`.
    pub fn within(&mut self, most: Span) -> Span {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40;
        Span::millis((most.get() * bits) >> 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn jitter_fills_the_span_and_stays_inside() {
        for seed in [0, 1, 42, u64::MAX] {
            let mut jitter = Jitter::new(seed);
            let spans: Vec<u64> = (0..1000)
                .map(|_| jitter.within(Span::secs(10)).get())
                .collect();
            assert!(spans.iter().all(|span| *span < 10_000), "{seed}");
            let tenths: std::collections::BTreeSet<u64> = spans.iter().map(|s| s / 1000).collect();
            assert_eq!(tenths.len(), 10, "{seed}");
        }
        assert_eq!(Jitter::new(1).within(Span::default()), Span::default());
    }

    #[test]
    fn jitter_is_what_the_paper_says() {
        // xorshift64* with the seed 1 begins with 5180492295206395165, of which the upper 24 bits count.
        let most = Span::millis(1 << 24);
        let first = Jitter::new(1).within(most).get();
        assert_eq!(first, 5_180_492_295_206_395_165 >> 40);
    }
}
