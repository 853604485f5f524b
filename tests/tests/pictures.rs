//! Pictures at the terminal: each way of showing them read back as bytes, and what becomes of broken ones, slow lines and deaf terminals.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails here fails the test"
)]

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use recado_sim::config::SimConfig;
use recado_sim::customer::Customer;
use recado_sim::home::{Home, Line};
use recado_sim::number::Level;
use recado_sim::sim::Sim;
use recado_tests::bin_path::program;
use recado_tests::pty::{Mark, Program, Pty};

/// The number that everybody writes to.
const LINE: Line = Line {
    label: "Tienda Centro",
    digits: "51900111001",
    phone_number_id: "106540352242922",
    level: Level::Standard,
};
/// ^O.
const ATTACH: &[u8] = b"\x0f";
/// A terminal with kitty's protocol.
const KITTY: &str = "\x1b_Gi=31;OK\x1b\\\x1b[?62;c\x1b[6;20;10t\x1b[0n";
/// One that knows sixels.
const SIXEL: &str = "\x1b[?62;4;22c\x1b[6;20;10t\x1b[0n";
/// One that knows neither.
const NEITHER: &str = "\x1b[?62;22c\x1b[6;20;10t\x1b[0n";

struct Shop {
    sim: Sim,
    home: Home,
}

impl Shop {
    async fn open() -> Self {
        let sim = Sim::start(SimConfig::new())
            .await
            .expect("a simulated Meta");
        let home = Home::open(&sim).await.expect("a daemon");
        home.open_shop(&sim, &[LINE]).await.expect("a shop");
        let ana = Customer::new("Ana Prado").wa_id("51987654321");
        let told = sim.inbound_taken(LINE.phone_number_id, &ana, "hola");
        told.await.expect("the number is there");
        Self { sim, home }
    }

    fn program(&self) -> Program {
        let path = program("recado").expect("the console");
        Program::new(&path, self.home.folder())
            .env("RECADO_SOCKET", &self.home.settings().socket)
            .env("COLORTERM", "truecolor")
            .arg("--lang")
            .arg("en")
            .size(100, 30)
    }

    /// A file in the person's home.
    fn file(&self, name: &str, bytes: &[u8]) {
        fs::write(self.home.folder().join(name), bytes).expect("a file");
    }

    async fn close(mut self) {
        self.home.stop().await;
        self.sim.stop();
    }
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        Rgb([
            u8::try_from(x % 256).unwrap_or(0),
            90,
            u8::try_from(y).unwrap_or(0),
        ])
    };
    let image = DynamicImage::ImageRgb8(RgbImage::from_fn(320, 200, pixel));
    let mut bytes = Vec::new();
    image
        .write_to(&mut Cursor::new(&mut bytes), format)
        .expect("a picture");
    bytes
}

/// Opens Ana's chat and the file picker, on the file of that name.
fn preview(pty: &mut Pty, name: &str) -> Mark {
    pty.wait_for("Ana Prado").expect("the chat");
    pty.feed("\r").expect("open it");
    pty.wait_for("Enter send").expect("the box");
    pty.feed(ATTACH).expect("the picker");
    pty.wait_for("Attach, to Ana Prado").expect("the picker");
    let mark = pty.mark();
    pty.feed(name).expect("letters");
    mark
}

fn settings(home: &Path, text: &str) {
    let folder = home.join(".config/recado");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("console.toml"), text).expect("settings");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_protocol_writes_its_own_bytes() {
    let shop = Shop::open().await;
    for (name, format) in [
        ("cake.png", ImageFormat::Png),
        ("drawing.jpg", ImageFormat::Jpeg),
        ("sticker.webp", ImageFormat::WebP),
    ] {
        shop.file(name, &picture(format));
    }
    for (said, app, begins) in [
        (KITTY, "", &b"\x1b_Gq=2,i="[..]),
        (SIXEL, "", &b"\x1bP"[..]),
        (NEITHER, "iTerm.app", &b"\x1b]1337;File=inline=1"[..]),
    ] {
        for name in ["cake", "drawing", "sticker"] {
            let console = shop.program().answering(said).env("TERM_PROGRAM", app);
            let mut pty = console.start().expect("a console");
            let mark = preview(&mut pty, name);
            pty.wait_bytes(mark, begins).expect(name);
            // A picture is taken away with the layer, and the screen is whole again.
            pty.feed("\x1b").expect("back");
            pty.wait_gone("Attach, to").expect("gone");
            pty.wait_for("hola").expect("the conversation");
        }
    }
    let console = shop.program().answering(NEITHER);
    let mut pty = console.start().expect("a console");
    preview(&mut pty, "cake");
    let blocks = |screen: &vt100::Screen| screen.contents().contains(['▀', '▄']);
    pty.wait_until("half blocks", blocks).expect("half blocks");
    drop(pty);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_picture_and_a_bomb_are_words_and_keys_go_on() {
    let shop = Shop::open().await;
    let mut broken = picture(ImageFormat::Png);
    broken.truncate(60);
    shop.file("broken.png", &broken);
    let mut bomb = picture(ImageFormat::Png);
    bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    shop.file("bomb.png", &bomb);
    let mut pty = shop.program().answering(KITTY).start().expect("a console");
    preview(&mut pty, "broken");
    pty.wait_for("cannot be shown").expect("a sentence");
    pty.feed("\x15bomb").expect("another");
    pty.wait_until("a sentence about the bomb", |screen| {
        let text = screen.contents();
        text.contains("bomb.png")
            && (text.contains("Too large") || text.contains("cannot be shown"))
    })
    .expect("a sentence");
    pty.feed("\x1b").expect("back");
    pty.wait_gone("Attach, to").expect("gone");
    pty.feed("still here").expect("letters");
    pty.wait_for("still here").expect("the box");
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_off_when_told_so_and_where_nobody_answers() {
    let shop = Shop::open().await;
    shop.file("cake.png", &picture(ImageFormat::Png));
    settings(shop.home.folder(), "[ui]\nimages = \"off\"\n");
    let mut pty = shop.program().answering(KITTY).start().expect("a console");
    let start = pty.mark();
    preview(&mut pty, "cake");
    pty.wait_for("PNG 320×200").expect("facts");
    pty.feed("\x1b").expect("back");
    pty.wait_gone("Attach, to").expect("gone");
    let bytes = pty.bytes_since(start);
    let asked = |words: &[u8]| bytes.windows(words.len()).any(|part| part == words);
    assert!(!asked(b"\x1b_G") && !asked(b"\x1b[5n"));
    drop(pty);
    settings(shop.home.folder(), "");
    let mut pty = shop.program().deaf().start().expect("a console");
    let start = pty.mark();
    preview(&mut pty, "cake");
    pty.wait_for("PNG 320×200").expect("facts");
    pty.feed("\x1b").expect("back");
    pty.wait_gone("Attach, to").expect("gone");
    let bytes = pty.bytes_since(start);
    assert!(!bytes.windows(7).any(|part| part == b"\x1b_Gq=2,"));
    // An answer that comes too late is not typed into the box.
    pty.feed("\x1b_Gi=31;OK\x1b\\").expect("late");
    pty.feed("hello").expect("letters");
    pty.wait_for("hello").expect("the box");
    assert!(!pty.screen().contains("Gi=31"), "{}", pty.screen());
    shop.close().await;
}
