//! A template as a file of this machine: read, with the example files that it names.

use std::path::Path;

use common::model::template::file::TemplateFile;

use super::{Desk, OnceError, files, text_of};

/// Reads a template, and hands over the example files that it names by their path.
pub(super) async fn samples(desk: &Desk, file: &Path) -> Result<TemplateFile, OnceError> {
    let mut template = read(desk, file)?;
    let beside = file.parent().unwrap_or(Path::new("."));
    let cards = template.cards.iter_mut();
    for parts in [&mut template.parts].into_iter().chain(cards) {
        let header = parts.header.as_mut();
        let example = header.and_then(|header| header.example.as_mut());
        if let Some(example) = example {
            let path = beside.join(&*example);
            if path.is_file() {
                let media = files::hand(desk, &path, None, None).await?;
                *example = format!("media:{}", media.id);
            }
        }
    }
    Ok(template)
}

/// A template's file: TOML, or JSON where it begins with a brace.
fn read(desk: &Desk, path: &Path) -> Result<TemplateFile, OnceError> {
    let text = text_of(desk, path)?;
    let unreadable = |why: String| {
        let file = path.display().to_string();
        let args = [("file", (&file).into()), ("why", why.trim().into())];
        OnceError::Told(desk.speech.say_with("cli-cannot-read", &args).into_owned())
    };
    if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|why| unreadable(why.to_string()))
    } else {
        toml::from_str(&text).map_err(|why| unreadable(why.to_string()))
    }
}
