//! What Meta refuses about the buttons of a template.

use std::collections::HashSet;

use crate::model::template::draft::Judge;
use crate::model::template::limit;
use crate::model::template::parts::{Button, Parts};
use crate::model::template::variable::{self, Piece};
use crate::model::template::word::ButtonKind;
use crate::phone::Phone;
use crate::wrong::Fault;

impl Judge<'_> {
    /// Counts by kind, order, and each button by itself.
    pub(super) fn buttons(&mut self, parts: &Parts) {
        let buttons = &parts.buttons;
        let most = if self.card {
            limit::CARD_BUTTONS
        } else {
            limit::BUTTONS
        };
        self.count("buttons", buttons.len(), most);
        let of = |kind: &ButtonKind| buttons.iter().filter(|b| b.kind == *kind).count();
        self.count("buttons of type url", of(&ButtonKind::Url), limit::URLS);
        for kind in [
            ButtonKind::PhoneNumber,
            ButtonKind::CopyCode,
            ButtonKind::Flow,
            ButtonKind::Otp,
            ButtonKind::Catalog,
            ButtonKind::Mpm,
            ButtonKind::VoiceCall,
        ] {
            self.count(&format!("buttons of type {kind}"), of(&kind), 1);
        }
        let quick: Vec<bool> = buttons
            .iter()
            .map(|b| b.kind == ButtonKind::QuickReply)
            .collect();
        let turns = quick
            .windows(2)
            .filter(|pair| pair.first() != pair.last())
            .count();
        if turns > 1 {
            self.add("buttons", Fault::Scattered);
        }
        let mut labels = HashSet::new();
        for (at, button) in (1..).zip(buttons) {
            let path = format!("buttons[{at}]");
            if button
                .text
                .as_ref()
                .is_some_and(|text| !labels.insert(text))
            {
                self.add(&format!("{path}.text"), Fault::Twice);
            }
            self.button(&path, button);
        }
    }

    fn button(&mut self, path: &str, button: &Button) {
        let text = format!("{path}.text");
        // These have words of WhatsApp's own.
        let silent = matches!(
            button.kind,
            ButtonKind::CopyCode
                | ButtonKind::Otp
                | ButtonKind::Spm
                | ButtonKind::RequestContactInfo
        );
        match &button.text {
            Some(words) if !words.trim().is_empty() => {
                self.fits(&text, words, limit::LABEL);
                if !variable::names(words).is_empty() {
                    self.add(&text, Fault::VariableForbidden);
                }
            }
            _ if !silent => self.add(&text, Fault::Empty),
            _ => {}
        }
        match &button.kind {
            ButtonKind::Url => self.url(&format!("{path}.url"), button),
            ButtonKind::PhoneNumber => {
                let field = format!("{path}.phone_number");
                let number = button.phone_number.as_deref().unwrap_or_default();
                if Phone::parse(number).is_err() {
                    self.add(&field, Fault::NotAPhone);
                }
                self.fits(&field, number, limit::PHONE);
            }
            ButtonKind::CopyCode => {
                let field = format!("{path}.example");
                if let Some(code) = button.first_example() {
                    self.fits(&field, code, limit::CODE);
                } else {
                    let variable = "the code".to_owned();
                    self.add(&field, Fault::ExampleMissing { variable });
                }
            }
            ButtonKind::Other(_) => {
                let allowed = ButtonKind::known();
                self.add(&format!("{path}.type"), Fault::NotOneOf { allowed });
            }
            _ => {}
        }
    }

    fn url(&mut self, field: &str, button: &Button) {
        let url = button.url.as_deref().unwrap_or_default();
        self.fits(field, url, limit::URL);
        if !(url.starts_with("https://") || url.starts_with("http://")) {
            self.add(field, Fault::NotAnAddress);
        }
        let pieces = variable::pieces(url);
        let variables = pieces
            .iter()
            .filter(|piece| matches!(piece, Piece::Variable(_)))
            .count();
        if variables == 0 {
            return;
        }
        if variables > 1 || !matches!(pieces.last(), Some(Piece::Variable(_))) {
            self.add(field, Fault::VariableNotAtEnd);
        }
        if button.first_example().is_none() {
            let variable = "its variable".to_owned();
            self.add(field, Fault::ExampleMissing { variable });
        }
    }
}
