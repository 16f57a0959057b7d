//! What is remembered between two visits of a page: when sign-in completed, and by which way.
//! No token, no name.

use crate::time::{Millis, Span};
use crate::way::Way;

/// The record of one instance, kept in the browser's storage as one short line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Record {
    /// When sign-in last completed here, if it did.
    pub started: Option<Millis>,
    /// When the session was last seen alive.
    pub seen: Option<Millis>,
    /// The way that worked last.
    pub way: Option<Way>,
    /// How long the CCP took to answer after its load the last time, if it took long.
    pub late: Option<Span>,
    /// Whether the instance refuses its CCP after a sign-in that ended elsewhere (amazon-connect-streams
    /// issue 1004), so that sign-in has to end on a page of the instance.
    pub ends_there: bool,
    /// Whether the CCP's frame gets its cookies only if the agent allows them.
    pub asks_cookies: bool,
    /// Whether Connect logged the agent out for inactivity, and nobody has signed in since.
    pub inactive: bool,
}

impl Record {
    /// Reads a stored line; anything that is not one of ours counts as no record.
    pub fn parse(line: &str) -> Self {
        let mut record = Self::default();
        let mut words = line.split(' ');
        if words.next() != Some(VERSION) {
            return record;
        }
        for word in words {
            match word.split_once('=') {
                Some(("started", at)) => record.started = at.parse().ok().map(Millis::new),
                Some(("seen", at)) => record.seen = at.parse().ok().map(Millis::new),
                Some(("way", name)) => record.way = Way::named(name),
                Some(("ends", place)) => record.ends_there = place == "there",
                Some(("late", ms)) => record.late = ms.parse().ok().map(Span::millis),
                Some(("cookies", how)) => record.asks_cookies = how == "ask",
                Some(("inactive", yes)) => record.inactive = yes == "1",
                Some(_) | None => {}
            }
        }
        record
    }

    /// The line to store.
    pub fn line(self) -> String {
        let mut line = VERSION.to_owned();
        if let Some(at) = self.started {
            line += &format!(" started={}", at.get());
        }
        if let Some(at) = self.seen {
            line += &format!(" seen={}", at.get());
        }
        if let Some(way) = self.way {
            line += &format!(" way={}", way.name());
        }
        if let Some(late) = self.late {
            line += &format!(" late={}", late.get());
        }
        if self.ends_there {
            line += " ends=there";
        }
        if self.asks_cookies {
            line += " cookies=ask";
        }
        if self.inactive {
            line += " inactive=1";
        }
        line
    }

    /// Whether a session of that length can still be alive at `now`. A record from the future counts as none:
    /// the computer's clock was wrong once.
    pub fn may_be_alive(self, now: Millis, length: Span) -> bool {
        match self.started.or(self.seen) {
            Some(since) => since <= now && now < since + length,
            None => false,
        }
    }
}

const VERSION: &str = "v1";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    const SESSION: Span = Span::hours(12);

    #[test]
    fn a_record_is_read_back_as_it_was_written() {
        let record = Record {
            started: Some(Millis::new(1_700_000_000_000)),
            seen: Some(Millis::new(1_700_000_100_000)),
            way: Some(Way::Popup),
            late: Some(Span::millis(500)),
            ends_there: true,
            asks_cookies: true,
            inactive: true,
        };
        assert_eq!(Record::parse(&record.line()), record);
        assert_eq!(Record::parse(&Record::default().line()), Record::default());
    }

    #[test]
    fn anything_else_is_no_record() {
        for line in [
            "",
            "{}",
            "v0 started=1",
            "v1 started=x",
            "v1 started=-5 way=?",
        ] {
            assert_eq!(Record::parse(line), Record::default(), "{line:?}");
        }
    }

    #[test]
    fn a_session_lives_for_twelve_hours() {
        let start = Millis::new(1_700_000_000_000);
        let record = Record {
            started: Some(start),
            ..Record::default()
        };
        assert!(record.may_be_alive(start, SESSION));
        assert!(record.may_be_alive(start + Span::millis(12 * 3_600_000 - 1), SESSION));
        assert!(!record.may_be_alive(start + SESSION, SESSION));
        assert!(!record.may_be_alive(start - Span::millis(1), SESSION));
        assert!(!Record::default().may_be_alive(start, SESSION));
    }
}
