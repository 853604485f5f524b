//! Whatever a customer types, the markup reader takes it apart and puts it together again.
#![no_main]

use common::text::markup::{parse, strip, to_source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|source: &str| {
    let lines = parse(source);
    assert_eq!(to_source(&lines), source);
    assert!(
        lines
            .iter()
            .flat_map(|line| &line.spans)
            .all(|span| !span.text.is_empty())
    );
    let _seen = strip(source);
});
