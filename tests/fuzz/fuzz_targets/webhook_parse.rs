//! Whatever bytes Meta's secret may sign: read without a panic, twice alike, and nothing that is drawn can move a cursor.
#![no_main]

use libfuzzer_sys::fuzz_target;
use recado_daemon::fact::Fact;
use recado_daemon::fact::told::Received;
use recado_daemon::webhook::parse::read;

fuzz_target!(|body: &[u8]| {
    let Ok(reading) = read(body) else {
        // What serde takes for JSON is never turned away.
        assert!(serde_json::from_slice::<serde::de::IgnoredAny>(body).is_err());
        return;
    };
    let again = read(body).map(|reading| format!("{:?}", reading.facts));
    assert_eq!(again.ok(), Some(format!("{:?}", reading.facts)));
    for fact in &reading.facts {
        match fact {
            Fact::Received(received) => assert_message(received),
            Fact::Edited(edited) => assert_message(&edited.event),
            Fact::Noticed(notice) => assert_safe(&notice.sentence),
            _ => {}
        }
    }
});

fn assert_message(message: &Received) {
    assert_safe(&message.content.text().unwrap_or_default());
    assert_safe(message.person.profile_name.as_deref().unwrap_or_default());
    let file = message
        .media
        .as_ref()
        .and_then(|media| media.filename.as_deref());
    assert_safe(file.unwrap_or_default());
}

fn assert_safe(words: &str) {
    assert!(
        words.chars().all(|c| c == '\n' || !c.is_control()),
        "{words:?}"
    );
}
