//! The template picker, saved replies and interactive messages on the screen.

use common::api::templates::{Proposal, Proposed, Source};
use common::id::{ChatId, MediaId, NumberId, OrgId, ReplyId, TemplateId};
use common::model::media::{Media, MediaState};
use common::model::reply::Reply;
use common::model::template::Template;
use serde_json::{Value, json};

use crate::hit::Pane;
use crate::model::choices::{Choices, Offer, Part};
use crate::model::compose::{Complete, Found};
use crate::model::overlay::Overlay;
use crate::model::replies::{Draft, Replies};
use crate::model::templates::{Form, Picker};
use crate::view::tests::world::{World, ago};

fn template(
    id: i64,
    name: &str,
    (language, category, status): (&str, &str, &str),
    components: &Value,
) -> Template {
    serde_json::from_value(json!({
        "id": id, "meta_id": null, "waba_id": "102290129340398", "org_id": 1, "name": name,
        "language": language, "category": category, "status": status, "quality": null,
        "parameter_format": "positional", "last_synced_at": null, "revision": 1,
        "reason_detail": if status == "paused" { json!("6 h, por baja calidad") } else { json!(null) },
        "components": components
    }))
    .unwrap()
}

fn picker() -> Picker {
    let ready = || {
        json!([
            {"type": "HEADER", "format": "IMAGE"},
            {"type": "BODY", "text": "Olá {{1}}, seu pedido *{{2}}* está pronto para retirada até {{3}}."},
            {"type": "FOOTER", "text": "Loja Centro"},
            {"type": "BUTTONS", "buttons": [
                {"type": "URL", "text": "Ver mapa", "url": "https://example.com/mapa"},
                {"type": "QUICK_REPLY", "text": "Falar conosco"}
            ]}
        ])
    };
    let plain = |text: &str| json!([{"type": "BODY", "text": text}]);
    let mut picker = Picker::new(ChatId(1), NumberId(1));
    picker.take(vec![
        template(
            1,
            "pedido_pronto",
            ("pt_BR", "utility", "approved"),
            &ready(),
        ),
        template(
            2,
            "pedido_atraso",
            ("pt_BR", "utility", "approved"),
            &plain("Seu pedido vai atrasar um pouco."),
        ),
        template(
            3,
            "pedido_pronto",
            ("es", "utility", "approved"),
            &plain("Tu pedido está listo."),
        ),
        template(
            4,
            "avaliar_pedido",
            ("pt_BR", "marketing", "approved"),
            &plain("O que achou do pedido?"),
        ),
        template(
            5,
            "pedido_cancel",
            ("pt_BR", "utility", "paused"),
            &plain("Seu pedido foi cancelado."),
        ),
    ]);
    let mut proposal = Proposal::default();
    for (key, value) in [("1", "Ana"), ("2", "4471")] {
        let value = Proposed {
            value: value.to_owned(),
            source: Source::Remembered,
        };
        proposal.values.insert(key.to_owned(), value);
    }
    picker.proposals.insert(TemplateId(1), proposal);
    picker.pick.list.set_cursor(3);
    picker
}

fn replies() -> Vec<Reply> {
    let reply = |id: i64, name: &str, text: &str, files: usize| Reply {
        id: ReplyId(id),
        org_id: OrgId(1),
        name: name.to_owned(),
        text: text.to_owned(),
        files: vec![Media::new(MediaId(3), MediaState::Ready); files],
        operator: Some("Lia".to_owned()),
        updated_at: ago(60),
        deleted_at: None,
        revision: 1,
    };
    vec![
        reply(
            1,
            "horario",
            "Hola {{customer.name}}: abrimos de 9 a 18, domingos de 9 a 13.",
            0,
        ),
        reply(2, "menu", "Este es el menú de hoy, {{customer.name}}.", 1),
        reply(
            3,
            "pago",
            "Puedes pagar con tarjeta o en efectivo al recoger.",
            0,
        ),
    ]
}

impl World {
    pub(super) fn template(&mut self) {
        self.over(Overlay::Template(Box::new(picker())));
    }

    pub(super) fn template_form(&mut self) {
        let mut picker = picker();
        let chosen = picker.pick.list.selected().cloned().unwrap();
        let proposal = picker.proposals.get(&chosen.id).cloned();
        let mut form = Form::new(chosen, proposal.as_ref());
        (form.tried, form.at) = (true, 3);
        picker.form = Some(form);
        self.over(Overlay::Template(Box::new(picker)));
    }

    pub(super) fn replies(&mut self) {
        let all = replies();
        let mut layer = Replies::new(&all);
        layer.pick.list.set_cursor(1);
        self.model.saved.all = Some(all);
        self.over(Overlay::Replies(Box::new(layer)));
    }

    pub(super) fn reply_draft(&mut self) {
        let all = replies();
        let mut layer = Replies::new(&all);
        layer.draft = Some(Draft::new(all.get(1)));
        self.over(Overlay::Replies(Box::new(layer)));
    }

    pub(super) fn reply_offer(&mut self) {
        self.focus(Pane::Compose);
        let open = self.model.talks.open.unwrap();
        let compose = self.model.composes.get_mut(&open).unwrap();
        compose.field.set("/");
        compose.complete = Some(Complete {
            letters: 1,
            found: replies()
                .into_iter()
                .map(|one| Found::Reply(Box::new(one)))
                .collect(),
            cursor: 0,
            moved: false,
        });
    }

    pub(super) fn buttons(&mut self) {
        let mut made = Choices::new(ChatId(1), Offer::Buttons);
        for (part, text) in [
            (Part::Body, "¿Cuándo pasas a recoger la *torta*?"),
            (Part::Button(0), "Hoy"),
            (Part::Button(1), "Mañana por la mañana temprano"),
            (Part::Footer, "Loja Centro"),
        ] {
            let field = made
                .fields
                .iter_mut()
                .find(|(one, _)| *one == part)
                .unwrap();
            field.1.set(text);
        }
        made.at = 2;
        self.over(Overlay::Choices(Box::new(made)));
    }

    pub(super) fn list_rows(&mut self) {
        let mut made = Choices::new(ChatId(1), Offer::List);
        for (part, text) in [
            (Part::Body, "Elige un sabor"),
            (Part::Button(0), "Ver sabores"),
            (Part::Row(0), "Chocolate"),
            (Part::Description(0), "con nueces"),
            (Part::Row(1), "Vainilla"),
        ] {
            let field = made
                .fields
                .iter_mut()
                .find(|(one, _)| *one == part)
                .unwrap();
            field.1.set(text);
        }
        self.over(Overlay::Choices(Box::new(made)));
    }
}
