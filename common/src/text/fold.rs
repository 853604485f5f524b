//! Words without case and accents: nobody types them in a hurry.

/// Small letters without the accents of the languages that we speak, however they are composed.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ñ' => 'n',
            'ç' => 'c',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_accents_go_however_they_are_composed() {
        assert_eq!(fold("São JOSÉ"), "sao jose");
        assert_eq!(fold("Jose\u{301} Nun\u{303}ez"), "jose nunez");
        assert_eq!(fold("Über Çà"), "uber ca");
        assert_eq!(fold("日本 🙂"), "日本 🙂");
    }
}
