//! A terminal's cells as a picture.

use std::fmt::Write;

use vt100::{Color, Screen};

/// The width of a cell.
const WIDE: f32 = 8.4;
/// Its height.
const HIGH: f32 = 17.0;
/// The edge around the cells.
const EDGE: f32 = 12.0;
const GROUND: &str = "#15191e";
const INK: &str = "#d7dce2";
/// The sixteen colours of the terminal in the picture.
const SIXTEEN: [&str; 16] = [
    "#2b3038", "#e0606c", "#8ec07c", "#e0b060", "#6aa5e8", "#c08ad8", "#5cc0c8", "#d7dce2",
    "#66707c", "#ff7a85", "#a8e08f", "#ffd075", "#82bcff", "#d9a4f0", "#78dde4", "#ffffff",
];

/// How a run of cells is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an attribute of a cell"
)]
struct Style {
    fg: String,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    italic: bool,
    underline: bool,
}

/// The screen, with its cursor, as an SVG of its own.
pub fn picture(screen: &Screen, title: &str) -> String {
    let (rows, columns) = screen.size();
    let (rows, columns) = (rows.get(), columns.get());
    let wide = f32::from(columns) * WIDE + 2.0 * EDGE;
    let high = f32::from(rows) * HIGH + 2.0 * EDGE;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide:.0}\" height=\"{high:.0}\" \
         viewBox=\"0 0 {wide:.0} {high:.0}\" role=\"img\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{GROUND}\"/>\n\
         <g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\" \
         shape-rendering=\"crispEdges\" xml:space=\"preserve\">\n",
        escape(title)
    );
    for row in 0..rows {
        for (from, count, text, style) in runs(screen, row, columns) {
            run(&mut out, (row, from), count, &text, &style);
        }
    }
    if !screen.hide_cursor() {
        let (row, column) = screen.cursor_position();
        let (x, y) = place(row, column);
        put(
            &mut out,
            format_args!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"2\" height=\"{HIGH}\" fill=\"{INK}\"/>\n"
            ),
        );
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn put(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _always = out.write_fmt(what);
}

fn place(row: u16, column: u16) -> (f32, f32) {
    (
        EDGE + f32::from(column) * WIDE,
        EDGE + f32::from(row) * HIGH,
    )
}

/// Cells of one style that follow each other: where, how many, what they say.
fn runs(screen: &Screen, row: u16, columns: u16) -> Vec<(u16, u16, String, Style)> {
    let mut all: Vec<(u16, u16, String, Style)> = Vec::new();
    for column in 0..columns {
        let Some(cell) = screen.cell(row, column) else {
            continue;
        };
        if cell.is_wide_continuation() {
            if let Some(last) = all.last_mut() {
                last.1 += 1;
            }
            continue;
        }
        let style = style(cell);
        let text = if cell.has_contents() {
            cell.contents()
        } else {
            " "
        };
        match all.last_mut() {
            Some((_, count, run, same)) if *same == style && goes_on(text) && run == text => {
                *count += 1;
            }
            // What is wide stands alone, so that nothing after it is moved.
            Some((_, count, run, same))
                if *same == style && !cell.is_wide() && joins(text) && joins(run) =>
            {
                *count += 1;
                run.push_str(text);
            }
            _ => all.push((column, 1, text.to_owned(), style)),
        }
    }
    all
}

/// Whether these characters are as wide as any other of the font, so that they may stand in one piece.
fn joins(text: &str) -> bool {
    text.chars().all(|c| c < '\u{300}' || "…“”’—–".contains(c))
}

/// Whether many of it, side by side, are one long thing.
fn goes_on(text: &str) -> bool {
    text == "─" || block(text).is_some_and(|[left, right, _, _]| (left, right) == (0, 8))
}

/// From the middle of its cell, a line of a frame goes to the left, to the right, up and down.
fn frame(text: &str) -> Option<[bool; 4]> {
    let mut chars = text.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else {
        return None;
    };
    Some(match c {
        '─' => [true, true, false, false],
        '│' => [false, false, true, true],
        '┌' | '╭' => [false, true, false, true],
        '┐' | '╮' => [true, false, false, true],
        '└' | '╰' => [false, true, true, false],
        '┘' | '╯' => [true, false, true, false],
        '├' => [false, true, true, true],
        '┤' => [true, false, true, true],
        '┬' => [true, true, false, true],
        '┴' => [true, true, true, false],
        '┼' => [true; 4],
        _ => return None,
    })
}

/// What part of its cell a block fills: where it begins and ends, across and down, in eighths.
fn block(text: &str) -> Option<[u8; 4]> {
    let c = text.chars().next().filter(|c| ('▀'..='▕').contains(c))?;
    let nth = u8::try_from(u32::from(c) - u32::from('▀')).ok()?;
    Some(match c {
        '▀' => [0, 8, 0, 4],
        '▁'..='█' => [0, 8, 8 - nth, 8],
        '▉'..='▏' => [0, 16 - nth, 0, 8],
        '▐' => [4, 8, 0, 8],
        '▕' => [7, 8, 0, 8],
        '░'..='▓' => [0, 8, 0, 8],
        _ => return None,
    })
}

/// Draws a frame's lines or blocks as what they are, so that they meet; false where it is neither.
fn drawn(
    out: &mut String,
    (row, column): (u16, u16),
    count: u16,
    text: &str,
    style: &Style,
) -> bool {
    let (x, y) = place(row, column);
    let long = f32::from(count) * WIDE;
    let shade = match text {
        "░" => 0.25,
        "▒" => 0.5,
        "▓" => 0.75,
        _ if style.dim => 0.6,
        _ => 1.0,
    };
    let fg = &style.fg;
    if let Some([left, right, up, down]) = frame(text) {
        let (mx, my) = (x + WIDE / 2.0, y + HIGH / 2.0);
        let (x0, x1) = (if left { x } else { mx }, if right { x + long } else { mx });
        let (y0, y1) = (if up { y } else { my }, if down { y + HIGH } else { my });
        let mut path = String::new();
        if left || right {
            put(&mut path, format_args!("M{x0:.1} {my:.1}H{x1:.1}"));
        }
        if up || down {
            put(&mut path, format_args!("M{mx:.1} {y0:.1}V{y1:.1}"));
        }
        put(
            out,
            format_args!("<path d=\"{path}\" stroke=\"{fg}\" opacity=\"{shade}\"/>\n"),
        );
        return true;
    }
    let Some([x0, x1, y0, y1]) = block(text) else {
        return false;
    };
    let of = |eighths: u8, whole: f32| f32::from(eighths) * whole / 8.0;
    let (left, top) = (x + of(x0, WIDE), y + of(y0, HIGH));
    let wide = if goes_on(text) {
        long
    } else {
        of(x1 - x0, WIDE)
    };
    let high = of(y1 - y0, HIGH);
    put(
        out,
        format_args!(
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" fill=\"{fg}\" \
             opacity=\"{shade}\"/>\n"
        ),
    );
    true
}

fn style(cell: &vt100::Cell) -> Style {
    let colour = |colour: Color| match colour {
        Color::Default => None,
        Color::Idx(n) => Some(indexed(n)),
        Color::Rgb(r, g, b) => Some(format!("#{r:02x}{g:02x}{b:02x}")),
    };
    let fg = colour(cell.fgcolor()).unwrap_or_else(|| INK.to_owned());
    let bg = colour(cell.bgcolor());
    let (fg, bg) = if cell.inverse() {
        (bg.unwrap_or_else(|| GROUND.to_owned()), Some(fg))
    } else {
        (fg, bg)
    };
    Style {
        fg,
        bg,
        bold: cell.bold(),
        dim: cell.dim(),
        italic: cell.italic(),
        underline: cell.underline(),
    }
}

/// A colour of xterm's 256.
fn indexed(n: u8) -> String {
    if let Some(own) = SIXTEEN.get(usize::from(n)) {
        return (*own).to_owned();
    }
    if n >= 232 {
        let grey = 8 + 10 * (n - 232);
        return format!("#{grey:02x}{grey:02x}{grey:02x}");
    }
    let n = n - 16;
    let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
    format!(
        "#{:02x}{:02x}{:02x}",
        step(n / 36),
        step(n / 6 % 6),
        step(n % 6)
    )
}

fn run(out: &mut String, (row, column): (u16, u16), count: u16, text: &str, style: &Style) {
    let (x, y) = place(row, column);
    let wide = f32::from(count) * WIDE;
    if let Some(bg) = &style.bg {
        put(
            out,
            format_args!(
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{HIGH}\" fill=\"{bg}\"/>\n"
            ),
        );
    }
    if text.trim().is_empty() && !style.underline {
        return;
    }
    if drawn(out, (row, column), count, text, style) {
        return;
    }
    // Blanks at the ends are only room.
    let (text, x, wide) = if style.underline {
        (text, x, wide)
    } else {
        let lead = text.chars().take_while(|c| *c == ' ').count();
        let bare = text.trim_matches(' ');
        let cells = |n: usize| f32::from(u16::try_from(n).unwrap_or(0)) * WIDE;
        let cut = cells(text.chars().count() - bare.chars().count());
        (bare, x + cells(lead), wide - cut)
    };
    let mut attributes = format!("fill=\"{}\"", style.fg);
    for (is, words) in [
        (style.bold, " font-weight=\"bold\""),
        (style.dim, " opacity=\"0.6\""),
        (style.italic, " font-style=\"italic\""),
        (style.underline, " text-decoration=\"underline\""),
    ] {
        if is {
            attributes.push_str(words);
        }
    }
    let base = y + HIGH * 0.76;
    // One character alone, an emoji for example, is as wide as its font has it.
    let length = if text.chars().nth(1).is_some() && joins(text) {
        format!("textLength=\"{wide:.1}\" lengthAdjust=\"spacingAndGlyphs\" ")
    } else {
        String::new()
    };
    put(
        out,
        format_args!(
            "<text x=\"{x:.1}\" y=\"{base:.1}\" {length}{attributes}>{}</text>\n",
            escape(text)
        ),
    );
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::picture;
    use std::num::NonZeroU16;
    use vt100::Parser;

    #[test]
    fn what_stands_there_is_in_the_picture() {
        let size = |n| NonZeroU16::new(n).expect("not none");
        let mut parser = Parser::new(size(3), size(20), 0);
        parser.process(
            "a<b \u{1b}[1;31mrojo\u{1b}[0m ✓✓ 🍫\r\n\u{1b}[7mal revés\u{1b}[0m".as_bytes(),
        );
        let svg = picture(parser.screen(), "una & otra");
        for part in [
            "a&lt;b",
            "rojo",
            "#e0606c",
            "🍫",
            "una &amp; otra",
            "fill=\"#d7dce2\"",
        ] {
            assert!(svg.contains(part), "{part}\n{svg}");
        }
        assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    }
}
