//! The state machine explored: every sequence of facts up to a depth, then long random ones.
//!
//! Facts come as they please, also those that a well-behaved browser would not send at that moment: Streams, windows and
//! other tabs are not ours. [`world`] and [`rules`] hold what no sequence may break, [`helpful`] the way out that every
//! state must have.
//!
//! `EXPLORE_DEPTH=5` goes deeper, `EXPLORE_SEQUENCES=1000000` tries that many random sequences of a hundred facts each,
//! and `EXPLORE_SEED=2` others; best with `--config profile.test.opt-level=2`.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a rule looks at what it is about"
)]

mod facts;
mod helpful;
mod rules;
mod world;

use std::collections::HashMap;

use super::Start;
use super::input::Input;
use crate::host_value::HostValue;
use crate::jitter::Jitter;
use crate::sign_in::record::Record;
use crate::testing::samples::{SSO, SSO_WITHOUT_RELAY, START, config};
use crate::time::Span;
use facts::{FACTS, Fact};
use world::{Kept, World};

/// A page on which a softphone is opened.
struct Scene {
    name: &'static str,
    fields: Vec<(&'static str, HostValue)>,
    record: Record,
    online: bool,
    streams: bool,
    present: bool,
    returned: bool,
}

impl Scene {
    fn new(name: &'static str, sso: Option<&str>, ways: &[&str]) -> Self {
        let mut fields = Vec::new();
        if let Some(sso) = sso {
            fields.push(("ssoLoginUrl", HostValue::Text(sso.to_owned())));
        }
        if !ways.is_empty() {
            let ways = ways.iter().map(|way| HostValue::Text((*way).to_owned()));
            let sign_in = vec![("ways".to_owned(), HostValue::List(ways.collect()))];
            fields.push(("signIn", HostValue::Fields(sign_in)));
        }
        Self {
            name,
            fields,
            record: Record::default(),
            online: true,
            streams: true,
            present: true,
            returned: false,
        }
    }

    fn warm(mut self) -> Self {
        self.record.started = Some(START - Span::hours(2));
        self
    }

    fn start(&self) -> Start {
        Start {
            now: START,
            streams: self.streams,
            online: self.online,
            present: self.present,
            returned: self.returned,
            abandoned: false,
            seed: 7,
        }
    }

    fn open(&self) -> World {
        World::open(self.start(), config(&self.fields), self.record)
    }
}

fn scenes() -> Vec<Scene> {
    let user = (
        "expectedUser",
        HostValue::Text("ada@example.com".to_owned()),
    );
    let mut guarded = Scene::new("with an expected user", Some(SSO), &[]);
    guarded.fields.push(user);
    let mut offline = Scene::new("opened offline", Some(SSO), &[]);
    offline.online = false;
    let mut absent = Scene::new("opened without its container", Some(SSO), &[]);
    absent.present = false;
    let mut early = Scene::new("opened before Streams is there", Some(SSO), &[]);
    early.streams = false;
    let mut back = Scene::new("back by redirect", Some(SSO), &["frame", "redirect"]);
    back.returned = true;
    let asked = |name, ways: &[&str]| {
        let mut scene = Scene::new(name, None, ways);
        let function = HostValue::Other("a function".to_owned());
        scene.fields.push(("ssoLoginUrl", function));
        scene
    };
    let mut asking = Scene::new("cookies to be allowed", Some(SSO), &[]);
    asking.record.asks_cookies = true;
    let mut allowed = Scene::new("cookies to be allowed, without SSO", None, &[]).warm();
    allowed.record.asks_cookies = true;
    vec![
        Scene::new("frame and popup", Some(SSO), &[]),
        Scene::new("frame and popup, a session alive", Some(SSO), &[]).warm(),
        Scene::new("popup only", Some(SSO), &["popup"]),
        Scene::new("frame only", Some(SSO), &["frame"]),
        Scene::new("frame and redirect", Some(SSO), &["frame", "redirect"]),
        Scene::new("redirect only, a session alive", Some(SSO), &["redirect"]).warm(),
        back,
        asked("asked for the URL", &[]),
        asked("asked for the URL of the page", &["frame", "redirect"]),
        Scene::new("left to Streams", Some(SSO), &["streams"]),
        Scene::new("without SSO", None, &[]),
        Scene::new("without relay state", Some(SSO_WITHOUT_RELAY), &[]),
        asking,
        allowed,
        guarded,
        offline,
        absent,
        early,
    ]
}

/// Lets `fact` happen, does what the phone wants about it, and checks the rules.
fn happens(world: &mut World, fact: Fact) -> Kept {
    world.last.clear();
    let wake_at = world.phone.wake_at();
    match fact {
        Fact::Windows(open) => world.browser.windows_open = open,
        Fact::Reenters(reenters) => world.reenters = reenters,
        Fact::Wake => match wake_at {
            Some(at) => world.now = world.now.max(at),
            None => return Ok(()),
        },
        Fact::Pass => {
            let pause = wake_at.map_or(Span::secs(1), |at| at - world.now);
            world.now = world.now + Span::millis(pause.get() / 2);
            return Ok(());
        }
        Fact::Sleep => world.now = world.now + Span::hours(1),
        _ => {}
    }
    match facts::input(fact, world) {
        Some(input) => step(world, input),
        None => Ok(()),
    }
}

/// One input, and the rules after it.
fn step(world: &mut World, input: Input) -> Kept {
    world.feed(input)?;
    rules::check(world)
}

/// A sequence that breaks a rule, as short as leaving facts out makes it.
fn report(scene: &Scene, mut facts: Vec<Fact>, rule: &str) -> ! {
    let broken = |facts: &[Fact]| {
        let mut world = scene.open();
        let ended = facts.iter().try_for_each(|fact| happens(&mut world, *fact));
        let ended = ended.and_then(|()| helpful::leads_on(&world));
        ended.and_then(|()| helpful::ends(&world)).err()
    };
    let kind = |rule: &str| rule.split(':').next().unwrap_or_default().to_owned();
    let mut at = facts.len();
    while at > 0 {
        at -= 1;
        let mut fewer = facts.clone();
        fewer.remove(at);
        if broken(&fewer).is_some_and(|other| kind(&other) == kind(rule)) {
            facts = fewer;
        }
    }
    let rule = broken(&facts).unwrap_or_else(|| rule.to_owned());
    let mut world = scene.open();
    println!("{:?}", world.phone);
    for fact in &facts {
        let _ = happens(&mut world, *fact);
        println!("{fact:?} → {:?} {:?}", world.last, world.phone);
    }
    panic!("{}: {rule}\nafter {facts:?}", scene.name);
}

/// Every sequence of `depth` facts; a state that was met with as many left is not entered again.
struct Exhaustive<'a> {
    scene: &'a Scene,
    met: HashMap<u64, usize>,
    path: Vec<Fact>,
    steps: u64,
}

impl Exhaustive<'_> {
    fn enter(&mut self, world: &World, left: usize) {
        for fact in FACTS {
            let mut next = world.fork();
            self.path.push(fact);
            self.steps += 1;
            if let Err(rule) = happens(&mut next, fact) {
                report(self.scene, self.path.clone(), &rule);
            }
            let key = next.key();
            let met = self.met.insert(key, left.max(1));
            if met.is_none()
                && let Err(rule) = helpful::leads_on(&next)
            {
                report(self.scene, self.path.clone(), &rule);
            }
            match met {
                Some(met) if met >= left => {
                    self.met.insert(key, met);
                }
                _ if left > 1 => self.enter(&next, left - 1),
                _ => {}
            }
            self.path.pop();
        }
    }
}

#[test]
fn every_short_sequence_keeps_the_rules() {
    // A scene in each thread: phones do not go from one to another.
    std::thread::scope(|threads| {
        for number in 0..scenes().len() {
            threads.spawn(move || explore(&scenes()[number]));
        }
    });
}

fn explore(scene: &Scene) {
    let mut search = Exhaustive {
        scene,
        met: HashMap::new(),
        path: Vec::new(),
        steps: 0,
    };
    search.enter(&scene.open(), asked_for("EXPLORE_DEPTH", DEPTH));
    println!(
        "{}: {} steps, {} states",
        scene.name,
        search.steps,
        search.met.len()
    );
}

#[test]
fn long_random_sequences_keep_the_rules() {
    let scenes = scenes();
    let mut jitter = Jitter::new(asked_for("EXPLORE_SEED", 1) as u64);
    for number in 0..asked_for("EXPLORE_SEQUENCES", SEQUENCES) {
        let scene = &scenes[number % scenes.len()];
        let mut world = scene.open();
        let mut path = Vec::new();
        for step in 0..LENGTH {
            let fact = facts::likely(&mut jitter);
            path.push(fact);
            let mut kept = happens(&mut world, fact);
            if kept.is_ok() && step % 25 == 24 {
                kept = helpful::leads_on(&world);
            }
            if kept.is_ok() && step + 1 == LENGTH {
                kept = helpful::ends(&world);
            }
            if let Err(rule) = kept {
                report(scene, path, &rule);
            }
        }
    }
}

/// The number in an environment variable, if it is there.
fn asked_for(variable: &str, otherwise: usize) -> usize {
    let text = std::env::var(variable);
    text.map_or(otherwise, |text| text.parse().expect("a number"))
}

const DEPTH: usize = 4;
const SEQUENCES: usize = 10_000;
const LENGTH: u32 = 100;
