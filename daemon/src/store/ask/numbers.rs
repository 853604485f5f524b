//! Business numbers, and for the daemon alone their sealed credentials.
use crate::store::ask::View;
use crate::store::error::StoreError;
use crate::vault::sealed::Sealed;
use common::id::{AppId, NumberId, OrgId, PhoneNumberId, WabaId};
use common::model::number::{Number, NumberStatus};
/// A number's sealed credentials.
#[derive(Debug, Clone)]
pub struct Credential {
    /// The number.
    pub number: NumberId,
    /// Its organisation.
    pub org: OrgId,
    /// The app.
    pub app_id: AppId,
    /// Meta's id.
    pub phone_number_id: PhoneNumberId,
    /// The account.
    pub waba_id: WabaId,
    /// The token.
    pub access_token: Sealed,
    /// App secrets, the newest first; an older one stays valid beside it.
    pub app_secrets: Vec<Sealed>,
    /// The verify token.
    pub verify_token: Sealed,
    /// How the number stands.
    pub status: NumberStatus,
    /// Meta's throughput level.
    pub throughput: Option<String>,
}
/// Numbers that are worked for.
pub fn list(_view: &View<'_>) -> Result<Vec<Number>, StoreError> {
    Err(StoreError::Closed)
}
/// One number.
pub fn get(_view: &View<'_>, _id: NumberId) -> Result<Option<Number>, StoreError> {
    Err(StoreError::Closed)
}
/// Every number's credentials; only the daemon's own scope gets any.
pub fn credentials(_view: &View<'_>) -> Result<Vec<Credential>, StoreError> {
    Err(StoreError::Closed)
}
