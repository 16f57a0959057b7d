//! The SSO Login URL, put together or completed.

use softphone_core::address::relay::Relay;

use super::fill::{Filled, Language, encode_visibly};
use super::idp::Carrier;
use super::values::Values;
use crate::url::read;

/// The URL that begins a sign-in and ends at the relay state, as far as the identity provider reads one in it.
pub(super) fn login_url(values: &Values<'_>) -> Filled {
    let provider = values.provider;
    let given = values.answers.get("ssoLoginUrl").map(without_relay_state);
    let base = match given {
        Some((given, carries)) if !carries => return Filled::known(given),
        Some((given, _)) => Filled::known(given),
        None => values.fill(provider.link, Language::Text),
    };
    if values.answers.global_resiliency {
        return match provider.carrier {
            // Without a relay state it takes the relying party in a parameter of its own.
            Carrier::AdFs if !base.text.contains("loginToRp=") => joined(
                base,
                values.fill("loginToRp=@url:audience@", Language::Text),
            ),
            Carrier::AdFs | Carrier::None | Carrier::Parameter(_) => base,
        };
    }
    let template = match provider.carrier {
        Carrier::None => return base,
        Carrier::Parameter(name) => format!("{name}=@url:relayState@"),
        // A form inside of the value, encoded once more.
        Carrier::AdFs => {
            let form = values.fill(
                "RPID=@url:audience@&RelayState=@url:relayState@",
                Language::Text,
            );
            let value = form.map(encode_visibly);
            return joined(base, value.map(|value| format!("RelayState={value}")));
        }
    };
    joined(base, values.fill(&template, Language::Text))
}

/// What Service Cloud Voice asks for: of Okta, the address of the metadata.
pub(super) fn identity_provider_url(values: &Values<'_>) -> Filled {
    let login = login_url(values);
    if values.provider.id != "okta" {
        return login;
    }
    login.map(|url| {
        let url = url.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = url.split('/').collect();
        match parts.as_slice() {
            [scheme, "", host, "app", _, id, "sso", "saml"] => {
                format!("{scheme}//{host}/app/{id}/sso/saml/metadata")
            }
            _ => url.to_owned(),
        }
    })
}

/// A URL as it was given without the relay state in it, and whether it can take one.
fn without_relay_state(given: &str) -> (String, bool) {
    // Okta's embed link and access portals, in whose fragment everything is.
    let is_embed_link = given.split('/').any(|part| part == "home");
    let carries = !is_embed_link && !given.contains('#');
    let Some(relay) = Relay::find(given, &read) else {
        return (given.to_owned(), carries);
    };
    let (before, after) = relay.around();
    let kept = |part: Option<&str>| part.unwrap_or_default().to_owned();
    let mut url = kept(given.get(..before));
    // With the parameter's name, and what divides it from the one before.
    url.truncate(url.rfind(['?', '&']).unwrap_or(url.len()));
    let rest = kept(given.get(given.len() - after..));
    match rest.strip_prefix('&') {
        Some(rest) if !url.contains('?') => url += &format!("?{rest}"),
        _ => url += &rest,
    }
    (url, carries)
}

/// `base` with one more parameter.
fn joined(base: Filled, parameter: Filled) -> Filled {
    let divider = if !base.text.contains('?') {
        "?"
    } else if base.text.ends_with(['?', '&']) {
        ""
    } else {
        "&"
    };
    let mut joined = Filled {
        text: format!("{}{divider}{}", base.text, parameter.text),
        missing: base.missing,
    };
    joined.lacks(&parameter.missing);
    joined
}
