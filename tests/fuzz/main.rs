//! Everything that is parsed from outside, fed with what nobody would write: it never panics, and
//! what it accepts keeps its promises.
//!
//! `cargo test --test fuzz` tries the same few thousand inputs each time. For more, and others:
//! `FUZZ_INPUTS=10000000 cargo test --release --test fuzz -- --nocapture`. It prints the seed;
//! `FUZZ_SEED` repeats one.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../address/mod.rs"]
mod address;
mod tape;

use std::cell::Cell;
use std::fmt::Debug;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config as Settings, RngSeed, TestRunner};
use softphone_core::address::relay::Relay;
use softphone_core::config::{Config, PageFacts};
use softphone_core::sign_in::nonce::Nonce;
use softphone_core::sign_in::record::Record;
use softphone_core::time::{Millis, Span};
use softphone_core::way::Way;

use address::{opened, read_url};
use tape::{CORPUS, Tape};

/// In the corpus; no message may repeat it.
const UNSEEN: &str = "UNSEEN";
const PAGE: &str = "https://desk.example/agent/index.html";
const BACK: &str = "https://desk.example/softphone-return.html?a=1&softphoneSignIn=2";

/// How many inputs are tried in all when nothing else is said.
const USUAL_INPUTS: u32 = 40_000;

/// Feeds `check` with its `share` of the inputs, in percent, as `make` makes them. It tells whether
/// it accepted one: where nothing is accepted, nothing was tested.
fn fuzz<T: Debug>(
    what: &str,
    share: u32,
    make: impl Fn(&mut Tape<'_>) -> T,
    check: impl Fn(&T) -> bool,
) {
    let wanted = number("FUZZ_INPUTS");
    let usual = || wanted.map_or(0, |_| since_1970());
    let seed = number("FUZZ_SEED").unwrap_or_else(usual);
    let inputs = wanted.map_or(USUAL_INPUTS, |inputs| {
        u32::try_from(inputs).expect("fewer than 2^32 inputs")
    });
    let cases = u32::try_from(u64::from(inputs) * u64::from(share) / 100).expect("fewer");
    let mut runner = TestRunner::new(Settings {
        cases,
        failure_persistence: None,
        max_shrink_iters: 2000,
        rng_seed: RngSeed::Fixed(seed),
        ..Settings::default()
    });
    let accepted = Cell::new(0_u64);
    let began = Instant::now();
    let inputs = vec(any::<u8>(), 0..200).prop_map(|bytes| make(&mut Tape::new(&bytes)));
    let end = runner.run(&inputs, |input| {
        if check(&input) {
            accepted.set(accepted.get() + 1);
        }
        Ok(())
    });
    if let Err(failure) = end {
        panic!("{what}, FUZZ_SEED={seed}: {failure}");
    }
    let accepted = accepted.get();
    let took = began.elapsed().as_secs_f64();
    println!("{what}: {cases} inputs, {accepted} accepted, {took:.1} s, FUZZ_SEED={seed}");
    assert!(
        accepted * 20 > u64::from(cases),
        "{what}: {accepted} of {cases}"
    );
}

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("a whole number"))
}

fn since_1970() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| now.as_secs())
}

#[test]
fn a_configuration_keeps_its_promises() {
    let make = |tape: &mut Tape<'_>| {
        let (config, href) = (tape.config(), tape.text(&CORPUS.pages));
        (config, href, tape.byte() & 1 == 1)
    };
    fuzz("config", 50, make, |(given, href, framed)| {
        let page = PageFacts {
            href,
            framed: *framed,
        };
        match Config::parse(given, &page, &read_url) {
            Ok(config) => {
                keeps_its_promises(&config, href);
                assert!(!framed || !config.ways.contains(&Way::Redirect));
                true
            }
            Err(problems) => {
                assert!(!problems.is_empty());
                for problem in problems {
                    let problem = problem.to_string();
                    assert!(!problem.contains(UNSEEN), "{problem}");
                    assert!(!problem.contains(char::is_control), "{problem:?}");
                }
                false
            }
        }
    });
}

fn keeps_its_promises(config: &Config, page: &str) {
    // Whatever page it is on: one that cannot be a base must not make a difference.
    opened(config.ccp.text(), PAGE);
    if let Some(sso) = &config.sso {
        opened(sso.configured.reveal(), PAGE);
        opened(sso.url.text(), PAGE);
        if let Some(relay) = &sso.relay {
            opened(&relay.with_destination(BACK), PAGE);
        }
    }
    if let Some(url) = &config.streams_url {
        opened(url.href(), PAGE);
    }
    if let Some(url) = &config.return_url {
        opened(url.href(), PAGE);
        let page = read_url(page, None).expect("a page's URL");
        assert_eq!(url.origin(), page.origin);
    }

    let ways = &config.ways;
    assert!(!ways.is_empty());
    assert!((1..ways.len()).all(|at| !ways[at..].contains(&ways[at - 1])));
    let has = |way| ways.contains(&way);
    let relay = config.sso.as_ref().is_some_and(|sso| sso.relay.is_some());
    if has(Way::Redirect) {
        let ignored = config.sso.is_none() && ways.len() > 1;
        assert!(ignored || (relay && config.return_url.is_some()));
    }
    assert!(!has(Way::Streams) || ways.len() == 1);
    assert!(!config.global_resiliency || (has(Way::Streams) && config.sso.is_some()));
    assert!((900_000..=43_200_000).contains(&config.session_length.get()));
    assert!(config.warn_before < config.session_length);
    assert!((1000..=3_600_000).contains(&config.timeout.get()));
    assert!(!format!("{config:?}").contains(UNSEEN));
    for warning in &config.warnings {
        assert!(!warning.to_string().contains(UNSEEN), "{warning}");
    }
}

#[test]
fn of_a_relay_state_only_the_destination_changes() {
    let make = |tape: &mut Tape<'_>| tape.text(&CORPUS.relays);
    fuzz("relay", 30, make, |sso| {
        let Some(relay) = Relay::find(sso, &read_url) else {
            return false;
        };
        let rewritten = relay.with_destination(BACK);
        assert!(only_the_destination_differs(sso, &rewritten), "{rewritten}");
        let again = Relay::find(&rewritten, &read_url).expect("a relay state");
        assert_eq!(again.with_destination(BACK), rewritten);
        true
    });
}

/// Whether both SSO Login URLs, cut at every `&`, differ in one relay state at most, and that one
/// in its destination; so it names the same instance.
fn only_the_destination_differs(old: &str, new: &str) -> bool {
    let (old, old_fragment) = parted(old, '#');
    let (new, new_fragment) = parted(new, '#');
    let (old_path, old) = parted(old, '?');
    let (new_path, new) = parted(new, '?');
    let same = (old_path, old_fragment) == (new_path, new_fragment);
    same && one_differs(old, new, |old, new| {
        // AD FS: a form, with the federate URL in one of its fields.
        destination_differs(old, new) || one_differs(old, new, destination_differs)
    })
}

/// Whether all parts of two queries are the same but one, and `differ` likes its decoded values.
fn one_differs(old: &str, new: &str, differ: impl Fn(&str, &str) -> bool) -> bool {
    let pairs = old.split('&').zip(new.split('&'));
    let mut differing = pairs.filter(|(old, new)| old != new);
    let good = differing.next().is_none_or(|(old, new)| {
        let (old_name, old) = parted(old, '=');
        let (new_name, new) = parted(new, '=');
        old_name == new_name && differ(&decoded(old), &decoded(new))
    });
    let as_many = old.split('&').count() == new.split('&').count();
    as_many && good && differing.next().is_none()
}

/// Whether two federate URLs are the same but for their destinations, which are all ours.
fn destination_differs(old: &str, new: &str) -> bool {
    let (old, old_fragment) = parted(old, '#');
    let (new, new_fragment) = parted(new, '#');
    let (old_path, old) = parted(old, '?');
    let (new_path, new) = parted(new, '?');
    let is_destination = |part: &&str| decoded(parted(part, '=').0) == "destination";
    let ours = format!("destination={}", utf8_percent_encode(BACK, NOT_UNRESERVED));
    let mut expected: Vec<_> = old
        .split('&')
        .map(|part| if is_destination(&part) { &ours } else { part })
        .collect();
    if !expected.contains(&ours.as_str()) {
        if old.is_empty() {
            expected.clear();
        }
        expected.push(&ours);
    }
    (old_path, old_fragment) == (new_path, new_fragment) && expected.join("&") == new
}

/// RFC 3986, section 2.3.
const NOT_UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn parted(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

fn decoded(text: &str) -> String {
    let bytes = percent_decode_str(text).collect::<Vec<u8>>();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_record_that_was_read_is_written_alike() {
    let make = |tape: &mut Tape<'_>| tape.text(&CORPUS.records);
    fuzz("record", 10, make, |line| {
        let record = Record::parse(line);
        assert_eq!(Record::parse(&record.line()), record);
        for now in [0, 1, 1_700_000_000_000, u64::MAX] {
            let alive = record.may_be_alive(Millis::new(now), Span::hours(12));
            assert!(!alive || record != Record::default());
        }
        record != Record::default()
    });
}

#[test]
fn a_number_is_32_hex_digits_and_nothing_else() {
    let make = |tape: &mut Tape<'_>| {
        let bytes: [u8; 16] = std::array::from_fn(|_| tape.byte());
        (tape.text(&CORPUS.numbers), bytes)
    };
    fuzz("number", 10, make, |(text, bytes)| {
        let is_digit = |c| "0123456789abcdef".contains(c);
        let fits = text.chars().count() == 32 && text.chars().all(is_digit);
        let nonce = Nonce::parse(text);
        let shown = nonce.as_ref().map(Nonce::reveal);
        assert_eq!(shown, fits.then_some(text.as_str()));
        let nonce = Nonce::new(*bytes);
        assert_eq!(Nonce::parse(nonce.reveal()), Some(nonce));
        fits
    });
}
