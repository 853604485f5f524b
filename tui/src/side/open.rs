//! Opens an address with the desktop's own program, where there is a desktop.

/// Schemes that are opened; anything else in a message is only shown.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Opens it, and gives it back; or says why not. Blocks until the desktop has taken it.
pub fn open(address: &str, env: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    if !SCHEMES
        .iter()
        .any(|scheme| address.to_ascii_lowercase().starts_with(scheme))
    {
        return Err("only web and mail addresses are opened".to_owned());
    }
    // Without a desktop the opener would start a text browser on top of the console.
    let desktop = cfg!(not(target_os = "linux"))
        || ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"]
            .iter()
            .any(|name| env(name).is_some());
    if !desktop {
        return Err("there is no desktop here".to_owned());
    }
    opener::open_browser(address)
        .map(|()| address.to_owned())
        .map_err(|why| why.to_string())
}

#[cfg(test)]
mod tests {
    use super::open;

    #[test]
    fn nothing_is_opened_that_is_no_address_or_without_a_desktop() {
        assert!(open("file:///etc/passwd", |_| Some(":0".to_owned())).is_err());
        assert!(open("javascript:alert(1)", |_| Some(":0".to_owned())).is_err());
        #[cfg(target_os = "linux")]
        assert_eq!(
            open("https://example.com", |_| None).unwrap_err(),
            "there is no desktop here"
        );
    }
}
