//! HAR files (HTTP Archive 1.2), as browsers save them: which requests a sign-in made, and how each one ended.
//!
//! Browsers put whole pages in. Each entry is reduced as soon as it is read to what matters here; bodies are passed over,
//! but for what AWS sign-in and the instance say. Nothing but hosts, paths and statuses is told of it.

mod entry;
mod steps;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use serde_json::error::Category;

use self::entry::{Entry, File};
pub(crate) use self::steps::{steps, took};
use crate::finding::{Fault, Range, code};
use crate::instant::read as instant;

/// The requests of a HAR, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Har {
    pub(crate) visits: Vec<Visit>,
    /// Whether it has any cookies: browsers leave them out unless told otherwise.
    pub(crate) has_cookies: bool,
}

/// One request and its response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visit {
    /// The whole URL, which may have secrets in its query.
    pub(crate) url: String,
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) method: String,
    /// 0 where there was no answer.
    pub(crate) status: i64,
    /// When it was sent, in milliseconds since 1970.
    pub(crate) at: Option<i64>,
    /// Whether a page was asked for: in a tab, a window or a frame.
    pub(crate) is_page: bool,
    pub(crate) is_framed: bool,
    /// Whether a page of another site asked for it.
    pub(crate) is_foreign: bool,
    /// The origin that asked for it.
    pub(crate) origin: Option<String>,
    /// Why there was no answer, in the browser's words.
    pub(crate) error: Option<String>,
    /// Where the answer leads.
    pub(crate) location: Option<String>,
    pub(crate) frame_options: Option<String>,
    /// The sources of `frame-ancestors`.
    pub(crate) frame_ancestors: Option<String>,
    pub(crate) cookie_sent: bool,
    /// What of a page of AWS or the instance is known.
    pub(crate) said: Option<&'static str>,
    /// The value of `SAMLResponse`, and where it stands in the file.
    pub(crate) response: Option<String>,
    pub(crate) response_at: Option<Range>,
    pub(crate) relay_state: Option<String>,
}

/// Whether `text` looks like a HAR.
pub(crate) fn is_har(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let end = (0..=text.len().min(START))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    let start = end.and_then(|end| text.get(..end)).unwrap_or_default();
    start.starts_with('{') && start.contains("\"log\"")
}

impl Har {
    /// # Errors
    /// Where it is no HAR.
    pub(crate) fn read(text: &str) -> Result<Self, Box<Fault>> {
        let bom = text.len() - text.trim_start_matches('\u{feff}').len();
        let file: File<'_> = serde_json::from_str(text.get(bom..).unwrap_or_default())
            .map_err(|error| fault(text, bom, &error))?;
        let entries = file.log.entries.0;
        Ok(Self {
            has_cookies: entries.iter().any(|entry| entry.cookie_sent),
            visits: entries
                .into_iter()
                .map(|entry| visit(text, entry))
                .collect(),
        })
    }

    /// The request that posted a SAML response: to AWS sign-in, or else the last one to anybody.
    pub(crate) fn response(&self) -> Option<&Visit> {
        let mut posts = self
            .visits
            .iter()
            .rev()
            .filter(|visit| visit.response.is_some());
        let last = posts.clone().next();
        posts.find(|visit| steps::is_sign_in(visit)).or(last)
    }
}

fn visit(text: &str, entry: Entry<'_>) -> Visit {
    let (host, path) = parts(&entry.url);
    let response_at = entry.response.as_ref().and_then(|value| at(text, value));
    Visit {
        host: host.to_ascii_lowercase(),
        path: path.to_owned(),
        at: instant(&entry.started),
        is_page: entry.is_page,
        is_framed: entry.is_framed,
        is_foreign: entry.is_foreign,
        origin: entry.origin,
        status: entry.status,
        error: entry.error,
        location: entry.location,
        frame_options: entry.frame_options,
        frame_ancestors: entry.frame_ancestors,
        cookie_sent: entry.cookie_sent,
        said: entry.said,
        response: entry.response.map(Cow::into_owned),
        response_at,
        relay_state: entry.relay_state,
        url: entry.url.into_owned(),
        method: entry.method.into_owned(),
    }
}

/// Where a value stands in the file, if it stands there as it is.
fn at(text: &str, value: &str) -> Option<Range> {
    let start = (value.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let at = Range::new(start, start + value.len());
    (text.get(at.bytes()) == Some(value)).then_some(at)
}

/// Host and path of a URL.
pub(crate) fn parts(url: &str) -> (&str, &str) {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let end = rest.find(['?', '#']).unwrap_or(rest.len());
    let plain = rest.get(..end).unwrap_or_default();
    let slash = plain.find('/').unwrap_or(plain.len());
    let (host, path) = plain.split_at(slash);
    (host.split(':').next().unwrap_or_default(), path)
}

fn fault(text: &str, bom: usize, error: &serde_json::Error) -> Box<Fault> {
    let line_start = text
        .match_indices('\n')
        .nth(error.line().saturating_sub(2))
        .filter(|_| error.line() > 1)
        .map_or(bom, |(at, _)| at + 1);
    let start = (line_start + error.column().saturating_sub(1)).min(text.len());
    let start = (0..=start).rev().find(|at| text.is_char_boundary(*at));
    let length = start.and_then(|start| text.get(start..)?.chars().next());
    let at = start.map(|start| Range::new(start, start + length.map_or(0, char::len_utf8)));
    let found = match error.classify() {
        Category::Eof => "a HAR file that is cut off",
        Category::Syntax | Category::Io => "a HAR file that is no JSON",
        Category::Data => "JSON that is no HAR file",
    };
    let fault = Fault::error(code::HAR, at)
        .found(found)
        .expected("a HAR file as the browser's network panel saves it")
        .remedy(
            "Open the browser's network panel, keep the log, sign in once, and save everything as HAR.",
            SPECIFICATION,
        );
    Box::new(fault)
}

pub(crate) const SPECIFICATION: &str = "HTTP Archive (HAR) format 1.2; Chrome DevTools, \"Network features reference\", \"Save all network requests to a HAR file\"";
/// How far into a file its first key is looked for.
const START: usize = 2000;
