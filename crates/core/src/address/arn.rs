//! The ARN of an instance, as administrators copy it from the Amazon Connect console.

use super::pasted::find;

/// `arn:<partition>:connect:<region>:<account>:instance/<instance ID>` (Service Authorization
/// Reference, "Resource types defined by Amazon Connect").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstanceArn {
    partition: String,
    region: String,
    id: String,
}

impl InstanceArn {
    /// Reads an ARN, and what follows the instance in it: that of a queue or of an agent begins with the
    /// instance's.
    pub(crate) fn parse(text: &str) -> Option<(Self, &str)> {
        let mut parts = text.split(':');
        let ("arn", partition, "connect") = (parts.next()?, parts.next()?, parts.next()?) else {
            return None;
        };
        let (region, account) = (parts.next()?, parts.next()?);
        let resource = parts.next()?.strip_prefix("instance/")?;
        let id = resource.split('/').next()?;
        let rest = text.get(find(text, INSTANCE)? + INSTANCE.len() + id.len()..)?;
        let is_account = account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit());
        let fits = is_account
            && (partition == "aws" || partition.starts_with("aws-"))
            && is_region(region)
            && is_name(partition)
            && !id.is_empty()
            && is_name(id);
        let arn = Self {
            partition: partition.to_owned(),
            region: region.to_owned(),
            id: id.to_owned(),
        };
        fits.then_some((arn, rest))
    }

    /// The AWS Region, such as `us-east-1`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The instance's ID, a UUID.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether the instance is in AWS GovCloud, which has a domain of its own.
    pub(crate) fn is_gov_cloud(&self) -> bool {
        self.partition == "aws-us-gov"
    }
}

/// Whether `region` has the form of an AWS Region, such as `us-gov-west-1`.
pub(crate) fn is_region(region: &str) -> bool {
    matches!(region.as_bytes(), [_, _, b'-', .., b'-', b'0'..=b'9']) && is_name(region)
}

const INSTANCE: &str = ":instance/";

fn is_name(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    const ID: &str = "178c75e4-b3de-4839-a6aa-e321ab3f3770";

    #[test]
    fn an_arn_has_a_region_and_an_instance() {
        for (partition, region, rest) in [
            ("aws", "us-east-1", ""),
            ("aws", "ap-southeast-2", "/queue/5cba7cbf"),
            ("aws-us-gov", "us-gov-west-1", "/agent/1"),
        ] {
            let text = format!("arn:{partition}:connect:{region}:123456789012:instance/{ID}{rest}");
            let (arn, after) = InstanceArn::parse(&text).expect("an ARN");
            assert_eq!((arn.region(), arn.id(), after), (region, ID, rest));
            assert_eq!(arn.is_gov_cloud(), partition == "aws-us-gov");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in [
            "",
            ID,
            "arn:aws:connect",
            "arn:aws:iam::123456789012:role/Connect",
            "arn:aws:connect:us-east-1:123456789012:instance/",
            "arn:aws:connect:us-east-1:123456789012:phone-number/1",
            "arn:aws:connect:us-east-1:1234:instance/1",
            "arn:aws:connect::123456789012:instance/1",
            "arn:aws:connect:useast1:123456789012:instance/1",
            "arn:azure:connect:us-east-1:123456789012:instance/1",
            "arn:aws:connect:us-east-1:123456789012:instance/<script>",
            "ARN:aws:connect:us-east-1:123456789012:instance/1",
        ] {
            assert_eq!(InstanceArn::parse(text), None, "{text}");
        }
    }
}
