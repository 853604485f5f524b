//! Whatever comes from outside, what is drawn holds no control byte and no hidden direction.
#![no_main]

use common::text::clean::{clean, clean_line, isolate};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let once = clean(text).into_owned();
    assert!(once.chars().all(|c| c == '\n' || !c.is_control()));
    assert!(!once.contains([
        '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{200b}'
    ]));
    assert_eq!(clean(&once), once);
    let line = clean_line(text, 24).into_owned();
    assert!(!line.contains('\n'));
    assert_eq!(clean_line(&line, 24), line);
    let _wrapped = isolate(&once);
});
