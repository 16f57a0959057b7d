//! `connect-setup check`, the same natively and under Node: what is to be read, and what is said about it.

use serde::Serialize;

use crate::check::judge;
use crate::input::{File, Given, argument, decode, in_file, inputs, known_names};
use crate::instant;
use crate::report::{self, Report};

/// What the command writes, and how it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Output {
    /// For the standard output.
    pub stdout: String,
    /// For the standard error.
    pub stderr: String,
    /// 0: nothing is wrong; 1: warnings, with `--strict`; 2: errors; 64: it was called in a wrong way.
    pub code: u8,
}

/// How the command was called.
#[derive(Clone, Debug)]
pub struct Call {
    format: Format,
    strict: bool,
    given: Vec<Given>,
    files: Vec<String>,
    now: Option<i64>,
    utc_offset: Option<i32>,
}

/// The clock of the machine on which the command runs.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// Milliseconds since 1970.
    pub now: Option<f64>,
    /// Minutes east of UTC.
    pub utc_offset: Option<i32>,
}

#[derive(Clone, Copy, Debug)]
enum Format {
    Text,
    Json,
    Sarif,
}

impl Call {
    /// Reads the arguments, without the program's name.
    ///
    /// # Errors
    /// The help, or what is wrong with them.
    pub fn parse(arguments: &[String]) -> Result<Self, Output> {
        let mut call = Self {
            format: Format::Text,
            strict: false,
            given: Vec::new(),
            files: Vec::new(),
            now: None,
            utc_offset: None,
        };
        let is_help = |argument: &String| matches!(argument.as_str(), "--help" | "-h" | "help");
        if arguments.first().is_some_and(is_help) || arguments.iter().skip(1).any(is_help) {
            return Err(Output {
                stdout: HELP.to_owned(),
                stderr: String::new(),
                code: 0,
            });
        }
        match arguments.split_first() {
            Some((command, rest)) if command == "check" => {
                for argument in rest {
                    call.argument(argument)?;
                }
            }
            Some((command, _)) => return Err(usage(&format!("there is no command \"{command}\""))),
            None => return Err(usage("a command is missing")),
        }
        if call.given.is_empty() && call.files.is_empty() {
            return Err(usage("there is nothing to check"));
        }
        Ok(call)
    }

    /// The files that it reads; `-` is the standard input.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Checks the arguments, and the files with these contents.
    pub fn run(self, contents: &[Vec<u8>], clock: Clock) -> Output {
        let names = self.files.iter();
        let files: Vec<File> = names
            .zip(contents)
            .map(|(name, bytes)| File {
                name: name.clone(),
                text: decode(bytes),
            })
            .collect();
        let mut given = self.given;
        for (index, file) in files.iter().enumerate() {
            let read = in_file(index, file);
            if read.is_empty() {
                return usage(&format!(
                    "{} has none of {}",
                    shown(&file.name),
                    known_names()
                ));
            }
            given.extend(read);
        }
        let mut inputs = match inputs(&given) {
            Ok(inputs) => inputs,
            Err(field) => {
                return usage(&format!(
                    "{field} is there more than once; check one after the other"
                ));
            }
        };
        #[expect(clippy::cast_precision_loss, reason = "years of four digits are exact")]
        let own = self.now.map(|now| now as f64);
        inputs.now = own.or(clock.now);
        inputs.utc_offset = self.utc_offset.or(clock.utc_offset);
        let verdict = judge(&inputs);
        let report = Report {
            findings: verdict.findings,
            story: verdict.story,
            given,
            files,
        };
        let stdout = match self.format {
            Format::Text => report::text::write(&report),
            Format::Json => report::json::write(&report),
            Format::Sarif => report::sarif::write(&report),
        };
        let (errors, warnings) = report.counts();
        Output {
            stdout,
            stderr: String::new(),
            code: match (errors, warnings) {
                (0, 0) => 0,
                (0, _) => u8::from(self.strict),
                (_, _) => 2,
            },
        }
    }

    fn argument(&mut self, text: &str) -> Result<(), Output> {
        match text {
            "--json" => self.format = Format::Json,
            "--sarif" => self.format = Format::Sarif,
            "--strict" => self.strict = true,
            "-" => self.files.push(text.to_owned()),
            option if option.starts_with("--now=") => {
                let time = option.trim_start_matches("--now=");
                self.now = Some(
                    instant::read(time)
                        .ok_or_else(|| usage("--now takes a time such as 2026-01-31T08:00:00Z"))?,
                );
                self.utc_offset = instant::zone(time);
            }
            option if option.starts_with('-') => {
                return Err(usage(&format!("there is no option {option}")));
            }
            text => match argument(text) {
                Ok(Some(given)) => self.given.push(given),
                Ok(None) => self.files.push(text.to_owned()),
                Err(name) => {
                    let known = known_names();
                    return Err(usage(&format!(
                        "no input is called {name}; there are {known}"
                    )));
                }
            },
        }
        Ok(())
    }
}

/// What is said where `name` cannot be read.
pub fn unreadable(name: &str, why: &str) -> Output {
    usage(&format!("{} cannot be read: {why}", shown(name)))
}

fn shown(name: &str) -> &str {
    if name == "-" {
        "the standard input"
    } else {
        name
    }
}

fn usage(what: &str) -> Output {
    Output {
        stdout: String::new(),
        stderr: format!("{what}\n\"check --help\" says how it is called.\n"),
        code: 64,
    }
}

const HELP: &str = "\
Checks the strings of an Amazon Connect set-up with SSO, and says which one is wrong, where and why.
Tells what a SAML response, an identity provider's metadata and a HAR file say, in words.

  check [--json | --sarif] [--strict] [--now=time] [name=value …] [file …]

  name=value  one string: instanceUrl, ccpUrl, instanceArn, ssoLoginUrl, relayState, acsUrl, userName,
              samlResponse, certificate. A URL or an ARN alone is taken for what it looks like.
  file        JSON with these names, lines of name=value, a CSV of SAML users, the parameters of
              initCCP as they stand in a page, a SAML response (XML, base64, percent-encoded,
              deflated, or the form that posts it), a HAR file of a sign-in, the identity provider's
              metadata (idpMetadata) or its certificate; - is the standard input.

  --json      the findings and the story as JSON
  --sarif     the findings as SARIF 2.1.0, for pipelines
  --strict    warnings count, too
  --now=time  the time to compare with instead of this machine's, such as 2026-01-31T08:00:00Z

It ends with 0 if nothing is wrong, 1 for warnings with --strict, 2 for errors, 64 if it was called in a
wrong way. What is checked together is compared: add the instance's ARN, the user name, the metadata.
Nothing is sent anywhere. A SAML response and a HAR file can let somebody in: treat them as secrets.
";
