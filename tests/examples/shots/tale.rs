//! What is said in the pictures, in three languages: one shop, its customers, one afternoon.

use recado_sim::attachment::{Media, OrderItem, Place};
use recado_sim::content::InboundContent;
use recado_sim::home::Line;
use recado_sim::inbound::Inbound;
use recado_sim::number::Level;

/// The same words in Spanish, Portuguese and English.
pub(crate) type Words = [&'static str; 3];

/// A language and where it is spoken.
pub(crate) struct Place3 {
    /// As the console names it.
    pub(crate) lang: &'static str,
    /// The time zone.
    pub(crate) zone: &'static str,
    /// Hours behind UTC there.
    pub(crate) behind: u64,
}

/// The three.
pub(crate) const PLACES: [Place3; 3] = [
    Place3 {
        lang: "es",
        zone: "America/Lima",
        behind: 5,
    },
    Place3 {
        lang: "pt-BR",
        zone: "America/Sao_Paulo",
        behind: 3,
    },
    Place3 {
        lang: "en",
        zone: "America/Lima",
        behind: 5,
    },
];

/// Who answers.
pub(crate) const OPERATOR: &str = "Lucía";

/// The shop's numbers.
pub(crate) fn lines(lang: usize) -> [Line; 2] {
    let line = |label: Words, digits, phone_number_id| Line {
        label: label[lang],
        digits,
        phone_number_id,
        level: Level::High,
    };
    [
        line(
            ["Centro", "Centro", "Downtown"],
            "51900111001",
            "106540352242922",
        ),
        line(
            ["Entregas", "Entregas", "Deliveries"],
            "5511900222002",
            "106540352242923",
        ),
    ]
}

/// One thing that is said.
#[expect(clippy::large_enum_variant, reason = "a story is short")]
pub(crate) enum Said {
    /// By the customer.
    In(Inbound),
    /// By the customer, quoting what was said as the n-th.
    Quoting(usize, Words),
    /// By the shop.
    Out(Words),
    /// By the shop, quoting what was said as the n-th.
    OutQuoting(usize, Words),
    /// The customer's reaction to what was said as the n-th.
    Reacts(usize, &'static str),
}

/// One conversation: who, over which number, and what is said so many minutes before now.
pub(crate) struct Talk {
    pub(crate) name: &'static str,
    /// Digits, or a user id where they hide their number.
    pub(crate) id: &'static str,
    pub(crate) line: usize,
    pub(crate) said: Vec<(u64, Said)>,
    /// Whether what came last was read.
    pub(crate) is_read: bool,
}

fn text(words: Words, lang: usize) -> Said {
    Said::In(Inbound::new(words[lang]))
}

/// The conversation that is open in most pictures.
pub(crate) fn hero(lang: usize, drawing: Media) -> Talk {
    let caption: Words = [
        "Así, con fresas",
        "Assim, com morangos",
        "Like this, with strawberries",
    ];
    let drawing = drawing.caption(caption[lang]);
    Talk {
        name: "Ana Prado",
        id: "51987654321",
        line: 0,
        is_read: false,
        said: vec![
            (
                32,
                text(
                    [
                        "Hola. ¿Todavía puedo cambiar la torta del sábado?",
                        "Oi! Ainda posso mudar o bolo de sábado?",
                        "Hi! Can I still change Saturday's cake?",
                    ],
                    lang,
                ),
            ),
            (
                30,
                Said::Out([
                    "¡Hola, Ana! Claro, hasta mañana al mediodía.",
                    "Oi, Ana! Claro, até amanhã ao meio-dia.",
                    "Hi Ana! Of course, until noon tomorrow.",
                ]),
            ),
            (28, Said::In(Inbound::new(InboundContent::Image(drawing)))),
            (
                25,
                Said::OutQuoting(
                    2,
                    [
                        "¡Qué linda! La hacemos de *tres leches*, para doce personas.",
                        "Que lindo! Fazemos de *três leites*, para doze pessoas.",
                        "Lovely! We make it with *vanilla cream*, for twelve.",
                    ],
                ),
            ),
            (24, Said::Reacts(3, "❤️")),
            (
                4,
                Said::Quoting(
                    3,
                    [
                        "Perfecto. ¿Y podrían llevarla a casa?",
                        "Perfeito. E podem entregar em casa?",
                        "Perfect. And could you bring it home?",
                    ],
                ),
            ),
            (
                2,
                text(
                    [
                        "Vivo al lado del parque",
                        "Moro ao lado do parque",
                        "I live next to the park",
                    ],
                    lang,
                ),
            ),
        ],
    }
}

/// What Lucía is about to answer.
pub(crate) const DRAFT: Words = [
    "Claro que sí: el sábado a las *diez*, sin costo 🎂",
    "Claro que sim: sábado às *dez*, sem custo 🎂",
    "Of course: Saturday at *ten*, free of charge 🎂",
];

/// A note on Ana, and the labels of her chat.
pub(crate) const NOTE: Words = [
    "Alérgica a las nueces.",
    "Alérgica a nozes.",
    "Allergic to nuts.",
];
pub(crate) const LABELS: [Words; 2] = [["torta", "bolo", "cake"], ["sábado", "sábado", "Saturday"]];

/// The others, who come before her in time.
#[expect(clippy::too_many_lines, reason = "a story, told in its order")]
pub(crate) fn others(lang: usize) -> Vec<Talk> {
    let talk = |name, id, line, is_read, said| Talk {
        name,
        id,
        line,
        said,
        is_read,
    };
    let place = Place {
        latitude: -12.1211,
        longitude: -77.0297,
        name: Some("Café Aurora".to_owned()),
        address: Some("Calle Colina 120".to_owned()),
        url: None,
    };
    let order = InboundContent::Order {
        catalog_id: "194836987003835".to_owned(),
        text: String::new(),
        items: vec![OrderItem {
            product_retailer_id: "pan".to_owned(),
            quantity: 40,
            item_price: 0.5,
            currency: "PEN".to_owned(),
        }],
    };
    let voice = InboundContent::Voice(Media::new().mime("audio/ogg; codecs=opus"));
    vec![
        talk(
            "Oficina Dos",
            "51900555105",
            0,
            true,
            vec![
                (
                    3 * 1440 + 90,
                    text(
                        [
                            "Buenos días, ¿me envían la factura de febrero?",
                            "Bom dia, podem enviar a fatura de fevereiro?",
                            "Good morning, could you send February's invoice?",
                        ],
                        lang,
                    ),
                ),
                (
                    3 * 1440 + 80,
                    Said::Out([
                        "Buenos días. Sale hoy mismo.",
                        "Bom dia. Sai hoje mesmo.",
                        "Good morning. It goes out today.",
                    ]),
                ),
                (
                    3 * 1440 + 75,
                    text(
                        [
                            "Gracias, quedo atenta.",
                            "Obrigada, fico no aguardo.",
                            "Thank you, I'll wait for it.",
                        ],
                        lang,
                    ),
                ),
            ],
        ),
        talk(
            "Irene Gil",
            "51900110008",
            0,
            true,
            vec![
                (
                    160,
                    text(
                        [
                            "¿A qué hora abren mañana?",
                            "A que horas abrem amanhã?",
                            "When do you open tomorrow?",
                        ],
                        lang,
                    ),
                ),
                (
                    158,
                    Said::Out(["A las siete, Irene.", "Às sete, Irene.", "At seven, Irene."]),
                ),
            ],
        ),
        talk(
            "Hugo Mora",
            "51900110007",
            1,
            true,
            vec![
                (
                    75,
                    text(
                        [
                            "¿Mi pedido ya salió? No vi la torta.",
                            "Meu pedido já saiu? Não vi o bolo.",
                            "Is my order on its way? I don't see the cake.",
                        ],
                        lang,
                    ),
                ),
                (
                    70,
                    Said::Out([
                        "Sí, llega a las dos.",
                        "Sim, chega às duas.",
                        "Yes, it arrives at two.",
                    ]),
                ),
            ],
        ),
        talk(
            "Gloria Vela",
            "34600110006",
            0,
            true,
            vec![
                (50, Said::In(Inbound::new(voice))),
                (
                    44,
                    Said::Out([
                        "La torta de chocolate la tenemos todos los días, Gloria.",
                        "O bolo de chocolate temos todos os dias, Glória.",
                        "We have the chocolate cake every day, Gloria.",
                    ]),
                ),
                (43, text(["¡Qué bueno!", "Que bom!", "Wonderful!"], lang)),
            ],
        ),
        talk(
            "Mercado Luna",
            "51900666106",
            1,
            true,
            vec![
                (40, Said::In(Inbound::new(order))),
                (
                    36,
                    Said::Out([
                        "Recibido: cuarenta panes para el viernes.",
                        "Recebido: quarenta pães para sexta.",
                        "Got it: forty rolls for Friday.",
                    ]),
                ),
            ],
        ),
        talk(
            "Carmen",
            "ES.13491208655302741918",
            0,
            false,
            vec![
                (
                    21,
                    text(
                        [
                            "Escribo con mi nombre de usuario 🙂",
                            "Escrevo com meu nome de usuário 🙂",
                            "I write with my username 🙂",
                        ],
                        lang,
                    ),
                ),
                (
                    20,
                    text(
                        [
                            "¿Hacen pan sin gluten?",
                            "Vocês fazem pão sem glúten?",
                            "Do you bake gluten-free bread?",
                        ],
                        lang,
                    ),
                ),
            ],
        ),
        talk(
            "Bruno Lima",
            "5511900444104",
            1,
            false,
            vec![(9, Said::In(Inbound::new(InboundContent::Location(place))))],
        ),
    ]
}

/// First and last names of the others.
pub(crate) const FIRST: [&str; 6] = ["Rosa", "Pablo", "Marta", "Iván", "Julia", "Óscar"];
pub(crate) const LAST: [&str; 6] = ["Vega", "Castro", "Rojas", "Prieto", "Salas", "Núñez"];

/// A visit of which only the figures are seen.
pub(crate) const VISIT: [Words; 4] = [
    [
        "¿Tienen pan de yema?",
        "Tem pão de leite?",
        "Do you have milk bread?",
    ],
    [
        "¿Hasta qué hora atienden?",
        "Até que horas atendem?",
        "How late are you open?",
    ],
    [
        "Quiero pedir una torta",
        "Quero pedir um bolo",
        "I'd like to order a cake",
    ],
    [
        "¿Cuánto cuesta el reparto?",
        "Quanto custa a entrega?",
        "What does delivery cost?",
    ],
];
pub(crate) const ANSWER: Words = [
    "Con gusto, le cuento…",
    "Claro, já lhe conto…",
    "With pleasure, let me tell you…",
];
/// What is looked for in the search.
pub(crate) const SOUGHT: Words = ["torta", "bolo", "cake"];
