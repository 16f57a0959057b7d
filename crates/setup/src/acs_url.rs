//! Where the identity provider posts the assertion: AWS sign-in of a Region, or the endpoint of Global Resiliency.

use softphone_core::address::reading::{is_amazons, path};
use softphone_core::address::web_url::{UrlFault, WebUrl};
use softphone_core::config::code as core;

use crate::arn::{is_uuid, odd_id, odd_region};
use crate::check::Facts;
use crate::finding::{Fault, Range, code};
use crate::locate::{authority, refused, unmarked};
use crate::region::{distance, partition};
use crate::relay_state::RESILIENCY;
use crate::url::read;

/// Whether `text` is an endpoint of Global Resiliency.
pub(crate) fn is_global_resiliency(text: &str) -> bool {
    WebUrl::parse(text, None, &read).is_ok_and(|url| url.host().ends_with(GLOBAL))
}

pub(crate) fn check(text: &str, facts: &Facts) -> Vec<Fault> {
    let whole = Range::whole(text);
    let trimmed = text.trim();
    let wrong = |code, at: Option<Range>, found: &str| {
        Fault::error(code, at.or(Some(whole)))
            .found(found)
            .expected(endpoint(facts))
            .remedy(OVERRIDE, REGIONAL)
    };
    if trimmed.starts_with("urn:") {
        return vec![wrong(
            core::WRONG_URL,
            None,
            "the audience (SP entity ID) and not the ACS URL",
        )];
    }
    let url = match WebUrl::parse(text, None, &read) {
        Ok(url) => url,
        Err(refusal) => {
            let fault = wrong(core::URL_REFUSED, refused(text), &refusal.to_string());
            return vec![match (refusal, unmarked(text)) {
                (UrlFault::Placeholder(_), _) => fault.expected("your own value in its place"),
                (UrlFault::Pasted, Some(bare)) if check(&bare, facts).is_empty() => {
                    fault.expected(bare)
                }
                _ => fault,
            }];
        }
    };
    let Some(host) = authority(text) else {
        return Vec::new();
    };
    let region_at = |region: &str, before: usize| {
        Range::new(host.start + before, host.start + before + region.len())
    };
    if let Some(labels) = url.host().strip_suffix(GLOBAL) {
        let Some((id, region)) = labels.split_once('.') else {
            let found = "an endpoint of Global Resiliency without an instance ID or a Region";
            return vec![
                wrong(core::WRONG_URL, Some(host), found).remedy(RESILIENCY_REMEDY, RESILIENCY),
            ];
        };
        let mut faults = path_of_saml(&url, text, host, &wrong);
        let id_at = region_at(id, 0);
        let region_at = region_at(region, id.len() + 1);
        if !is_uuid(id) {
            faults.push(odd_id(Some(id_at)).remedy(RESILIENCY_REMEDY, RESILIENCY));
        } else if facts
            .arn
            .as_ref()
            .is_some_and(|arn| !arn.id().eq_ignore_ascii_case(id))
        {
            let expected = facts.arn.as_ref().map_or("", |arn| arn.id());
            faults.push(
                Fault::warning(code::OTHER_INSTANCE, Some(id_at))
                    .found("another instance than that of instanceArn")
                    .expected(expected)
                    .remedy(RESILIENCY_REMEDY, RESILIENCY),
            );
        }
        // The Region is that of the source, which need not be the one of the ARN.
        faults.extend(odd_region(region, Some(region_at), RESILIENCY));
        return faults;
    }
    let Some((suffix, partition_of_host)) = SIGN_IN
        .iter()
        .find(|(suffix, _)| url.host() == *suffix || url.host().ends_with(&format!(".{suffix}")))
    else {
        return vec![wrong(core::WRONG_URL, Some(host), other_host(&url))];
    };
    let mut faults = path_of_saml(&url, text, host, &wrong);
    let region = url
        .host()
        .strip_suffix(suffix)
        .unwrap_or_default()
        .trim_end_matches('.');
    if region.is_empty() {
        if let Some((instance, _)) = &facts.region
            && partition(instance) != *partition_of_host
        {
            faults.push(other_partition(Some(host), facts));
        }
        return faults;
    }
    let at = region_at(region, 0);
    if let Some(fault) = odd_region(region, Some(at), REGIONAL) {
        // A host that does not exist: nothing arrives.
        faults.push(Fault {
            severity: softphone_core::finding::Severity::Error,
            ..fault
        });
    } else if partition(region) != *partition_of_host {
        faults.push(other_partition(Some(host), facts));
    } else if let Some((instance, from)) = &facts.region
        && !instance.eq_ignore_ascii_case(region)
    {
        faults.push(
            Fault::warning(code::OTHER_REGION, Some(at))
                .found(format!("another AWS Region than in {from}"))
                .expected(instance.clone())
                .remedy(
                    "Use the endpoint of the instance's Region, and list it in the role's trust policy (SAML:aud).",
                    REGIONAL,
                ),
        );
    }
    faults
}

/// The path is part of what AWS compares with the assertion's recipient.
fn path_of_saml(
    url: &WebUrl,
    text: &str,
    host: Range,
    wrong: &dyn Fn(&'static str, Option<Range>, &str) -> Fault,
) -> Vec<Fault> {
    let path = path(url);
    let id = path.strip_prefix("/saml/acs/");
    if path == "/saml" || id.is_some_and(|id| !id.is_empty() && !id.contains('/')) {
        return Vec::new();
    }
    let end = text[host.end..]
        .find(['?', '#'])
        .map_or(Range::whole(text).end, |end| host.end + end);
    let at = Range::new(host.end, end);
    vec![wrong(
        core::WRONG_URL,
        (at.start < at.end).then_some(at),
        "another path than /saml",
    )]
}

fn other_partition(at: Option<Range>, facts: &Facts) -> Fault {
    Fault::error(code::OTHER_PARTITION, at)
        .found("AWS sign-in of another partition")
        .expected(endpoint(facts))
        .remedy(
            "Use the endpoint of the instance's partition: accounts exist in one partition only.",
            REGIONAL,
        )
}

fn other_host(url: &WebUrl) -> &'static str {
    let is_near = |(suffix, _): &(&str, &str)| distance(url.host(), suffix) <= 3;
    if is_amazons(url) {
        "a page of the instance"
    } else if url.host().contains("console.") {
        "the AWS console, which belongs in the relay state"
    } else if SIGN_IN.iter().any(is_near) {
        "a host that is nearly AWS sign-in's"
    } else {
        "a host that is not AWS sign-in's"
    }
}

/// The endpoint that fits what is known of the instance.
fn endpoint(facts: &Facts) -> String {
    match &facts.region {
        Some((region, _)) => {
            let mut hosts = SIGN_IN.iter().filter(|(_, of)| *of == partition(region));
            let host = hosts
                .next()
                .map_or("signin.aws.amazon.com", |(host, _)| host);
            format!("https://{region}.{host}/saml")
        }
        None => "https://<region>.signin.aws.amazon.com/saml".to_owned(),
    }
}

/// AWS General Reference, "AWS sign-in endpoints and quotas".
const SIGN_IN: [(&str, &str); 3] = [
    ("signin.aws.amazon.com", "aws"),
    ("signin.amazonaws-us-gov.com", "aws-us-gov"),
    ("signin.amazonaws.cn", "aws-cn"),
];
const GLOBAL: &str = ".sign-in.connect.aws";
const OVERRIDE: &str = "Override the ACS URL (\"Your AWS Login URL\" in Okta), and the recipient with it, in the identity provider's app.";
const RESILIENCY_REMEDY: &str = "Use https://<instance ID>.<source Region>.sign-in.connect.aws/saml with the instance ID of the ARN.";
const REGIONAL: &str = "Amazon Connect Administrator Guide, \"Configure the identity provider to use regional SAML endpoints\"";

#[cfg(test)]
mod tests {
    use crate::check::{ACS, ARN};
    use crate::testing::{ID, OTHER_ID, expect, test};

    #[test]
    fn endpoints_of_aws_are_good() {
        for good in [
            "https://signin.aws.amazon.com/saml",
            "https://us-west-2.signin.aws.amazon.com/saml",
            "https://us-east-1.signin.aws.amazon.com/saml/acs/SAMLSPABC123",
            "https://signin.amazonaws-us-gov.com/saml",
            "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml",
            "https://cn-north-1.signin.amazonaws.cn/saml",
            "https://178c75e4-b3de-4839-a6aa-e321ab3f3770.us-west-2.sign-in.connect.aws/saml",
            "https://178c75e4-b3de-4839-a6aa-e321ab3f3770.us-west-2.sign-in.connect.aws/saml?destination=%2Fccp-v2",
        ] {
            expect(&[(ACS, good)], &[]);
        }
    }

    #[test]
    fn each_mistake_in_an_endpoint_is_shown() {
        for (wrong, code, part) in [
            (
                "urn:amazon:webservices",
                "WRONG_URL",
                "urn:amazon:webservices",
            ),
            (
                "https://us-west-2.signin.aws.amazon.com/saml/",
                "WRONG_URL",
                "/saml/",
            ),
            (
                "https://us-west-2.signin.aws.amazon.com",
                "WRONG_URL",
                "https://us-west-2.signin.aws.amazon.com",
            ),
            (
                "https://us-west-2.signin.aws.amazon.com/SAML",
                "WRONG_URL",
                "/SAML",
            ),
            (
                "https://us-wset-2.signin.aws.amazon.com/saml",
                "UNKNOWN_REGION",
                "us-wset-2",
            ),
            (
                "https://<region>.signin.aws.amazon.com/saml",
                "URL_REFUSED",
                "<region>",
            ),
            (
                "https://us-west-2.sigin.aws.amazon.com/saml",
                "WRONG_URL",
                "us-west-2.sigin.aws.amazon.com",
            ),
            (
                "https://us-west-2.console.aws.amazon.com/saml",
                "WRONG_URL",
                "us-west-2.console.aws.amazon.com",
            ),
            (
                "https://us-gov-west-1.signin.aws.amazon.com/saml",
                "OTHER_PARTITION",
                "us-gov-west-1.signin.aws.amazon.com",
            ),
            (
                "http://us-west-2.signin.aws.amazon.com/saml",
                "URL_REFUSED",
                "http",
            ),
            (
                "`https://us-west-2.signin.aws.amazon.com/saml`",
                "URL_REFUSED",
                "`",
            ),
            (
                "https://1.us-west-2.sign-in.connect.aws/saml",
                "ODD_INSTANCE_ID",
                "1",
            ),
            (
                "https://acme.my.connect.aws/saml",
                "WRONG_URL",
                "acme.my.connect.aws",
            ),
        ] {
            expect(&[(ACS, wrong)], &[(code, part)]);
        }
        let global = format!("https://{ID}.us-wset-2.sign-in.connect.aws/saml");
        expect(&[(ACS, &global)], &[("UNKNOWN_REGION", "us-wset-2")]);
    }

    #[test]
    fn an_endpoint_is_in_the_region_of_the_instance() {
        let arn = format!("arn:aws:connect:us-east-1:123456789012:instance/{ID}");
        for (acs, expected) in [
            ("https://signin.aws.amazon.com/saml", None),
            ("https://us-east-1.signin.aws.amazon.com/saml", None),
            (
                "https://us-west-2.signin.aws.amazon.com/saml",
                Some(("OTHER_REGION", "us-west-2")),
            ),
            (
                "https://signin.amazonaws-us-gov.com/saml",
                Some(("OTHER_PARTITION", "signin.amazonaws-us-gov.com")),
            ),
        ] {
            let expected: Vec<_> = expected.into_iter().collect();
            expect(&[(ARN, &arn), (ACS, acs)], &expected);
        }
        let global = format!("https://{OTHER_ID}.us-west-2.sign-in.connect.aws/saml");
        expect(
            &[(ARN, &arn), (ACS, &global)],
            &[("OTHER_INSTANCE", OTHER_ID)],
        );
    }
}
