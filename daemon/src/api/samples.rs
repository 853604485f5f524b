//! Files of ours in a template that is made: given to Meta as examples, and named by Meta's handle from then on.

use common::api::problem::{Code, Problem};
use common::file::judge::judge;
use common::file::kind::FileKind;
use common::id::{AppId, MediaId, NumberId};
use common::model::template::parts::{Header, Parts};
use common::model::template::word::Format;
use tokio::io::AsyncSeekExt;

use crate::api::ApiState;
use crate::api::fault::Fault;
use crate::graph::error::GraphError;
use crate::graph::media::Parcel;
use crate::graph::template::problem;
use crate::store::ask;
use crate::store::scope::Scope;
use crate::vault::keyring::NumberKey;

/// A file of ours is named so.
const OURS: &str = "media:";

/// Gives every file that the parts name as `media:ID` to Meta, and puts the handle in its place.
pub(crate) async fn hand_over(
    api: &ApiState,
    scope: &Scope,
    (number, key): (NumberId, &NumberKey),
    parts: &mut Parts,
) -> Result<(), Fault> {
    let cards = parts
        .cards
        .iter_mut()
        .filter_map(|card| card.header.as_mut());
    let headers = parts.header.iter_mut().chain(cards);
    let ours = |header: &&mut Header| header.handles.iter().any(|one| one.starts_with(OURS));
    let headers: Vec<&mut Header> = headers.filter(ours).collect();
    if headers.is_empty() {
        return Ok(());
    }
    let app = app(api, scope, number).await?;
    for header in headers {
        let kind = kind(&header.format)?;
        for handle in &mut header.handles {
            if let Some(id) = handle.strip_prefix(OURS) {
                let id = id.parse().map_err(|_odd| unknown(handle))?;
                *handle = give(api, scope, (key, &app), (MediaId(id), kind)).await?;
            }
        }
    }
    Ok(())
}

async fn give(
    api: &ApiState,
    scope: &Scope,
    way: (&NumberKey, &AppId),
    (id, kind): (MediaId, FileKind),
) -> Result<String, Fault> {
    let known = api
        .store
        .ask(scope, move |view| ask::media::get(view, id))
        .await?
        .ok_or_else(|| unknown(&id.to_string()))?;
    let digest = known.file.ok_or_else(|| unknown(&id.to_string()))?;
    let gone = |_why: std::io::Error| unknown(&id.to_string());
    let name = known
        .media
        .filename
        .unwrap_or_else(|| kind.as_str().to_owned());
    let facts = api.files.facts(&digest).await.map_err(gone)?.named(&name);
    let fit = judge(kind, &facts).map_err(|unfit| Fault(Problem::unfit(unfit)))?;
    let bytes = facts.bytes;
    let open = |offset: u64| {
        let (files, name) = (api.files.clone(), name.clone());
        async move {
            let lost = |why: std::io::Error| GraphError::Client(why.to_string());
            let (mut file, bytes) = files.read(&digest).await.map_err(lost)?;
            let from = std::io::SeekFrom::Start(offset);
            let _at = file.seek(from).await.map_err(lost)?;
            Ok(Parcel {
                name,
                mime: fit.mime,
                bytes: bytes.saturating_sub(offset),
                file,
            })
        }
    };
    let about = (name.as_str(), fit.mime, bytes);
    let given = api.templates.graph.sample(way, about, open).await;
    given.map_err(|error| Fault(problem(&error)))
}

async fn app(api: &ApiState, scope: &Scope, number: NumberId) -> Result<AppId, Fault> {
    let found = api
        .store
        .ask(scope, move |view| ask::numbers::get(view, number))
        .await?;
    let app = found.and_then(|number| number.app_id);
    app.ok_or_else(|| Fault::missing("number"))
}

fn kind(format: &Format) -> Result<FileKind, Fault> {
    match format {
        Format::Image => Ok(FileKind::Image),
        Format::Video => Ok(FileKind::Video),
        Format::Document => Ok(FileKind::Document),
        other => Err(Fault::invalid(
            "components.header.format",
            format!(
                "A header of format {} takes no file of ours.",
                other.as_str()
            ),
        )),
    }
}

fn unknown(id: &str) -> Fault {
    let detail = format!("There is no file {id} here: hand it over first (POST /media).");
    Fault(Problem::new(Code::NotFound, detail).field("components.header.example"))
}
