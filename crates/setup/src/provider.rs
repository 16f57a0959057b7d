//! The SSO Login URLs of each identity provider: what begins a sign-in there, and what becomes of a relay state in it.
//!
//! Only warnings: what softphone-core takes is taken here, too.

use softphone_core::address::reading::{is_amazons, is_federate, path};
use softphone_core::address::relay::Relay;
use softphone_core::address::web_url::WebUrl;

use crate::check::SETUP_GUIDE;
use crate::decoded::Decoded;
use crate::federate::parameters;
use crate::finding::{Fault, Range, code};
use crate::locate::authority;
use crate::relay_state::named_value;
use crate::url::read;

/// What looks wrong with an SSO Login URL of a known identity provider. With Global Resiliency there is no relay state.
pub(crate) fn check(text: &str, global_resiliency: bool) -> Vec<Fault> {
    let mut faults = of_provider(text);
    faults.retain(|fault| !(global_resiliency && fault.code == code::RELAY_STATE_MISSING));
    faults
}

fn of_provider(text: &str) -> Vec<Fault> {
    let Ok(url) = WebUrl::parse(text, None, &read) else {
        return Vec::new();
    };
    let portal = url.host().ends_with(".awsapps.com") && path(&url).starts_with("/start");
    if is_federate(&url) || (is_amazons(&url) && !portal) {
        return Vec::new();
    }
    let sso = Sso::of(text, &url);
    if let Some(at) = sso.parameter("SAMLRequest") {
        return vec![sso.not_initiated(
            Some(at),
            "a sign-in that AWS or another service began (SAMLRequest)",
            "the identity provider's own URL, without a SAMLRequest",
        )];
    }
    if sso.path.contains("metadata") {
        return vec![sso.not_initiated(
            sso.path_at,
            "the address of metadata",
            "the URL that begins a sign-in",
        )];
    }
    let host = url.host();
    let of = |suffixes: &[&str]| {
        suffixes
            .iter()
            .any(|suffix| host.ends_with(&format!(".{suffix}")) || host == *suffix)
    };
    if of(&[
        "okta.com",
        "oktapreview.com",
        "okta-emea.com",
        "okta-gov.com",
    ]) {
        sso.okta()
    } else if of(&["myapps.microsoft.com"]) {
        sso.entra()
    } else if of(&["login.microsoftonline.com", "login.microsoftonline.us"]) {
        vec![sso.not_initiated(
            sso.path_at,
            "Microsoft Entra ID's endpoint for requests of a service",
            "the app's \"User access URL\": https://launcher.myapps.microsoft.com/api/signin/…",
        )]
    } else if of(&["onelogin.com"]) {
        sso.ignored("OneLogin", "set it in the app, as \"RelayState\"")
    } else if of(&["accounts.google.com"]) {
        sso.google()
    } else if sso.path.ends_with("/idp/startSSO.ping") {
        sso.ping_federate()
    } else if sso.path.ends_with("/saml20/idp/startsso") {
        sso.ping_one()
    } else if portal {
        sso.identity_center()
    } else if of(&["auth0.com"]) || sso.path.starts_with("/samlp/") {
        sso.auth0()
    } else if sso.path.starts_with("/adfs/ls") {
        sso.ad_fs()
    } else if of(&["my.salesforce.com"]) || sso.path == "/idp/login" {
        sso.salesforce()
    } else if sso.path.contains("/realms/") {
        sso.keycloak()
    } else {
        Vec::new()
    }
}

/// An SSO Login URL, taken apart.
struct Sso<'a> {
    text: &'a str,
    view: Decoded,
    path: String,
    path_at: Option<Range>,
}

impl<'a> Sso<'a> {
    fn of(text: &'a str, url: &WebUrl) -> Self {
        let whole = Range::whole(text);
        let path_at = authority(text).map(|host| {
            let rest = text.get(host.end..whole.end).unwrap_or_default();
            let end = rest.find(['?', '#']).unwrap_or(rest.len());
            Range::new(host.end, host.end + end)
        });
        Self {
            text,
            view: Decoded::part(text, whole),
            path: path(url).to_owned(),
            path_at: path_at.filter(|at| at.start < at.end),
        }
    }

    fn okta(&self) -> Vec<Fault> {
        if let Some(host) = authority(self.text)
            && let Some(at) = self
                .text
                .get(host.bytes())
                .and_then(|host| host.find("-admin."))
        {
            let at = Range::new(host.start + at, host.start + at + "-admin".len());
            return vec![self.not_initiated(
                Some(at),
                "a page of Okta's admin console",
                "the app's \"Embed Link\", on the domain without -admin",
            )];
        }
        let parts: Vec<&str> = self.path.split('/').skip(1).collect();
        match parts.as_slice() {
            ["app", _, _, "sso", "saml"] => Vec::new(),
            ["home", ..] => self.ignored(
                "Okta's embed link",
                "set it in the app, as \"Default Relay State\", or use …/sso/saml?RelayState=…",
            ),
            _ => vec![self.not_initiated(
                self.path_at,
                "no app of Okta's",
                "https://<domain>/app/<app name>/<app ID>/sso/saml, or the app's \"Embed Link\"",
            )],
        }
    }

    fn entra(&self) -> Vec<Fault> {
        let mut faults = self.ignored(
            "Microsoft Entra ID",
            "set it in the app, as \"Relay State\" of the basic SAML configuration",
        );
        if self.parameter("tenantId").is_none() {
            faults.push(self.missing(
                "tenantId",
                "the tenant's ID: without it, agents of other tenants' sessions get an error",
            ));
        }
        faults
    }

    fn google(&self) -> Vec<Fault> {
        if !self.path.ends_with("/initsso") {
            return vec![self.not_initiated(
                self.path_at,
                "Google's endpoint for requests of a service",
                "https://accounts.google.com/o/saml2/initsso?idpid=…&spid=…",
            )];
        }
        let mut faults = self.ignored("Google Workspace", "set it in the app, as \"Start URL\"");
        for name in ["idpid", "spid"] {
            if self.parameter(name).is_none() {
                faults.push(self.missing(name, "both idpid and spid"));
            }
        }
        faults
    }

    fn ping_federate(&self) -> Vec<Fault> {
        let mut faults = self.ignored("PingFederate", "pass it as TargetResource");
        if self.parameter("PartnerSpId").is_none() {
            faults.push(self.missing("PartnerSpId", "PartnerSpId=urn:amazon:webservices"));
        }
        faults
    }

    fn ping_one(&self) -> Vec<Fault> {
        let mut faults = self.ignored(
            "PingOne",
            "pass it as applicationUrl, or set it in the app, as \"Target Application URL\"",
        );
        if self.parameter("spEntityId").is_none() {
            faults.push(self.missing("spEntityId", "spEntityId=urn:amazon:webservices"));
        }
        faults
    }

    /// Everything is in the fragment: `/start/#/saml/default/<app>/ins-…`.
    fn identity_center(&self) -> Vec<Fault> {
        if !self.text.contains("#/saml/") {
            return vec![self.not_initiated(
                self.path_at,
                "the access portal and none of its apps",
                "the app's own link, https://<alias>.awsapps.com/start/#/saml/…/ins-…",
            )];
        }
        match self.text.find("RelayState=") {
            Some(start) => vec![self.is_ignored(
                Range::new(start, Range::whole(self.text).end),
                "IAM Identity Center",
                "set it in the app, as \"Relay state\"",
            )],
            None => Vec::new(),
        }
    }

    fn auth0(&self) -> Vec<Fault> {
        if self.is_without_relay_state() {
            return vec![self.without_relay_state("Auth0")];
        }
        Vec::new()
    }

    fn ad_fs(&self) -> Vec<Fault> {
        if !self
            .path
            .to_ascii_lowercase()
            .ends_with("/idpinitiatedsignon.aspx")
            && !self
                .path
                .to_ascii_lowercase()
                .ends_with("/idpinitiatedsignon")
        {
            return vec![self.not_initiated(
                self.path_at,
                "AD FS's endpoint for requests of a service",
                "https://<host>/adfs/ls/IdpInitiatedSignOn.aspx?RelayState=…",
            )];
        }
        if self.is_without_relay_state() {
            return vec![self.without_relay_state("AD FS")];
        }
        let Some(at) = named_value(self.text) else {
            return Vec::new();
        };
        let names_party = Decoded::part(self.text, at)
            .decode()
            .is_some_and(|form| form.text().starts_with("RPID="));
        if names_party {
            return Vec::new();
        }
        vec![
            Fault::warning(code::PARAMETER_MISSING, Some(at))
                .found("a relay state without the relying party that it is for")
                .expected("RPID%3Durn%253Aamazon%253Awebservices%26RelayState%3D and the relay state, encoded twice")
                .remedy("Put RPID=… and RelayState=… into the value, each encoded, and encode the whole once more.", ADFS),
        ]
    }

    fn salesforce(&self) -> Vec<Fault> {
        if self.path != "/idp/login" {
            return vec![self.not_initiated(
                self.path_at,
                "no connected app of Salesforce's",
                "the app's \"IdP-Initiated Login URL\", https://<domain>.my.salesforce.com/idp/login?app=…",
            )];
        }
        match self.parameter("app") {
            Some(_) => Vec::new(),
            None => vec![self.missing("app", "the connected app's ID, app=0sp…")],
        }
    }

    fn keycloak(&self) -> Vec<Fault> {
        if self.path.contains("/protocol/saml/clients/") {
            return Vec::new();
        }
        vec![self.not_initiated(
            self.path_at,
            "no client of Keycloak's",
            "https://<host>/realms/<realm>/protocol/saml/clients/<name>, with the client's \"IDP-Initiated SSO URL name\"",
        )]
    }

    /// A `RelayState` in a URL of a provider that does not read it there.
    fn ignored(&self, provider: &str, instead: &str) -> Vec<Fault> {
        let value = named_value(self.text);
        let at = value.map(|value| Range::new(value.start - "RelayState=".len(), value.end));
        at.map(|at| self.is_ignored(at, provider, instead))
            .into_iter()
            .collect()
    }

    fn is_ignored(&self, at: Range, provider: &str, instead: &str) -> Fault {
        Fault::warning(code::RELAY_STATE_IGNORED, Some(at))
            .found(format!("a RelayState, which {provider} ignores"))
            .expected("the URL without it")
            .remedy(format!("For the relay state, {instead}."), SETUP_GUIDE)
    }

    fn is_without_relay_state(&self) -> bool {
        Relay::find(self.text.trim(), &read).is_none() && named_value(self.text).is_none()
    }

    fn without_relay_state(&self, provider: &str) -> Fault {
        Fault::warning(code::RELAY_STATE_MISSING, None)
            .found(format!("no relay state, without which a sign-in at {provider} ends in the AWS console"))
            .expected("RelayState= and the federate URL, percent-encoded")
            .remedy("Append it: \"?RelayState=\" (\"&\" if there is a \"?\" already) and the encoded federate URL.", SETUP_GUIDE)
    }

    fn not_initiated(&self, at: Option<Range>, found: &str, expected: &str) -> Fault {
        Fault::warning(code::NOT_IDP_INITIATED, at.or(Some(Range::whole(self.text))))
            .found(found)
            .expected(expected)
            .remedy(
                "Copy the URL that agents click in the identity provider's own portal: Amazon Connect takes IdP-initiated sign-in only.",
                SETUP_GUIDE,
            )
    }

    fn missing(&self, name: &str, expected: &str) -> Fault {
        Fault::warning(code::PARAMETER_MISSING, None)
            .found(format!("no parameter {name}"))
            .expected(expected)
            .remedy(
                "Copy the whole URL once more from the identity provider's console.",
                SETUP_GUIDE,
            )
    }

    /// Where the parameter `name` stands, if it has a value.
    fn parameter(&self, name: &str) -> Option<Range> {
        let query = self.view.text().find('?')? + 1;
        let mut all = parameters(&self.view, query);
        let (key, value) = all.find(|(key, value)| {
            key.text().eq_ignore_ascii_case(name) && !value.text().is_empty()
        })?;
        Some(Range::new(key.whole().start, value.whole().end))
    }
}

const ADFS: &str = "Microsoft, \"AD FS: Supporting Identity Provider Initiated RelayState\"";

#[cfg(test)]
mod tests {
    use softphone_core::address::reading::encode;

    use crate::check::SSO;
    use crate::testing::{ID, expect, test};

    fn federate() -> String {
        format!(
            "https://us-east-1.console.aws.amazon.com/connect/federate/{ID}?destination=%2Fccp-v2"
        )
    }

    #[test]
    fn the_urls_of_all_identity_providers_are_good() {
        let encoded = encode(&federate());
        let form = encode(&format!(
            "RPID={}&RelayState={encoded}",
            encode("urn:amazon:webservices")
        ));
        for good in [
            format!("https://trial-6019050.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={encoded}"),
            format!("https://acme.okta.com/app/amazon_aws/exk1/sso/saml?RelayState={}", federate()),
            "https://acme.okta.com/app/amazon_aws/exk1/sso/saml".into(),
            "https://acme.okta.com/home/acme_connect/0oa0000000000000000/aln000000000000000000".into(),
            "https://acme.okta.com/home/amazon_aws/0oa0000000000000000/272".into(),
            format!("https://launcher.myapps.microsoft.com/api/signin/{ID}?tenantId={ID}"),
            format!("https://myapps.microsoft.com/signin/Connect/{ID}?tenantId={ID}"),
            format!("https://sso.acme.example:9031/idp/startSSO.ping?PartnerSpId=urn:amazon:webservices&TargetResource={encoded}"),
            format!("https://auth.pingone.eu/{ID}/saml20/idp/startsso?spEntityId=urn%3Aamazon%3Awebservices"),
            format!("https://auth.pingone.eu/{ID}/saml20/idp/startsso?spEntityId=urn%3Aamazon%3Awebservices&applicationUrl={encoded}"),
            "https://acme.onelogin.com/launch/1234567".into(),
            format!("https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx?RelayState={form}"),
            "https://accounts.google.com/o/saml2/initsso?idpid=C01abc&spid=123456789&forceauthn=false".into(),
            format!("https://id.acme.example/realms/acme/protocol/saml/clients/amazon-connect?RelayState={encoded}"),
            "https://id.acme.example/auth/realms/acme/protocol/saml/clients/amazon-connect".into(),
            "https://d-0123456789.awsapps.com/start/#/saml/default/Amazon%20Connect%20Agent/ins-0123456789abcdef".into(),
            format!("https://acme.my.salesforce.com/idp/login?app=0sp0000000000000&RelayState={encoded}"),
            format!("https://acme.auth0.com/samlp/AbCdEf0123456789?RelayState={encoded}"),
            format!("https://acme.uk.auth0.com/samlp/AbCdEf0123456789?RelayState={}", federate()),
            "https://sso.acme.example/connect".into(),
        ] {
            expect(&[(SSO, &good)], &[]);
        }
    }

    #[test]
    fn each_mistake_at_an_identity_provider_is_shown() {
        let encoded = encode(&federate());
        let relay = format!("RelayState={encoded}");
        let raw = format!("RelayState={}", federate());
        for (wrong, code, part) in [
            ("https://acme-admin.okta.com/app/amazon_aws/exk1/sso/saml".into(), "NOT_IDP_INITIATED", "-admin"),
            ("https://acme.okta.com/app/exk1/sso/saml/metadata".into(), "NOT_IDP_INITIATED", "/app/exk1/sso/saml/metadata"),
            ("https://acme.okta.com/app/amazon_aws/exk1".into(), "NOT_IDP_INITIATED", "/app/amazon_aws/exk1"),
            ("https://acme.okta.com".into(), "NOT_IDP_INITIATED", "https://acme.okta.com"),
            (format!("https://acme.okta.com/home/amazon_aws/0oa0/272?{relay}"), "RELAY_STATE_IGNORED", relay.as_str()),
            (format!("https://myapps.microsoft.com/signin/{ID}?tenantId={ID}&{raw}"), "RELAY_STATE_IGNORED", raw.as_str()),
            (format!("https://myapps.microsoft.com/signin/{ID}"), "PARAMETER_MISSING", ""),
            (format!("https://login.microsoftonline.com/{ID}/saml2"), "NOT_IDP_INITIATED", "/178c75e4-b3de-4839-a6aa-e321ab3f3770/saml2"),
            (format!("https://acme.onelogin.com/launch/1?{relay}"), "RELAY_STATE_IGNORED", relay.as_str()),
            ("https://accounts.google.com/o/saml2/idp?idpid=C01abc".into(), "NOT_IDP_INITIATED", "/o/saml2/idp"),
            ("https://accounts.google.com/o/saml2/initsso?idpid=C01abc".into(), "PARAMETER_MISSING", ""),
            (format!("https://sso.acme.example:9031/idp/startSSO.ping?TargetResource={encoded}"), "PARAMETER_MISSING", ""),
            (format!("https://auth.pingone.eu/{ID}/saml20/idp/startsso?spEntityId=x&{relay}"), "RELAY_STATE_IGNORED", relay.as_str()),
            ("https://acme.auth0.com/samlp/AbCdEf".into(), "RELAY_STATE_MISSING", ""),
            ("https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx".into(), "RELAY_STATE_MISSING", ""),
            (format!("https://fs.acme.example/adfs/ls/IdpInitiatedSignOn.aspx?{relay}"), "PARAMETER_MISSING", encoded.as_str()),
            ("https://fs.acme.example/adfs/ls/".into(), "NOT_IDP_INITIATED", "/adfs/ls/"),
            ("https://id.acme.example/realms/acme/protocol/saml".into(), "NOT_IDP_INITIATED", "/realms/acme/protocol/saml"),
            ("https://d-0123456789.awsapps.com/start/".into(), "NOT_IDP_INITIATED", "/start/"),
            (format!("https://acme.awsapps.com/start/#/saml/default/App/ins-0?{relay}"), "RELAY_STATE_IGNORED", relay.as_str()),
            ("https://acme.my.salesforce.com/idp/login".into(), "PARAMETER_MISSING", ""),
            ("https://acme.my.salesforce.com/lightning".into(), "NOT_IDP_INITIATED", "/lightning"),
            ("https://idp.example/sso?SAMLRequest=fZ&x=1".into(), "NOT_IDP_INITIATED", "SAMLRequest=fZ"),
            (federate(), "WRONG_URL", federate().as_str()),
            ("https://acme.my.connect.aws/ccp-v2/".into(), "WRONG_URL", "https://acme.my.connect.aws/ccp-v2/"),
            ("https://<your-okta-domain>/app/<app-name>/<app-id>/sso/saml?RelayState=<relay-state-url>".into(), "URL_REFUSED", "<your-okta-domain>"),
            ("acme.okta.com/app/amazon_aws/exk1/sso/saml".into(), "URL_REFUSED", "acme.okta.com/app/amazon_aws/exk1/sso/saml"),
            ("http://acme.okta.com/app/amazon_aws/exk1/sso/saml".into(), "URL_REFUSED", "http"),
            ("[Connect](https://acme.okta.com/app/amazon_aws/exk1/sso/saml)".into(), "URL_REFUSED", "[Connect]("),
            (relay.clone(), "URL_REFUSED", relay.as_str()),
        ] {
            let wrong: String = wrong;
            expect(&[(SSO, &wrong)], &[(code, part)]);
        }
    }
}
