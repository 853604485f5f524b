//! The usual variables of a WhatsApp integration, read from a file.

use common::api::numbers::SecretText;

/// What the file says; every one of them may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Env {
    pub(super) phone_number_id: Option<String>,
    pub(super) waba_id: Option<String>,
    pub(super) app_id: Option<String>,
    pub(super) app_secret: Option<SecretText>,
    pub(super) access_token: Option<SecretText>,
    pub(super) verify_token: Option<SecretText>,
    pub(super) webhook_url: Option<String>,
}

impl Env {
    /// Reads `NAME=value` lines: quotes, `export` and comments as shells and dotenv have them.
    pub(super) fn read(text: &str) -> Self {
        let mut env = Self::default();
        for (name, value) in text.lines().filter_map(pair) {
            let secret = || Some(SecretText::new(&value));
            match name.strip_prefix("WHATSAPP_").unwrap_or_default() {
                "PHONE_NUMBER_ID" => env.phone_number_id = Some(value),
                "BUSINESS_ACCOUNT_ID" => env.waba_id = Some(value),
                "APP_ID" => env.app_id = Some(value),
                "APP_SECRET" => env.app_secret = secret(),
                "ACCESS_TOKEN" => env.access_token = secret(),
                "WEBHOOK_VERIFY_TOKEN" => env.verify_token = secret(),
                "WEBHOOK_URL" => env.webhook_url = Some(value),
                _ => {}
            }
        }
        env
    }

    /// The variables that must be there and are not.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        [
            ("WHATSAPP_APP_ID", self.app_id.is_none()),
            ("WHATSAPP_APP_SECRET", self.app_secret.is_none()),
            ("WHATSAPP_ACCESS_TOKEN", self.access_token.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, missing)| missing.then_some(name))
        .collect()
    }
}

fn pair(line: &str) -> Option<(&str, String)> {
    let line = line.trim();
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    if line.starts_with('#') {
        return None;
    }
    let (name, value) = line.split_once('=')?;
    let value = value.trim();
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let rest = value.strip_prefix(quote)?;
        rest.split_once(quote).map(|(inside, _)| inside)
    });
    let value = quoted.unwrap_or_else(|| value.split(" #").next().unwrap_or_default().trim());
    (!value.is_empty()).then(|| (name.trim(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_people_write_it() {
        let env = Env::read(
            "# Meta\nexport WHATSAPP_APP_ID=42\nWHATSAPP_APP_SECRET='s#3'\n\
             WHATSAPP_ACCESS_TOKEN = \"EAAG=\" # the token\nWHATSAPP_PHONE_NUMBER_ID=7 # centro\n\
             WHATSAPP_WEBHOOK_URL=\nOTHER=x\nbroken\n",
        );
        assert_eq!(env.app_id.as_deref(), Some("42"));
        assert_eq!(env.app_secret, Some(SecretText::new("s#3")));
        assert_eq!(env.access_token, Some(SecretText::new("EAAG=")));
        assert_eq!(env.phone_number_id.as_deref(), Some("7"));
        assert_eq!((env.webhook_url, env.waba_id.clone()), (None, None));
        assert_eq!(Env::read("").missing().len(), 3);
    }
}
