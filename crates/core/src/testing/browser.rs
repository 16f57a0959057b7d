//! The one simulated browser: what the phone's effects open, close, store and lock, and what happens at
//! once because of them. Stories, the explorer and the shift all run a phone in it.

use crate::audio::Softphone;
use crate::phone::effect::{CcpEffect, Effect, SignInEffect, TabsEffect, WindowKind};
use crate::phone::input::{CcpFact, Input, PageFact, SignInFact, TabsFact};
use crate::sign_in::record::Record;

/// A browser with one page, which holds one phone.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Whether it lets windows open.
    pub(crate) windows_open: bool,
    /// Whether the lock is granted whenever it is requested.
    pub(crate) locks_granted: bool,
    /// Whether the CCP answers when it is asked for a sign of life.
    pub(crate) ccp_answers: bool,
    /// Who has the softphone; `None`: nobody says.
    pub(crate) softphone: Option<Softphone>,
    /// Whether the sign-in frame is open.
    pub(crate) frame: bool,
    /// Whether the sign-in window is open.
    pub(crate) window: bool,
    /// Whether the page was told to navigate away.
    pub(crate) redirected: bool,
    /// Whether Streams speaks to a frame that is gone.
    pub(crate) detached: bool,
    /// Whether the page has taken the phone's own elements out of the container.
    pub(crate) emptied: bool,
    pub(crate) lock: Lock,
    /// Whether a lock may still be granted that is no longer requested.
    pub(crate) grant_on_its_way: bool,
    pub(crate) stored: Record,
    /// Where the frame was sent last.
    pub(crate) frame_url: Option<String>,
    /// Where the window, or the whole page, was sent last.
    pub(crate) window_url: Option<(String, WindowKind)>,
}

/// The lock as the browser sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Lock {
    None,
    Requested,
    Held,
}

impl Browser {
    /// A browser that blocks windows, grants the lock at once, and whose CCP answers when asked.
    pub(crate) fn new(stored: Record) -> Self {
        Self {
            windows_open: false,
            locks_granted: true,
            ccp_answers: true,
            softphone: Some(Softphone::Here),
            frame: false,
            window: false,
            redirected: false,
            detached: false,
            emptied: false,
            lock: Lock::None,
            grant_on_its_way: false,
            stored,
            frame_url: None,
            window_url: None,
        }
    }

    /// Does what the phone wants. What happens at once because of it, if anything does.
    ///
    /// # Errors
    /// The effect makes no sense in this browser.
    pub(crate) fn perform(&mut self, effect: &Effect) -> Result<Option<Input>, String> {
        match effect {
            Effect::Ccp(effect) => self.perform_ccp(*effect),
            Effect::SignIn(effect) => self.perform_sign_in(effect),
            Effect::Tabs(effect) => self.perform_tabs(*effect),
            Effect::Save(record) => {
                self.stored = *record;
                Ok(None)
            }
            Effect::PutBack => {
                self.emptied = false;
                Ok(None)
            }
            Effect::Dismantle => {
                self.window = false; // Also one whose opening has not been told yet.
                Ok(None)
            }
            Effect::Calls(_)
            | Effect::SignOut(_)
            | Effect::Microphone(_)
            | Effect::Settle(..)
            | Effect::Tell(_) => Ok(None),
        }
    }

    fn perform_ccp(&mut self, effect: CcpEffect) -> Result<Option<Input>, String> {
        match effect {
            CcpEffect::Reload | CcpEffect::AskForCookies if self.detached => {
                Err("in vain: reloads a frame that Streams does not see".to_owned())
            }
            CcpEffect::Reload
            | CcpEffect::AskForCookies
            | CcpEffect::Unload
            | CcpEffect::AskUser
            | CcpEffect::ReloadAgent
            | CcpEffect::ReportActivity
            | CcpEffect::TakeAudio => Ok(None),
            CcpEffect::AskAudio => Ok(self.softphone.map(|who| CcpFact::SoftphoneTold(who).into())),
            CcpEffect::Rebuild if self.emptied => {
                Err("in vain: builds a CCP outside of the document".to_owned())
            }
            CcpEffect::Rebuild => {
                self.detached = false;
                Ok(None)
            }
            CcpEffect::Probe => Ok(self.ccp_answers.then(|| CcpFact::KeptAlive.into())),
        }
    }

    fn perform_sign_in(&mut self, effect: &SignInEffect) -> Result<Option<Input>, String> {
        match effect {
            SignInEffect::OpenFrame(url) => {
                self.needs_lock("a frame")?;
                self.frame = true;
                self.frame_url = Some(url.reveal().clone());
                Ok(None)
            }
            SignInEffect::CloseFrame => {
                if !std::mem::replace(&mut self.frame, false) {
                    return Err("closes what is not open: a frame".to_owned());
                }
                Ok(None)
            }
            SignInEffect::OpenWindow(url, kind) => {
                self.needs_lock("a window")?;
                self.window |= self.windows_open;
                self.window_url = Some((url.reveal().clone(), *kind));
                let outcome = if self.window {
                    SignInFact::WindowOpened
                } else {
                    SignInFact::WindowBlocked
                };
                Ok(Some(outcome.into()))
            }
            SignInEffect::FocusWindow | SignInEffect::AskForUrl => Ok(None),
            SignInEffect::SendWindow(url) => {
                self.window_url = Some((url.reveal().clone(), WindowKind::Sso));
                Ok(None)
            }
            SignInEffect::CloseWindow => {
                self.window = false;
                Ok(None)
            }
            SignInEffect::Redirect(url, _) => {
                if self.window {
                    return Err("two ways at once: redirects while a window is open".to_owned());
                }
                self.redirected = true;
                self.window_url = Some((url.reveal().clone(), WindowKind::Sso));
                Ok(None)
            }
        }
    }

    fn perform_tabs(&mut self, effect: TabsEffect) -> Result<Option<Input>, String> {
        match effect {
            TabsEffect::AcquireLock { steal } => {
                match (self.lock, steal) {
                    (Lock::None, false) => self.lock = Lock::Requested,
                    (Lock::None | Lock::Requested, true) => self.lock = Lock::Held,
                    (lock, _) => return Err(format!("a lock acquired twice: {lock:?}")),
                }
                let granted = TabsFact::LockGranted(self.stored);
                if self.locks_granted {
                    self.lock = Lock::Held;
                }
                Ok(self.locks_granted.then(|| granted.into()))
            }
            TabsEffect::ReleaseLock => {
                if self.lock == Lock::None {
                    return Err("a lock released that nobody had: ReleaseLock".to_owned());
                }
                self.grant_on_its_way = self.lock == Lock::Requested;
                self.lock = Lock::None;
                Ok(None)
            }
            TabsEffect::TellSignedIn | TabsEffect::TellRestart { .. } => Ok(None),
        }
    }

    fn needs_lock(&self, what: &str) -> Result<(), String> {
        if self.lock == Lock::Held {
            Ok(())
        } else {
            Err(format!("without the lock: {what}"))
        }
    }

    /// Something happened that changes the browser itself, before the phone hears of it.
    pub(crate) fn before(&mut self, input: &Input) {
        match input {
            Input::SignIn(SignInFact::WindowClosed) => self.window = false,
            Input::Tabs(TabsFact::LockGranted(record)) => {
                self.lock = Lock::Held;
                self.grant_on_its_way = false;
                self.stored = *record;
            }
            Input::Tabs(TabsFact::LockStolen) if self.lock == Lock::Held => self.lock = Lock::None,
            Input::Page(PageFact::ContainerRemoved) | Input::Ccp(CcpFact::Detached) => {
                self.detached = true;
            }
            // The CCP is made then.
            Input::Page(PageFact::StreamsArrived(_)) => self.detached = false,
            Input::Page(PageFact::ContainerEmptied) => {
                self.detached = true;
                self.emptied = true;
            }
            Input::Several(inputs) => {
                for input in inputs {
                    self.before(input);
                }
            }
            Input::Tick
            | Input::Ccp(_)
            | Input::Contacts(_)
            | Input::Calls(_)
            | Input::SignIn(_)
            | Input::SignOut(_)
            | Input::Tabs(_)
            | Input::Page(_)
            | Input::Condition(_)
            | Input::Microphone(_)
            | Input::Host(..)
            | Input::Answer(..) => {}
        }
    }
}
