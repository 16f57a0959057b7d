//! What happened in a HAR, step by step, and which step failed.

use super::{Har, SPECIFICATION, Visit};
use crate::finding::{Fault, code};
use crate::instant::duration;

/// One step of a sign-in.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) party: Party,
    /// The request, without its query: `GET acme.okta.com/app/…`.
    pub(crate) request: String,
    /// How it ended.
    pub(crate) end: String,
    pub(crate) fault: Option<Fault>,
}

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Party {
    Provider,
    SignIn,
    Console,
    Instance,
    Ccp,
}

impl Party {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Provider => "Identity provider",
            Self::SignIn => "AWS sign-in",
            Self::Console => "AWS console",
            Self::Instance => "Instance",
            Self::Ccp => "CCP",
        }
    }
}

/// The steps of a sign-in; `sso` is the host of the SSO Login URL, where that is known.
pub(crate) fn steps(har: &Har, sso: Option<&str>) -> Vec<Step> {
    let provider = provider(har, sso);
    let mut steps: Vec<Step> = Vec::new();
    // Whether the console has handed over, and whether the instance then showed a page of its own.
    let (mut is_posted, mut is_federated) = (false, false);
    let posts = har.visits.iter().filter(|visit| is_sign_in(visit)).count();
    for (index, visit) in har.visits.iter().enumerate() {
        let Some(party) = party(visit, provider.as_deref()) else {
            continue;
        };
        if !visit.is_page && !failed(visit) && visit.response.is_none() && party != Party::Console {
            continue;
        }
        let later = har.visits.get(index + 1..).unwrap_or_default();
        let known = Known {
            is_posted: posts > 0,
            is_federated,
            has_cookies: har.has_cookies,
            is_last: !later
                .iter()
                .any(|next| next.is_page || next.response.is_some()),
        };
        let fault = match party {
            Party::Provider => of_provider(visit, &known),
            Party::SignIn => of_sign_in(visit),
            Party::Console => of_console(visit),
            Party::Instance => of_instance(visit, &known),
            Party::Ccp => of_ccp(visit),
        };
        is_posted |= party == Party::SignIn;
        is_federated |= party == Party::Console && (300..400).contains(&visit.status);
        let step = Step {
            party,
            request: shown(visit),
            end: end(visit),
            fault: fault.map(|fault| Fault {
                at: visit.response_at,
                ..fault
            }),
        };
        // Frames that are loaded again and again say nothing new.
        let is_again = steps
            .last()
            .is_some_and(|last| last.request == step.request && last.end == step.end);
        if !is_again && steps.len() < MOST {
            steps.push(step);
        }
    }
    if !is_posted
        && let Some(last) = steps
            .iter_mut()
            .rev()
            .find(|step| step.party == Party::Provider)
        && last.fault.is_none()
    {
        last.fault = Some(
            Fault::warning(code::SIGN_IN_UNFINISHED, None)
                .found("an identity provider that posts nothing to AWS sign-in")
                .expected("a SAML response, posted to AWS sign-in")
                .remedy(
                    "Sign in at the identity provider in a tab of this browser. If that does not help, compare the SSO Login URL with the one in its console, and look whether the user is assigned to the application.",
                    SPECIFICATION,
                ),
        );
    }
    steps
}

/// What else a HAR tells, when one of its requests is judged.
struct Known {
    is_posted: bool,
    is_federated: bool,
    has_cookies: bool,
    is_last: bool,
}

/// Whether it is a request to AWS sign-in, or to the endpoint of Global Resiliency.
pub(crate) fn is_sign_in(visit: &Visit) -> bool {
    (SIGN_IN.iter().any(|host| ends(&visit.host, host)) || visit.host.ends_with(GLOBAL))
        && visit.path.starts_with("/saml")
}

/// Whether what a host says is worth reading.
pub(super) fn speaks(host: &str) -> bool {
    SIGN_IN.iter().any(|known| ends(host, known)) || host.ends_with(GLOBAL) || is_instance(host)
}

/// A sentence of AWS or of the instance that a page has.
pub(super) fn says(page: &str) -> Option<&'static str> {
    let known = SENTENCES.iter().find(|(part, _)| page.contains(part));
    known.map(|(part, _)| *part)
}

fn party(visit: &Visit, provider: Option<&str>) -> Option<Party> {
    if is_sign_in(visit) {
        return Some(Party::SignIn);
    }
    let is_console = CONSOLE.iter().any(|host| ends(&visit.host, host));
    if is_console && (visit.is_page || visit.path.starts_with("/connect/federate/")) {
        return Some(Party::Console);
    }
    if is_instance(&visit.host) && !visit.path.starts_with("/start") {
        let path = visit.path.strip_prefix("/connect").unwrap_or(&visit.path);
        let is_ccp = path.starts_with("/ccp") || path.starts_with("/agent-app");
        return Some(if is_ccp { Party::Ccp } else { Party::Instance });
    }
    (Some(visit.host.as_str()) == provider).then_some(Party::Provider)
}

/// The host that signs in: the one that posts to AWS sign-in, or that of the SSO Login URL.
fn provider(har: &Har, sso: Option<&str>) -> Option<String> {
    let post = har.visits.iter().position(is_sign_in);
    let by_post = post.and_then(|index| {
        let origin = har
            .visits
            .get(index)?
            .origin
            .as_deref()
            .map(|origin| super::parts(origin).0);
        let before = har
            .visits
            .get(..index)?
            .iter()
            .rev()
            .find(|visit| visit.is_page);
        let host = origin.or_else(|| before.map(|visit| visit.host.as_str()))?;
        Some(host.to_ascii_lowercase())
    });
    let known = || {
        let mut hosts = har.visits.iter().map(|visit| visit.host.as_str());
        hosts.find(|host| PROVIDERS.iter().any(|known| ends(host, known)))
    };
    by_post
        .or_else(|| sso.map(str::to_ascii_lowercase))
        .or_else(|| known().map(str::to_owned))
}

fn of_provider(visit: &Visit, known: &Known) -> Option<Fault> {
    if let Some(by) = refusal(visit) {
        let fault = |code, found: String| {
            if known.is_posted {
                Fault::warning(code, None).found(found)
            } else {
                Fault::error(code, None).found(found)
            }
        };
        return Some(
            fault(
                code::IDP_REFUSES_FRAMES,
                format!("an identity provider that refuses to be shown in a frame ({by})"),
            )
            .expected("a page that the host page's origin may frame")
            .remedy(
                "Allow it at the identity provider (Okta: Security, API, Trusted Origins, \"iFrame embedding\"), or let sign-in open a window.",
                "MDN, X-Frame-Options and Content-Security-Policy: frame-ancestors",
            ),
        );
    }
    failed(visit).then(|| {
        Fault::error(code::IDP_FAILED, None)
            .found(format!("the identity provider: {}", end(visit)))
            .expected("its page, or a redirect")
            .remedy(
                "Open the SSO Login URL in a tab. The identity provider's log says why it refuses; often the user is not assigned to the application.",
                SPECIFICATION,
            )
    })
}

fn of_sign_in(visit: &Visit) -> Option<Fault> {
    let sentence = visit
        .said
        .and_then(|said| SENTENCES.iter().find(|(part, _)| *part == said));
    let global = visit.host.ends_with(GLOBAL);
    if let Some((said, remedy)) = sentence {
        return Some(
            Fault::error(code::SIGN_IN_REFUSED, None)
                .found(format!("AWS sign-in says \"{said}\""))
                .expected("a redirect to the relay state")
                .remedy(*remedy, TROUBLE),
        );
    }
    if failed(visit) || visit.status == 200 && visit.response.is_some() {
        let fault = Fault::error(code::SIGN_IN_REFUSED, None)
            .found(format!("AWS sign-in: {}", end(visit)))
            .expected("a redirect to the relay state");
        let remedy = if visit.status == 200 {
            "AWS sign-in shows a page of its own: one on which to choose a role, if the user has several, or an error."
        } else {
            "Compare role, provider, audience and certificate in the response with those in IAM."
        };
        return Some(fault.remedy(remedy, TROUBLE));
    }
    let relay = visit.relay_state.as_deref().unwrap_or_default().trim();
    (visit.response.is_some() && relay.is_empty() && !global).then(|| {
        Fault::error(code::RELAY_STATE_MISSING, None)
            .found("a SAML response that was posted without a relay state")
            .expected("https://<region>.console.aws.amazon.com/connect/federate/<instance ID>?destination=%2Fccp-v2")
            .remedy(
                "Set the relay state in the identity provider's app: without one, AWS opens its own console.",
                crate::check::SETUP_GUIDE,
            )
    })
}

fn of_console(visit: &Visit) -> Option<Fault> {
    if !visit.path.starts_with("/connect/federate/") {
        let is_home = visit.path.starts_with("/console") && (200..300).contains(&visit.status);
        return is_home.then(|| {
            Fault::error(code::RELAY_STATE_MISSING, None)
                .found("a sign-in that ended in the AWS console")
                .expected("the instance, which the relay state names")
                .remedy(
                    "Set the relay state in the identity provider's app.",
                    crate::check::SETUP_GUIDE,
                )
        });
    }
    let is_redirect = (300..400).contains(&visit.status);
    (!is_redirect).then(|| {
        Fault::error(code::FEDERATION_REFUSED, None)
            .found(format!("the federate URL: {}", end(visit)))
            .expected("a redirect to the instance")
            .remedy(
                "Let the role allow connect:GetFederationToken on the instance's ARN with /user/${aws:userid}, and compare Region and instance ID of the relay state with the ARN.",
                crate::check::SETUP_GUIDE,
            )
    })
}

fn of_instance(visit: &Visit, known: &Known) -> Option<Fault> {
    if visit.said == Some(DENIED) {
        return Some(
            Fault::error(code::ACCESS_DENIED, None)
                .found("the instance says \"Access denied\": it does not know the user")
                .expected("a user whose name is the RoleSessionName, letter by letter")
                .remedy(
                    "Add the user to the instance, or correct the name: upper and lower case count.",
                    crate::check::SETUP_GUIDE,
                ),
        );
    }
    let path = visit.path.strip_prefix("/connect").unwrap_or(&visit.path);
    if path.starts_with("/login") {
        return Some(if known.is_federated {
            let sure = if known.has_cookies && !visit.cookie_sent {
                "the instance asks for a sign-in although one went through: the browser did not send its cookies"
            } else {
                "the instance asks for a sign-in although one went through: the browser kept no cookie, it seems"
            };
            Fault::error(code::COOKIES_REFUSED, None)
                .found(sure)
                .expected("cookies of the instance in a frame")
                .remedy(
                    "Allow third-party cookies for the instance's domain in this browser (Chrome: the policy CookiesAllowedForUrls).",
                    "Amazon Connect Administrator Guide, \"Set up your network\"; Chrome Enterprise, CookiesAllowedForUrls",
                )
        } else {
            let fault = Fault::warning(code::SESSION_EXPIRED, None)
                .found("the instance asks for a sign-in: nobody is signed in")
                .expected("a sign-in at the identity provider first");
            fault.remedy(
                "Begin the sign-in with the SSO Login URL. An instance with SAML shows \"Session expired\" where it is opened directly.",
                crate::check::SETUP_GUIDE,
            )
        });
    }
    let is_sign_in = path.starts_with("/auth") && known.is_federated;
    let is_end = visit.status >= 400 || visit.status == 0 && visit.error.is_some();
    (is_sign_in && is_end && visit.is_page && known.is_last).then(|| {
        Fault::error(code::ACCESS_DENIED, None)
            .found(format!("the instance: {}", end(visit)))
            .expected("a redirect to the destination")
            .remedy(
                "Compare the RoleSessionName with the user names of the instance, and the destination with its approved origins.",
                crate::check::SETUP_GUIDE,
            )
    })
}

fn of_ccp(visit: &Visit) -> Option<Fault> {
    let origin = visit.origin.as_deref().unwrap_or("the host page's origin");
    let refused = refusal(visit);
    if refused.is_none() && !failed(visit) {
        return None;
    }
    let found = match refused {
        Some(by) => format!("a CCP that refuses to be shown in a frame ({by})"),
        None => format!("the CCP: {}", end(visit)),
    };
    Some(
        Fault::error(code::CCP_REFUSED, None)
            .found(found)
            .expected(format!("{origin} among the instance's approved origins"))
            .remedy(
                "Add the origin in the Amazon Connect console (Approved origins). After a sign-in that ended on a page of your own, an instance may refuse its CCP for ten minutes: let the destination be a page of the instance.",
                "Amazon Connect Administrator Guide, \"Use an allowlist for integrated applications\"; amazon-connect-streams, issue 1004",
            ),
    )
}

/// What keeps a page out of the frame in which it was asked for.
fn refusal(visit: &Visit) -> Option<String> {
    if !visit.is_framed {
        return None;
    }
    let blocked = visit.error.as_deref().is_some_and(|error| {
        error.contains("BLOCKED_BY_RESPONSE")
            || error.contains("NS_ERROR_XFO")
            || error.contains("XFO_VIOLATION")
    });
    if blocked {
        return Some("the browser says so".to_owned());
    }
    if let Some(sources) = &visit.frame_ancestors {
        let origin = visit.origin.as_deref();
        let allows = |source: &str| match source {
            "*" | "https:" => true,
            "'self'" => !visit.is_foreign,
            source => origin.is_none_or(|origin| matches_source(source, origin)),
        };
        return (visit.is_foreign && !sources.split_whitespace().any(allows))
            .then(|| "Content-Security-Policy: frame-ancestors".to_owned());
    }
    let option = visit.frame_options.as_deref()?.trim();
    let is_refused = option.eq_ignore_ascii_case("deny")
        || option.eq_ignore_ascii_case("sameorigin") && visit.is_foreign;
    is_refused.then(|| format!("X-Frame-Options: {option}"))
}

/// Whether a source of a policy covers an origin: `https://*.acme.example`, with or without scheme.
fn matches_source(source: &str, origin: &str) -> bool {
    let host = |text: &str| {
        text.split_once("://")
            .map_or(text, |(_, rest)| rest)
            .trim_end_matches('/')
            .to_ascii_lowercase()
    };
    let (source, origin) = (host(source), host(origin));
    match source.strip_prefix("*.") {
        Some(domain) => origin
            .strip_suffix(domain)
            .is_some_and(|rest| rest.ends_with('.')),
        None => source == origin,
    }
}

fn failed(visit: &Visit) -> bool {
    visit.status >= 400 || visit.status == 0 && visit.error.is_some()
}

/// The request without its query and without ends of long paths, which may be secret.
fn shown(visit: &Visit) -> String {
    let mut path: String = visit.path.chars().take(PATH).collect();
    if path.len() < visit.path.len() {
        path.push('…');
    }
    let frame = if visit.is_framed { " in a frame" } else { "" };
    format!("{} {}{path}{frame}", visit.method, visit.host)
}

fn end(visit: &Visit) -> String {
    let leads = visit
        .location
        .as_deref()
        .filter(|_| (300..400).contains(&visit.status));
    match (visit.status, &visit.error, leads) {
        (0, Some(error), _) => format!("no answer ({error})"),
        (0, None, _) => "no answer in the file".to_owned(),
        (status, _, Some(location)) => {
            let (host, path) = super::parts(location);
            let path: String = path.chars().take(PATH).collect();
            let to = if host.is_empty() {
                "a page of its own".to_owned()
            } else {
                format!("{host}{path}")
            };
            format!("{status}, on to {to}")
        }
        (status, ..) => format!("{status}"),
    }
}

/// How long the whole took, from the first step to the last.
pub(crate) fn took(har: &Har) -> Option<String> {
    let times = || har.visits.iter().filter_map(|visit| visit.at);
    let (first, last) = (times().min()?, times().max()?);
    (last > first).then(|| duration(((last - first) / 1000).max(1)))
}

fn ends(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_instance(host: &str) -> bool {
    INSTANCE.iter().any(|domain| host.ends_with(domain))
}

const SIGN_IN: [&str; 3] = [
    "signin.aws.amazon.com",
    "signin.amazonaws-us-gov.com",
    "signin.amazonaws.cn",
];
const GLOBAL: &str = ".sign-in.connect.aws";
const CONSOLE: [&str; 3] = [
    "console.aws.amazon.com",
    "console.amazonaws-us-gov.com",
    "console.amazonaws.cn",
];
const INSTANCE: [&str; 3] = [".my.connect.aws", ".govcloud.connect.aws", ".awsapps.com"];
/// Hosts of identity providers that say so themselves.
const PROVIDERS: [&str; 12] = [
    "okta.com",
    "oktapreview.com",
    "okta-emea.com",
    "auth0.com",
    "onelogin.com",
    "pingone.com",
    "pingone.eu",
    "login.microsoftonline.com",
    "myapps.microsoft.com",
    "accounts.google.com",
    "jumpcloud.com",
    "my.salesforce.com",
];
const DENIED: &str = "Access denied";
/// Parts of what AWS sign-in and the instance say, and what to do.
const SENTENCES: [(&str, &str); 11] = [
    (
        "RoleSessionName is required",
        "Add the attribute RoleSessionName in the identity provider's app.",
    ),
    (
        "RoleSessionName in AuthnResponse must match",
        "Send a user name of 2 to 64 letters and digits of ASCII, and _ . @ -.",
    ),
    (
        "Not authorized to perform sts:AssumeRoleWithSAML",
        "Compare role and provider in the response with IAM, and list this endpoint in the role's trust policy (SAML:aud).",
    ),
    (
        "signature invalid",
        "Upload the identity provider's current metadata to the identity provider in IAM.",
    ),
    (
        "Issuer not present in specified provider",
        "Upload the metadata of exactly this application to the identity provider in IAM.",
    ),
    (
        "required audience",
        "Set the audience to urn:amazon:webservices.",
    ),
    (
        "DurationSeconds exceeds",
        "Raise the maximum session duration of the role in IAM, or lower SessionDuration.",
    ),
    (
        "Specified provider doesn",
        "Correct the ARN of the provider in the attribute Role: upper and lower case count.",
    ),
    (
        "Your request included an invalid SAML response",
        "Add the attribute Role, and assign the role to the user.",
    ),
    (
        "Token must be redeemed within 5 minutes",
        "Correct the identity provider's clock, and do not let the browser post an old response.",
    ),
    (DENIED, "Add the user to the instance, or correct the name."),
];
const TROUBLE: &str = "AWS IAM User Guide, \"Troubleshoot SAML federation with IAM\"";
/// Of a path, in characters.
const PATH: usize = 60;
const MOST: usize = 60;
