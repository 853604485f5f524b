//! Examples of variables, in every shape that Meta writes them in.

use serde_json::{Value, json};

use crate::model::template::variable;

/// An example of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The variable: `1`, or its name.
    pub name: String,
    /// What may stand there.
    pub example: String,
}

/// Examples by position (`"x"`, `["x"]`, `[["x"]]`: Meta writes all three) or by name.
pub(super) fn samples(example: Option<&Value>, key: &str, variables: &[&str]) -> Vec<Sample> {
    let Some(example) = example else {
        return Vec::new();
    };
    if let Some(list) = example
        .get(format!("{key}_named_params"))
        .and_then(Value::as_array)
    {
        let one = |sample: &Value| {
            Some(Sample {
                name: sample.get("param_name")?.as_str()?.to_owned(),
                example: sample.get("example")?.as_str()?.to_owned(),
            })
        };
        return list.iter().filter_map(one).collect();
    }
    let given = example.get(key).map(texts).unwrap_or_default();
    let by_place = |(at, example): (usize, String)| Sample {
        name: variables
            .get(at)
            .map_or_else(|| (at + 1).to_string(), ToString::to_string),
        example,
    };
    given.into_iter().enumerate().map(by_place).collect()
}

pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn example<'a>(samples: &'a [Sample], name: &str) -> Option<&'a str> {
    let sample = samples.iter().find(|sample| sample.name == name)?;
    Some(&sample.example)
}

pub(super) fn is_positional(samples: &[Sample]) -> bool {
    samples.iter().all(|s| variable::number(&s.name).is_some())
}

pub(super) fn words(samples: &[Sample]) -> Vec<&str> {
    samples.iter().map(|s| s.example.as_str()).collect()
}

pub(super) fn named(samples: &[Sample]) -> Value {
    samples
        .iter()
        .map(|s| json!({"param_name": s.name, "example": s.example}))
        .collect()
}
