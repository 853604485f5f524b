//! The templates of the demonstration's shop, as a bakery has them: orders, payments, offers, in Spanish and Portuguese.

use serde_json::{Value, json};

use crate::home::WABA;
use crate::sim::Sim;
use crate::template::Template;

/// Puts them on the shop's account.
pub fn fill(sim: &Sim) {
    for template in orders().into_iter().chain(offers()) {
        sim.add_template(WABA, template);
    }
}

fn footer() -> Value {
    json!({ "type": "FOOTER", "text": "Panadería Luz" })
}

fn title(text: &str) -> Value {
    json!({ "type": "HEADER", "format": "TEXT", "text": text })
}

fn picture() -> Value {
    json!({ "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["4::aW"] } })
}

fn taps(words: &[&str]) -> Value {
    let buttons: Vec<Value> = words
        .iter()
        .map(|word| json!({ "type": "QUICK_REPLY", "text": word }))
        .collect();
    json!({ "type": "BUTTONS", "buttons": buttons })
}

fn link(word: &str, url: &str) -> Value {
    json!({ "type": "BUTTONS", "buttons": [
        { "type": "URL", "text": word, "url": format!("{url}{{{{1}}}}"), "example": [format!("{url}4471")] }] })
}

/// What is sent about an order: utility.
fn orders() -> Vec<Template> {
    vec![
        Template::new(
            "pedido_confirmado",
            "es",
            "Hola {{1}}, recibimos tu pedido {{2}}. Lo entregamos el {{3}} entre las {{4}} horas.",
        )
        .with(title("Pedido confirmado"))
        .with(footer())
        .with(taps(&["Está bien", "Cambiar la hora"]))
        .quality("GREEN"),
        Template::new(
            "pedido_listo",
            "es",
            "Hola {{1}}, tu pedido {{2}} está listo. Te esperamos hasta las {{3}} en la tienda.",
        )
        .with(footer())
        .with(link("Cómo llegar", "https://panaderia.example.com/mapa/"))
        .quality("GREEN"),
        Template::new(
            "pedido_listo",
            "pt_BR",
            "Olá {{1}}, seu pedido {{2}} está pronto. Esperamos você até as {{3}} na loja.",
        )
        .with(footer())
        .with(link("Como chegar", "https://panaderia.example.com/mapa/"))
        .quality("GREEN"),
        Template::new(
            "factura_enviada",
            "es",
            "Hola {{1}}, aquí va la factura {{2}} por S/ {{3}}. Gracias por tu compra.",
        )
        .with(json!({ "type": "HEADER", "format": "DOCUMENT",
            "example": { "header_handle": ["4::ZG9j"] } }))
        .with(footer()),
        Template::new(
            "pedido_atrasado",
            "pt_BR",
            "Olá {{1}}, o pedido {{2}} vai atrasar uns {{3}} minutos. Desculpe o transtorno.",
        )
        .with(taps(&["Tudo bem", "Cancelar o pedido"]))
        .quality("YELLOW"),
        Template::new(
            "retomar_conversa",
            "es",
            "Hola {{1}}, te escribimos por tu consulta del {{2}}. ¿Seguimos por aquí?",
        )
        .with(taps(&["Sí, sigamos", "Ya no, gracias"]))
        .quality("GREEN"),
    ]
}

/// What is sent to be bought: marketing, and what Meta thinks of it.
fn offers() -> Vec<Template> {
    let marketing = |name: &str, language: &str, body: &str| {
        Template::new(name, language, body).category("MARKETING")
    };
    vec![
        marketing(
            "torta_de_la_semana",
            "es",
            "Hola {{1}}, esta semana horneamos *{{2}}* a S/ {{3}}. ¿Te guardamos una?",
        )
        .with(picture())
        .with(footer())
        .with(taps(&["Guárdame una", "No más ofertas"]))
        .quality("GREEN"),
        marketing(
            "cupom_de_aniversario",
            "pt_BR",
            "Parabéns, {{1}}! Use o cupom no seu próximo bolo e ganhe {{2}} de desconto.",
        )
        .with(json!({ "type": "BUTTONS", "buttons": [
            { "type": "COPY_CODE", "example": "PARABENS10" }] })),
        marketing(
            "vitrina_de_tortas",
            "es",
            "Hola {{1}}, estas son las tortas de la semana. Desliza y elige la tuya.",
        )
        .with(json!({ "type": "CAROUSEL", "cards": [
            card("Chocolate con nueces, para doce personas."),
            card("Tres leches con fresas, para ocho personas."),
            card("Limón y merengue, para diez personas.") ] })),
        marketing(
            "promo_marzo",
            "pt_BR",
            "Olá {{1}}, só hoje: leve dois pães e pague um. Esperamos você.",
        )
        .rejected("INCORRECT_CATEGORY"),
        marketing(
            "rebajas_de_enero",
            "es",
            "Hola {{1}}, todo enero con 20 % menos en panes integrales. Te esperamos.",
        )
        .status("PAUSED")
        .quality("RED"),
    ]
}

fn card(words: &str) -> Value {
    json!({ "components": [
        picture(),
        { "type": "BODY", "text": words },
        { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "La quiero" }] } ] })
}
