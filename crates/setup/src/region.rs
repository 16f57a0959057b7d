//! AWS Regions and partitions.

/// Whether `region` can be an AWS Region: an area, a direction and a number, such as `us-gov-west-1`. New Regions fit,
/// too, so that this list needs no care.
pub(crate) fn is_plausible(region: &str) -> bool {
    let parts: Vec<&str> = region.split('-').collect();
    let [area @ .., direction, number] = parts.as_slice() else {
        return false;
    };
    let area = area.join("-");
    AREAS.contains(&area.as_str())
        && DIRECTIONS.contains(direction)
        && matches!(number.as_bytes(), [b'1'..=b'9'])
}

/// The Region that `region` was probably meant to be.
pub(crate) fn meant(region: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let near = |known: &&&str| distance(&plain(known), &plain(region)) <= 2;
    let of_connect = CONNECT.iter().filter(near);
    of_connect
        .min_by_key(|known| distance(&plain(known), &plain(region)))
        .copied()
}

/// The partition that a Region belongs to.
pub(crate) fn partition(region: &str) -> &'static str {
    if region.starts_with("us-gov-") {
        "aws-us-gov"
    } else if region.starts_with("cn-") {
        "aws-cn"
    } else {
        "aws"
    }
}

/// How many letters must be changed, added, left out or swapped with their neighbour to make one text of the other.
pub(crate) fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (
        one.chars().take(60).collect(),
        other.chars().take(60).collect(),
    );
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let above = rows[i][j + 1] + 1;
            let mut least = (row[j] + 1)
                .min(above)
                .min(rows[i][j] + usize::from(a != b));
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(rows[i - 1][j - 1] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

const AREAS: [&str; 12] = [
    "us", "us-gov", "ca", "mx", "sa", "eu", "il", "me", "af", "ap", "cn", "us-iso",
];
const DIRECTIONS: [&str; 9] = [
    "north",
    "south",
    "east",
    "west",
    "central",
    "northeast",
    "northwest",
    "southeast",
    "southwest",
];
/// Where Amazon Connect is: for what was probably meant, and for the sign-in endpoints that a role trusts.
pub(crate) const CONNECT: [&str; 12] = [
    "us-east-1",
    "us-west-2",
    "us-gov-west-1",
    "ca-central-1",
    "eu-central-1",
    "eu-west-2",
    "af-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn regions_are_known_by_their_form() {
        for region in CONNECT {
            assert!(is_plausible(region), "{region}");
        }
        for (wrong, right) in [
            ("useast1", Some("us-east-1")),
            ("us-esat-1", Some("us-east-1")),
            ("us-east1", Some("us-east-1")),
            ("eu-centrl-1", Some("eu-central-1")),
            ("us-east", Some("us-east-1")),
            ("US_EAST_1", Some("us-east-1")),
            ("virginia", None),
            ("", None),
            ("-", None),
        ] {
            assert!(!is_plausible(wrong), "{wrong}");
            assert_eq!(meant(wrong), right, "{wrong}");
        }
    }
}
