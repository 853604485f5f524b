//! Puts a key into a JSON object that is being built.

use serde_json::Value;

/// Sets a key; a value that is no object stays as it is.
pub(crate) fn set(object: &mut Value, key: &str, value: impl Into<Value>) {
    if let Some(map) = object.as_object_mut() {
        map.insert(key.to_owned(), value.into());
    }
}
