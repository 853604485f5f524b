//! Lists that are filtered while one types: ten thousand templates, as the picker holds them.

use recado_tui::part::list::List;
use serde_json::json;
use tokio::time::Instant;

use crate::measure::Spread;
use crate::report::{Figure, Report};

const TEMPLATES: usize = 10_000;
const ROUNDS: usize = 20;

/// What a person types, letter by letter.
const WORDS: [&str; 4] = ["pedido", "listo es", "cita mañana", "zzz"];

pub(crate) fn run(report: &mut Report) {
    let subjects = [
        "pedido", "cita", "pago", "envio", "oferta", "codigo", "reserva",
    ];
    let states = ["listo", "confirmado", "atrasado", "mañana", "cancelado"];
    let entry = |n: usize| {
        let subject = subjects
            .get(n % subjects.len())
            .copied()
            .unwrap_or_default();
        let state = states
            .get(n / 7 % states.len())
            .copied()
            .unwrap_or_default();
        let language = if n.is_multiple_of(3) { "pt_BR" } else { "es" };
        (
            n,
            format!("{subject}_{state}_{n} {language} Hola, tu {subject} está {state}."),
        )
    };
    let entries: Vec<(usize, String)> = (0..TEMPLATES).map(entry).collect();
    let mut list = List::new(entries.clone());
    let (mut fuzzy, mut plain) = (Vec::new(), Vec::new());
    let mut found = 0;
    for _ in 0..ROUNDS {
        for words in WORDS {
            let mut typed = String::new();
            for letter in words.chars() {
                typed.push(letter);
                let start = Instant::now();
                list.set_query(&typed);
                fuzzy.push(start.elapsed());
                found += list.shown().len();
                let start = Instant::now();
                found += entries
                    .iter()
                    .filter(|(_, text)| text.contains(&typed))
                    .count();
                plain.push(start.elapsed());
            }
            list.set_query("");
        }
    }
    let (fuzzy, plain) = (Spread::of(fuzzy), Spread::of(plain));
    let micros = |span: std::time::Duration| u64::try_from(span.as_micros()).unwrap_or(u64::MAX);
    report.add(Figure {
        what: "10,000 templates filtered at a letter, p50 / p99",
        target: "p99 ≤ 10 ms",
        measured: fuzzy.told(),
        baseline: format!("a plain substring {}", plain.told()),
        met: Some(fuzzy.p99.as_millis() < 10),
        figures: json!({ "p50_us": micros(fuzzy.p50), "p99_us": micros(fuzzy.p99), "found": found }),
    });
}
