//! The one-time number that ties a return page to the sign-in that sent it.

use super::private::Private;

/// A one-time number: 32 lower-case hex digits, 128 bits from the browser's random source.
///
/// Whoever knows it can claim that sign-in is over, so it is private and good for one sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(Private<String>);

/// Where numbers come from: the browser's random source, or a counter in tests.
pub type Numbers = Box<dyn FnMut() -> Number>;

impl Number {
    /// The number made of `bytes`.
    pub fn new(bytes: [u8; 16]) -> Self {
        let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digits = halves.filter_map(|half| char::from_digit(u32::from(half), 16));
        Self(Private::new(digits.collect()))
    }

    /// Reads a number that came from outside; `None` for anything but 32 lower-case hex digits.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        fits.then(|| Self(Private::new(text.to_owned())))
    }

    /// The digits, for the return page's URL.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_number_is_read_back_as_it_was_written() {
        let number = Number::new([0xab; 16]);
        assert_eq!(Number::parse(number.reveal()), Some(number));
    }

    #[test]
    fn anything_else_is_not_a_number() {
        for text in ["", "1", &"g".repeat(32), &"A".repeat(32), &"a".repeat(33)] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_does_not_print_itself() {
        assert_eq!(format!("{:?}", Number::new([0xab; 16])), "Number(…)");
    }
}
