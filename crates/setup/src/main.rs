//! `connect-setup check`; see `command`.

use std::io::{Read as _, Write as _};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs, io};

use connect_setup::command::{Call, Clock, Output, unreadable};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args_os()
        .skip(1)
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let output = run(&arguments).unwrap_or_else(|output| output);
    // Nobody reads on where it cannot be written.
    let _ = io::stdout().write_all(output.stdout.as_bytes());
    let _ = io::stderr().write_all(output.stderr.as_bytes());
    ExitCode::from(output.code)
}

fn run(arguments: &[String]) -> Result<Output, Output> {
    let call = Call::parse(arguments)?;
    let mut contents = Vec::new();
    for name in call.files() {
        let read = read(name).map_err(|error| unreadable(name, reason(&error)))?;
        contents.push(read);
    }
    Ok(call.run(&contents, clock()))
}

/// This machine's clock. The standard library does not know its zone, so times are told in UTC.
fn clock() -> Clock {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Clock {
        now: since
            .ok()
            .map(|since| (since.as_secs_f64() * 1000.0).floor()),
        utc_offset: None,
    }
}

fn read(name: &str) -> io::Result<Vec<u8>> {
    if name != "-" {
        return fs::read(name);
    }
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// In the same words as js/cli.js.
fn reason(error: &io::Error) -> &'static str {
    let is = |kind| error.kind() == kind;
    if is(io::ErrorKind::NotFound) {
        "there is no such file"
    } else if is(io::ErrorKind::PermissionDenied) {
        "it may not be read"
    } else {
        "it is no file"
    }
}
