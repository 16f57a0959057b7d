//! The names of all fields, and what a name that does not exist was probably meant to be.

use super::code;
use super::parser::Parser;
use crate::host_value::HostValue;

impl Parser<'_> {
    /// A field that is not known is an error and not ignored: most are misspelt, and what they were
    /// meant to change would silently stay as it is.
    pub(super) fn known(&mut self, value: &HostValue, level: Level) {
        for name in value.unknown(level.names()) {
            let meant = meant(name, level);
            self.no_such_field(name, level, meant);
        }
    }

    /// Only names that are nearly right: Amazon may add parameters.
    pub(super) fn nearly_known(&mut self, value: &HostValue, level: Level) {
        let reserved = |name: &&str| RESERVED_OPTIONS.iter().any(|(option, _)| option == name);
        for name in value.unknown(level.names()).filter(|name| !reserved(name)) {
            if let Some(meant) = meant(name, level) {
                self.no_such_field(name, level, Some(meant));
            }
        }
    }

    fn no_such_field(&mut self, name: &str, level: Level, meant: Option<Meant>) {
        let mut found = "a field that does not exist".to_owned();
        let expected = match meant {
            Some(Meant::Name(name)) => {
                found += &format!("; did you mean {name}?");
                name
            }
            Some(Meant::Instead(instead)) => instead.to_owned(),
            None => format!("one of {}", level.names().join(", ")),
        };
        let field = format!("{}{}", level.prefix(), shown_name(name));
        self.error(code::UNKNOWN_FIELD, &field, &found, &expected);
    }
}

/// An object of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Top,
    SignIn,
    Session,
    Streams,
    /// `streams.options`
    Options,
    /// `streams.options.softphone`
    Softphone,
    /// `actions`
    Actions,
    /// `actions.recording`
    Recording,
}

impl Level {
    const ALL: [Self; 8] = [
        Self::Top,
        Self::SignIn,
        Self::Session,
        Self::Streams,
        Self::Options,
        Self::Softphone,
        Self::Actions,
        Self::Recording,
    ];

    /// The path to it, with the dot.
    pub(super) const fn prefix(self) -> &'static str {
        match self {
            Self::Top => "",
            Self::SignIn => "signIn.",
            Self::Session => "session.",
            Self::Streams => "streams.",
            Self::Options => "streams.options.",
            Self::Softphone => "streams.options.softphone.",
            Self::Actions => "actions.",
            Self::Recording => "actions.recording.",
        }
    }

    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Top => &[
                "instanceUrl",
                "ccpUrl",
                "instanceArn",
                "ssoLoginUrl",
                "idpLogoutUrl",
                "controls",
                "signIn",
                "expectedUser",
                "session",
                "streams",
                "signal",
                "actions",
            ],
            Self::SignIn => &["ways", "returnUrl", "timeoutMs", "prompt"],
            Self::Session => &["lengthMs", "warnBeforeMs", "renew", "activity"],
            Self::Streams => &["url", "integrity", "options"],
            Self::Actions => &["recording", "beforeFinish"],
            Self::Recording => &["state", "start", "pause", "resume", "stop"],
            // Streams 2.28.2, src/index.d.ts, InitCCPOptions.
            Self::Options => &[
                "region",
                "softphone",
                "chat",
                "task",
                "email",
                "autoAcceptTone",
                "pageOptions",
                "iframeTitle",
                "style",
                "ccpAckTimeout",
                "ccpSynTimeout",
                "logConfig",
                "plugins",
                "provider",
                "enableGlobalResiliency",
                "secondaryCCPUrl",
            ],
            // The same, SoftPhoneOptions.
            Self::Softphone => &[
                "allowFramedSoftphone",
                "disableRingtone",
                "ringtoneUrl",
                "disableEchoCancellation",
                "disableStoringParamsInLocalStorage",
                "allowFramedVideoCall",
                "allowFramedScreenSharing",
                "allowFramedScreenSharingPopUp",
                "VDIPlatform",
                "allowEarlyGum",
                "allowExtendedPersistentConnection",
            ],
        }
    }
}

/// Options of `initCCP` that this module sets itself, and what to use instead.
pub(super) const RESERVED_OPTIONS: [(&str, &str); 7] = [
    ("ccpUrl", "instanceUrl or ccpUrl at the top level"),
    ("loginUrl", "ssoLoginUrl at the top level"),
    ("loginPopup", "signIn.ways"),
    (
        "loginPopupAutoClose",
        "no such option: sign-in windows close by themselves",
    ),
    ("loginOptions", "signIn.ways and signIn.timeoutMs"),
    ("ccpLoadTimeout", "signIn.timeoutMs"),
    ("__proto__", "no option of that name"),
];

/// What belongs in the place of a name that does not exist.
#[derive(Debug, PartialEq)]
enum Meant {
    /// A field, with the path to it if it is on another level.
    Name(String),
    /// What is used instead of an option of `initCCP`, in words.
    Instead(&'static str),
}

/// What belongs in the place of `name`, which does not exist on that `level`: a similar name there, the
/// same name on another level, or what stands for an option of `initCCP` that is not passed on.
fn meant(name: &str, level: Level) -> Option<Meant> {
    let similar = |limit: usize| {
        let names = level.names().iter();
        let (letters, known) = names.map(|known| (distance(name, known), *known)).min()?;
        (letters <= limit).then(|| Meant::Name(known.to_owned()))
    };
    let elsewhere = || {
        // What is not known among initCCP's own parameters may be one that Amazon added.
        let fits = |other: &Level| match level {
            Level::Options => *other == Level::Softphone,
            Level::Softphone => *other == Level::Options,
            Level::Top
            | Level::SignIn
            | Level::Session
            | Level::Streams
            | Level::Actions
            | Level::Recording => true,
        };
        Level::ALL.into_iter().filter(fits).find_map(|other| {
            let mut names = other.names().iter();
            let known = names.find(|known| distance(name, known) == 0)?;
            Some(Meant::Name(format!("{}{known}", other.prefix())))
        })
    };
    let reserved = || {
        let mut options = RESERVED_OPTIONS.iter();
        let (_, instead) = options.find(|(option, _)| distance(name, option) == 0)?;
        Some(Meant::Instead(instead))
    };
    // Two letters change a short name into any other.
    let limit = if name.len() < 6 { 1 } else { 2 };
    similar(0)
        .or_else(elsewhere)
        .or_else(reserved)
        .or_else(|| similar(limit))
}

/// How many letters must be changed, added or left out to make one name of the other. Case and
/// separators do not count.
fn distance(one: &str, other: &str) -> usize {
    let plain = |name: &str| -> Vec<u8> {
        let letters = name.bytes().filter(|b| !matches!(b, b'-' | b'_' | b' '));
        letters.take(60).map(|b| b.to_ascii_lowercase()).collect()
    };
    let (one, other) = (plain(one), plain(other));
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, a) in one.iter().enumerate() {
        let mut left = index + 1;
        let mut diagonal = index;
        let mut next = vec![left];
        for (b, above) in other.iter().zip(row.iter().skip(1)) {
            left = (left + 1)
                .min(above + 1)
                .min(diagonal + usize::from(a != b));
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A field's name from outside, short enough for a message. Control characters are left out, because
/// they could forge lines of a log.
fn shown_name(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::test;

    #[test]
    fn a_name_is_as_far_as_its_letters() {
        for (one, other, letters) in [
            ("ways", "ways", 0),
            ("sso_login_URL", "ssoLoginUrl", 0),
            ("alllowFramedSoftphone", "allowFramedSoftphone", 1),
            ("softhpone", "softphone", 2),
            ("", "ways", 4),
            ("ways", "", 4),
            ("chat", "task", 4),
        ] {
            assert_eq!(distance(one, other), letters, "{one} {other}");
        }
    }

    #[test]
    fn what_was_meant_is_near_or_elsewhere() {
        for (name, level, expected) in [
            ("ssoLoginURL", Level::Top, Some("ssoLoginUrl")),
            ("sign_in", Level::Top, Some("signIn")),
            ("returnURL", Level::Top, Some("signIn.returnUrl")),
            ("region", Level::Top, Some("streams.options.region")),
            ("expectedUsr", Level::Top, Some("expectedUser")),
            ("renew", Level::SignIn, Some("session.renew")),
            ("carrierPigeon", Level::Top, None),
            ("view", Level::Options, None),
            ("url", Level::Options, None),
            ("softphones", Level::Options, Some("softphone")),
            (
                "alllowFramedSoftphone",
                Level::Softphone,
                Some("allowFramedSoftphone"),
            ),
            (
                "allowFramedSoftphone",
                Level::Options,
                Some("streams.options.softphone.allowFramedSoftphone"),
            ),
        ] {
            let expected = expected.map(|name| Meant::Name(name.to_owned()));
            assert_eq!(meant(name, level), expected, "{name}");
        }
        for level in [Level::Top, Level::SignIn, Level::Options] {
            let instead = Meant::Instead("ssoLoginUrl at the top level");
            assert_eq!(meant("loginURL", level), Some(instead));
        }
    }
}
