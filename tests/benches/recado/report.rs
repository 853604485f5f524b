//! What was measured, as a table and as JSON.

use std::io::{self, Write};

use serde_json::{Value, json};

/// One figure.
#[derive(Debug)]
struct Row {
    what: String,
    target: String,
    measured: String,
    baseline: String,
    met: Option<bool>,
    figures: Value,
}

/// All figures.
#[derive(Debug, Default)]
pub(crate) struct Report(Vec<Row>);

/// A figure as it is told: what, what was measured, what it is compared with.
#[derive(Debug)]
pub(crate) struct Figure<'a> {
    pub(crate) what: &'a str,
    pub(crate) target: &'a str,
    pub(crate) measured: String,
    pub(crate) baseline: String,
    /// Whether the target is met, where there is one.
    pub(crate) met: Option<bool>,
    /// The same for programs.
    pub(crate) figures: Value,
}

impl Report {
    /// Takes a figure, and tells it at once on standard error.
    pub(crate) fn add(&mut self, figure: Figure<'_>) {
        let row = Row {
            what: figure.what.to_owned(),
            target: figure.target.to_owned(),
            measured: figure.measured,
            baseline: figure.baseline,
            met: figure.met,
            figures: figure.figures,
        };
        tell(&format!(
            "{} {}: {} (target {}; beside it {})",
            sign(row.met),
            row.what,
            row.measured,
            row.target,
            row.baseline
        ));
        self.0.push(row);
    }

    /// The table, then one line of JSON.
    pub(crate) fn print(&self, full: bool) -> anyhow::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "\n| | what | target | measured | beside it in the same run |"
        )?;
        writeln!(out, "|---|---|---|---|---|")?;
        for row in &self.0 {
            writeln!(
                out,
                "| {} | {} | {} | {} | {} |",
                sign(row.met),
                row.what,
                row.target,
                row.measured,
                row.baseline
            )?;
        }
        let rows: Vec<Value> = self
            .0
            .iter()
            .map(|row| {
                json!({ "what": row.what, "target": row.target, "measured": row.measured,
                    "baseline": row.baseline, "met": row.met, "figures": row.figures })
            })
            .collect();
        writeln!(out, "\n{}", json!({ "full": full, "rows": rows }))?;
        Ok(())
    }
}

const fn sign(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => "✓",
        Some(false) => "✗",
        None => " ",
    }
}

/// A line for whoever waits.
pub(crate) fn tell(line: &str) {
    // Nobody listens, nobody is told.
    let _told = writeln!(io::stderr(), "{line}");
}
