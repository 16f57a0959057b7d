//! The one-time nonces that tie a return page to the sign-in that sent it.

use std::hash::{Hash, Hasher};

use crate::private::Private;
use crate::way::Way;

/// A nonce: 32 lower-case hex digits, 128 bits from the browser's random source.
///
/// Whoever knows it can claim that sign-in has completed, so it is private and good for one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nonce(Private<String>);

/// Where nonces come from: the browser's random source, or a counter in tests. `None` when there is
/// no random source: sign-in then works without a return page.
pub type NonceSource = Box<dyn FnMut() -> Option<Nonce>>;

/// The nonces that may still come back, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Expected {
    nonces: Vec<(Nonce, Way)>,
}

impl Nonce {
    /// The nonce made of `bytes`.
    pub fn new(bytes: [u8; 16]) -> Self {
        let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = halves.filter_map(|half| char::from_digit(u32::from(half), 16));
        Self(Private::new(digits.collect()))
    }

    /// Reads a nonce that came from outside; `None` for anything but 32 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(Private::new(text.to_owned())))
    }

    /// The digits, for the return page's URL.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// One nonce is as good as another: two states that differ only in their nonces hash alike.
impl Hash for Nonce {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl Expected {
    /// Remembers a nonce that was given to a frame, a window or a redirect.
    pub(crate) fn add(&mut self, nonce: Nonce, way: Way) {
        if self.nonces.len() == MOST_NONCES {
            self.nonces.remove(0);
        }
        self.nonces.push((nonce, way));
    }

    /// The way whose nonce came back; this spends all of them. `None` for one never given out.
    pub(crate) fn take(&mut self, nonce: &Nonce) -> Option<Way> {
        let (_, way) = *self.nonces.iter().find(|(known, _)| known == nonce)?;
        self.nonces.clear();
        Some(way)
    }

    /// The nonces that would be accepted, oldest first.
    #[cfg(all(test, not(target_arch = "wasm32")))]
    pub(crate) fn nonces(&self) -> impl Iterator<Item = &Nonce> {
        self.nonces.iter().map(|(nonce, _)| nonce)
    }
}

/// An agent who clicks again and again makes a nonce each time; older ones than these are forgotten.
const MOST_NONCES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_nonce_is_read_back_as_it_was_written() {
        let nonce = Nonce::new([0xab; 16]);
        assert_eq!(Nonce::parse(nonce.reveal()), Some(nonce));
    }

    #[test]
    fn anything_else_is_not_a_nonce() {
        for text in ["", "1", &"g".repeat(32), &"A".repeat(32), &"a".repeat(33)] {
            assert_eq!(Nonce::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_nonce_does_not_print_itself() {
        assert_eq!(format!("{:?}", Nonce::new([0xab; 16])), "Nonce(…)");
    }
}
