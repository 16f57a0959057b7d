//! Points in time and spans, both in milliseconds.

use std::ops::{Add, Sub};

/// A point in time: milliseconds since 1970-01-01 UTC, as JavaScript's `Date.now()` counts.
///
/// The shell that supplies it never lets it run backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(not(test), derive(Hash))]
pub struct Millis(u64);

/// A span of milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Millis {
    /// The point `millis` milliseconds after 1970-01-01 UTC.
    pub const fn new(millis: u64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Span {
    /// A span of `millis` milliseconds.
    pub const fn millis(millis: u64) -> Self {
        Self(millis)
    }

    /// A span of `secs` seconds.
    pub const fn secs(secs: u64) -> Self {
        Self(secs * 1000)
    }

    /// A span of `hours` hours.
    pub const fn hours(hours: u64) -> Self {
        Self::secs(hours * 3600)
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The length in milliseconds.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl Add<Span> for Millis {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub<Span> for Millis {
    type Output = Self;

    fn sub(self, span: Span) -> Self {
        Self(self.0.saturating_sub(span.0))
    }
}

impl Sub for Millis {
    type Output = Span;

    /// The span between two points; zero when `earlier` is the later one.
    fn sub(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

/// In tests, points in time hash by their distance from a moment that the test chooses, so that the
/// explorer recognises a state that it has met before at another time of the day. Distances into the
/// past beyond 13 hours count as equal: nothing in the core looks back further than a session lasts.
#[cfg(test)]
impl std::hash::Hash for Millis {
    fn hash<H: std::hash::Hasher>(&self, hasher: &mut H) {
        let now = HASHED_FROM.get();
        let ahead = i64::try_from((*self - now).get()).unwrap_or(i64::MAX);
        let back = i64::try_from((now - *self).get()).unwrap_or(i64::MAX);
        (ahead - back.min(13 * 3_600_000)).hash(hasher);
    }
}

#[cfg(test)]
thread_local! {
    /// The moment from which [`Millis`] are hashed.
    pub(crate) static HASHED_FROM: std::cell::Cell<Millis> = const { std::cell::Cell::new(Millis(0)) };
}
