//! Reads out what lies over the panes: it is drawn where nobody looks, and its words are taken.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::hit::{Hits, Pane};
use crate::model::overlay::Overlay;
use crate::part::ticks::Glyphs;
use crate::part::wrap;
use crate::view::canvas::{Desk, Pen};
use crate::view::{customer, layer, sifted};

/// The sheet on which it is drawn: high enough for everything, too narrow for two columns.
const SHEET: Rect = Rect::new(0, 0, 72, 160);
/// Marks that are lines and edges, and those whose word stands beside them.
const SILENT: [char; 25] = [
    '│', '─', '┘', '┐', '┤', '└', '┌', '├', '┴', '┬', '┼', '▌', '▏', '▕', '✓', '✗', '↓', '↑', '▴',
    '●', '█', '◕', '◑', '◔', '○',
];

/// What was read out of it.
#[derive(Debug, Default)]
pub(crate) struct Aside {
    what: Option<What>,
    rows: Vec<String>,
    marked: Option<String>,
}

/// Which one it is: what opens over another is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Layer(usize),
    Panel,
}

/// What the rest of the console learns of it.
#[derive(Debug, Default)]
pub(crate) struct Over {
    /// How many rows it has.
    pub(crate) rows: usize,
    /// What is written in its field, and the cursor's cell.
    pub(crate) prompt: Option<(String, usize)>,
}

/// A sheet as text.
struct Sheet {
    rows: Vec<(u16, String)>,
    marked: Option<String>,
    field: Option<(u16, String, usize)>,
}

/// Says what is new of what lies over the panes, or of the panel.
pub(crate) fn listen(desk: &Desk<'_>, aside: &mut Aside, lines: &mut Vec<String>) -> Over {
    let model = desk.model;
    let what = if model.focus.overlay().is_some() {
        What::Layer(model.focus.overlays.len())
    } else if model.focus.pane == Pane::Panel && model.open_id().is_some() {
        What::Panel
    } else {
        *aside = Aside::default();
        return Over::default();
    };
    let sheet = draw(desk, what);
    let field = sheet.field.as_ref().map(|(y, ..)| *y);
    let rows: Vec<String> = sheet
        .rows
        .iter()
        .filter(|(y, _)| Some(*y) != field)
        .map(|(_, row)| row.clone())
        .collect();
    let opens = aside.what != Some(what);
    // A list: its title, then the row of the cursor; the others when the cursor comes there.
    if let Some(marked) = &sheet.marked {
        if opens {
            lines.extend(rows.first().cloned());
        }
        if opens || aside.marked.as_ref() != Some(marked) {
            lines.push(marked.clone());
        }
    } else {
        let fresh = rows
            .iter()
            .filter(|row| opens || !aside.rows.contains(row))
            .cloned();
        lines.extend(fresh);
    }
    let over = Over {
        rows: rows.len(),
        prompt: sheet.field.map(|(_, text, cursor)| (text, cursor)),
    };
    *aside = Aside {
        what: Some(what),
        rows,
        marked: sheet.marked,
    };
    over
}

fn draw(desk: &Desk<'_>, what: What) -> Sheet {
    let desk = Desk {
        glyphs: Glyphs::Unicode,
        ..*desk
    };
    let mut buf = Buffer::empty(SHEET);
    let mut hits = Hits::default();
    let mut pen = Pen {
        laid: &[],
        buf: &mut buf,
        hits: &mut hits,
        cursor: None,
    };
    let mut has_field = false;
    match (what, desk.model.focus.overlay()) {
        (What::Layer(_), Some(overlay)) => {
            if matches!(overlay, Overlay::Filter(_)) {
                sifted::head(&desk, &mut pen, Rect { height: 1, ..SHEET });
            } else {
                layer::draw(&desk, &mut pen, SHEET, overlay);
            }
            has_field = overlay.has_field();
        }
        _ => customer::draw(&desk, &mut pen, SHEET),
    }
    let cursor = pen.cursor.filter(|_| has_field);
    let mut sheet = Sheet {
        rows: Vec::new(),
        marked: None,
        field: None,
    };
    let width = usize::from(SHEET.width);
    for (y, cells) in (0..).zip(buf.content.chunks(width)) {
        let mut row = String::new();
        let mut before = 0;
        let mut marked = false;
        let mut skip = 0;
        for (x, cell) in cells.iter().enumerate() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = cell.symbol();
            skip = wrap::width(symbol).max(1) - 1;
            marked |= symbol == desk.glyphs.cursor();
            row.push_str(if symbol.contains(SILENT) { " " } else { symbol });
            if cursor.is_some_and(|at| usize::from(at.x) > x) {
                before += skip + 1;
            }
        }
        if cursor.is_some_and(|at| at.y == y) {
            let lead = row.len() - row.trim_start().len();
            let text = row.trim_start().trim_end().to_owned();
            let at = before.saturating_sub(lead);
            let gap = at.saturating_sub(wrap::width(&text));
            sheet.field = Some((y, format!("{text}{}", " ".repeat(gap)), at));
        }
        let words: Vec<&str> = row.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        let row = words.join(" ");
        if marked {
            sheet.marked = Some(row.clone());
        }
        sheet.rows.push((y, row));
    }
    sheet
}
