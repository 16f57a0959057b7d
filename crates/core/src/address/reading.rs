//! The rules about addresses, for the check of a set-up (`crates/setup`), which says where a text breaks them.
//!
//! Behind the feature `reading`, and not simply public: functions that other crates can call are inlined differently, and the
//! browser module would grow by them.

use super::arn::InstanceArn;
use super::web_url::WebUrl;
use super::{arn, federate, instance, pasted, web_url};

/// The ARN of an instance, and what follows the instance in it.
pub fn instance_arn(text: &str) -> Option<(InstanceArn, &str)> {
    InstanceArn::parse(text)
}

/// Whether `region` has the form of an AWS Region.
pub fn is_region(region: &str) -> bool {
    arn::is_region(region)
}

/// Whether `url` looks like a federate URL, whatever its host.
pub fn is_federate(url: &WebUrl) -> bool {
    federate::is_federate(url)
}

/// Whether `url` signs in: at AWS, at an identity provider, or with a relay state in it.
pub fn is_sign_in(url: &WebUrl) -> bool {
    federate::is_sign_in(url)
}

/// Whether `url` is on a host of an Amazon Connect instance.
pub fn is_amazons(url: &WebUrl) -> bool {
    instance::is_amazons(url)
}

/// The path of `url`, with its slash.
pub fn path(url: &WebUrl) -> &str {
    url.path()
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
pub fn encode(text: &str) -> String {
    federate::encode(text)
}

/// The placeholder that was left in `text`.
pub fn placeholder(text: &str) -> Option<String> {
    pasted::placeholder(text)
}

/// `text` without what was pasted along; `None` if there is nothing of that.
pub fn bare(text: &str) -> Option<String> {
    pasted::bare(text)
}

/// Whether nobody sees `c` in an editor.
pub fn is_invisible(c: char) -> bool {
    web_url::is_invisible(c)
}
