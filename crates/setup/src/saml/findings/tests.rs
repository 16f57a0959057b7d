//! A response and metadata that are right, and each mistake in them.

use crate::check::{
    ACS, ARN, CERTIFICATE, CSV, Inputs, METADATA as METADATA_INPUT, SAML_RESPONSE, USER, check,
    judge,
};
use crate::finding::SetupFinding;
use crate::instant::read;
use crate::testing::{ID, METADATA, RESPONSE, inputs, test};

const NOW: &str = "2026-01-31T08:01:00Z";

fn at(fields: &[(&str, &str)], now: &str) -> Inputs {
    #[expect(clippy::cast_precision_loss, reason = "it is a year of four digits")]
    let now = read(now).map(|now| now as f64);
    Inputs {
        now,
        ..inputs(fields)
    }
}

/// What is found besides what a response without a signature has.
fn findings(fields: &[(&str, &str)], now: &str) -> Vec<SetupFinding> {
    let found = check(&at(fields, now)).into_iter();
    found
        .filter(|finding| !finding.code.starts_with("SIGNATURE_"))
        .inspect(|finding| {
            for text in [&finding.found, &finding.expected, &finding.remedy] {
                assert!(!text.is_empty(), "{finding:?}");
            }
            assert!(!finding.source.is_empty(), "{finding:?}");
        })
        .collect()
}

/// Checks what is found about the last of these inputs: code, field and the part of the text.
#[track_caller]
fn expect(fields: &[(&str, &str)], now: &str, expected: &[(&str, &str, &str)]) {
    let found = findings(fields, now);
    let (_, text) = fields.last().expect("an input");
    let said: Vec<_> = found
        .iter()
        .map(|finding| {
            let (_, name) = finding.field.split_once('.').unwrap_or_default();
            let part = finding.at.map_or("", |at| &text[at.bytes()]);
            (finding.code, name, part)
        })
        .collect();
    assert_eq!(said, expected, "{found:#?}");
}

#[track_caller]
fn changed(from: &str, to: &str) -> String {
    assert!(RESPONSE.contains(from), "{from}");
    RESPONSE.replacen(from, to, 1)
}

fn arn(region: &str, account: &str) -> String {
    format!("arn:aws:connect:{region}:{account}:instance/{ID}")
}

#[test]
fn a_response_that_fits_has_no_finding() {
    let csv = "first name,last name,user login,routing profile name,security_profile_name_1\nAda,E,ada@acme.example,B,A\n";
    expect(&[(SAML_RESPONSE, RESPONSE)], NOW, &[]);
    let arn = arn("us-east-1", "123456789012");
    let all = [
        (ARN, arn.as_str()),
        (ACS, "https://us-east-1.signin.aws.amazon.com/saml"),
        (USER, "ada@acme.example"),
        (CSV, csv),
        (SAML_RESPONSE, RESPONSE),
    ];
    expect(&all, NOW, &[]);
    // It was copied, and ended long ago; that is no fault. Nor is that nobody says what time it is.
    expect(&all, "2027-01-31T08:01:00Z", &[]);
    assert_eq!(check(&inputs(&all)).len(), check(&at(&all, NOW)).len());
    for (from, to) in [
        (
            "arn:aws:iam::123456789012:role/agents,arn:aws:iam::123456789012:saml-provider/okta",
            "arn:aws:iam::123456789012:saml-provider/okta,arn:aws:iam::123456789012:role/path/agents",
        ),
        (">43200<", ">900<"),
        (
            ">urn:amazon:webservices<",
            ">https://signin.aws.amazon.com/saml<",
        ),
        (
            "</saml2:AudienceRestriction>",
            "<saml2:Audience>urn:other</saml2:Audience></saml2:AudienceRestriction>",
        ),
    ] {
        expect(&[(SAML_RESPONSE, &changed(from, to))], NOW, &[]);
    }
    let global = RESPONSE.replace("https://us-east-1.signin", "https://signin");
    expect(&[(SAML_RESPONSE, &global)], NOW, &[]);
}

#[test]
fn of_many_roles_the_first_ones_are_told() {
    let role = |name: usize| {
        format!(
            "<saml2:AttributeValue>arn:aws:iam::123456789012:role/r{name},arn:aws:iam::123456789012:saml-provider/okta</saml2:AttributeValue>"
        )
    };
    let told = |count: usize| {
        let roles: String = (0..count).map(role).collect();
        let own = "<saml2:AttributeValue>arn:aws:iam::123456789012:role/agents,arn:aws:iam::123456789012:saml-provider/okta</saml2:AttributeValue>";
        let story = judge(&at(&[(SAML_RESPONSE, &changed(own, &roles))], NOW)).story;
        let lines = story
            .expect("a story")
            .chapters
            .into_iter()
            .flat_map(|chapter| chapter.lines);
        let roles = lines.filter(|line| line.label == "Role");
        roles.map(|line| line.text).collect::<Vec<_>>()
    };
    assert_eq!(told(20).len(), 20);
    let many = told(500);
    assert_eq!((many.len(), many[20].as_str()), (21, "and 480 more"));
}

#[test]
fn each_mistake_in_a_response_is_shown() {
    let role = "arn:aws:iam::123456789012:role/agents,arn:aws:iam::123456789012:saml-provider/okta";
    for (from, to, code, name, part) in [
        (
            "status:Success\"",
            "status:Responder\"",
            "RESPONSE_STATUS",
            "Status",
            "urn:oasis:names:tc:SAML:2.0:status:Responder",
        ),
        (
            ">urn:amazon:webservices<",
            ">urn:amazon:webservice<",
            "AUDIENCE",
            "Audience",
            "urn:amazon:webservice",
        ),
        (
            ">urn:amazon:webservices<",
            ">acme-aws<",
            "AUDIENCE",
            "Audience",
            "acme-aws",
        ),
        (
            "<saml2:Audience>urn:amazon:webservices</saml2:Audience>",
            "",
            "AUDIENCE",
            "Audience",
            "",
        ),
        (
            "Destination=\"https://us-east-1.",
            "Destination=\"https://us-west-2.",
            "DESTINATION_DIFFERS",
            "Destination",
            "https://us-west-2.signin.aws.amazon.com/saml",
        ),
        (
            "cm:bearer",
            "cm:sender-vouches",
            "SUBJECT_CONFIRMATION",
            "SubjectConfirmation",
            "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches",
        ),
        (
            "SubjectConfirmationData NotOnOrAfter=\"2026-01-31T08:05:00.123Z\"",
            "SubjectConfirmationData",
            "SUBJECT_CONFIRMATION",
            "SubjectConfirmation",
            "*",
        ),
        (
            "    <saml2:Issuer>http://www.okta.com/exk1",
            "    <saml2:Issuer>http://www.okta.com/exk2",
            "ISSUER_DIFFERS",
            "Issuer",
            "http://www.okta.com/exk2",
        ),
        (role, "", "ROLE_MISSING", "Role", "*"),
        (
            role,
            "arn:aws:iam::123456789012:role/agents",
            "ROLE_FORM",
            "Role",
            "arn:aws:iam::123456789012:role/agents",
        ),
        (role, "agents,okta", "ROLE_FORM", "Role", "agents"),
        (
            ":role/agents",
            ":user/agents",
            "ROLE_FORM",
            "Role",
            "user/agents",
        ),
        (":role/agents", ":role/", "ROLE_FORM", "Role", "role/"),
        (
            "123456789012:role",
            "12345678901:role",
            "ROLE_FORM",
            "Role",
            "12345678901",
        ),
        (
            "123456789012:saml-provider",
            "&lt;account&gt;:saml-provider",
            "ROLE_FORM",
            "Role",
            "*",
        ),
        (
            "123456789012:saml-provider",
            "210987654321:saml-provider",
            "ROLE_ACCOUNT",
            "Role",
            "210987654321",
        ),
        (
            "arn:aws:iam::123456789012:saml-provider",
            "arn:aws-us-gov:iam::123456789012:saml-provider",
            "OTHER_PARTITION",
            "Role",
            "aws-us-gov",
        ),
        ("role/agents,", "role/agents, ", "ROLE_FORM", "Role", "*"),
        (
            ":role/agents",
            ":role/AWSReservedSSO_agents_0123456789abcdef",
            "ROLE_FORM",
            "Role",
            "arn:aws:iam::123456789012:role/AWSReservedSSO_agents_0123456789abcdef",
        ),
        (
            "Attributes/Role\"",
            "Attributes/role\"",
            "ATTRIBUTE_NAME",
            "Role",
            "https://aws.amazon.com/SAML/Attributes/role",
        ),
        (
            "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
            "RoleSessionName",
            "ATTRIBUTE_NAME",
            "RoleSessionName",
            "RoleSessionName",
        ),
        (
            "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
            "http://aws.amazon.com/SAML/Attributes/RoleSessionName",
            "ATTRIBUTE_NAME",
            "RoleSessionName",
            "http://aws.amazon.com/SAML/Attributes/RoleSessionName",
        ),
        (
            "https://aws.amazon.com/SAML/Attributes/SessionDuration",
            "https://aws.amazon.com/SAML/Attributes/SessionDuration/",
            "ATTRIBUTE_NAME",
            "SessionDuration",
            "https://aws.amazon.com/SAML/Attributes/SessionDuration/",
        ),
        (
            "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
            "user",
            "USER_NAME_MISSING",
            "RoleSessionName",
            "",
        ),
        (
            "ada@acme.example",
            "ada+1@acme.example",
            "USER_NAME_CHARACTER",
            "RoleSessionName",
            "+",
        ),
        (
            "ada@acme.example",
            "ada@acme.example ",
            "USER_NAME_CHARACTER",
            "RoleSessionName",
            "ada@acme.example ",
        ),
        (
            "ada@acme.example",
            "a",
            "USER_NAME_LENGTH",
            "RoleSessionName",
            "a",
        ),
        (
            ">43200<",
            ">12<",
            "SESSION_DURATION",
            "SessionDuration",
            "12",
        ),
        (
            ">43200<",
            ">86400<",
            "SESSION_DURATION",
            "SessionDuration",
            "86400",
        ),
        (
            ">43200<",
            ">12h<",
            "SESSION_DURATION",
            "SessionDuration",
            "12h",
        ),
        (
            "NotBefore=\"2026-01-31T07:55:00.123Z\"",
            "NotBefore=\"yesterday\"",
            "TIME_FORM",
            "Conditions",
            "yesterday",
        ),
        (
            "NotBefore=\"2026-01-31T07:55:00.123Z\" NotOnOrAfter=\"2026-01-31T08:05:00.123Z\"",
            "NotBefore=\"2026-01-31T07:55:00Z\" NotOnOrAfter=\"2026-01-31T07:50:00Z\"",
            "TIME_FORM",
            "Conditions",
            "2026-01-31T07:50:00Z",
        ),
        (
            "NotBefore=\"2026-01-31T07:55:00.123Z\"",
            "NotBefore=\"2026-01-31T08:03:00.123Z\"",
            "CLOCK_SKEW",
            "Conditions",
            "2026-01-31T08:03:00.123Z",
        ),
        (
            "IssueInstant=\"2026-01-31T08:00:00.123Z\"",
            "IssueInstant=\"2026-01-31T08:04:00Z\"",
            "CLOCK_SKEW",
            "IssueInstant",
            "2026-01-31T08:04:00Z",
        ),
    ] {
        let wrong = changed(from, to);
        let found = findings(&[(SAML_RESPONSE, &wrong)], NOW);
        let said: Vec<_> = found
            .iter()
            .map(|finding| {
                let (_, name) = finding.field.split_once('.').unwrap_or_default();
                let shown = finding.at.map_or("", |at| &wrong[at.bytes()]);
                (finding.code, name, if part == "*" { "*" } else { shown })
            })
            .collect();
        assert_eq!(said, [(code, name, part)], "{to}: {found:#?}");
    }
}

#[test]
fn a_response_is_compared_with_the_other_inputs() {
    let csv = "first name,last name,user login,routing profile name,security_profile_name_1\nAda,E,Ada@acme.example,B,A\n";
    for (field, text, code, part) in [
        (
            USER,
            "Ada@acme.example",
            "USER_NAME_CASE",
            "ada@acme.example",
        ),
        (
            USER,
            "grace@acme.example",
            "USER_NAME_DIFFERS",
            "ada@acme.example",
        ),
        (USER, "ada", "USER_NAME_DIFFERS", "ada@acme.example"),
        (CSV, csv, "USER_NAME_CASE", "ada@acme.example"),
        (
            ACS,
            "https://signin.aws.amazon.com/saml",
            "OTHER_ACS",
            "https://us-east-1.signin.aws.amazon.com/saml",
        ),
        (
            ARN,
            &arn("us-east-1", "210987654321"),
            "ROLE_ACCOUNT",
            "123456789012",
        ),
        (
            ARN,
            &arn("eu-west-2", "123456789012"),
            "OTHER_REGION",
            "us-east-1",
        ),
        (
            METADATA_INPUT,
            &METADATA.replace("/exk1\" xmlns", "/exk2\" xmlns"),
            "ISSUER_DIFFERS",
            "http://www.okta.com/exk1",
        ),
    ] {
        let found = findings(
            &[(field, text), (SAML_RESPONSE, RESPONSE)],
            "2027-01-31T08:01:00Z",
        );
        let said: Vec<_> = found
            .iter()
            .map(|finding| {
                (
                    finding.code,
                    finding.at.map_or("", |at| &RESPONSE[at.bytes()]),
                )
            })
            .collect();
        assert_eq!(said, [(code, part)], "{field}={text}: {found:#?}");
    }
    let case = findings(
        &[(USER, "Ada@acme.example"), (SAML_RESPONSE, RESPONSE)],
        NOW,
    );
    let case = case.first().expect("a finding");
    assert_eq!(case.found, "letter 1 is \"a\", where userName has \"A\"");
    assert_eq!(case.field, "samlResponse.RoleSessionName");
}

#[test]
fn what_is_no_response_is_named() {
    let other = |xml: &str, code: &str, part: &str| {
        let found = findings(&[(SAML_RESPONSE, xml)], NOW);
        let said: Vec<_> = found
            .iter()
            .map(|finding| (finding.code, finding.at.map_or("", |at| &xml[at.bytes()])))
            .collect();
        assert_eq!(said, [(code, part)], "{found:#?}");
    };
    other(METADATA, "RESPONSE_EXPECTED", "md:EntityDescriptor");
    let assertion = RESPONSE.find("<saml2:Assertion").expect("an assertion");
    let end = RESPONSE.find("</saml2p:Response>").expect("an end");
    other(RESPONSE[assertion..end].trim(), "RESPONSE_EXPECTED", "");
    other(
        &RESPONSE.replace("SAML:2.0:protocol", "SAML:1.0:protocol"),
        "RESPONSE_EXPECTED",
        "saml2p:Response",
    );
    let encrypted = format!(
        "{}<saml2:EncryptedAssertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\"/></saml2p:Response>",
        &RESPONSE[..assertion]
    );
    other(&encrypted, "ASSERTION_ENCRYPTED", "<");
    other(
        &format!("{}</saml2p:Response>", &RESPONSE[..assertion]),
        "ASSERTION_MISSING",
        "",
    );
    let twice = RESPONSE[assertion..end].replace("id2", "id3");
    let twice = RESPONSE.replace("</saml2p:Response>", &format!("{twice}</saml2p:Response>"));
    other(&twice, "ASSERTION_SEVERAL", "<");
    let long = changed(
        "<saml2:AttributeStatement>",
        &format!(
            "<saml2:AttributeStatement><saml2:Attribute Name=\"groups\"><saml2:AttributeValue>{}</saml2:AttributeValue></saml2:Attribute>",
            "group ".repeat(13_000)
        ),
    );
    other(&long, "RESPONSE_TOO_LONG", "");
    let roles = changed(
        "</saml2:AttributeValue>",
        "</saml2:AttributeValue><saml2:AttributeValue>arn:aws:iam::123456789012:role/admins,arn:aws:iam::123456789012:saml-provider/okta</saml2:AttributeValue>",
    );
    other(
        &roles,
        "ROLE_SEVERAL",
        "arn:aws:iam::123456789012:role/admins,arn:aws:iam::123456789012:saml-provider/okta",
    );
}

#[test]
fn service_cloud_voice_has_attributes_of_its_own() {
    let voice = changed(
        "https://aws.amazon.com/SAML/Attributes/RoleSessionName",
        "connect_username",
    );
    let both = voice.replace(
        "https://aws.amazon.com/SAML/Attributes/Role\"",
        "connect_role\"",
    );
    let named = both.replace("urn:amazon:webservices", "acme_contact_center");
    expect(&[(SAML_RESPONSE, &named)], NOW, &[]);
    expect(
        &[(SAML_RESPONSE, &voice)],
        NOW,
        &[("VOICE_ATTRIBUTE", "connect_role", "")],
    );
    let empty = both.replace(">ada@acme.example<", "><");
    let found = findings(&[(SAML_RESPONSE, &empty)], NOW);
    assert_eq!(
        found.iter().map(|it| it.code).collect::<Vec<_>>(),
        ["VOICE_ATTRIBUTE"],
        "{found:#?}"
    );
    expect(
        &[(USER, "Ada@acme.example"), (SAML_RESPONSE, &both)],
        NOW,
        &[("USER_NAME_CASE", "connect_username", "ada@acme.example")],
    );
}

#[test]
fn metadata_is_checked_by_itself() {
    let now = "2027-01-31T08:00:00Z";
    expect(&[(METADATA_INPUT, METADATA)], now, &[]);
    let certificate = {
        let start = METADATA.find("MII").expect("a certificate");
        let end = METADATA.find("</ds:X509Certificate>").expect("its end");
        &METADATA[start..end]
    };
    let without = METADATA.replace(certificate, "MIIB");
    let aws = "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"urn:amazon:webservices\"><SPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\"/></EntityDescriptor>";
    let entities = format!(
        "<md:EntitiesDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\">{}{}</md:EntitiesDescriptor>",
        METADATA.split_once("?>\n").expect("a prolog").1,
        aws.replace("EntityDescriptor", "md:EntityDescriptor")
            .replace(" xmlns=", " xmlns:md=")
            .replace("<SPSS", "<md:SPSS")
    );
    for (text, now, code, name) in [
        (
            METADATA.to_owned(),
            "2037-01-31T08:00:00Z",
            "CERTIFICATE_EXPIRED",
            "KeyDescriptor",
        ),
        (
            METADATA.to_owned(),
            "2025-01-31T08:00:00Z",
            "CERTIFICATE_EXPIRED",
            "KeyDescriptor",
        ),
        (without, now, "CERTIFICATE_UNREADABLE", ""),
        (aws.to_owned(), now, "METADATA_EXPECTED", ""),
        (RESPONSE.to_owned(), now, "METADATA_EXPECTED", ""),
        (
            "<html><body>Sign in</body></html>".to_owned(),
            now,
            "METADATA_EXPECTED",
            "",
        ),
        (entities, now, "METADATA_SEVERAL", ""),
        (
            METADATA.replace("entityID", "validUntil=\"2026-12-31T00:00:00Z\" entityID"),
            now,
            "METADATA_EXPIRED",
            "validUntil",
        ),
        (
            METADATA.replace("entityID", "validUntil=\"soon\" entityID"),
            now,
            "TIME_FORM",
            "validUntil",
        ),
        (
            METADATA.replace("use=\"signing\"", "use=\"encryption\""),
            now,
            "METADATA_NO_KEY",
            "KeyDescriptor",
        ),
        (
            METADATA.replace("SingleSignOnService", "SingleLogoutService"),
            now,
            "METADATA_NO_SIGN_IN",
            "SingleSignOnService",
        ),
        (
            METADATA.replace("https://acme", "http://acme"),
            now,
            "METADATA_NO_SIGN_IN",
            "SingleSignOnService",
        ),
    ] {
        let found = findings(&[(METADATA_INPUT, &text)], now);
        let said: Vec<_> = found
            .iter()
            .map(|finding| {
                (
                    finding.code,
                    finding.field.split_once('.').map_or("", |(_, name)| name),
                )
            })
            .collect();
        assert_eq!(said, [(code, name)], "{text}\n{found:#?}");
    }
    let found = findings(&[(CERTIFICATE, certificate)], "2037-01-31T08:00:00Z");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found.first().map(|it| it.field.as_str()),
        Some("certificate")
    );
}

#[test]
#[cfg(not(target_arch = "wasm32"))]
fn nothing_is_wrong_with_what_real_issuers_write() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/setup/corpus/saml");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("a file").path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let is_other =
            name.contains("request") || name.ends_with(".pem") || name.ends_with(".html");
        if is_other || name.starts_with("node-saml") || name == "xmlsec1-metadata.xml" {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("text");
        let field = if name.contains("metadata") {
            METADATA_INPUT
        } else {
            SAML_RESPONSE
        };
        let arn = arn("us-east-1", "123456789012");
        let fields = [
            (ARN, arn.as_str()),
            (USER, "ada@acme.example"),
            (field, text.as_str()),
        ];
        assert_eq!(findings(&fields, "2026-11-27T08:00:00Z"), [], "{name}");
        count += 1;
    }
    assert!(count > 40, "{count}");
}
