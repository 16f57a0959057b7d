//! The instance's ARN, and what must not contradict it.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "whatever a field does not expect is wrong there, kinds added later included"
)]

use super::addresses::SSO;
use super::code;
use super::parser::Parser;
use crate::address::arn::InstanceArn;
use crate::address::instance::{CcpUrl, is_amazons, is_gov_cloud};
use crate::address::pasted::{bare, placeholder};
use crate::address::relay::Relay;
use crate::host_value::HostValue;

impl Parser<'_> {
    /// The instance's ARN, with which the URLs and the region of `options` are compared.
    pub(super) fn instance_arn(&mut self, value: &HostValue, options: &HostValue) {
        let HostValue::Text(text) = value else {
            if !matches!(value, HostValue::Absent) {
                self.wrong(ARN, value, AN_ARN);
            }
            return;
        };
        let text = text.trim();
        let Some((arn, rest)) = InstanceArn::parse(text) else {
            let bare = bare(text).unwrap_or_default();
            let found = match placeholder(text) {
                Some(name) => format!("{name}, which stands for a value of yours"),
                None => value.describe(),
            };
            let expected = match InstanceArn::parse(&bare) {
                Some((_, "")) => bare.as_str(),
                _ => AN_ARN,
            };
            return self.error(code::WRONG_VALUE, ARN, &found, expected);
        };
        if !rest.trim_end_matches('/').is_empty() {
            let found = "the ARN of something in the instance";
            let instance = text.strip_suffix(rest).unwrap_or(text);
            return self.error(code::WRONG_VALUE, ARN, found, instance);
        }
        if let HostValue::Text(region) = options.set("region")
            && !region.eq_ignore_ascii_case(arn.region())
        {
            let expected = format!("{}, the AWS Region in instanceArn", arn.region());
            self.error(
                code::CONFLICT,
                REGION,
                &options.set("region").describe(),
                &expected,
            );
        }
        self.arn = Some(arn);
    }

    /// GovCloud has a domain of its own; the others do not tell the region.
    pub(super) fn same_partition(&mut self, ccp: Option<&CcpUrl>, field: &str) {
        let (Some(arn), Some(ccp)) = (&self.arn, ccp) else {
            return;
        };
        let (gov_cloud, host) = (arn.is_gov_cloud(), ccp.host().to_owned());
        if is_amazons(ccp.url()) && is_gov_cloud(ccp.url()) != gov_cloud {
            let expected = if gov_cloud {
                "a host such as acme.govcloud.connect.aws, because instanceArn is in AWS GovCloud"
            } else {
                "a host such as acme.my.connect.aws, because instanceArn is not in AWS GovCloud"
            };
            self.error(code::CONFLICT, field, &format!("the host {host}"), expected);
        }
    }

    /// Sign-in completes at the instance that the relay state names, whatever CCP is open.
    pub(super) fn same_instance(&mut self, relay: &Relay) {
        if let Some(arn) = &self.arn {
            let (region, id) = (arn.region().to_owned(), arn.id().to_owned());
            if relay
                .region()
                .is_some_and(|other| !other.eq_ignore_ascii_case(&region))
            {
                let found = "a relay state on the console of another AWS Region";
                let expected = format!("{region}, the AWS Region in instanceArn");
                self.error(code::CONFLICT, SSO, found, &expected);
            } else if !relay.instance_id().eq_ignore_ascii_case(&id) {
                let found = "a relay state for another instance";
                let expected = format!("/connect/federate/{id}, the instance in instanceArn");
                self.error(code::CONFLICT, SSO, found, &expected);
            }
        }
    }
}

const ARN: &str = "instanceArn";
const AN_ARN: &str =
    "the instance's ARN, such as arn:aws:connect:us-east-1:<account>:instance/<instance ID>";
const REGION: &str = "streams.options.region";
