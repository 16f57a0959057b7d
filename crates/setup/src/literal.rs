//! A reader of JSON and of JavaScript's object literals, as people paste them. It evaluates nothing: whatever is no
//! literal is [`Kind::Expression`].

use crate::finding::Range;

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) kind: Kind,
    pub(crate) at: Range,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool(bool),
    Number(f64),
    /// Its text, and where that begins if it stands there as it is, without escapes.
    Text(String, Option<usize>),
    List(Vec<Value>),
    /// Its fields in their order, and whether there may be more: a spread was among them.
    Object(Vec<Field>, bool),
    Expression,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) name_at: Range,
    pub(crate) value: Value,
}

/// What is no JavaScript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxFault {
    pub(crate) at: Range,
    pub(crate) found: &'static str,
    pub(crate) expected: &'static str,
}

impl Value {
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        match &self.kind {
            // Of two fields of one name, JavaScript keeps the last one.
            Kind::Object(fields, _) => fields.iter().rev().find(|field| field.name == name),
            Kind::Null
            | Kind::Bool(_)
            | Kind::Number(_)
            | Kind::Text(..)
            | Kind::List(_)
            | Kind::Expression => None,
        }
    }
}

/// Reads the first object in `text`, or the one in a call of `initCCP`.
pub(crate) fn read(text: &str) -> Result<Value, SyntaxFault> {
    let call = text.find("initCCP(").unwrap_or_default();
    let nothing = || SyntaxFault {
        at: Range::whole(text),
        found: "no object",
        expected: "{ ccpUrl: \"https://acme.my.connect.aws/ccp-v2/\", … }",
    };
    let start = text
        .get(call..)
        .and_then(|rest| rest.find('{'))
        .ok_or_else(nothing)?;
    let mut reader = Reader {
        text,
        at: call + start,
    };
    reader.value(0)
}

/// Reads `text`, which must be one JSON value and nothing else.
pub(crate) fn read_json(text: &str) -> Option<Value> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let mut reader = Reader { text, at: start };
    reader.value(0).ok()
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Value, SyntaxFault> {
        self.blank();
        let start = self.at;
        let kind = match self.peek() {
            Some('{') if depth < DEEPEST => self.object(depth)?,
            Some('[') if depth < DEEPEST => self.list(depth)?,
            Some(quote @ ('"' | '\'' | '`')) => self.text(quote)?,
            Some('“' | '”' | '‘' | '’') => {
                let c = self.peek().map_or(1, char::len_utf8);
                return Err(SyntaxFault {
                    at: Range::new(start, start + c),
                    found: "a typographic quotation mark",
                    expected: "a straight one, \" or '",
                });
            }
            _ => match self.literal() {
                Some(kind) => kind,
                None => {
                    self.skip();
                    Kind::Expression
                }
            },
        };
        let mut end = self.trimmed(start);
        // What follows a literal makes an expression of it: `"a" + b`, `{}.a`.
        self.blank();
        let kind = match self.peek() {
            None | Some(',' | '}' | ']' | ')' | ';') => kind,
            Some(_) if depth == 0 => kind,
            Some(c) if c.is_alphanumeric() || matches!(c, '"' | '\'' | '_' | '$') => {
                return Err(SyntaxFault {
                    at: Range::new(self.at, self.at + c.len_utf8()),
                    found: "two fields without a comma between them",
                    expected: "a comma before it",
                });
            }
            Some(_) => {
                self.skip();
                end = self.trimmed(start);
                Kind::Expression
            }
        };
        let at = Range::new(start, end);
        Ok(Value { kind, at })
    }

    fn object(&mut self, depth: usize) -> Result<Kind, SyntaxFault> {
        let opened = self.at;
        self.at += 1;
        let (mut fields, mut open) = (Vec::new(), false);
        loop {
            self.blank();
            let start = self.at;
            match self.peek() {
                None => return Err(unclosed(opened)),
                Some('}') => {
                    self.at += 1;
                    return Ok(Kind::Object(fields, open));
                }
                Some(',') => {
                    self.at += 1;
                    continue;
                }
                Some('.' | '[') => {
                    open = true;
                    self.skip();
                    self.step(start);
                    continue;
                }
                Some(_) => {}
            }
            let name = self.name()?;
            let name_at = Range::new(start, self.at);
            self.blank();
            let value = match self.peek() {
                Some(':') => {
                    self.at += 1;
                    self.value(depth + 1)?
                }
                Some(',' | '}') => Value {
                    kind: Kind::Expression,
                    at: name_at,
                },
                Some('=') => {
                    let at = Range::new(self.at, self.at + 1);
                    return Err(SyntaxFault {
                        at,
                        found: "an equals sign after a field's name",
                        expected: "a colon",
                    });
                }
                // A method, an accessor, or `async name() {}`.
                Some(_) => {
                    self.skip();
                    self.step(start);
                    Value {
                        kind: Kind::Expression,
                        at: name_at,
                    }
                }
                None => return Err(unclosed(opened)),
            };
            fields.push(Field {
                name,
                name_at,
                value,
            });
        }
    }

    fn list(&mut self, depth: usize) -> Result<Kind, SyntaxFault> {
        let opened = self.at;
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blank();
            let start = self.at;
            match self.peek() {
                None => return Err(unclosed(opened)),
                Some(']') => {
                    self.at += 1;
                    return Ok(Kind::List(items));
                }
                Some(',') => self.at += 1,
                Some(_) => {
                    items.push(self.value(depth + 1)?);
                    self.step(start);
                }
            }
        }
    }

    fn name(&mut self) -> Result<String, SyntaxFault> {
        let start = self.at;
        match self.peek() {
            Some(quote @ ('"' | '\'')) => match self.text(quote)? {
                Kind::Text(name, _) => Ok(name),
                Kind::Null
                | Kind::Bool(_)
                | Kind::Number(_)
                | Kind::List(_)
                | Kind::Object(..)
                | Kind::Expression => Ok(String::new()),
            },
            _ => {
                let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
                let rest = &self.text[start..];
                let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                if end == 0 {
                    let c = rest.chars().next().map_or(0, char::len_utf8);
                    let is_quote = rest.starts_with(['“', '”', '‘', '’']);
                    return Err(SyntaxFault {
                        at: Range::new(start, start + c),
                        found: if is_quote {
                            "a typographic quotation mark"
                        } else {
                            "a character that begins no field"
                        },
                        expected: if is_quote {
                            "a straight one, \" or '"
                        } else {
                            "a field's name"
                        },
                    });
                }
                self.at += end;
                Ok(rest[..end].to_owned())
            }
        }
    }

    /// A string; one with `${` in it is an expression.
    fn text(&mut self, quote: char) -> Result<Kind, SyntaxFault> {
        let opened = self.at;
        self.at += 1;
        let from = self.at;
        let (mut text, mut is_exact, mut is_expression) = (String::new(), true, false);
        loop {
            let Some(c) = self.peek() else {
                return Err(unclosed_text(opened));
            };
            match c {
                '\n' | '\r' if quote != '`' => return Err(unclosed_text(opened)),
                '\\' => {
                    is_exact = false;
                    self.at += 1;
                    text.extend(self.escape());
                    continue;
                }
                '$' if quote == '`' && self.text[self.at..].starts_with("${") => {
                    is_expression = true
                }
                _ => {}
            }
            self.at += c.len_utf8();
            if c == quote {
                break;
            }
            text.push(c);
        }
        if is_expression {
            return Ok(Kind::Expression);
        }
        Ok(Kind::Text(text, is_exact.then_some(from)))
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        let digits = match c {
            'u' => 4,
            'x' => 2,
            'n' => return Some('\n'),
            't' => return Some('\t'),
            'r' => return Some('\r'),
            'b' => return Some('\u{8}'),
            'f' => return Some('\u{c}'),
            '\n' | '\r' => return None,
            other => return Some(other),
        };
        let number = |from: usize| {
            let digits = self.text.get(from..from + digits)?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(high) = number(self.at) else {
            return Some(char::REPLACEMENT_CHARACTER);
        };
        // A surrogate pair is two escapes.
        let low = self.text[self.at + digits..]
            .starts_with("\\u")
            .then(|| number(self.at + digits + 2));
        self.at += digits;
        if (0xd800..0xdc00).contains(&high)
            && let Some(Some(low @ 0xdc00..0xe000)) = low
        {
            self.at += digits + 2;
            return char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
        }
        Some(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// A word that stands for itself; anything else is an expression.
    fn literal(&mut self) -> Option<Kind> {
        let rest = &self.text[self.at..];
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-' | '+');
        let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
        let is_number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.'));
        let kind = match word {
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "null" | "undefined" => Kind::Null,
            number if is_number => Kind::Number(number.replace('_', "").parse().ok()?),
            _ => return None,
        };
        self.at += word.len();
        Some(kind)
    }

    /// Goes on to what ends an expression: a comma, or a bracket that closes what is around it.
    fn skip(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek() {
            match c {
                '"' | '\'' | '`' => {
                    if self.text(c).is_err() {
                        self.at = self.text.len();
                    }
                    continue;
                }
                '/' => {
                    let before = self.at;
                    self.blank();
                    if self.at > before {
                        continue;
                    }
                }
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => return,
                ')' | ']' | '}' => depth -= 1,
                ',' | ';' if depth == 0 => return,
                _ => {}
            }
            self.at += c.len_utf8();
        }
    }

    /// Skips white space and comments.
    fn blank(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at = self.text.len() - trimmed.len();
            let end = if trimmed.starts_with("//") {
                trimmed.find('\n').map(|end| end + 1)
            } else if trimmed.starts_with("/*") {
                trimmed
                    .get(2..)
                    .and_then(|rest| rest.find("*/"))
                    .map(|end| end + 4)
            } else {
                return;
            };
            self.at += end.unwrap_or(trimmed.len());
        }
    }

    /// The end of what was read since `start`, without the white space there.
    fn trimmed(&self, start: usize) -> usize {
        start + self.text[start..self.at].trim_end().len()
    }

    /// Nothing is read twice: a character that nothing expects is left out.
    fn step(&mut self, start: usize) {
        if self.at == start {
            self.at += self.peek().map_or(0, char::len_utf8);
        }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }
}

fn unclosed(opened: usize) -> SyntaxFault {
    SyntaxFault {
        at: Range::new(opened, opened + 1),
        found: "a bracket that nothing closes",
        expected: "its other half",
    }
}

fn unclosed_text(opened: usize) -> SyntaxFault {
    SyntaxFault {
        at: Range::new(opened, opened + 1),
        found: "a string that does not end on its line",
        expected: "a closing quotation mark",
    }
}

/// Nobody nests options deeper.
const DEEPEST: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    fn text(value: &str) -> Kind {
        match read(&format!("{{ a: {value} }}"))
            .map(|object| object.field("a").map(|it| it.value.kind.clone()))
        {
            Ok(Some(Kind::Text(text, _))) => Kind::Text(text, None),
            Ok(Some(kind)) => kind,
            other => panic!("{value}: {other:?}"),
        }
    }

    #[test]
    fn values_are_read_as_javascript_reads_them() {
        let is = |text: &str| Kind::Text(text.to_owned(), None);
        for (source, kind) in [
            ("\"a\"", is("a")),
            ("'a\"b'", is("a\"b")),
            ("`a`", is("a")),
            (r#""\u00fc\x41\n\/\ud83d\ude00""#, is("üA\n/😀")),
            ("true", Kind::Bool(true)),
            ("null", Kind::Null),
            ("undefined", Kind::Null),
            ("10_000", Kind::Number(10_000.0)),
            ("-1.5e3", Kind::Number(-1500.0)),
            ("[]", Kind::List(vec![])),
            ("{}", Kind::Object(vec![], false)),
            ("`a${b}`", Kind::Expression),
            ("!hasAppSession", Kind::Expression),
            ("\"a\" + b", Kind::Expression),
            ("() => { return { a: 1, b: [2] }; }", Kind::Expression),
            ("function (x) { return '}'; }", Kind::Expression),
            ("process.env.URL /* , */", Kind::Expression),
            ("cond ? 'a' : 'b'", Kind::Expression),
        ] {
            assert_eq!(text(source), kind, "{source}");
        }
    }

    #[test]
    fn objects_are_read_as_people_write_them() {
        let object = read("connect.core.initCCP(document.getElementById('x'), {\n  ccpUrl, // mine\n  'b': 1, /* c */ \"d\": {e: [1, 'f',],},\n ...rest, [g]: 1, h() { return {} }, get i() { return 1 }, async j() {}, });\nmore {}").expect("an object");
        let Kind::Object(fields, open) = &object.kind else {
            panic!("{object:?}");
        };
        let names: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["ccpUrl", "b", "d", "h", "get", "async"]);
        assert!(open);
    }

    #[test]
    fn what_is_no_javascript_is_shown() {
        for (wrong, part, found) in [
            ("{ a: 1 b: 2 }", "b", "two fields"),
            ("{ a: \"x\"\n b: 2 }", "b", "two fields"),
            ("{ a: “x” }", "“", "typographic"),
            ("{ “a”: 1 }", "“", "typographic"),
            ("{ a: \"x\n }", "\"", "a string"),
            ("{ a: { b: 1 }", "{", "a bracket"),
            ("{ a = 1 }", "=", "an equals sign"),
            ("ccpUrl", "ccpUrl", "no object"),
        ] {
            let fault = read(wrong).expect_err(wrong);
            assert_eq!(&wrong[fault.at.bytes()], part, "{wrong}");
            assert!(fault.found.contains(found), "{wrong}: {fault:?}");
        }
    }
}
