//! A picture made ready for a terminal once, and put into cells row by row, so that it scrolls half out of sight.

use std::fmt;

use image::{DynamicImage, GenericImageView, Rgba, RgbaImage, imageops};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Color;
use ratatui::widgets::Widget;
use ratatui_image::Image;
use ratatui_image::protocol::Protocol;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::protocol::kitty::Kitty;
use ratatui_image::protocol::sixel::Sixel;
use ratatui_image::sliced::{SlicedImage, SlicedProtocol};

/// How a terminal shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// By kitty's protocol, with placeholders in the cells.
    Kitty,
    /// As sixels.
    Sixel,
    /// By iTerm2's protocol.
    Iterm2,
    /// As half blocks, two colours a cell.
    Blocks,
}

/// What is known of a terminal that shows pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Means {
    /// How.
    pub way: Way,
    /// Pixels of a cell, across and down.
    pub cell: (u16, u16),
    /// Whether tmux stands between, and hands on what is wrapped for it.
    pub tmux: bool,
    /// Whether there are colours beyond the 256 of xterm.
    pub deep: bool,
    /// What stands behind what is clear.
    pub ground: [u8; 3],
}

impl Means {
    /// Half blocks, which need nothing but colours.
    pub const fn blocks(deep: bool) -> Self {
        Self {
            way: Way::Blocks,
            cell: (10, 20),
            tmux: false,
            deep,
            ground: [0, 0, 0],
        }
    }

    /// How many cells a picture of so many pixels takes: its own size, or as much as there is
    /// room for.
    pub fn fit(&self, (width, height): (u32, u32), most: (u16, u16)) -> (u16, u16) {
        let (wide, high) = (f64::from(self.cell.0.max(1)), f64::from(self.cell.1.max(1)));
        let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let (room_x, room_y) = (f64::from(most.0) * wide, f64::from(most.1) * high);
        let scale = (room_x / width).min(room_y / height).min(1.0);
        let cells = |pixels: f64, cell: f64, most: u16| {
            let cells = (pixels * scale / cell).round().max(1.0);
            // Within the room, so it fits.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between one and a number of cells"
            )]
            let cells = cells.min(f64::from(most)) as u16;
            cells.max(1)
        };
        (cells(width, wide, most.0), cells(height, high, most.1))
    }
}

enum Rows {
    /// The terminal has it, and cells say which part of it they show.
    Placed(SlicedProtocol),
    /// A row of cells each.
    Strips(Vec<Protocol>),
}

/// A picture for one terminal in one size.
pub struct Picture {
    rows: Rows,
    size: (u16, u16),
    bytes: usize,
    deep: bool,
    kept: Option<u32>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Picture")
            .field("size", &self.size)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Picture {
    /// Makes it ready: takes as long as it takes, so never on the loop. `id` is its name at a
    /// terminal that keeps pictures. `None` if it cannot be made.
    pub fn new(
        image: &DynamicImage,
        (wide, high): (u16, u16),
        means: Means,
        id: u32,
    ) -> Option<Self> {
        let ground = means.ground;
        let size = Size::new(wide, high);
        let pixels = match means.way {
            Way::Blocks => (u32::from(wide), u32::from(high) * 2),
            _ => (
                u32::from(wide) * u32::from(means.cell.0.max(1)),
                u32::from(high) * u32::from(means.cell.1.max(1)),
            ),
        };
        let image = resized(image, pixels);
        let (rows, bytes) = match means.way {
            Way::Blocks => {
                let blocks = Halfblocks::new(on_ground(&image, ground), size).ok()?;
                let bytes = usize::from(wide) * usize::from(high) * 12;
                (Rows::Placed(SlicedProtocol::Halfblocks(blocks)), bytes)
            }
            Way::Kitty => {
                let bytes = image.as_bytes().len().max(1) * 4 / 3;
                let kitty = Kitty::new(image, size, id.max(1), means.tmux, false).ok()?;
                (Rows::Placed(SlicedProtocol::Kitty(kitty)), bytes)
            }
            Way::Sixel | Way::Iterm2 => {
                let image = if means.way == Way::Sixel {
                    on_ground(&image, ground)
                } else {
                    image
                };
                let strips = strips(&image, (wide, high), means)?;
                let bytes = strips.iter().map(weight).sum();
                (Rows::Strips(strips), bytes)
            }
        };
        Some(Self {
            rows,
            size: (wide, high),
            bytes,
            deep: means.deep,
            kept: (means.way == Way::Kitty).then_some(id.max(1)),
        })
    }

    /// Its name at the terminal, where that keeps it.
    pub const fn kept(&self) -> Option<u32> {
        self.kept
    }

    /// Columns and rows.
    pub const fn size(&self) -> (u16, u16) {
        self.size
    }

    /// What it takes of memory, about.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Puts its rows from `skip` on into an area, as many as the area has. Rows that must be sent
    /// although nothing of them changed are told by `again`.
    pub fn paint(&self, buffer: &mut Buffer, area: Rect, skip: u16, again: impl Fn(u16) -> bool) {
        let (wide, high) = self.size;
        let area = area.intersection(buffer.area);
        if area.width < wide || area.height == 0 || skip >= high {
            return;
        }
        let area = Rect {
            width: wide,
            height: area.height.min(high - skip),
            ..area
        };
        for place in area.positions() {
            if let Some(cell) = buffer.cell_mut(place) {
                cell.reset();
            }
        }
        match &self.rows {
            Rows::Placed(placed) => {
                let above = i16::try_from(skip).map_or(i16::MIN, |skip| -skip);
                SlicedImage::new(placed, (0, above).into()).render(area, buffer);
                if !self.deep && matches!(placed, SlicedProtocol::Halfblocks(_)) {
                    flatten(buffer, area);
                }
            }
            Rows::Strips(strips) => {
                let seen = strips.iter().skip(usize::from(skip));
                for (y, strip) in (area.y..area.bottom()).zip(seen) {
                    let row = Rect {
                        y,
                        height: 1,
                        ..area
                    };
                    Image::new(strip).render(row, buffer);
                    if again(y)
                        && let Some(cell) = buffer.cell_mut((row.x, y))
                    {
                        // Another colour, which nobody sees, makes it another cell.
                        cell.set_fg(Color::Indexed(16));
                    }
                }
            }
        }
    }

    /// Whether what lies over it stays on the terminal when it goes: then its row must be sent
    /// again.
    pub const fn is_laid_over(&self) -> bool {
        matches!(self.rows, Rows::Strips(_))
    }
}

/// What a strip takes of memory.
fn weight(strip: &Protocol) -> usize {
    match strip {
        Protocol::Sixel(sixel) => sixel.data.len(),
        Protocol::ITerm2(iterm2) => iterm2.data.len(),
        Protocol::Halfblocks(_) | Protocol::Kitty(_) => 0,
    }
}

/// A row of cells each: whichever of them are in sight can be sent.
fn strips(image: &DynamicImage, (wide, high): (u16, u16), means: Means) -> Option<Vec<Protocol>> {
    let tall = u32::from(means.cell.1.max(1));
    let size = Size::new(wide, 1);
    let strip = |row: u16| {
        let part = image.crop_imm(0, u32::from(row) * tall, image.width(), tall);
        match means.way {
            Way::Sixel => Sixel::new(part, size, means.tmux).map(Protocol::Sixel),
            _ => Iterm2::new(part, size, means.tmux).map(Protocol::ITerm2),
        }
    };
    (0..high).map(|row| strip(row).ok()).collect()
}

/// The picture at exactly that size; made small by averages, which is quick and smooth.
fn resized(image: &DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if image.dimensions() == (width, height) {
        image.clone()
    } else if image.width() >= width && image.height() >= height {
        image.thumbnail_exact(width, height)
    } else {
        image.resize_exact(width, height, imageops::FilterType::Triangle)
    }
}

/// What is clear in it shows the ground.
fn on_ground(image: &DynamicImage, [r, g, b]: [u8; 3]) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.clone();
    }
    let (width, height) = image.dimensions();
    let mut ground = RgbaImage::from_pixel(width, height, Rgba([r, g, b, 255]));
    imageops::overlay(&mut ground, image, 0, 0);
    DynamicImage::ImageRgba8(ground)
}

/// Brings colours down to xterm's 256.
fn flatten(buffer: &mut Buffer, area: Rect) {
    for place in area.positions() {
        if let Some(cell) = buffer.cell_mut(place) {
            (cell.fg, cell.bg) = (indexed(cell.fg), indexed(cell.bg));
        }
    }
}

/// The nearest of xterm's cube and its greys.
fn indexed(colour: Color) -> Color {
    let Color::Rgb(r, g, b) = colour else {
        return colour;
    };
    let spread = r.max(g).max(b) - r.min(g).min(b);
    if spread < 10 {
        let mean = (u16::from(r) + u16::from(g) + u16::from(b)) / 3;
        return Color::Indexed(match mean {
            0..5 => 16,
            247.. => 231,
            // 8, 18, … 238 are 232 to 255.
            grey => {
                u8::try_from((grey.saturating_sub(3)) / 10).map_or(255, |step| 232 + step.min(23))
            }
        });
    }
    let step = |channel: u8| match channel {
        0..48 => 0,
        48..115 => 1,
        115..155 => 2,
        155..195 => 3,
        195..235 => 4,
        235..=255 => 5,
    };
    Color::Indexed(16 + 36 * step(r) + 6 * step(g) + step(b))
}

#[cfg(test)]
mod tests {
    use super::{Means, Picture, Way};
    use image::{DynamicImage, Rgba, RgbaImage};
    use proptest::prelude::*;
    use ratatui::buffer::{Buffer, CellDiffOption};
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    fn means(way: Way) -> Means {
        Means {
            way,
            cell: (10, 20),
            tmux: false,
            deep: true,
            ground: [0, 0, 0],
        }
    }

    /// Red above, blue below.
    fn flag(width: u32, height: u32) -> DynamicImage {
        let pixel = |_, y| {
            if y < height / 2 {
                Rgba([255, 0, 0, 255])
            } else {
                Rgba([0, 0, 255, 255])
            }
        };
        DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, pixel))
    }

    fn painted(picture: &Picture, area: Rect, skip: u16) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 12));
        picture.paint(&mut buffer, area, skip, |_| false);
        buffer
    }

    #[test]
    fn half_of_it_scrolls_out_above_and_below() {
        let picture = Picture::new(&flag(80, 80), (8, 4), means(Way::Blocks), 1).unwrap();
        assert_eq!(picture.size(), (8, 4));
        let red = Color::Rgb(255, 0, 0);
        let blue = Color::Rgb(0, 0, 255);
        let whole = painted(&picture, Rect::new(2, 1, 18, 10), 0);
        assert_eq!((whole[(2, 1)].bg, whole[(9, 4)].bg), (red, blue));
        assert_eq!(whole[(2, 5)].bg, Color::Reset);
        let above = painted(&picture, Rect::new(2, 0, 18, 3), 1);
        assert_eq!((above[(2, 0)].bg, above[(2, 1)].bg), (red, blue));
        let below = painted(&picture, Rect::new(2, 8, 18, 2), 0);
        assert_eq!((below[(2, 9)].bg, below[(2, 10)].bg), (red, Color::Reset));
    }

    #[test]
    fn kitty_gets_it_once_and_cells_name_its_rows() {
        let picture = Picture::new(&flag(80, 80), (8, 4), means(Way::Kitty), 7).unwrap();
        let first = painted(&picture, Rect::new(0, 0, 8, 4), 0);
        let sent = first[(0, 0)].symbol();
        assert!(
            sent.contains("\u{1b}_Gq=2,i=7,a=T,U=1,f=32,t=d,s=80,v=80"),
            "{sent:.80}"
        );
        assert!(first[(1, 0)].symbol().starts_with('\u{10EEEE}'));
        let second = painted(&picture, Rect::new(0, 0, 8, 2), 2);
        assert!(!second[(0, 0)].symbol().contains('\u{1b}'));
        // The third row of the picture stands in the first of the area.
        assert!(second[(0, 0)].symbol().starts_with("\u{10EEEE}\u{30E}"));
    }

    #[test]
    fn sixels_and_iterm2_come_in_rows_that_hold_their_cells() {
        for (way, mark) in [
            (Way::Sixel, "\u{1b}P"),
            (Way::Iterm2, "\u{1b}]1337;File=inline=1"),
        ] {
            let picture = Picture::new(&flag(80, 80), (8, 4), means(way), 1).unwrap();
            assert!(picture.bytes() > 0 && picture.is_laid_over());
            let buffer = painted(&picture, Rect::new(0, 0, 8, 3), 2);
            for y in 0..2 {
                assert!(buffer[(0, y)].symbol().contains(mark), "{way:?}");
                assert_eq!(buffer[(7, y)].diff_option, CellDiffOption::Skip);
            }
            assert_eq!(buffer[(0, 2)].symbol(), " ");
        }
    }

    #[test]
    fn what_is_clear_shows_the_ground_and_few_colours_will_do() {
        let clear = DynamicImage::ImageRgba8(RgbaImage::new(40, 40));
        let few = Means {
            ground: [255, 255, 255],
            ..Means::blocks(false)
        };
        let picture = Picture::new(&clear, (4, 2), few, 1).unwrap();
        let buffer = painted(&picture, Rect::new(0, 0, 4, 2), 0);
        assert_eq!(buffer[(0, 0)].bg, Color::Indexed(231));
    }

    proptest! {
        #[test]
        fn it_fits_and_keeps_its_shape(
            width in 1u32..6000, height in 1u32..6000, wide in 1u16..100, high in 1u16..60,
        ) {
            let (x, y) = means(Way::Kitty).fit((width, height), (wide, high));
            prop_assert!(x >= 1 && y >= 1 && x <= wide && y <= high);
            // Where neither side is squeezed to one cell, the shape is kept within rounding.
            if x > 4 && y > 4 {
                let shown = f64::from(x) * 10.0 / (f64::from(y) * 20.0);
                let own = f64::from(width) / f64::from(height);
                prop_assert!((shown / own - 1.0).abs() < 0.25, "{shown} {own}");
            }
        }

        #[test]
        fn no_place_breaks_it(x in 0u16..25, y in 0u16..15, w in 0u16..30, h in 0u16..20, skip in 0u16..9) {
            let picture = Picture::new(&flag(30, 30), (3, 2), means(Way::Blocks), 1).unwrap();
            painted(&picture, Rect::new(x, y, w, h), skip);
        }
    }
}
