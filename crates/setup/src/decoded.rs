//! Percent-decoded texts that know where each of their bytes came from.

use crate::finding::Range;

/// A part of an input, decoded as often as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Decoded {
    text: String,
    /// Where each byte of `text` begins in the input, and where the last one ends.
    from: Vec<usize>,
}

impl Decoded {
    /// The part `at` of `input`, as it stands there.
    pub(crate) fn part(input: &str, at: Range) -> Self {
        Self {
            text: input.get(at.bytes()).unwrap_or_default().to_owned(),
            from: (at.start..=at.end).collect(),
        }
    }

    /// Its text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The text decoded once more; `None` where the result is no UTF-8.
    pub(crate) fn decode(&self) -> Option<Self> {
        let bytes = self.text.as_bytes();
        let (mut decoded, mut from) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            from.push(*self.from.get(at)?);
            let value = bytes.get(at + 1..at + 3).and_then(hex);
            match value {
                Some(value) if *byte == b'%' => {
                    decoded.push(value);
                    at += 3;
                }
                _ => {
                    decoded.push(*byte);
                    at += 1;
                }
            }
        }
        from.push(*self.from.last()?);
        let text = String::from_utf8(decoded).ok()?;
        Some(Self { text, from })
    }

    /// Where the bytes from `start` to before `end` stand in the input.
    pub(crate) fn range(&self, start: usize, end: usize) -> Range {
        let at = |index: usize| self.from.get(index).or(self.from.last());
        let start = at(start).copied().unwrap_or_default();
        Range::new(start, at(end).copied().unwrap_or(start))
    }

    /// Where the whole stands in the input.
    pub(crate) fn whole(&self) -> Range {
        self.range(0, self.text.len())
    }

    /// A part of it.
    pub(crate) fn slice(&self, start: usize, end: usize) -> Option<Self> {
        Some(Self {
            text: self.text.get(start..end)?.to_owned(),
            from: self.from.get(start..=end)?.to_vec(),
        })
    }

    /// Where `part` stands in it, and with it in the input.
    pub(crate) fn find(&self, part: &str) -> Option<Range> {
        let start = self.text.find(part)?;
        Some(self.range(start, start + part.len()))
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    let value = |byte: &u8| char::from(*byte).to_digit(16);
    let (high, low) = (value(digits.first()?)?, value(digits.get(1)?)?);
    u8::try_from(high * 16 + low).ok()
}
