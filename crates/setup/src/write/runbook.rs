//! All steps, in order, for one identity provider and one host.

use serde::Serialize;

use super::answers::Answers;
use super::fill::{Filled, Language};
use super::host::Host;
use super::idp::Idp;
use super::question::{DEFAULTS, INSTANCE, Question, REPLICA};
use super::values::Values;
use super::{aws, faults};
use crate::finding::SetupFinding;

/// Everything that a set-up needs, in the order in which it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Runbook {
    /// What it sets up.
    pub title: String,
    /// What is asked: first what is needed, then what has a default.
    pub questions: Vec<Question>,
    /// What is wrong with the answers.
    pub findings: Vec<SetupFinding>,
    /// The questions whose answers are missing somewhere.
    pub missing: Vec<&'static str>,
    /// What is done, one console after the other.
    pub steps: Vec<Step>,
    /// The identity providers and hosts to choose from: what the answers `idp` and `host` can be, and their names.
    pub choices: Choices,
}

/// What there is to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choices {
    /// Identity providers.
    pub idp: Vec<Choice>,
    /// Hosts.
    pub host: Vec<Choice>,
}

/// A value, and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The answer.
    pub value: &'static str,
    /// As people call it.
    pub label: &'static str,
}

/// What is done in one place of one console.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Unique in the runbook.
    pub id: &'static str,
    /// Whose console, such as "Okta Admin Console".
    pub console: &'static str,
    /// What is reached by it.
    pub title: &'static str,
    /// Where in the console, from menu to page, with " > " between them.
    pub place: &'static str,
    /// What to do there, in sentences.
    pub actions: Vec<String>,
    /// What to enter.
    pub strings: Vec<Text>,
    /// What shows that it worked; may be empty.
    pub expect: String,
}

/// A string to copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// Unique in the runbook.
    pub id: &'static str,
    /// The field's label in the console.
    pub label: &'static str,
    /// Where that is, if it is not plain from the step; may be empty.
    pub place: &'static str,
    /// What to copy.
    pub value: String,
    /// What it is written in.
    pub language: Language,
    /// What to know about it; may be empty.
    pub note: &'static str,
    /// Where it is documented.
    pub source: &'static str,
    /// The questions whose answers it lacks: each has a placeholder in the value, such as `<instance ID>`.
    pub missing: Vec<&'static str>,
}

/// A step without its values.
pub(super) struct StepText {
    pub(super) id: &'static str,
    pub(super) console: &'static str,
    pub(super) title: &'static str,
    pub(super) place: &'static str,
    pub(super) actions: &'static [&'static str],
    pub(super) strings: &'static [StringText],
    pub(super) expect: &'static str,
}

/// A string without its values.
pub(super) struct StringText {
    id: &'static str,
    label: &'static str,
    place: &'static str,
    template: &'static str,
    language: Language,
    note: &'static str,
    source: &'static str,
    when: When,
}

/// For whom a string is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// Without Global Resiliency.
    OneRegion,
    /// With Global Resiliency.
    TwoRegions,
}

impl StringText {
    pub(super) const fn of(
        language: Language,
        id: &'static str,
        label: &'static str,
        template: &'static str,
        source: &'static str,
    ) -> Self {
        Self {
            id,
            label,
            place: "",
            template,
            language,
            note: "",
            source,
            when: When::Always,
        }
    }

    pub(super) const fn text(
        id: &'static str,
        label: &'static str,
        template: &'static str,
        source: &'static str,
    ) -> Self {
        Self::of(Language::Text, id, label, template, source)
    }

    pub(super) const fn url(
        id: &'static str,
        label: &'static str,
        template: &'static str,
        source: &'static str,
    ) -> Self {
        Self::of(Language::Url, id, label, template, source)
    }

    pub(super) const fn place(self, place: &'static str) -> Self {
        Self { place, ..self }
    }

    pub(super) const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    pub(super) const fn when(self, when: When) -> Self {
        Self { when, ..self }
    }
}

/// The runbook for these answers. An `idp` or a `host` that does not exist counts as Okta, and as a page.
pub fn runbook(answers: &Answers) -> Runbook {
    let idp = Idp::named(&answers.idp).unwrap_or(Idp::Okta);
    let host = Host::named(&answers.host).unwrap_or(Host::Page);
    let values = Values::of(answers, idp, host);
    let provider = values.provider;
    let all = [
        aws::BEFORE,
        idp.steps(host),
        aws::IAM,
        idp.steps_after(host),
        aws::CONNECT,
        idp.framing(host),
        host.steps(),
        aws::AFTER,
    ];
    let steps: Vec<Step> = all
        .into_iter()
        .flatten()
        .map(|step| filled(step, &values))
        .collect();
    let mut all = Filled::default();
    for text in steps.iter().flat_map(|step| &step.strings) {
        all.lacks(&text.missing);
    }
    Runbook {
        title: format!("{} and Amazon Connect for {}", provider.name, host.label()),
        questions: questions(idp, host, answers.global_resiliency),
        findings: faults::of(&values),
        missing: all.missing,
        steps,
        choices: Choices {
            idp: Idp::ALL.iter().map(|idp| idp.choice()).collect(),
            host: Host::ALL.iter().map(|host| host.choice()).collect(),
        },
    }
}

/// What is asked for these two.
fn questions(idp: Idp, host: Host, resilient: bool) -> Vec<Question> {
    let provider = idp.provider();
    let defaults = DEFAULTS.iter().map(|question| {
        let example = match question.name {
            "roleName" => provider.role,
            "providerName" => provider.connect,
            _ => question.example,
        };
        Question {
            example,
            ..*question
        }
    });
    INSTANCE
        .iter()
        .chain(host.questions())
        .chain((resilient && host.is_page()).then_some(&REPLICA))
        .chain(provider.questions)
        .copied()
        .chain(defaults)
        .collect()
}

fn filled(step: &StepText, values: &Values<'_>) -> Step {
    let resilient = values.answers.global_resiliency;
    let is_for = |text: &&StringText| match text.when {
        When::Always => true,
        When::OneRegion => !resilient,
        When::TwoRegions => resilient,
    };
    let strings = step.strings.iter().filter(is_for).map(|text| {
        let filled = values.fill(text.template, text.language);
        Text {
            id: text.id,
            label: text.label,
            place: text.place,
            value: filled.text,
            language: text.language,
            note: text.note,
            source: text.source,
            missing: filled.missing,
        }
    });
    Step {
        id: step.id,
        console: step.console,
        title: step.title,
        place: step.place,
        actions: step
            .actions
            .iter()
            .map(|action| values.fill(action, Language::Text).text)
            .collect(),
        strings: strings.collect(),
        expect: values.fill(step.expect, Language::Text).text,
    }
}
