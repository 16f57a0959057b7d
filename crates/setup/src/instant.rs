//! Instants as SAML and HAR files write them, and as a person reads them.

/// A reader's clock: now, and their offset from UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Clock {
    /// Milliseconds since 1970; `None` where nobody said.
    pub(crate) now: Option<i64>,
    /// Minutes east of UTC.
    pub(crate) offset: i32,
}

/// An `xs:dateTime` in milliseconds since 1970. One without a zone is in UTC, as SAML 2.0 Core, 1.3.3 has it.
pub(crate) fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    let (date, rest) = text.split_once('T')?;
    let mut date = date.splitn(3, '-');
    let (year, month, day) = (date.next()?, date.next()?, date.next()?);
    let is_year = year.len() == 4;
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    let zone = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(zone)?;
    let mut clock = clock.splitn(3, ':');
    let (hour, minute) = (number(clock.next()?)?, number(clock.next()?)?);
    let (second, fraction) = match clock.next()?.split_once('.') {
        Some((second, fraction)) => (number(second)?, fraction),
        None => (number(rest.get(6..8)?)?, ""),
    };
    let is_in_range = is_year
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour <= 24
        && minute <= 59
        && second <= 60;
    let millis = match fraction.get(..fraction.len().min(3))? {
        "" => 0,
        digits => number(digits)? * 10_i64.pow(3 - u32::try_from(digits.len()).ok()?),
    };
    let seconds = days(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
    is_in_range.then_some((seconds - offset(zone)? * 60) * 1000 + millis)
}

/// The offset from UTC of an `xs:dateTime`, in minutes; `None` where it names no zone.
pub(crate) fn zone(text: &str) -> Option<i32> {
    let (_, rest) = text.trim().split_once('T')?;
    let at = rest.find(['Z', 'z', '+', '-'])?;
    i32::try_from(offset(rest.get(at..)?)?).ok()
}

impl Clock {
    /// An instant in the reader's time: `26 Nov 2026, 19:18:40 (UTC+01:00)`.
    pub(crate) fn shown(&self, instant: i64) -> String {
        let local = instant.div_euclid(1000) + i64::from(self.offset) * 60;
        let (day, second) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let (year, month, day) = civil(day);
        let month = usize::try_from(month - 1)
            .ok()
            .and_then(|at| MONTHS.get(at));
        let zone = match self.offset {
            0 => "UTC".to_owned(),
            offset => {
                let sign = if offset < 0 { '-' } else { '+' };
                let minutes = offset.unsigned_abs();
                format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        };
        format!(
            "{day} {} {year}, {:02}:{:02}:{:02} ({zone})",
            month.copied().unwrap_or_default(),
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }

    /// The same, and how far from now that is.
    pub(crate) fn told(&self, instant: i64) -> String {
        match self.now {
            None => self.shown(instant),
            Some(now) => format!("{}, {}", self.shown(instant), distance(instant - now)),
        }
    }
}

/// A length of time in words: the two largest units of it.
pub(crate) fn duration(seconds: i64) -> String {
    let seconds = seconds.abs();
    let units = [
        (365 * DAY, "year"),
        (DAY, "day"),
        (3600, "hour"),
        (60, "minute"),
        (1, "second"),
    ];
    let mut rest = seconds;
    let mut words = Vec::new();
    for (length, name) in units {
        let count = rest / length;
        rest %= length;
        if count > 0 {
            words.push(format!(
                "{count} {name}{}",
                if count == 1 { "" } else { "s" }
            ));
        } else if !words.is_empty() {
            break;
        }
        if words.len() == 2 {
            break;
        }
    }
    if words.is_empty() {
        return "no time".to_owned();
    }
    words.join(" ")
}

/// How far an instant is from now.
fn distance(millis: i64) -> String {
    match millis / 1000 {
        0 => "now".to_owned(),
        seconds if seconds > 0 => format!("in {}", duration(seconds)),
        seconds => format!("{} ago", duration(seconds)),
    }
}

/// Days since 1970 in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a day since 1970.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, date)
}

/// Minutes east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = (number(digits.get(..2)?)?, number(digits.get(2..)?)?);
    (digits.len() == 4 && hours <= 14 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

fn number(digits: &str) -> Option<i64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// In seconds.
const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn instants_are_read_and_shown() {
        let clock = Clock::default();
        for (text, shown) in [
            ("1970-01-01T00:00:00Z", "1 Jan 1970, 00:00:00 (UTC)"),
            ("2024-02-29T23:59:59.999Z", "29 Feb 2024, 23:59:59 (UTC)"),
            ("2026-11-26T20:18:40+01:00", "26 Nov 2026, 19:18:40 (UTC)"),
            ("2026-11-26T20:18:40.1-0530", "27 Nov 2026, 01:48:40 (UTC)"),
            ("2026-11-26T20:18:40", "26 Nov 2026, 20:18:40 (UTC)"),
            ("1900-03-01T00:00:00Z", "1 Mar 1900, 00:00:00 (UTC)"),
        ] {
            assert_eq!(read(text).map(|at| clock.shown(at)).as_deref(), Some(shown));
        }
        assert_eq!(read("1970-01-01T00:00:01.5Z"), Some(1500));
        for wrong in [
            "",
            "T",
            "2026-11-26",
            "2026-13-01T00:00:00Z",
            "2026-1-1T00:00Z",
            "x-y-zT1:2:3Z",
            "2026-11-26T10:00:0üZ",
            "2026-11-26T10:00:00+1",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let india = Clock {
            now: Some(0),
            offset: 330,
        };
        assert_eq!(
            india.told(-90_000),
            "1 Jan 1970, 05:28:30 (UTC+05:30), 1 minute 30 seconds ago"
        );
        let newfoundland = Clock {
            now: Some(0),
            offset: -210,
        };
        assert_eq!(
            newfoundland.told(0),
            "31 Dec 1969, 20:30:00 (UTC-03:30), now"
        );
    }

    #[test]
    fn durations_are_told_in_words() {
        for (seconds, words) in [
            (0, "no time"),
            (1, "1 second"),
            (300, "5 minutes"),
            (43_200, "12 hours"),
            (90_061, "1 day 1 hour"),
            (630_720_000, "20 years"),
            (3605, "1 hour"),
        ] {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_shown() {
        for day in (-200_000..200_000).step_by(17) {
            let (year, month, date) = civil(day);
            assert_eq!(days(year, month, date), day);
        }
    }
}
