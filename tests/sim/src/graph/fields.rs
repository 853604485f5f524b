//! The `fields` parameter, and paging.

use serde_json::{Map, Value, json};

use crate::error::GraphError;
use crate::object::set;

/// The names in `fields`, without what is in brackets behind them; or the usual ones.
pub(super) fn names(asked: Option<&String>, usual: &[&str]) -> Vec<String> {
    let Some(asked) = asked.filter(|a| !a.trim().is_empty()) else {
        return usual.iter().map(|&name| name.to_owned()).collect();
    };
    let mut depth = 0_u32;
    let parts = asked.split(|c: char| {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0
    });
    let name = |part: &str| {
        part.trim()
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names: Vec<String> = parts.map(name).collect();
    if !names.iter().any(|n| n == "id") {
        names.push("id".to_owned());
    }
    names
}

/// A node with the asked fields; a name that no node of the sort has is refused.
pub(super) fn node(
    sort: &str,
    names: &[String],
    optional: &[&str],
    show: impl Fn(&str) -> Option<Value>,
) -> Result<Value, GraphError> {
    let mut out = Map::new();
    for name in names {
        match show(name) {
            Some(value) => {
                out.insert(name.clone(), value);
            }
            // A field that exists but has no value is left out, as Meta does.
            None if optional.contains(&name.as_str()) => {}
            None => {
                let title =
                    format!("Tried accessing nonexisting field ({name}) on node type ({sort})");
                return Err(GraphError::documented(100).title(title));
            }
        }
    }
    Ok(out.into())
}

/// A page of a list ordered by id.
pub(super) fn page(
    mut rows: Vec<(String, Value)>,
    limit: Option<&String>,
    after: Option<&String>,
) -> Result<Value, GraphError> {
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let limit = limit
        .and_then(|l| l.parse().ok())
        .unwrap_or(25)
        .clamp(1, 100);
    let start = match after {
        None => 0,
        Some(cursor) => {
            let place = rows.iter().position(|(id, _)| id == cursor);
            place.ok_or_else(|| GraphError::documented(131_059))? + 1
        }
    };
    let more = rows.len() > start + limit;
    let rows: Vec<(String, Value)> = rows.into_iter().skip(start).take(limit).collect();
    let mut answer = json!({ "data": rows.iter().map(|(_, row)| row).collect::<Vec<_>>() });
    if let (Some((first, _)), Some((last, _))) = (rows.first(), rows.last()) {
        let mut paging = json!({ "cursors": { "before": first, "after": last } });
        if more {
            set(
                &mut paging,
                "next",
                format!("https://graph.facebook.com/?after={last}"),
            );
        }
        set(&mut answer, "paging", paging);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_outside_brackets() {
        let asked = "verified_name,throughput{level},analytics.start(1,2).end(3)".to_owned();
        assert_eq!(
            names(Some(&asked), &[]),
            ["verified_name", "throughput", "analytics", "id"]
        );
        assert_eq!(names(None, &["id", "name"]), ["id", "name"]);
    }

    #[test]
    fn pages_follow_each_other_to_the_end() {
        let rows = |n: u32| {
            (0..n)
                .map(|i| (format!("{i:02}"), json!(i)))
                .collect::<Vec<_>>()
        };
        let two = "2".to_owned();
        let first = page(rows(3), Some(&two), None).unwrap();
        assert_eq!(first["data"], json!([0, 1]));
        assert!(first["paging"]["next"].is_string());
        let after = first["paging"]["cursors"]["after"]
            .as_str()
            .unwrap()
            .to_owned();
        let second = page(rows(3), Some(&two), Some(&after)).unwrap();
        assert_eq!(second["data"], json!([2]));
        assert!(second["paging"].get("next").is_none());
        assert_eq!(
            page(rows(3), None, Some(&"x".to_owned())).unwrap_err().code,
            131_059
        );
    }
}
