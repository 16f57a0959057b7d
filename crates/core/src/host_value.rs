//! What a host handed in, before it is parsed: a plain tree, read once from JavaScript.
//!
//! Read once, because a getter or a Proxy may answer differently the second time.

/// A value from outside. Whatever JSON does not have is [`HostValue::Other`], described in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum HostValue {
    /// `undefined`, or not there at all.
    #[default]
    Absent,
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Self>),
    /// A plain object: its own enumerable fields in their order.
    Fields(Vec<(String, Self)>),
    /// Anything else, such as "a function", or a field whose getter threw.
    Other(String),
}

impl HostValue {
    /// The field `name` of an object; [`HostValue::Absent`] when there is none.
    pub fn field(&self, name: &str) -> &Self {
        match self {
            Self::Fields(fields) => fields
                .iter()
                .find_map(|(key, value)| (key == name).then_some(value))
                .unwrap_or(&Self::Absent),
            Self::Absent
            | Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Other(_) => &Self::Absent,
        }
    }

    /// The same, where `null` and a blank string mean that the field is not set.
    pub fn set(&self, name: &str) -> &Self {
        match self.field(name) {
            value if value.is_unset() => &Self::Absent,
            value => value,
        }
    }

    /// Whether this says nothing: absent, `null` or a blank string.
    pub fn is_unset(&self) -> bool {
        match self {
            Self::Absent | Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Fields(_) | Self::Other(_) => {
                false
            }
        }
    }

    /// The names of an object's fields; none for anything else.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let fields: &[(String, Self)] = match self {
            Self::Fields(fields) => fields,
            Self::Absent
            | Self::Null
            | Self::Bool(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Other(_) => &[],
        };
        fields.iter().map(|(name, _)| name.as_str())
    }

    /// The names of an object's fields that hold anything and are not among `known`.
    pub(crate) fn unknown<'a>(&'a self, known: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let given = |name: &&str| !matches!(self.field(name), Self::Absent);
        self.names()
            .filter(move |name| !known.contains(name) && given(name))
    }

    /// What this is, for a message; the text of a string is shown only when it is short and plain,
    /// because a longer one may carry a relay state or a token.
    pub fn describe(&self) -> String {
        match self {
            Self::Absent => "nothing".to_owned(),
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            // Not every number's digits: printing any float costs 7 kB of wasm.
            Self::Number(value) => match whole(*value) {
                Some(whole) => whole.to_string(),
                None => "a number that is not whole or is too large".to_owned(),
            },
            Self::Text(text) if text.is_empty() => "an empty string".to_owned(),
            Self::Text(text) if is_plain(text) => format!("\"{text}\""),
            Self::Text(text) => format!("a string of {} characters", text.chars().count()),
            Self::List(items) => format!("an array of {} items", items.len()),
            Self::Fields(_) => "an object".to_owned(),
            Self::Other(what) => what.clone(),
        }
    }
}

/// `value` as a whole number, if it is one that JavaScript holds exactly.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the range is checked before the cast"
)]
pub(crate) fn whole(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    (value.abs() < LIMIT && value % 1.0 == 0.0).then_some(value as i64)
}

fn is_plain(text: &str) -> bool {
    text.len() <= 24
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b' ' | b'/' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn long_or_strange_texts_are_not_shown() {
        let token = HostValue::Text("eyJhbGciOiJIUzI1NiJ9.e30.token".into());
        assert_eq!(token.describe(), "a string of 30 characters");
        assert_eq!(
            HostValue::Text("a@b.example".into()).describe(),
            "a string of 11 characters"
        );
        assert_eq!(HostValue::Text("icc".into()).describe(), "\"icc\"");
        assert_eq!(HostValue::Text(String::new()).describe(), "an empty string");
    }

    #[test]
    fn whole_numbers_are_those_that_javascript_holds_exactly() {
        let most = 9_007_199_254_740_991.0;
        for (number, is) in [
            (0.0, true),
            (-1.0, true),
            (most, true),
            (-most, true),
            (most + 1.0, false),
            (0.5, false),
            (f64::NAN, false),
            (f64::INFINITY, false),
        ] {
            assert_eq!(whole(number).is_some(), is, "{number}");
        }
    }
}
