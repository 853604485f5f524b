//! A file chosen for a layer below the picker: the header of a template, a saved reply.

use std::path::PathBuf;

use common::file::kind::FileKind;

use crate::model::Model;
use crate::update::Out;

/// A file was chosen.
pub(crate) fn chosen(_: &mut Model, _: PathBuf, _: FileKind, _: &mut Out) {}
