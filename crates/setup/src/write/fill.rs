//! Templates: `@name@` is a value, escaped as the text's language asks; `@url:name@` is percent-encoded, too, and
//! `@raw:name@` is a part of the language itself, such as a list in JSON.

use serde::Serialize;
use softphone_core::address::reading::encode;

/// What a text is written in, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Words, or a value of a field.
    Text,
    /// A URL.
    Url,
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// CSV.
    Csv,
    /// Terraform.
    Hcl,
    /// A POSIX shell.
    Shell,
    /// JavaScript.
    Javascript,
    /// A page, whose values stand in its script.
    Html,
}

/// A text, and the answers that it lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) text: String,
    pub(super) missing: Vec<&'static str>,
}

impl Filled {
    pub(super) fn known(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            missing: Vec::new(),
        }
    }

    /// A placeholder, which the answer to `question` replaces.
    pub(super) fn missing(placeholder: &str, question: &'static str) -> Self {
        Self {
            text: format!("<{placeholder}>"),
            missing: vec![question],
        }
    }

    /// Notes what else it lacks; each question once.
    pub(super) fn lacks(&mut self, questions: &[&'static str]) {
        for question in questions {
            if !self.missing.contains(question) {
                self.missing.push(question);
            }
        }
    }

    /// The same with another text.
    pub(super) fn map(self, change: impl FnOnce(&str) -> String) -> Self {
        Self {
            text: change(&self.text),
            missing: self.missing,
        }
    }
}

/// Replaces every `@name@` of `template` by what `value` says.
pub(super) fn fill(
    template: &str,
    language: Language,
    value: &dyn Fn(&str) -> Option<Filled>,
) -> Filled {
    let mut filled = Filled::default();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('@') {
        filled.text += before;
        let found = after.split_once('@').and_then(|(name, after)| {
            let (how, name) = name.split_once(':').unwrap_or(("", name));
            Some((how, value(name)?, after))
        });
        match found {
            Some((how, value, after)) => {
                let text = match how {
                    "url" => escape(&encode_visibly(&value.text), language),
                    "raw" => value.text,
                    _ => escape(&value.text, language),
                };
                filled.text += &text;
                filled.lacks(&value.missing);
                rest = after;
            }
            // An address of mail, or `@Override`: no value has that name.
            None => {
                filled.text.push('@');
                rest = after;
            }
        }
    }
    filled.text += rest;
    filled
}

/// Percent-encoded but for placeholders, which must be seen.
pub(super) fn encode_visibly(text: &str) -> String {
    let mut encoded = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        encoded += &encode(before);
        let name = after
            .split_once('>')
            .filter(|(name, _)| is_placeholder(name));
        rest = match name {
            Some((name, after)) => {
                encoded += &format!("<{name}>");
                after
            }
            None => {
                encoded += &encode("<");
                after
            }
        };
    }
    encoded + &encode(rest)
}

/// What may stand between `<` and `>`.
fn is_placeholder(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'');
    !name.is_empty() && name.len() <= 60 && name.chars().all(fits)
}

/// `text` as it stands in a literal of the language. In a shell, templates put quotation marks around it.
fn escape(text: &str, language: Language) -> String {
    match language {
        Language::Text | Language::Url | Language::Csv => text.to_owned(),
        Language::Json => json(text),
        // What would end the script, or begin a comment in it.
        Language::Javascript | Language::Html => json(text)
            .replace("</", "<\\/")
            .replace("<!--", "\\u003c!--"),
        Language::Xml => text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;"),
        Language::Hcl => heredoc(&json(text)),
        Language::Shell => text.replace('\'', "'\\''"),
    }
}

/// Without `${` and `%{`, which Terraform would evaluate.
pub(super) fn heredoc(text: &str) -> String {
    text.replace("${", "$${").replace("%{", "%%{")
}

fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted
        .get(1..quoted.len() - 1)
        .unwrap_or_default()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_value_cannot_leave_its_literal() {
        let evil = "a\"'${b}</script>&\\\n<!--";
        let value = |name: &str| (name == "x").then(|| Filled::known(evil));
        for (language, expected) in [
            (Language::Text, evil),
            (Language::Json, r#"a\"'${b}</script>&\\\n<!--"#),
            (Language::Html, r#"a\"'${b}<\/script>&\\\n\u003c!--"#),
            (Language::Xml, "a&quot;'${b}&lt;/script&gt;&amp;\\\n&lt;!--"),
            (Language::Hcl, r#"a\"'$${b}</script>&\\\n<!--"#),
            (Language::Shell, "a\"'\\''${b}</script>&\\\n<!--"),
        ] {
            assert_eq!(fill("@x@", language, &value).text, expected);
        }
        let mail = fill("ada@acme.example, @x", Language::Text, &value);
        assert_eq!(mail.text, "ada@acme.example, @x");
    }

    #[test]
    fn placeholders_are_seen_in_an_encoded_text() {
        let encoded = encode_visibly("https://<region>.a/?b=%2F<c d>&<//>");
        assert_eq!(
            encoded,
            "https%3A%2F%2F<region>.a%2F%3Fb%3D%252F<c d>%26%3C%2F%2F%3E"
        );
    }
}
