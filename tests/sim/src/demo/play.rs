//! The customers of the demonstration: what they write first, and how they answer.

use std::time::Duration;

use crate::attachment::{OrderItem, Place};
use crate::content::InboundContent;
use crate::customer::Customer;
use crate::files;
use crate::home::Line;
use crate::inbound::Inbound;
use crate::number::Level;
use crate::sim::{Sim, Unknown};
use crate::status::{Status, StatusPlan};

/// The shop's numbers.
pub const LINES: [Line; 3] = [
    Line {
        label: "Tienda Centro",
        digits: "51900111001",
        phone_number_id: "106540352242922",
        level: Level::Standard,
    },
    Line {
        label: "Entregas",
        digits: "5511900222002",
        phone_number_id: "106540352242923",
        level: Level::Standard,
    },
    Line {
        label: "Soporte",
        digits: "34600333003",
        phone_number_id: "106540352242924",
        level: Level::Standard,
    },
];

/// One customer, and what they write before anybody answers.
struct Part {
    line: usize,
    who: Customer,
    says: Vec<(Duration, Inbound)>,
    answer: Option<&'static str>,
    plan: Option<StatusPlan>,
}

/// Lets everybody write. Returns when the first words are said; the answers go on in a task of their own.
///
/// # Errors
/// A number or a message that is not there, which would be a fault of this file.
pub async fn play(sim: &Sim, seed: u64, pace: f64) -> anyhow::Result<()> {
    let pause = |millis: u64| Duration::from_millis(millis).mul_f64(pace);
    sim.set_plan(
        StatusPlan::steps([])
            .then(pause(500), Status::Sent)
            .then(pause(900), Status::Delivered)
            .then(pause(2500), Status::Read),
    );
    let mut parts = cast(sim, sim.clock().now_ms() / 1000)?;
    // Who comes first is the seed's affair, as long as the one whose window is closed came days ago.
    let turn = usize::try_from(seed % 3).unwrap_or(0);
    if let Some(rest) = parts.get_mut(1..) {
        rest.rotate_left(turn);
    }
    for part in &parts {
        sim.add_customer(&part.who);
        sim.set_customer_plan(&part.who, part.plan.clone());
    }
    let answers = tokio::spawn(answer(
        sim.clone(),
        parts
            .iter()
            .map(|p| (p.who.clone(), p.line, p.answer))
            .collect(),
        pause(4000),
    ));
    for part in parts {
        let Some(line) = LINES.get(part.line) else {
            continue;
        };
        let mut first: Option<String> = None;
        for (wait, mut says) in part.says {
            tokio::time::sleep(wait.mul_f64(pace)).await;
            if let (InboundContent::Reaction { message_id, .. }, Some(id)) =
                (&mut says.content, &first)
            {
                message_id.clone_from(id);
            }
            let (wamid, _taken) = sim
                .inbound_taken(line.phone_number_id, &part.who, says)
                .await?;
            first.get_or_insert(wamid);
        }
    }
    drop(answers);
    Ok(())
}

/// Customers answer what is written to them, once each.
async fn answer(sim: Sim, cast: Vec<(Customer, usize, Option<&'static str>)>, wait: Duration) {
    let mut seen = 0;
    let mut answered = std::collections::HashSet::new();
    let day = Duration::from_hours(24);
    while sim.wait_accepted_count(seen + 1, day).await.is_ok() {
        for accepted in sim.accepted_from(seen) {
            seen = accepted.index + 1;
            let to = accepted
                .wa_id
                .clone()
                .or_else(|| accepted.recipient.clone());
            let found = cast
                .iter()
                .find(|(who, ..)| to.is_some() && (who.wa_id == to || who.user_id == to));
            let Some((who, line, Some(words))) = found else {
                continue;
            };
            if !answered.insert(who.name.clone()) {
                continue;
            }
            tokio::time::sleep(wait).await;
            let Some(line) = LINES.get(*line) else {
                continue;
            };
            let says = Inbound::new(*words).reply_to(accepted.wamid.clone());
            // The simulation has ended, and with it the demonstration.
            if sim.inbound(line.phone_number_id, who, says).is_err() {
                return;
            }
        }
    }
}

fn says(millis: u64, content: impl Into<Inbound>) -> (Duration, Inbound) {
    (Duration::from_millis(millis), content.into())
}

#[expect(clippy::too_many_lines, reason = "a list of people and their words")]
fn cast(sim: &Sim, now: i64) -> Result<Vec<Part>, Unknown> {
    let part = |line, who: Customer, says, answer| Part {
        line,
        who,
        says,
        answer,
        plan: None,
    };
    let put = |line: usize, mime, bytes: Vec<u8>| {
        let number = LINES.get(line).map_or("", |line| line.phone_number_id);
        sim.put(number, mime, bytes)
    };
    let cake = put(0, "image/png", files::cake(640, 480))?;
    let list = files::pdf(&[
        "Lista de compras",
        "",
        "12 panes integrales",
        "1 torta de chocolate",
    ]);
    let list = put(0, "application/pdf", list)?;
    let note = put(0, "audio/ogg; codecs=opus", files::voice(9))?;
    let face = put(1, "image/webp", files::sticker())?;
    Ok(vec![
        part(
            0,
            Customer::new("Oficina Dos").wa_id("51900555105"),
            vec![
                says(
                    0,
                    Inbound::new("Buenos días, ¿me envían la factura de febrero?")
                        .at(now - 3 * 86_400),
                ),
                says(0, Inbound::new("Gracias.").at(now - 3 * 86_400 + 60)),
            ],
            None,
        ),
        part(
            1,
            Customer::new("João Padaria").wa_id("5511900444104"),
            vec![
                says(100, "Oi! O pedido das quatro já saiu? 🚚"),
                says(
                    300,
                    InboundContent::Location(Place {
                        latitude: -23.5617,
                        longitude: -46.6559,
                        name: Some("Padaria do João".to_owned()),
                        address: Some("Av. Paulista 1000".to_owned()),
                        url: None,
                    }),
                ),
                says(300, InboundContent::Sticker(face)),
            ],
            Some("Maravilha, obrigado! 🙏"),
        ),
        part(
            0,
            Customer::new("Ana Prado")
                .wa_id("51987654321")
                .username("ana.prado"),
            vec![
                says(100, "Hola, pedí una torta para el sábado."),
                says(200, "¿El pedido 4471 está *confirmado*?"),
                says(400, InboundContent::Image(cake.caption("Así es el dibujo"))),
                says(
                    300,
                    InboundContent::Reaction {
                        message_id: String::new(),
                        emoji: Some("🎂".to_owned()),
                    },
                ),
            ],
            Some("¡Perfecto, gracias! Con velas también."),
        ),
        part(
            2,
            Customer::new("Carmen")
                .user_id("ES.13491208655302741918")
                .username("carmen.velez")
                .hides_phone(),
            vec![says(
                200,
                "Escribo con mi nombre de usuario: ¿me pueden llamar?",
            )],
            Some("Vale, espero vuestra llamada."),
        ),
        part(
            2,
            Customer::new("\u{1b}[31mMallory\u{1b}[0m\u{202e}txt.exe").wa_id("34600999909"),
            vec![says(
                200,
                "\u{1b}[2J\u{1b}]0;dueño de tu terminal\u{7}Nada de esto debe moverte el cursor.",
            )],
            None,
        ),
        Part {
            line: 1,
            who: Customer::new("Rui Tavares").wa_id("5521900777107"),
            says: vec![says(
                200,
                "Olá, quero saber o preço do bolo de chocolate 🍫🍰",
            )],
            answer: None,
            plan: Some(StatusPlan::failed(131_026)),
        },
        part(
            0,
            Customer::new("Mercado Luna").wa_id("51900666106"),
            vec![
                says(
                    200,
                    InboundContent::Document(list.filename("lista-de-compras.pdf")),
                ),
                says(
                    200,
                    InboundContent::Order {
                        catalog_id: "194836987003835".to_owned(),
                        text: "Para el viernes, por favor".to_owned(),
                        items: vec![
                            OrderItem {
                                product_retailer_id: "pan-integral".to_owned(),
                                quantity: 12,
                                item_price: 3.5,
                                currency: "PEN".to_owned(),
                            },
                            OrderItem {
                                product_retailer_id: "torta-chocolate".to_owned(),
                                quantity: 1,
                                item_price: 45.0,
                                currency: "PEN".to_owned(),
                            },
                        ],
                    },
                ),
                says(200, InboundContent::Voice(note)),
            ],
            Some("Recibido, quedo atento."),
        ),
    ])
}
