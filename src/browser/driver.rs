//! The loop: what happened goes to the core, what the core wants goes to the parties and to the host.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use js_sys::{Array, Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use super::clock::Clock;
use super::feed::Feed;
use super::host::journal::Journal;
use super::host::listeners::{Listeners, Unsubscribe};
use super::host::promises::Promises;
use super::host::{error, report};
use super::js;
use super::owned::{Owned, Timer};
use super::page::storage;
use super::page_slot::PageSlot;
use super::parties::{Given, Parties};
use super::sign_in::redirect;
use super::streams::Streams;
use crate::api::snapshots;
use softphone_core::config::Config;
use softphone_core::error::Error;
use softphone_core::event::Event;
use softphone_core::phone::effect::{Effect, News};
use softphone_core::phone::input::{Input, PageFact};
use softphone_core::phone::status::Status;
use softphone_core::phone::ticket::Call;
use softphone_core::phone::{Phone, Start};
use softphone_core::sign_in::nonce::{Nonce, NonceSource};
use softphone_core::time::Millis;
use softphone_core::way::Way;

/// An open softphone.
pub(crate) struct Driver {
    phone: RefCell<Phone>,
    clock: Clock,
    container: HtmlElement,
    /// What Streams calls itself, for the report.
    streams_version: OnceCell<String>,
    inputs: RefCell<VecDeque<Input>>,
    draining: Cell<bool>,
    /// Says that the time has come.
    tick: Function,
    timer: RefCell<Option<Owned<Timer>>>,
    /// When it fires, as long as it has not.
    armed: Cell<Option<Millis>>,
    listeners: Rc<Listeners>,
    journal: Journal,
    promises: Promises,
    /// `None` once everything has been taken down.
    parties: RefCell<Option<Rc<Parties>>>,
    /// The driver itself: a host may drop its phone, and garbage collection must not hang up.
    alive: RefCell<Option<Rc<Self>>>,
}

impl Driver {
    /// Starts the phone. Without Streams, sign-in begins at once, and [`embed`](Self::embed) is to follow.
    ///
    /// # Errors
    /// `STREAMS_FAILED`, with what Streams threw.
    pub(crate) fn open(
        streams: Option<Streams>,
        container: HtmlElement,
        config: Config,
        given: &Given,
        slot: PageSlot,
    ) -> Result<Rc<Self>, JsValue> {
        let clock = Clock::new();
        let record = storage::load(config.ccp.origin());
        let redirects = config.ways.contains(&Way::Redirect);
        let returned = redirects.then(redirect::came_back).flatten();
        let start = Start {
            now: clock.now(),
            streams: streams.is_some(),
            online: js::get(&navigator(), "onLine") != JsValue::FALSE,
            present: container.is_connected(),
            returned: returned == Some(true),
            abandoned: returned == Some(false),
            seed: seed(),
        };
        let driver = Rc::new_cyclic(|weak: &Weak<Self>| {
            let feed = feed(weak.clone());
            let parties = Parties::gather(&container, &config, given, &feed, slot);
            Self {
                phone: RefCell::new(Phone::open(start, config, record, nonces())),
                clock,
                container,
                streams_version: OnceCell::new(),
                inputs: RefCell::default(),
                draining: Cell::new(false),
                tick: feed.callback(|_| Input::Tick),
                timer: RefCell::default(),
                armed: Cell::new(None),
                listeners: Rc::default(),
                journal: Journal::default(),
                promises: Promises::default(),
                parties: RefCell::new(Some(Rc::new(parties))),
                alive: RefCell::default(),
            }
        });
        if let Some(streams) = streams {
            driver.make(streams)?;
        }
        *driver.alive.borrow_mut() = Some(driver.clone());
        let status = driver.phone.borrow().status();
        driver.mark(&status);
        driver.feed(Input::Tick);
        Ok(driver)
    }

    /// Streams has come: calls `initCCP`. `warnings` are what looks like a mistake about it.
    ///
    /// # Errors
    /// `CLOSED` when the phone was closed meanwhile, or `STREAMS_FAILED`, with what Streams threw.
    pub(crate) fn embed(&self, streams: Streams, warnings: Vec<String>) -> Result<(), JsValue> {
        self.make(streams)?;
        self.feed(PageFact::StreamsArrived(warnings).into());
        Ok(())
    }

    /// Calls `initCCP` in the container, if that is in the document.
    fn make(&self, streams: Streams) -> Result<(), JsValue> {
        let parties = self.parties().ok_or_else(|| error::of(&Error::Closed))?;
        let _ = self.streams_version.set(streams.version());
        let made = parties.embed(streams);
        made.map_err(|cause| error::caused(&Error::StreamsFailed, &cause))
    }

    /// Takes in what happened, and does what follows from it.
    pub(crate) fn feed(&self, input: Input) {
        if matches!(input, Input::Tick) {
            self.armed.set(None);
        }
        self.inputs.borrow_mut().push_back(input);
        if self.draining.replace(true) {
            return; // Called from inside an effect: the outer call goes on with it.
        }
        while let Some(input) = self.next_input() {
            let now = self.clock.now();
            self.phone.borrow_mut().handle(now, input);
            self.journal.follow(self.phone.borrow().timeline());
            while let Some(effect) = self.next_effect() {
                self.perform(&effect);
            }
        }
        self.draining.set(false);
        self.show();
        self.arm();
    }

    // No borrow may last while an effect is performed: Streams and hosts call back.
    fn next_input(&self) -> Option<Input> {
        self.inputs.borrow_mut().pop_front()
    }

    fn next_effect(&self) -> Option<Effect> {
        self.phone.borrow_mut().poll()
    }

    /// Each party performs what concerns it, the host is told and answered here.
    fn perform(&self, effect: &Effect) {
        match effect {
            Effect::Ccp(effect) => self.with(|parties| parties.ccp(*effect)),
            Effect::SignIn(effect) => self.with(|parties| parties.sign_in.perform(effect)),
            Effect::SignOut(effect) => self.with(|parties| parties.sign_out(effect)),
            Effect::Tabs(effect) => self.with(|parties| parties.tabs.perform(*effect)),
            Effect::Calls(effect) => self.with(|parties| parties.control(effect)),
            Effect::Microphone(effect) => self.with(|parties| parties.microphone.perform(*effect)),
            Effect::PutBack => self.with(|parties| parties.panel.put_back()),
            Effect::Save(record) => {
                let origin = self.phone.borrow().config().ccp.origin().to_owned();
                storage::save(&origin, *record);
            }
            Effect::Settle(ticket, settlement) => self.promises.settle(*ticket, settlement),
            Effect::Tell(news) => self.tell(news),
            Effect::Dismantle => {
                drop(self.timer.take());
                drop(self.parties.take());
                self.listeners.clear();
                drop(self.alive.take());
            }
        }
    }

    fn with(&self, perform: impl FnOnce(&Parties)) {
        if let Some(parties) = self.parties() {
            perform(&parties);
        }
    }

    fn tell(&self, news: &News) {
        if let News::Status(status) = news {
            self.mark(status);
        }
        self.listeners.tell(news.event(), || snapshots::event(news));
    }

    /// Calls the core, and returns the promise of its answer. What needs a click happens before this
    /// returns.
    pub(crate) fn call(&self, call: Call) -> Promise {
        let (ticket, promise) = self.promises.call();
        self.feed(Input::Host(ticket, call));
        promise
    }

    /// `phone.ready`: the same promise as long as its answer holds.
    pub(crate) fn ready(&self) -> Promise {
        let ticket = self.phone.borrow().ready_ticket();
        if let Some(promise) = ticket.and_then(|ticket| self.promises.ready(ticket)) {
            return promise;
        }
        let (ticket, promise) = self.promises.call();
        self.promises.keep_ready(ticket, &promise);
        self.feed(Input::Host(ticket, Call::Ready));
        promise
    }

    /// `phone.status`
    pub(crate) fn status(&self) -> JsValue {
        snapshots::status(&self.phone.borrow().status())
    }

    /// `phone.agent`
    pub(crate) fn agent(&self) -> JsValue {
        snapshots::agent(self.phone.borrow().shown_agent().as_ref())
    }

    /// `phone.contacts`
    pub(crate) fn contacts(&self) -> JsValue {
        snapshots::contacts(self.phone.borrow().contacts())
    }

    /// `phone.audio`
    pub(crate) fn audio(&self) -> &'static str {
        self.phone.borrow().audio().name()
    }

    /// Amazon Connect Streams, as long as the phone uses it.
    pub(crate) fn streams(&self) -> JsValue {
        let parties = self.parties();
        parties.map_or(JsValue::UNDEFINED, |parties| parties.streams())
    }

    /// What `phone.timeline()` copies.
    pub(crate) fn journal(&self) -> Array {
        self.journal.entries()
    }

    /// What `phone.report()` says of the configuration.
    pub(crate) fn outline(&self) -> JsValue {
        let version = self.streams_version.get().map_or("", String::as_str);
        report::outline(self.phone.borrow().config(), version)
    }

    /// `phone.on(event, callback)`
    pub(crate) fn on(&self, event: Event, callback: Function) -> Unsubscribe {
        self.listeners.add(event, callback)
    }

    fn parties(&self) -> Option<Rc<Parties>> {
        self.parties.borrow().clone()
    }

    /// Shows the prompt that belongs to the phone's state.
    fn show(&self) {
        let prompt = self.phone.borrow().prompt();
        let Some(panel) = self.parties().map(|parties| parties.panel.clone()) else {
            return;
        };
        // Showing a prompt moves the focus, and a host that listens to that may call the phone, or close it.
        panel.prompt(prompt.as_ref());
    }

    /// Marks the container, for styles and tests.
    fn mark(&self, status: &Status) {
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

    /// Sets the timer for the next deadline. Dropping the old one cancels it.
    fn arm(&self) {
        let wake_at = self.phone.borrow().wake_at();
        if self.armed.replace(wake_at) == wake_at {
            return;
        }
        let timer = wake_at.map(|at| {
            let delay = (at - self.clock.now()).get().max(1);
            let delay = u32::try_from(delay).unwrap_or(u32::MAX).min(LONGEST_MS);
            Timer::after(delay, &self.tick)
        });
        drop(self.timer.replace(timer));
    }
}

fn navigator() -> JsValue {
    js::get(&js_sys::global(), "navigator")
}

/// Any number; it spreads retries.
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
    Feed::new(move |input| {
        if let Some(driver) = driver.upgrade() {
            driver.feed(input);
        }
    })
}

/// Nonces from the browser's random source, as long as there is one.
fn nonces() -> NonceSource {
    Box::new(|| {
        let mut bytes = [0; 16];
        let crypto = web_sys::window()?.crypto().ok()?;
        crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
        Some(Nonce::new(bytes))
    })
}

/// The longest delay that `setTimeout` takes.
const LONGEST_MS: u32 = i32::MAX as u32;
