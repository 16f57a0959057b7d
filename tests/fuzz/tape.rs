//! Texts and configurations out of bytes: what is tried is made of the corpus, cut, joined and
//! spoilt, because bytes alone hardly ever make a URL.

use std::slice::Iter;
use std::sync::LazyLock;

use serde_json::Value;
use softphone_core::host_value::HostValue;

/// The seeds by their kind, and the pieces that are put between them.
pub(crate) struct Corpus {
    pub(crate) urls: Vec<String>,
    pub(crate) pages: Vec<String>,
    pub(crate) relays: Vec<String>,
    pub(crate) records: Vec<String>,
    pub(crate) numbers: Vec<String>,
    tokens: Vec<String>,
    hostile: Vec<String>,
}

pub(crate) static CORPUS: LazyLock<Corpus> = LazyLock::new(|| {
    let corpus: Value = serde_json::from_str(include_str!("corpus.json")).expect("JSON");
    let hostile: Value = serde_json::from_str(include_str!("../hostile-urls.json")).expect("JSON");
    let texts = |list: &Value| {
        let list = list.as_array().expect("a list").iter();
        list.map(|text| text.as_str().expect("a text").to_owned())
            .collect()
    };
    let hostile = hostile.as_array().expect("groups").iter();
    Corpus {
        urls: texts(&corpus["urls"]),
        pages: texts(&corpus["pages"]),
        relays: texts(&corpus["relays"]),
        records: texts(&corpus["records"]),
        numbers: texts(&corpus["numbers"]),
        tokens: texts(&corpus["tokens"]),
        hostile: hostile
            .flat_map(|group| group["urls"].as_array().expect("URLs"))
            .map(|entry| entry["url"].as_str().expect("a URL").to_owned())
            .collect(),
    }
});

/// Bytes that decide; zeros once they are used up, so that a shorter tape makes a simpler input.
pub(crate) struct Tape<'a>(Iter<'a, u8>);

impl<'a> Tape<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.iter())
    }

    pub(crate) fn byte(&mut self) -> u8 {
        self.0.next().copied().unwrap_or_default()
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        let wide = usize::from(self.byte()) << 8 | usize::from(self.byte());
        (wide * end) >> 16
    }

    fn pick<'b, T>(&mut self, from: &'b [T]) -> &'b T {
        &from[self.below(from.len())]
    }

    /// True once in `n` times; never on an empty tape.
    fn once_in(&mut self, n: u8) -> bool {
        self.byte() > u8::MAX - u8::MAX / n
    }

    /// One of `seeds`, as it is or spoilt.
    pub(crate) fn text(&mut self, seeds: &[String]) -> String {
        let mut text = self.pick(seeds).clone();
        let edits = self.byte() % 8;
        for _ in 0..edits.saturating_sub(3) {
            self.spoil(&mut text);
        }
        text
    }

    fn spoil(&mut self, text: &mut String) {
        let (from, to) = self.range(text);
        match self.byte() % 8 {
            0..=2 => text.insert_str(from, self.pick::<String>(&CORPUS.tokens)),
            3 => text.replace_range(from..to, ""),
            4 => {
                let piece = text[from..to].to_owned();
                text.insert_str(to, &piece);
            }
            5 => {
                let escaped: String = text[from..to]
                    .bytes()
                    .map(|byte| format!("%{byte:02X}"))
                    .collect();
                text.replace_range(from..to, &escaped);
            }
            6 => {
                let other = self.pick(&CORPUS.hostile);
                let (begin, end) = self.range(other);
                text.replace_range(from..to, &other[begin..end]);
            }
            _ => {
                let other = u32::from(self.byte()) << 8 | u32::from(self.byte());
                text.insert(from, char::from_u32(other).unwrap_or('\u{fffd}'));
            }
        }
        // Doubled again and again it would only test the limit of the length.
        let end = text.floor_char_boundary(1000);
        text.truncate(end);
    }

    /// Where to begin and end in `text`, most often near to each other.
    fn range(&mut self, text: &str) -> (usize, usize) {
        let from = text.floor_char_boundary(self.below(text.len() + 1));
        let length = usize::from(self.byte() % 32);
        (from, text.ceil_char_boundary(from + length).min(text.len()))
    }

    /// A configuration with all there is in it, much of it right.
    pub(crate) fn config(&mut self) -> HostValue {
        let corpus = &*CORPUS;
        let mut config = Vec::new();
        if !self.once_in(4) {
            self.field(&mut config, "instanceUrl", |tape| {
                tape.url(&corpus.urls[..1])
            });
        }
        if config.is_empty() || self.once_in(4) {
            self.field(&mut config, "ccpUrl", |tape| tape.url(&corpus.urls));
        }
        self.field(&mut config, "ssoLoginUrl", |tape| tape.url(&corpus.relays));
        self.maybe(&mut config, "controls", |tape| {
            text(tape.pick::<&str>(&["ccp", "icc", "both"]))
        });
        let mut sign_in = Vec::new();
        self.maybe(&mut sign_in, "ways", Self::ways);
        self.maybe(&mut sign_in, "returnUrl", |tape| tape.url(&corpus.urls));
        self.maybe(&mut sign_in, "timeoutMs", Self::millis);
        self.field(&mut config, "signIn", |_| HostValue::Fields(sign_in));
        let mut session = Vec::new();
        self.maybe(&mut session, "lengthMs", Self::millis);
        self.maybe(&mut session, "warnBeforeMs", Self::millis);
        self.maybe(&mut session, "renew", |tape| {
            HostValue::Bool(tape.once_in(2))
        });
        self.field(&mut config, "session", |_| HostValue::Fields(session));
        let mut options = Vec::new();
        if self.once_in(8) {
            self.field(&mut options, "enableGlobalResiliency", |tape| {
                HostValue::Bool(!tape.once_in(4))
            });
            self.field(&mut options, "secondaryCCPUrl", |tape| {
                tape.url(&corpus.urls[4..])
            });
        }
        let mut streams = vec![("options".to_owned(), HostValue::Fields(options))];
        self.maybe(&mut streams, "url", |tape| tape.url(&corpus.urls));
        self.field(&mut config, "streams", |_| HostValue::Fields(streams));
        if self.once_in(32) {
            let name = self.text(&corpus.hostile);
            config.push((name, self.other()));
        }
        HostValue::Fields(config)
    }

    fn maybe(
        &mut self,
        fields: &mut Vec<(String, HostValue)>,
        name: &str,
        value: impl FnOnce(&mut Self) -> HostValue,
    ) {
        if self.once_in(4) {
            self.field(fields, name, value);
        }
    }

    fn field(
        &mut self,
        fields: &mut Vec<(String, HostValue)>,
        name: &str,
        value: impl FnOnce(&mut Self) -> HostValue,
    ) {
        let value = if self.once_in(64) {
            self.other()
        } else {
            value(self)
        };
        fields.push((name.to_owned(), value));
    }

    fn url(&mut self, seeds: &[String]) -> HostValue {
        let seeds = if self.once_in(8) {
            &CORPUS.hostile
        } else {
            seeds
        };
        HostValue::Text(self.text(seeds))
    }

    fn ways(&mut self) -> HostValue {
        let count = self.byte() % 4;
        let names = ["frame", "popup", "redirect", "streams"];
        HostValue::List(
            (0..count)
                .map(|_| text(self.pick::<&str>(&names)))
                .collect(),
        )
    }

    fn millis(&mut self) -> HostValue {
        let numbers = [
            900_000.0,
            1000.0,
            60_000.0,
            1_800_000.0,
            43_200_000.0,
            0.0,
            -1.0,
            0.5,
        ];
        let odd = [f64::NAN, f64::INFINITY, f64::MAX, -0.0, 9e15, 899_999.0];
        let some = if self.once_in(8) {
            *self.pick(&odd)
        } else {
            *self.pick(&numbers)
        };
        HostValue::Number(some)
    }

    /// What does not belong there.
    fn other(&mut self) -> HostValue {
        match self.byte() % 8 {
            0 => HostValue::Absent,
            1 => HostValue::Null,
            2 => HostValue::Bool(true),
            3 => self.millis(),
            4 => HostValue::List(vec![self.millis(), HostValue::Null]),
            5 => HostValue::Fields(vec![(self.text(&CORPUS.hostile), HostValue::Null)]),
            6 => HostValue::Other("a function".to_owned()),
            _ => HostValue::Text(self.text(&CORPUS.hostile)),
        }
    }
}

fn text(text: &str) -> HostValue {
    HostValue::Text(text.to_owned())
}
