//! The host's own parameters of `initCCP`, as far as they can be wrong.

use super::code;
use super::names::{Level, RESERVED_OPTIONS};
use super::parser::Parser;
use crate::address::pasted::placeholder;
use crate::host_value::HostValue;

impl Parser<'_> {
    /// Options that this module sets itself, that are misspelt, or that do not do what they seem to.
    pub(super) fn options(&mut self, options: &HostValue) {
        if !matches!(options, HostValue::Absent | HostValue::Fields(_)) {
            self.wrong("streams.options", options, INIT_PARAMETERS);
        }
        for (name, instead) in RESERVED_OPTIONS {
            let given = match name {
                // Unset or not, it is no parameter.
                "__proto__" => options.names().any(|option| option == name),
                _ => !options.field(name).is_unset(),
            };
            if given {
                self.error(
                    code::RESERVED_OPTION,
                    &format!("streams.options.{name}"),
                    "an option that is not passed on",
                    instead,
                );
            }
        }
        self.nearly_known(options, Level::Options);
        if let HostValue::Text(region) = options.set("region")
            && let Some(found) = placeholder(region)
        {
            let found = format!("the placeholder {found}");
            let expected = "the instance's AWS Region, such as us-east-1";
            self.error(
                code::WRONG_VALUE,
                "streams.options.region",
                &found,
                expected,
            );
        }
        let softphone = options.set("softphone");
        if !matches!(softphone, HostValue::Absent | HostValue::Fields(_)) {
            self.wrong("streams.options.softphone", softphone, "an object");
        }
        self.nearly_known(softphone, Level::Softphone);
        if let HostValue::Bool(false) = softphone.field("allowFramedSoftphone") {
            self.warn(
                code::CONFLICT,
                "streams.options.softphone.allowFramedSoftphone",
                "false, so that calls end as missed unless another window has a softphone",
                "true",
            );
        }
        for name in ["softphone", "chat", "task", "email", "autoAcceptTone"] {
            self.ringtone(name, options.field(name).set("ringtoneUrl"));
        }
    }

    /// Whether Amazon's page asks for the CCP's cookies; what it says and looks like is passed on to it.
    pub(super) fn storage_access(&mut self, options: &HostValue, streams: bool) -> Option<bool> {
        const FIELD: &str = "streams.options.storageAccess";
        if matches!(options, HostValue::Absent) {
            return None;
        }
        if !matches!(options, HostValue::Fields(_)) {
            self.wrong(FIELD, options, "an object");
        } else if streams {
            let expected = "another way than \"streams\", which would show nothing of it";
            self.error(code::CONFLICT, FIELD, "an option", expected);
        }
        let can = options.set("canRequest");
        if let HostValue::Bool(can) = can {
            return Some(*can);
        }
        if !matches!(can, HostValue::Absent) {
            self.wrong(&format!("{FIELD}.canRequest"), can, "true or false");
        }
        None
    }

    /// Streams passes it on to the CCP, which resolves it against its own address (Streams 2.28.2,
    /// `initRingtoneEngines`).
    fn ringtone(&mut self, name: &str, url: &HostValue) {
        let HostValue::Text(url) = url else {
            return;
        };
        if (self.read)(url.trim(), None).is_some() {
            return;
        }
        let page = self.page.as_ref().map(|page| page.href.as_str());
        let there = (self.read)(url.trim(), page).map(|there| there.origin + &there.path);
        self.warn(
            code::WRONG_URL,
            &format!("streams.options.{name}.ringtoneUrl"),
            "a relative URL, which Amazon's panel looks for on the instance",
            &there.unwrap_or_else(|| "an absolute URL".to_owned()),
        );
    }
}

pub(super) const INIT_PARAMETERS: &str = "an object of initCCP parameters";
