//! The cookies of the CCP's frame, where the browser keeps them from frames of other sites.
//!
//! Amazon has a page that asks the agent for them, and sends the frame on to the CCP once it has them (Streams 2.28.2,
//! connect-streams.js, `storageAccess`). Whatever loads the CCP otherwise loses them again, so from then on every
//! reload goes by that page. It also tells what nobody else can: whether the frame has its cookies.

use super::container::Container;
use super::link::Link;
use crate::error::{Error, Evidence};
use crate::phone::effect::{CcpEffect, SignInEffect};
use crate::phone::input::CookiesFact;
use crate::phone::machine::Phone;
use crate::phone::standing::Standing;
use crate::phone::status::Phase;
use crate::phone::timeline::TimelineEvent;
use crate::sign_in::attempt::{Attempt, RETURN_PATIENCE};
use crate::time::{Millis, Span};
use crate::way::Way;

/// What is known of the cookies, and what is being waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Cookies {
    access: Access,
    /// Until when.
    until: Option<Millis>,
    /// Sign-in came back by this way, and the CCP did not answer.
    after: Option<(Way, Evidence)>,
    /// Whether they are no longer in question: the frame has them, or nobody can tell.
    settled: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Access {
    /// The CCP was loaded without asking.
    #[default]
    Unasked,
    /// Amazon's page loads, and is to tell whether the frame has them.
    Asked,
    /// It has none. Amazon's page may still get them by itself, because the agent allowed them before.
    Missing,
    /// The agent is to allow them on Amazon's page.
    Blocked,
    /// The page went on to the CCP.
    Allowed,
}

impl Cookies {
    /// Amazon's page loads, and the CCP after it.
    pub(crate) const fn are_asked_for(&self) -> bool {
        matches!(self.access, Access::Asked | Access::Missing)
    }

    /// Whether the agent has to allow them.
    pub(crate) const fn are_blocked(&self) -> bool {
        matches!(self.access, Access::Blocked)
    }

    /// When something is done about them.
    pub(crate) const fn due(&self) -> Option<Millis> {
        self.until
    }

    /// By which way sign-in came back before they were asked for; nothing of it is waited for any more.
    pub(crate) fn take_way(&mut self) -> Option<Way> {
        self.until = None;
        self.after.take().map(|(way, _)| way)
    }

    /// Whether the CCP waits for anything but itself.
    pub(crate) const fn are_waited_for(&self) -> bool {
        self.until.is_some() && !self.are_blocked()
    }

    /// The page in the frame goes.
    pub(crate) const fn unloaded(&mut self) {
        self.access = Access::Unasked;
        self.until = None;
        self.after = None;
    }

    /// Amazon's page has loaded, or the CCP after it: it tells soon, or never.
    pub(crate) fn page_loaded(&mut self, now: Millis) {
        let soon = now + TELLS_SOON;
        if matches!(self.access, Access::Asked | Access::Allowed) {
            self.until = self.until.map(|until| until.min(soon));
        }
    }
}

impl Phone {
    /// Whether the agent may be asked for the cookies.
    pub(crate) fn may_ask_for_cookies(&self) -> bool {
        self.config.cookies != Some(false) && !self.streams_signs_in()
    }

    /// Whether the CCP has to be loaded by way of Amazon's page.
    pub(crate) fn needs_cookies(&self) -> bool {
        let unsettled = self.config.cookies == Some(true) && !self.state.cookies.settled;
        (self.state.record.asks_cookies || unsettled) && self.may_ask_for_cookies()
    }

    /// Whether it is worth asking, because nothing else explains the silent CCP.
    pub(crate) fn are_cookies_in_question(&self) -> bool {
        let cookies = self.state.cookies;
        !cookies.settled && cookies.access == Access::Unasked && self.may_ask_for_cookies()
    }

    /// Loads Amazon's page in the CCP's frame.
    pub(crate) fn ask_for_cookies(&mut self, now: Millis, after: Option<(Way, Evidence)>) {
        if self.state.ccp.awaits_streams() {
            return self.unloaded(Link::Loading { since: now }); // They are asked for once it is there.
        }
        if self.state.container == Container::Detached {
            self.rebuild_frame(now);
        }
        self.unloaded(Link::Loading { since: now });
        self.state.cookies = Cookies {
            access: Access::Asked,
            until: Some(now + PAGE_PATIENCE),
            after,
            settled: self.state.cookies.settled,
        };
        self.order(CcpEffect::AskForCookies);
        self.stand_after_click(now);
    }

    /// What the agent was asked for is done, and nothing else goes on: the CCP loads.
    fn stand_after_click(&mut self, now: Millis) {
        let asked = matches!(self.phase(), Phase::SignInNeeded | Phase::SigningIn);
        let idle = self.state.activity_is_idle() && self.state.cookies.after.is_none();
        if asked && idle {
            self.stand_opening(now, None, None);
        }
    }

    /// Amazon's page told something.
    pub(crate) fn cookies_told(&mut self, now: Millis, fact: CookiesFact) {
        let cookies = &mut self.state.cookies;
        match (fact, cookies.access) {
            (CookiesFact::Missing, Access::Asked) => {
                cookies.access = Access::Missing;
                cookies.until = Some(now + SETTLES);
                self.record(now, TimelineEvent::CookiesMissing);
            }
            (CookiesFact::There, Access::Asked)
            | (CookiesFact::Granted, Access::Asked | Access::Missing | Access::Blocked) => {
                self.cookies_granted(now);
            }
            (CookiesFact::Denied, Access::Missing | Access::Blocked) => {
                self.cookies_blocked(now, Error::StorageAccessDenied, None);
            }
            // What an earlier page still said.
            (
                CookiesFact::There
                | CookiesFact::Missing
                | CookiesFact::Granted
                | CookiesFact::Denied,
                _,
            ) => {}
        }
    }

    /// Nobody has told or done anything about them in time.
    pub(crate) fn cookies_due(&mut self, now: Millis) {
        if self.state.cookies.are_asked_for() && self.state.is_signing_out() {
            self.state.cookies.unloaded();
            return self.ccp_loaded(now); // A page that has no session, as far as one can see.
        }
        let cookies = &mut self.state.cookies;
        cookies.until = None;
        let after = cookies.after;
        match cookies.access {
            Access::Asked => {
                // No such page, or it may not be framed here.
                cookies.settled = true;
                if std::mem::take(&mut self.state.record.asks_cookies) {
                    self.save();
                }
                self.reload_without_cookies(now);
                if let Some((way, evidence)) = after {
                    self.stayed_silent(now, way, evidence);
                }
            }
            Access::Missing => {
                self.cookies_blocked(now, Error::ThirdPartyCookiesBlocked, Some(now + PATIENCE));
            }
            Access::Blocked => self.cookies_blocked(now, Error::StorageAccessIgnored, None),
            Access::Allowed | Access::Unasked => {
                if let Some((way, evidence)) = after {
                    let there = Evidence::CookiesThere {
                        approved: evidence != Evidence::None,
                    };
                    let before = evidence == Evidence::WorkedBefore;
                    let evidence = if before { evidence } else { there };
                    self.stayed_silent(now, way, evidence);
                }
            }
        }
    }

    /// Whatever became of the cookies, the CCP does not answer, although sign-in came back by `way`.
    fn stayed_silent(&mut self, now: Millis, way: Way, evidence: Evidence) {
        self.distrust_return(way);
        self.fail(now, Error::CcpSilent(evidence));
    }

    /// The agent has to allow them; `why` is what they read.
    fn cookies_blocked(&mut self, now: Millis, why: Error, until: Option<Millis>) {
        if self.state.is_signing_out() || self.phase() == Phase::SignedOut {
            return self.state.cookies.unloaded(); // Only a check.
        }
        self.record(now, TimelineEvent::Failed(why.code()));
        let way = self.state.cookies.after.map(|(way, _)| way);
        self.state.cookies.access = Access::Blocked;
        self.state.cookies.until = until;
        self.state.retry.cancel();
        let record = &mut self.state.record;
        let news = !record.asks_cookies || (way.is_some() && record.started.is_none());
        record.asks_cookies = true;
        if way.is_some() {
            record.started.get_or_insert(now); // There is a session; the frame only cannot see it.
        }
        if news {
            self.save();
        }
        // A window stays: the agent may be signing in in it. What else goes on would reload the page.
        if self.state.attempt().is_some_and(|a| a.window.is_some()) {
            if let Some(attempt) = self.state.attempt_mut() {
                attempt.keep_only_window();
            }
            self.close_frame();
        } else {
            self.drop_attempt();
        }
        let way = way.or(self.state.standing.way()).unwrap_or(Way::Popup);
        self.need_click(now, way, Some(why));
    }

    /// The frame has its cookies, and the CCP loads in it.
    fn cookies_granted(&mut self, now: Millis) {
        let after = self.state.cookies.after;
        let blocked = self.state.cookies.are_blocked();
        self.unloaded(Link::Loading { since: now });
        self.state.cookies = Cookies {
            access: Access::Allowed,
            until: after.map(|_| now + RETURN_PATIENCE),
            after,
            settled: true,
        };
        self.record(now, TimelineEvent::CookiesAllowed);
        let visits = |a: &Attempt| a.window.as_ref().is_some_and(|window| window.visit);
        if self.state.attempt().is_some_and(visits) {
            self.drop_attempt();
        }
        if let Some((way, _)) = after {
            self.stand(now, Standing::SigningIn { way: Some(way) });
        } else if blocked && self.state.attempt().is_some_and(Attempt::shows_window) {
            let way = Some(Way::Popup);
            self.stand(now, Standing::SigningIn { way });
        }
        self.stand_after_click(now);
        let length = self.config.session_length;
        let alive = self.state.record.may_be_alive(now, length);
        if matches!(self.state.standing, Standing::Opening { .. })
            && self.state.activity_is_idle()
            && self.config.has_sso()
            && !alive
        {
            self.start_attempt(now);
        }
    }

    /// Opens a page of the instance in a window: browsers ask for a site's cookies only once the agent has used that
    /// site in a window of its own (reported: amazon-connect-streams issue 782; Chromium 153 and Firefox ESR 153 do).
    pub(crate) fn visit_instance(&mut self) {
        self.state.attempt_or(Attempt::default);
        if let Some(attempt) = self.state.attempt_mut() {
            attempt.ask_for_window();
        }
        self.steal_lock();
        self.open_instance();
    }

    /// The agent is there, and cannot answer here meanwhile.
    pub(crate) const fn visit_began(&mut self) {
        self.state.cookies.until = None;
    }

    /// The agent has been there, or has had the time.
    pub(crate) fn visited(&mut self, now: Millis) {
        self.drop_attempt();
        if !self.state.ccp.carries_call() {
            // What signed in before still has.
            self.ask_for_cookies(now, self.state.cookies.after);
        }
    }

    /// Sign-in came back by `way` while the agent is asked for the cookies.
    pub(crate) fn signed_in_without_cookies(&mut self, now: Millis, way: Way) {
        self.drop_attempt();
        self.state.cookies.after = Some((way, Evidence::WindowReturned));
        self.state.record.started = Some(now);
        self.save();
        if let Standing::SigningIn { .. } = self.state.standing {
            self.need_click(now, way, Some(Error::ThirdPartyCookiesBlocked));
        }
    }

    fn close_frame(&mut self) {
        let attempt = self.state.attempt_mut();
        if attempt.is_some_and(|attempt| attempt.frame.take().is_some()) {
            self.order(SignInEffect::CloseFrame);
        }
    }
}

/// How long Amazon's page may take to load.
const PAGE_PATIENCE: Span = Span::secs(10);
/// How long it may take to tell about the cookies then, and the CCP after it to answer.
const TELLS_SOON: Span = Span::millis(2500);
/// How long it may take to get them where the agent allowed them before.
const SETTLES: Span = Span::millis(500);
/// How long the agent may take to allow them before they are told what else helps.
const PATIENCE: Span = Span::secs(30);
