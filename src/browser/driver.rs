//! Where core meets the browser: feeds it what happened, performs what it orders.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::ccp::Ccp;
use super::channel::Channel;
use super::clock::Clock;
use super::frame::SignInFrame;
use super::listeners::{Listeners, Unsubscribe};
use super::microphone::Microphone;
use super::panel::Panel;
use super::promise::Promises;
use super::streams::Streams;
use super::surroundings::Surroundings;
use super::turn::Turn;
use super::window::{SignInWindow, open_and_forget};
use super::{error, js, leave, report, snapshot, storage};
use softphone_core::agent::Load;
use softphone_core::config::{Config, Controls};
use softphone_core::error::Error;
use softphone_core::event::Event;
use softphone_core::number::{Number, Numbers};
use softphone_core::phase::{Phase, Way};
use softphone_core::session::{Effect, Input, Session, SignOut, Start, WindowKind};

/// Tells the driver that something happened.
pub(crate) type Feed = Rc<dyn Fn(Input)>;

/// An open softphone.
pub(crate) struct Driver {
    session: RefCell<Session>,
    streams: Streams,
    /// The host's own parameters of `initCCP`, for opening the CCP anew.
    options: JsValue,
    clock: Clock,
    container: HtmlElement,
    instance_origin: String,
    inputs: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    feed: Feed,
    listeners: Rc<Listeners>,
    promises: Promises,
    held: RefCell<Held>,
}

/// The right to be the one softphone of the page: Streams allows one CCP. Dropping it gives it back.
#[must_use]
#[derive(Debug)]
pub(crate) struct Place(());

thread_local! {
    static TAKEN: Cell<bool> = const { Cell::new(false) };
}

impl Place {
    /// Takes the place; `None` while another softphone has it.
    pub(crate) fn take() -> Option<Self> {
        (!TAKEN.replace(true)).then(|| Self(()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        TAKEN.set(false);
    }
}

/// What the browser was asked for. Dropping it gives it back.
#[derive(Default)]
struct Held {
    ccp: Option<Ccp>,
    panel: Option<Panel>,
    frame: Option<SignInFrame>,
    window: Option<SignInWindow>,
    channel: Option<Channel>,
    timer: Option<Timeout>,
    turn: Option<Turn>,
    surroundings: Option<Surroundings>,
    microphone: Option<Microphone>,
    /// Whether the microphone is looked after.
    watching: bool,
    /// Where the identity provider signs out, when its window was blocked.
    farewell: Option<SignInFrame>,
    /// What the parts that are written in JavaScript call.
    closures: Vec<Box<dyn std::any::Any>>,
    /// The page's only place.
    place: Option<Place>,
    /// The driver itself: a host may drop its phone, and garbage collection must not hang up.
    alive: Option<Rc<Driver>>,
}

impl Driver {
    /// Calls `initCCP` in `container` and starts the session.
    pub(crate) fn open(
        streams: Streams,
        container: HtmlElement,
        config: Config,
        options: &JsValue,
        place: Place,
    ) -> Result<Rc<Self>, JsValue> {
        let clock = Clock::new();
        let origin = config.ccp.origin().to_owned();
        let record = storage::load(&origin);
        let hidden = config.controls == Controls::Icc;
        let prompt = config.prompt;
        let redirects = config.ways.contains(&Way::Redirect);
        let returned = redirects.then(leave::came_back).flatten();
        let start = Start {
            now: clock.now(),
            online: js::get(&navigator(), "onLine") != JsValue::FALSE,
            returned: returned == Some(true),
            abandoned: returned == Some(false),
            seed: seed(),
        };
        let mut opened = Ok(());
        let driver = Rc::new_cyclic(|weak: &Weak<Self>| {
            let feed = feed(weak.clone());
            let mut closures = Vec::new();
            let click = callback(&mut closures, &feed, |_| Input::Clicked);
            let panel = Panel::new(&container, hidden, prompt, &click);
            let microphone = microphone(&mut closures, &feed);
            let ccp = Ccp::open(
                streams.clone(),
                &panel.holder(),
                &config,
                options,
                &microphone,
                &feed,
            );
            let weak = weak.clone();
            let channel = Channel::open(origin.clone(), move || sign_in_window(&weak), &feed);
            let held = match ccp {
                Ok(ccp) => Held {
                    ccp: Some(ccp),
                    channel,
                    turn: Some(turn(&origin, &mut closures, &feed)),
                    surroundings: Some(surroundings(&container, &mut closures, &feed)),
                    microphone: Some(microphone),
                    ..Held::default()
                },
                Err(cause) => {
                    opened = Err(cause);
                    Held::default()
                }
            };
            Self {
                session: RefCell::new(Session::open(start, config, record, numbers())),
                streams,
                options: options.clone(),
                clock,
                container,
                instance_origin: origin,
                inputs: RefCell::default(),
                draining: Cell::new(false),
                feed,
                listeners: Rc::default(),
                promises: Promises::default(),
                held: RefCell::new(Held {
                    panel: Some(panel),
                    place: Some(place),
                    closures,
                    ..held
                }),
            }
        });
        if let Err(cause) = opened {
            driver.dismantle();
            return Err(error::caused(&Error::StreamsFailed, &cause));
        }
        driver.held.borrow_mut().alive = Some(driver.clone());
        driver.mark();
        driver.feed(Input::Tick);
        Ok(driver)
    }

    /// Takes in what happened, and does what follows from it.
    pub(crate) fn feed(&self, input: Input) {
        self.inputs.borrow_mut().push_back(input);
        if self.draining.replace(true) {
            return; // Called from inside an effect: the outer call goes on with it.
        }
        while let Some(input) = self.next_input() {
            let now = self.clock.now();
            self.session.borrow_mut().handle(now, input);
            while let Some(effect) = self.next_effect() {
                self.perform(effect);
            }
        }
        self.draining.set(false);
        self.show();
        self.tell_microphone();
        self.arm();
        let status = self.session.borrow().status().clone();
        self.promises.settle(&status);
    }

    /// `phone.status`
    pub(crate) fn status(&self) -> JsValue {
        snapshot::status(self.session.borrow().status())
    }

    /// `phone.agent`
    pub(crate) fn agent(&self) -> JsValue {
        snapshot::agent(self.session.borrow().agent())
    }

    /// `phone.timeline()`
    pub(crate) fn timeline(&self) -> JsValue {
        snapshot::timeline(self.session.borrow().timeline())
    }

    /// `phone.ready`
    pub(crate) fn ready(&self) -> Promise {
        let status = self.session.borrow().status().clone();
        self.promises.ready(&status)
    }

    /// `phone.signIn()`: what needs the click happens before this returns.
    pub(crate) fn sign_in(&self) -> Promise {
        let inside = self.draining.get();
        // Asked first: a failure from before must not settle this promise.
        self.feed(Input::SignInAsked);
        let promise = self.promises.sign_in();
        if !inside {
            let status = self.session.borrow().status().clone();
            self.promises.settle(&status);
        }
        promise
    }

    /// `phone.signOut()`: what needs the click happens before this returns.
    pub(crate) fn sign_out(&self, order: SignOut) -> Promise {
        let phase = self.session.borrow().status().phase;
        if phase == Phase::Closed {
            return Promise::reject(&error::of(&Error::Closed));
        }
        let promise = self.promises.sign_out();
        self.feed(Input::SignOutAsked(order));
        promise
    }

    /// `phone.devices()`
    pub(crate) fn devices(&self) -> Promise {
        let microphone = self.held.borrow().microphone.clone();
        let Some(microphone) = microphone else {
            return Promise::reject(&error::of(&Error::Closed));
        };
        let failed = Closure::once(|code: JsValue| {
            let error = microphone_error(&code).unwrap_or(Error::MicrophoneMissing);
            Err::<JsValue, _>(error::of(&error))
        });
        let devices = microphone.devices();
        js::call(&devices, "catch", &[&failed.into_js_value()])
            .map_or(devices, JsCast::unchecked_into)
    }

    /// `phone.report()`
    pub(crate) fn report(&self) -> String {
        let outline = report::outline(self.session.borrow().config(), &self.streams.version());
        report::report(&outline, &self.status(), &self.timeline())
    }

    /// `phone.on(event, callback)`
    pub(crate) fn on(&self, event: Event, callback: Function) -> Unsubscribe {
        self.listeners.add(event, callback)
    }

    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn next_effect(&self) -> Option<Effect> {
        self.session.borrow_mut().poll()
    }

    fn perform(&self, effect: Effect) {
        match effect {
            Effect::ReloadCcp => {
                let there = self.held.borrow().ccp.as_ref().map(Ccp::reload).is_some();
                if !there {
                    self.rebuild(); // It could not be made the last time.
                }
            }
            Effect::UnloadCcp => {
                if let Some(ccp) = &self.held.borrow().ccp {
                    ccp.unload();
                }
            }
            Effect::RebuildCcp => self.rebuild(),
            Effect::Probe => {
                if let Some(ccp) = &self.held.borrow().ccp {
                    ccp.probe();
                }
            }
            Effect::Leave(url, number) => leave::leave_page(url.reveal(), number.reveal()),
            Effect::TakeTurn { steal } => {
                if let Some(turn) = &self.held.borrow().turn {
                    turn.take(steal);
                }
            }
            Effect::EndTurn => {
                if let Some(turn) = &self.held.borrow().turn {
                    turn.end();
                }
            }
            Effect::TellSignedIn => {
                if let Some(channel) = &self.held.borrow().channel {
                    channel.tell_signed_in();
                }
            }
            Effect::SetOffline => {
                let done = self.later(Input::OfflineSet);
                leave::set_offline(self.streams.global(), done.unchecked_ref());
            }
            Effect::LogOut => {
                let failed = self.later(Input::LoggedOut);
                let url = self.session.borrow().config().ccp.logout();
                leave::log_out(self.streams.global(), &url, failed.unchecked_ref());
            }
            Effect::LogOutOfIdp(url) => self.log_out_of_idp(url.reveal()),
            Effect::SignOutDone(failure) => self.promises.signed_out(failure.as_ref()),
            Effect::OpenFrame(url) => {
                let holder = self.held.borrow().panel.as_ref().map(Panel::holder);
                let frame =
                    holder.and_then(|holder| SignInFrame::open(&holder, url.reveal(), &self.feed));
                let _old = std::mem::replace(&mut self.held.borrow_mut().frame, frame);
            }
            Effect::CloseFrame => {
                let _old = self.held.borrow_mut().frame.take();
            }
            Effect::OpenWindow(url, kind) => self.open_window(url.reveal(), kind),
            Effect::FocusWindow => {
                if let Some(window) = &self.held.borrow().window {
                    window.focus();
                }
            }
            Effect::CloseWindow => {
                let _old = self.held.borrow_mut().window.take();
            }
            Effect::Save(record) => storage::save(&self.instance_origin, record),
            Effect::TellStatus => {
                self.mark();
                self.watch_microphone();
                self.listeners
                    .tell(Event::StatusChanged, &[("status", self.status())]);
            }
            Effect::TellAgent => self
                .listeners
                .tell(Event::AgentChanged, &[("agent", self.agent())]),
            Effect::TellExpiring => {
                let ends = self.session.borrow().status().session.map(|s| s.ends);
                let ends = ends.map_or(JsValue::UNDEFINED, snapshot::millis);
                self.listeners
                    .tell(Event::SessionExpiring, &[("endsAtMs", ends)]);
            }
            Effect::TellDiagnostic(message) => self
                .listeners
                .tell(Event::Diagnostic, &[("message", message.into())]),
            Effect::Dismantle => {
                self.dismantle();
                self.listeners.clear();
            }
        }
    }

    fn rebuild(&self) {
        let old = self.held.borrow_mut().ccp.take();
        drop(old);
        let (holder, microphone) = {
            let held = self.held.borrow();
            let holder = held.panel.as_ref().map(Panel::holder);
            (holder, held.microphone.clone())
        };
        let (Some(holder), Some(microphone)) = (holder, microphone) else {
            return;
        };
        let config = self.session.borrow().config().clone();
        let ccp = Ccp::open(
            self.streams.clone(),
            &holder,
            &config,
            &self.options,
            &microphone,
            &self.feed,
        );
        // One that cannot be made stays silent, and that has its deadline.
        self.held.borrow_mut().ccp = ccp.ok();
    }

    fn log_out_of_idp(&self, url: &str) {
        if !open_and_forget(url) {
            let holder = self.held.borrow().panel.as_ref().map(Panel::holder);
            let deaf: Feed = Rc::new(|_| {});
            let frame = holder.and_then(|holder| SignInFrame::open(&holder, url, &deaf));
            self.held.borrow_mut().farewell = frame;
        }
    }

    /// A function that feeds `input`, once. Not by `once_into_js`: what that makes stays until it is
    /// called, and this one may never be.
    fn later(&self, input: Input) -> JsValue {
        let feed = self.feed.clone();
        Closure::once(move || feed(input)).into_js_value()
    }

    fn open_window(&self, url: &str, kind: WindowKind) {
        match SignInWindow::open(url, kind, &self.feed) {
            Some(window) => {
                // The name leads the same window again: an old handle must not close it.
                let old = self.held.borrow_mut().window.replace(window);
                if let Some(old) = old {
                    old.forget();
                }
                self.feed(Input::WindowOpened);
            }
            None => self.feed(Input::WindowBlocked),
        }
    }

    /// Shows the prompt that belongs to the session's state.
    fn show(&self) {
        let prompt = self.session.borrow().prompt();
        // Cloned: both move the focus, and a host that listens to that may call the phone.
        let panel = self.held.borrow().panel.clone();
        match (panel, prompt) {
            (Some(panel), Some(prompt)) => panel.show(&prompt.text, prompt.button, prompt.covers),
            (Some(panel), None) => panel.hide(),
            (None, _) => {}
        }
    }

    /// Looks after the microphone from the first time that the phone is ready, which is before the
    /// first call.
    fn watch_microphone(&self) {
        let mut held = self.held.borrow_mut();
        if held.watching || self.session.borrow().status().phase != Phase::Ready {
            return;
        }
        if !held.ccp.as_ref().is_some_and(Ccp::uses_softphone) {
            return;
        }
        held.watching = true;
        if let Some(microphone) = &held.microphone {
            microphone.watch();
        }
    }

    fn tell_microphone(&self) {
        let live = self.session.borrow().load() == Load::Live;
        if let Some(microphone) = &self.held.borrow().microphone {
            microphone.set_in_contact(live);
        }
    }

    /// Marks the container, for styles and tests.
    fn mark(&self) {
        let session = self.session.borrow();
        let status = session.status();
        let data = [
            ("data-softphone-phase", Some(status.phase.name())),
            (
                "data-softphone-error",
                status.error.as_ref().map(Error::code),
            ),
        ];
        for (name, value) in data {
            let _ = match value {
                Some(value) => self.container.set_attribute(name, value),
                None => self.container.remove_attribute(name),
            };
        }
    }

    fn arm(&self) {
        let session = self.session.borrow();
        let open = session.status().phase != Phase::Closed;
        let timer = session.wake_at().filter(|_| open).map(|at| {
            let delay = (at - self.clock.now()).get().max(1);
            let delay = u32::try_from(delay).unwrap_or(u32::MAX).min(LONGEST_MS);
            let feed = self.feed.clone();
            Timeout::new(delay, move || feed(Input::Tick))
        });
        let _old = std::mem::replace(&mut self.held.borrow_mut().timer, timer);
    }

    fn dismantle(&self) {
        let held = self.held.take();
        if let Some(turn) = held.turn {
            turn.end();
        }
        if let Some(surroundings) = held.surroundings {
            surroundings.close();
        }
        if let Some(microphone) = held.microphone {
            microphone.close();
        }
        drop((
            held.timer,
            held.channel,
            held.frame,
            held.window,
            held.farewell,
        ));
        drop(held.ccp);
        if let Some(panel) = held.panel {
            panel.remove();
        }
        drop((held.closures, held.place, held.alive));
    }
}

/// A JavaScript function that feeds what `read` makes of its argument; kept alive in `closures`.
fn callback(
    closures: &mut Vec<Box<dyn std::any::Any>>,
    feed: &Feed,
    read: impl Fn(JsValue) -> Input + 'static,
) -> Function {
    let feed = feed.clone();
    let closure = Closure::<dyn FnMut(JsValue)>::new(move |value| feed(read(value)));
    let function = closure.as_ref().unchecked_ref::<Function>().clone();
    closures.push(Box::new(closure));
    function
}

fn turn(origin: &str, closures: &mut Vec<Box<dyn std::any::Any>>, feed: &Feed) -> Turn {
    let instance = origin.to_owned();
    let granted = callback(closures, feed, move |_| {
        Input::TurnGranted(storage::load(&instance))
    });
    let lost = callback(closures, feed, |_| Input::TurnLost);
    Turn::new(&format!("connect-softphone {origin}"), &granted, &lost)
}

fn surroundings(
    container: &HtmlElement,
    closures: &mut Vec<Box<dyn std::any::Any>>,
    feed: &Feed,
) -> Surroundings {
    let tell = callback(closures, feed, |what| match what.as_string().as_deref() {
        Some("offline") => Input::Offline,
        Some("gone") => Input::ContainerGone,
        Some("back") => Input::ContainerBack,
        _ => Input::Online,
    });
    Surroundings::new(container, &tell)
}

fn microphone(closures: &mut Vec<Box<dyn std::any::Any>>, feed: &Feed) -> Microphone {
    let tell = callback(closures, feed, |code| {
        Input::MicrophoneIs(microphone_error(&code))
    });
    Microphone::new(&tell)
}

fn microphone_error(code: &JsValue) -> Option<Error> {
    let code = code.as_string()?;
    [
        Error::MicrophoneDenied,
        Error::MicrophoneDismissed,
        Error::MicrophoneMissing,
        Error::MicrophoneBusy,
        Error::MicrophoneLost,
    ]
    .into_iter()
    .find(|error| error.code() == code)
}

fn navigator() -> JsValue {
    js::get(&js_sys::global(), "navigator")
}

/// Any number, for the spread of retries.
fn seed() -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "any bits will do"
    )]
    let seed = (js_sys::Math::random() * 9e15) as u64;
    seed
}

/// A feed that does nothing once the driver is gone.
fn feed(driver: Weak<Driver>) -> Feed {
    Rc::new(move |input| {
        if let Some(driver) = driver.upgrade() {
            driver.feed(input);
        }
    })
}

fn sign_in_window(driver: &Weak<Driver>) -> Option<JsValue> {
    let driver = driver.upgrade()?;
    let held = driver.held.try_borrow().ok()?;
    Some(held.frame.as_ref()?.window()?.into())
}

/// One-time numbers from the browser's random source.
fn numbers() -> Numbers {
    Box::new(|| {
        let mut bytes = [0; 16];
        let crypto = web_sys::window().and_then(|window| window.crypto().ok());
        let filled = crypto.is_some_and(|c| c.get_random_values_with_u8_array(&mut bytes).is_ok());
        // Every browser that runs wasm has it; without it no number may look like one.
        assert!(filled, "crypto.getRandomValues is missing");
        Number::new(bytes)
    })
}

/// The longest delay that `setTimeout` takes.
const LONGEST_MS: u32 = i32::MAX as u32;
