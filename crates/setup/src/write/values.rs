//! What follows from the answers, by name.

use softphone_core::address::arn::InstanceArn;
use softphone_core::address::reading::instance_arn;
use softphone_core::address::web_url::WebUrl;

use super::answers::Answers;
use super::fill::{Filled, Language, fill, heredoc};
use super::host::Host;
use super::idp::{Idp, Provider};
use super::{sso, users};
use crate::region::{CONNECT, partition};
use crate::url::read;

/// The answers, read.
pub(super) struct Values<'a> {
    pub(super) answers: &'a Answers,
    pub(super) provider: &'static Provider,
    pub(super) host: Host,
    arn: Option<(InstanceArn, String)>,
    instance: Option<WebUrl>,
}

impl<'a> Values<'a> {
    pub(super) fn of(answers: &'a Answers, idp: Idp, host: Host) -> Self {
        let arn = answers.get("instanceArn").and_then(|text| {
            let (arn, rest) = instance_arn(text)?;
            let account = text.split(':').nth(4)?.to_owned();
            rest.trim_end_matches('/')
                .is_empty()
                .then_some((arn, account))
        });
        let instance = answers
            .get("instanceUrl")
            .and_then(|text| WebUrl::parse(text, None, &read).ok());
        Self {
            answers,
            provider: idp.provider(),
            host,
            arn,
            instance,
        }
    }

    /// `template` with these values.
    pub(super) fn fill(&self, template: &str, language: Language) -> Filled {
        fill(template, language, &|name| self.value(name))
    }

    pub(super) fn answer(&self, name: &'static str, placeholder: &str) -> Filled {
        match self.answers.get(name) {
            Some(text) => Filled::known(text),
            None => Filled::missing(placeholder, name),
        }
    }

    /// The value `name`; `None` where there is no such name.
    fn value(&self, name: &str) -> Option<Filled> {
        let fill = |template: &str| self.fill(template, Language::Text);
        Some(match name {
            "region" => self.of_arn("region", |arn, _| arn.region().to_owned()),
            "instanceId" => self.of_arn("instance ID", |arn, _| arn.id().to_owned()),
            "account" => self.of_arn("account ID", |_, account| account.to_owned()),
            "instanceArn" => {
                fill("arn:@partition@:connect:@region@:@account@:instance/@instanceId@")
            }
            "partition" => Filled::known(self.partition()),
            "instanceOrigin" => match &self.instance {
                Some(url) => Filled::known(url.origin()),
                None => Filled::missing("alias", "instanceUrl")
                    .map(|alias| format!("https://{alias}.my.connect.aws")),
            },
            "instanceHost" => match &self.instance {
                Some(url) => Filled::known(url.host()),
                None => Filled::missing("alias", "instanceUrl")
                    .map(|alias| format!("{alias}.my.connect.aws")),
            },
            // What `openSoftphone` takes as instanceUrl.
            "instanceUrl" => fill(if self.is_legacy() {
                "@instanceOrigin@/connect"
            } else {
                "@instanceOrigin@"
            }),
            "ccpUrl" => fill(if self.is_legacy() {
                "@instanceOrigin@/connect/ccp-v2/"
            } else {
                "@instanceOrigin@/ccp-v2/"
            }),
            "replicaCcpUrl" => match self.answers.get("replicaUrl") {
                Some(url) => Filled::known(format!("{}/ccp-v2/", url.trim_end_matches('/'))),
                None => Filled::missing("alias of the replica", "replicaUrl")
                    .map(|alias| format!("https://{alias}.my.connect.aws/ccp-v2/")),
            },
            // Parts of pages that are there only with Global Resiliency, for which Streams signs in by itself.
            "resilientWays" => self.resilient(Language::Text, "ways: [\"streams\"], "),
            "resilientOptions" => self.resilient(
                Language::Javascript,
                "\n        streams: { options: { enableGlobalResiliency: true, secondaryCCPUrl: \"@replicaCcpUrl@\" } },",
            ),
            "resilientSignIn" => {
                self.resilient(Language::Text, "\n        signIn: { ways: [\"streams\"] },")
            }
            "resilientJson" => self.resilient(
                Language::Json,
                ",\n  \"signIn\": { \"ways\": [\"streams\"] },\n  \"streams\": { \"options\": { \"enableGlobalResiliency\": true, \"secondaryCCPUrl\": \"@replicaCcpUrl@\" } }",
            ),
            "resilientStreams" => self.resilient(
                Language::Javascript,
                "\n  enableGlobalResiliency: true,\n  secondaryCCPUrl: \"@replicaCcpUrl@\",",
            ),
            "destination" => Filled::known(self.destination()),
            "console" => match self.partition() {
                "aws-us-gov" => Filled::known("console.amazonaws-us-gov.com"),
                _ => fill("@region@.console.aws.amazon.com"),
            },
            "relayState" => fill(
                "https://@console@/connect/federate/@instanceId@?destination=@url:destination@",
            ),
            "relayStateIfAny" if self.answers.global_resiliency => Filled::known(""),
            "relayStateIfAny" => self.value("relayState")?,
            "ssoBase" => sso::login_url(self).map(|url| divided(url).0.to_owned()),
            "ssoQuery" => sso::login_url(self).map(|url| divided(url).1.to_owned()),
            "signIn" => Filled::known(self.sign_in()),
            "acsRegional" => fill("https://@region@.@signIn@/saml"),
            "acsResilient" => fill("https://@instanceId@.@region@.sign-in.connect.aws/saml"),
            "acs" if self.answers.global_resiliency => fill(
                "@acsResilient@?&instanceId=@instanceId@&accountId=@account@&role=@url:roleName@&idp=@url:providerName@&destination=@url:destination@",
            ),
            "acs" => fill("@acsRegional@"),
            // An endpoint of Global Resiliency has a query.
            "audienceTest" => Filled::known(if self.answers.global_resiliency {
                "StringLike"
            } else {
                "StringEquals"
            }),
            "consumerServices" => self.consumer_services(),
            "audiences" => self.audiences(),
            "audience" if self.host == Host::SalesforceScv => {
                self.answer("contactCenter", "internal name of the contact centre")
            }
            "audience" => Filled::known(match self.partition() {
                "aws-us-gov" => "urn:amazon:webservices:govcloud",
                "aws-cn" => "urn:amazon:webservices:cn-north-1",
                _ => "urn:amazon:webservices",
            }),
            "roleName" => self.named("roleName", "Role"),
            "providerName" => self.named("providerName", "Connect"),
            "policyName" => Filled::known(format!("{}_federation_policy", self.provider.prefix())),
            "roleArn" => fill("arn:@partition@:iam::@account@:role/@roleName@"),
            "providerArn" => fill("arn:@partition@:iam::@account@:saml-provider/@providerName@"),
            "instanceIds" => self.instance_ids(),
            "hostOrigin" => match self.answers.get("hostOrigin") {
                Some(origin) => Filled::known(origin.trim_end_matches('/')),
                None => Filled::missing(self.host.origin(), "hostOrigin")
                    .map(|host| format!("https://{host}")),
            },
            // What is asked, where the parts of a link are not.
            "tenantId" | "appId" | "idpDomain" if !self.asks(name) => {
                Filled::missing(self.part(name), "ssoLoginUrl")
            }
            "idpDomain" => self.answer("idpDomain", self.part(name)).map(bare_host),
            "appId" => self.answer("appId", self.part(name)),
            "tenantId" => self.answer("tenantId", self.part(name)),
            "contactCenter" => self.answer("contactCenter", "internal name of the contact centre"),
            "ssoLoginUrl" => sso::login_url(self),
            "identityProviderUrl" => sso::identity_provider_url(self),
            "users" => users::csv(self),
            "policy" if self.answers.global_resiliency => self.json(super::aws::POLICY_INSTANCE),
            "policy" => self.json(super::aws::POLICY_USERS),
            "trust" => self.json(super::aws::TRUST),
            "approvedOrigin" => self.json(
                "{ \"InstanceId\": \"@instanceId@\", \"Origin\": \"@hostOrigin@\" }",
            ),
            "policyHcl" => self.value("policy")?.map(heredoc),
            "trustHcl" => self.value("trust")?.map(heredoc),
            _ => return None,
        })
    }

    /// On the legacy domain, pages are below `/connect`.
    fn destination(&self) -> String {
        let page = self.answers.get("destination").unwrap_or("/ccp-v2");
        if self.is_legacy() && page.starts_with('/') && !page.starts_with("/connect/") {
            format!("/connect{page}")
        } else {
            page.to_owned()
        }
    }

    /// `template`, with Global Resiliency alone.
    fn resilient(&self, language: Language, template: &str) -> Filled {
        if self.answers.global_resiliency {
            self.fill(template, language)
        } else {
            Filled::default()
        }
    }

    fn json(&self, template: &str) -> Filled {
        self.fill(template.trim_end(), Language::Json)
    }

    fn of_arn(&self, placeholder: &str, part: impl Fn(&InstanceArn, &str) -> String) -> Filled {
        match &self.arn {
            Some((arn, account)) => Filled::known(part(arn, account)),
            None => Filled::missing(placeholder, "instanceArn"),
        }
    }

    /// A name in IAM, `Okta_Role` by default.
    fn named(&self, question: &'static str, suffix: &str) -> Filled {
        let default = || format!("{}_{suffix}", self.provider.short);
        let given = self.answers.get(question).map(str::to_owned);
        Filled::known(given.unwrap_or_else(default))
    }

    fn asks(&self, name: &str) -> bool {
        let mut questions = self.provider.questions.iter();
        questions.any(|question| question.name == name)
    }

    /// What a part of the identity provider's URL is called.
    fn part(&self, name: &str) -> &'static str {
        match name {
            "idpDomain" => self.provider.domain,
            "appId" => self.provider.app,
            _ => self.provider.tenant,
        }
    }

    fn partition(&self) -> &'static str {
        self.arn
            .as_ref()
            .map_or("aws", |(arn, _)| partition(arn.region()))
    }

    /// AWS General Reference, "AWS sign-in endpoints and quotas".
    fn sign_in(&self) -> &'static str {
        match self.partition() {
            "aws-us-gov" => "signin.amazonaws-us-gov.com",
            "aws-cn" => "signin.amazonaws.cn",
            _ => "signin.aws.amazon.com",
        }
    }

    pub(super) fn is_legacy(&self) -> bool {
        self.instance
            .as_ref()
            .is_some_and(|url| url.host().ends_with(".awsapps.com"))
    }

    /// Every endpoint to which an assertion may be posted, as members of a list in JSON: the Region's, the one without a
    /// Region, and those of the partition's other Regions with Amazon Connect, so that nothing has to be changed during an
    /// incident (Amazon Connect Administrator Guide, "Configure the identity provider to use regional SAML endpoints").
    fn audiences(&self) -> Filled {
        let own = self.fill("@acsRegional@", Language::Json);
        let mut all = self.endpoints(&own.text);
        if self.answers.global_resiliency {
            let resilient = self.fill("@acsResilient@*", Language::Json);
            all.insert(0, resilient.text);
        }
        own.map(|_| list(&all))
    }

    /// AWS sign-in of the Region, without a Region, and of the partition's other Regions with Amazon Connect.
    fn endpoints(&self, own: &str) -> Vec<String> {
        let sign_in = self.sign_in();
        let mut all = vec![own.to_owned(), format!("https://{sign_in}/saml")];
        let regions = CONNECT
            .iter()
            .filter(|region| partition(region) == self.partition());
        for region in regions {
            let url = format!("https://{region}.{sign_in}/saml");
            if !all.contains(&url) {
                all.push(url);
            }
        }
        all
    }

    /// The endpoints as elements of metadata: the first one is the default, the others are for an identity provider that
    /// is told to use them. Global Resiliency has one only.
    fn consumer_services(&self) -> Filled {
        let own = self.fill("@acs@", Language::Xml);
        let all = if self.answers.global_resiliency {
            vec![own.text.clone()]
        } else {
            self.endpoints(&own.text)
        };
        let mut elements = String::new();
        for (index, url) in all.iter().enumerate() {
            let default = if index == 0 {
                " isDefault=\"true\""
            } else {
                ""
            };
            elements += &format!(
                "\n    <AssertionConsumerService index=\"{}\"{default} Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" Location=\"{url}\"/>",
                index + 1
            );
        }
        own.map(|_| elements)
    }

    fn instance_ids(&self) -> Filled {
        let own = self.fill("@instanceId@", Language::Json);
        let others = self.answers.get("otherInstances").unwrap_or_default();
        let others = others
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|id| !id.is_empty());
        let ids: Vec<String> = std::iter::once(own.text.clone())
            .chain(others.map(str::to_owned))
            .collect();
        own.map(|_| list(&ids))
    }
}

/// Members of a list in JSON, indented for where the templates have lists.
fn list(members: &[String]) -> String {
    let quoted: Vec<String> = members
        .iter()
        .map(|member| serde_json::Value::from(member.as_str()).to_string())
        .collect();
    quoted.join(",\n            ")
}

/// A host as it was typed, perhaps as a URL.
fn bare_host(text: &str) -> String {
    let text = text.strip_prefix("https://").unwrap_or(text);
    text.trim_end_matches('/').to_owned()
}

/// Before and after the first question mark.
fn divided(url: &str) -> (&str, &str) {
    url.split_once('?').unwrap_or((url, ""))
}
