//! The instance's ARN: what its parts can be.

use softphone_core::address::reading::{instance_arn, is_region};

use crate::check::ARN_GUIDE;
use crate::finding::{Fault, Range, code};
use crate::locate::{markup, placeholder, unmarked};
use crate::region;

/// What looks wrong with an ARN that softphone-core takes.
pub(crate) fn check(text: &str) -> Vec<Fault> {
    let start = Range::whole(text).start;
    let Some((arn, rest)) = instance_arn(text.trim()) else {
        return Vec::new();
    };
    if !rest.trim_end_matches('/').is_empty() {
        return Vec::new();
    }
    let parts = parts(text.trim());
    let at = |index: usize| parts.get(index).map(|part| part.moved(start));
    let mut faults = Vec::new();
    faults.extend(odd_region(arn.region(), at(3), ARN_GUIDE));
    let partition = text.trim().split(':').nth(1).unwrap_or_default();
    let expected = region::partition(arn.region());
    if partition != expected && !partition.starts_with("aws-iso") {
        faults.push(
            Fault::warning(code::OTHER_PARTITION, at(1))
                .found(format!(
                    "the partition {partition} with a Region of {expected}"
                ))
                .expected(expected)
                .remedy(COPY, ARN_GUIDE),
        );
    }
    if !is_uuid(arn.id()) {
        let id = at(5).map(|at| Range::new(at.start + "instance/".len(), at.end));
        let id = id.map(|at| Range::new(at.start, at.start + arn.id().len()));
        faults.push(odd_id(id).remedy(COPY, ARN_GUIDE));
    }
    faults
}

/// A Region that cannot be one, although its form is right.
pub(crate) fn odd_region(name: &str, at: Option<Range>, source: &'static str) -> Option<Fault> {
    if region::is_plausible(&name.to_ascii_lowercase()) {
        return None;
    }
    let expected = region::meant(name).unwrap_or("an AWS Region such as us-east-1");
    Some(
        Fault::warning(code::UNKNOWN_REGION, at)
            .found("an AWS Region that does not exist")
            .expected(expected)
            .remedy(
                "Take the Region from the instance's ARN, between \":connect:\" and the account.",
                source,
            ),
    )
}

/// An instance ID that is none.
pub(crate) fn odd_id(at: Option<Range>) -> Fault {
    Fault::warning(code::ODD_INSTANCE_ID, at)
        .found("an instance ID that is no UUID")
        .expected("8, 4, 4, 4 and 12 digits from 0 to f, with hyphens between them")
}

/// Which part of a text makes it no ARN of an instance.
pub(crate) fn fault(text: &str) -> Option<Range> {
    if let Some(at) = placeholder(text) {
        return Some(at);
    }
    if unmarked(text).is_some_and(|bare| instance_arn(&bare).is_some()) {
        return markup(text);
    }
    let start = Range::whole(text).start;
    let text = text.trim();
    if let Some((_, rest)) = instance_arn(text) {
        return Some(Range::new(text.len() - rest.len(), text.len()).moved(start));
    }
    let parts = parts(text);
    let part = |index: usize| parts.get(index).map_or("", |at| &text[at.bytes()]);
    let wrong = [
        part(0) != "arn",
        part(1) != "aws" && !part(1).starts_with("aws-"),
        part(2) != "connect",
        !is_region(part(3)),
        part(4).len() != 12 || !part(4).bytes().all(|b| b.is_ascii_digit()),
        true,
    ];
    let index = wrong.iter().position(|wrong| *wrong)?;
    let at = if parts.len() < 6 {
        None
    } else {
        parts.get(index)
    };
    at.filter(|at| at.start < at.end).map(|at| at.moved(start))
}

/// Its parts between the colons.
fn parts(text: &str) -> Vec<Range> {
    let mut from = 0;
    text.splitn(6, ':')
        .map(|part| {
            let start = from;
            from = start + part.len() + 1;
            Range::new(start, start + part.len())
        })
        .collect()
}

/// Whether `id` has the form of an instance ID.
pub(crate) fn is_uuid(id: &str) -> bool {
    let groups: Vec<&str> = id.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

const COPY: &str = "Copy the instance ARN from the Amazon Connect console: choose the instance's alias; it is on the page \"Account overview\".";

#[cfg(test)]
mod tests {
    use crate::check::ARN;
    use crate::testing::{ID, expect, test};

    #[test]
    fn arns_of_all_partitions_are_good() {
        for (partition, region) in [
            ("aws", "us-east-1"),
            ("aws", "ap-southeast-2"),
            ("aws", "eu-west-2"),
            ("aws", "ca-central-1"),
            ("aws-us-gov", "us-gov-west-1"),
            ("aws-cn", "cn-north-1"),
            ("aws-iso", "us-iso-east-1"),
        ] {
            let arn = format!("arn:{partition}:connect:{region}:123456789012:instance/{ID}");
            expect(&[(ARN, &arn)], &[]);
            expect(&[(ARN, &format!("  {arn}/\n"))], &[]);
        }
    }

    #[test]
    fn each_mistake_in_an_arn_is_shown() {
        let good = format!("arn:aws:connect:us-east-1:361814831152:instance/{ID}");
        for (from, to, code, part) in [
            ("arn:", "ARN:", "WRONG_VALUE", "ARN"),
            (":aws:", ":amazon:", "WRONG_VALUE", "amazon"),
            (":connect:", ":iam:", "WRONG_VALUE", "iam"),
            (":us-east-1:", ":useast1:", "WRONG_VALUE", "useast1"),
            ("361814831152", "123456789", "WRONG_VALUE", "123456789"),
            ("361814831152", "<account>", "WRONG_VALUE", "<account>"),
            (
                "3770",
                "3770/user/${aws:userid}",
                "WRONG_VALUE",
                "/user/${aws:userid}",
            ),
            (
                "3770",
                "3770/queue/5cba7cbf",
                "WRONG_VALUE",
                "/queue/5cba7cbf",
            ),
            ("us-east-1", "us-esat-1", "UNKNOWN_REGION", "us-esat-1"),
            (":aws:", ":aws-us-gov:", "OTHER_PARTITION", "aws-us-gov"),
            (":us-east-1:", ":us-gov-west-1:", "OTHER_PARTITION", "aws"),
            (
                ID,
                "00aa11b2-c333-4d55-e6f7-888g9999hh0",
                "ODD_INSTANCE_ID",
                "00aa11b2-c333-4d55-e6f7-888g9999hh0",
            ),
            (
                "178c75e4-",
                "178c75e-",
                "ODD_INSTANCE_ID",
                "178c75e-b3de-4839-a6aa-e321ab3f3770",
            ),
        ] {
            let wrong = good.replacen(from, to, 1);
            expect(&[(ARN, &wrong)], &[(code, part)]);
        }
        expect(&[(ARN, &format!("\"{good}\""))], &[("WRONG_VALUE", "\"")]);
        expect(
            &[(ARN, &good.replace('-', "\\-"))],
            &[("WRONG_VALUE", "\\")],
        );
        expect(&[(ARN, ID)], &[("WRONG_VALUE", ID)]);
    }
}
