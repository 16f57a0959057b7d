//! What a host passes to the phone's methods.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever an argument does not expect is refused, kinds added later included"
)]

use super::address::ReadUrl;
use super::address::web_url::WebUrl;
use super::error::Error;
use super::event::Event;
use super::host_value::HostValue;
use super::private::Private;
use super::sign_out::request::{IdpSession, SignOutRequest};

/// The argument of `phone.signOut()`.
///
/// # Errors
/// [`Error::ArgumentInvalid`]
pub fn sign_out(options: &HostValue, read: ReadUrl<'_>) -> Result<SignOutRequest, Error> {
    let refused = |found| Error::ArgumentInvalid {
        call: "signOut()",
        found,
        expected:
            "{ idpLogoutUrl?: an absolute https: URL, \"\" or null, setOffline?: true or false }"
                .to_owned(),
    };
    if !matches!(
        options,
        HostValue::Absent | HostValue::Null | HostValue::Fields(_)
    ) {
        return Err(refused(options.describe()));
    }
    let known = |name: &str| matches!(name, "idpLogoutUrl" | "setOffline");
    if !options.names().all(known) {
        return Err(refused("a field that does not exist".to_owned()));
    }
    let offline = match options.field("setOffline") {
        HostValue::Absent | HostValue::Null => false,
        HostValue::Bool(value) => *value,
        other => return Err(refused(format!("{} as setOffline", other.describe()))),
    };
    // Absent and null differ here: a host that says nothing gets what it configured, one that says
    // null keeps the session at the identity provider this time.
    let idp = match options.field("idpLogoutUrl") {
        HostValue::Absent => IdpSession::AsConfigured,
        HostValue::Null => IdpSession::Stays,
        HostValue::Text(text) if text.trim().is_empty() => IdpSession::Stays,
        HostValue::Text(text) => match WebUrl::parse(text, None, read) {
            Ok(url) => IdpSession::EndsAt(Private::new(url.href().to_owned())),
            Err(fault) => return Err(refused(format!("{fault} as idpLogoutUrl"))),
        },
        other => return Err(refused(format!("{} as idpLogoutUrl", other.describe()))),
    };
    Ok(SignOutRequest { offline, idp })
}

/// The first argument of `phone.on()`.
///
/// # Errors
/// [`Error::ArgumentInvalid`]
pub fn event(name: &HostValue) -> Result<Event, Error> {
    let event = match name {
        HostValue::Text(name) => Event::ALL.into_iter().find(|event| event.name() == name),
        _ => None,
    };
    event.ok_or_else(|| {
        let names = Event::ALL.map(|event| format!("\"{}\"", event.name()));
        Error::ArgumentInvalid {
            call: "on()",
            found: name.describe(),
            expected: format!("one of {}", names.join(", ")),
        }
    })
}

/// What is wrong with the second argument of `phone.on()` when it is no function.
pub fn no_callback(found: &HostValue) -> Error {
    Error::ArgumentInvalid {
        call: "on()",
        found: found.describe(),
        expected: "a function as its second argument".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{read_url, test};

    fn text(text: &str) -> HostValue {
        HostValue::Text(text.to_owned())
    }

    fn options(fields: &[(&str, HostValue)]) -> HostValue {
        let fields = fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        HostValue::Fields(fields.collect())
    }

    #[track_caller]
    fn found(refused: Result<SignOutRequest, Error>) -> String {
        match refused.expect_err("refused") {
            Error::ArgumentInvalid { found, .. } => found,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn signing_out_without_options_does_what_was_configured() {
        for nothing in [HostValue::Absent, HostValue::Null, options(&[])] {
            let asked = sign_out(&nothing, &read_url);
            assert_eq!(asked, Ok(SignOutRequest::default()), "{nothing:?}");
        }
    }

    #[test]
    fn a_host_may_say_what_becomes_of_the_session_at_the_identity_provider() {
        let url = "https://acme.okta.com/out";
        for (value, idp) in [
            (HostValue::Null, IdpSession::Stays),
            (text(" "), IdpSession::Stays),
            (text(url), IdpSession::EndsAt(Private::new(url.to_owned()))),
        ] {
            let asked = options(&[
                ("idpLogoutUrl", value),
                ("setOffline", HostValue::Bool(true)),
            ]);
            let expected = SignOutRequest { offline: true, idp };
            assert_eq!(sign_out(&asked, &read_url), Ok(expected));
        }
    }

    #[test]
    fn a_sign_out_that_is_not_understood_is_refused() {
        for (wrong, expected) in [
            (text("now"), "\"now\""),
            (
                options(&[("setoffline", HostValue::Bool(true))]),
                "a field that does not exist",
            ),
            (
                options(&[("setOffline", HostValue::Number(1.0))]),
                "1 as setOffline",
            ),
            (
                options(&[("idpLogoutUrl", HostValue::Bool(true))]),
                "true as idpLogoutUrl",
            ),
            (
                options(&[("idpLogoutUrl", text("javascript:alert(1)"))]),
                "a URL with the scheme \"javascript:\" as idpLogoutUrl",
            ),
            (
                options(&[("idpLogoutUrl", text("/out"))]),
                "a string that is not a URL as idpLogoutUrl",
            ),
        ] {
            assert_eq!(found(sign_out(&wrong, &read_url)), expected);
        }
    }

    #[test]
    fn only_events_that_exist_can_be_subscribed_to() {
        for known in Event::ALL {
            assert_eq!(event(&text(known.name())), Ok(known));
        }
        for unknown in [text("statuschanged"), HostValue::Absent, HostValue::Null] {
            let error = event(&unknown).expect_err("no such event");
            let said = error.to_string();
            assert!(said.contains("\"diagnostic\""), "{said}");
        }
    }
}
