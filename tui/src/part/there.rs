//! The place and time where a phone number is at home, as far as its first digits tell.

use common::phone::Phone;
use jiff::tz::TimeZone;

/// Where a customer probably is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct There {
    /// The town that the zone is called by.
    pub town: String,
    /// Its time zone.
    pub zone: TimeZone,
}

/// Digits that numbers begin with, the zone there, and its town where the zone's name lacks an
/// accent. Countries of several zones stand with that of most of their people, and with the area
/// codes of the others; those without such a one are left out: no time is better than a wrong one.
const ZONES: &[(&str, &str, &str)] = &[
    ("51", "America/Lima", ""),
    ("52", "America/Mexico_City", "Ciudad de México"),
    ("52664", "America/Tijuana", ""),
    ("52686", "America/Tijuana", ""),
    ("521664", "America/Tijuana", ""),
    ("521686", "America/Tijuana", ""),
    ("52662", "America/Hermosillo", ""),
    ("521662", "America/Hermosillo", ""),
    ("52998", "America/Cancun", "Cancún"),
    ("52984", "America/Cancun", "Cancún"),
    ("521998", "America/Cancun", "Cancún"),
    ("521984", "America/Cancun", "Cancún"),
    ("53", "America/Havana", "La Habana"),
    ("54", "America/Argentina/Buenos_Aires", ""),
    ("55", "America/Sao_Paulo", "São Paulo"),
    ("5565", "America/Cuiaba", "Cuiabá"),
    ("5566", "America/Cuiaba", "Cuiabá"),
    ("5567", "America/Campo_Grande", ""),
    ("5568", "America/Rio_Branco", ""),
    ("5569", "America/Porto_Velho", ""),
    ("5592", "America/Manaus", ""),
    ("5595", "America/Boa_Vista", ""),
    ("5597", "America/Manaus", ""),
    ("56", "America/Santiago", ""),
    ("57", "America/Bogota", "Bogotá"),
    ("58", "America/Caracas", ""),
    ("502", "America/Guatemala", ""),
    ("503", "America/El_Salvador", ""),
    ("504", "America/Tegucigalpa", ""),
    ("505", "America/Managua", ""),
    ("506", "America/Costa_Rica", ""),
    ("507", "America/Panama", "Panamá"),
    ("591", "America/La_Paz", ""),
    ("592", "America/Guyana", ""),
    ("593", "America/Guayaquil", ""),
    ("595", "America/Asuncion", "Asunción"),
    ("597", "America/Paramaribo", ""),
    ("598", "America/Montevideo", ""),
    ("1787", "America/Puerto_Rico", "Puerto Rico"),
    ("1939", "America/Puerto_Rico", "Puerto Rico"),
    ("1809", "America/Santo_Domingo", ""),
    ("1829", "America/Santo_Domingo", ""),
    ("1849", "America/Santo_Domingo", ""),
    ("34", "Europe/Madrid", ""),
    ("351", "Europe/Lisbon", "Lisboa"),
    ("30", "Europe/Athens", ""),
    ("31", "Europe/Amsterdam", ""),
    ("32", "Europe/Brussels", ""),
    ("33", "Europe/Paris", ""),
    ("36", "Europe/Budapest", ""),
    ("39", "Europe/Rome", ""),
    ("40", "Europe/Bucharest", ""),
    ("41", "Europe/Zurich", "Zürich"),
    ("43", "Europe/Vienna", ""),
    ("44", "Europe/London", ""),
    ("45", "Europe/Copenhagen", ""),
    ("46", "Europe/Stockholm", ""),
    ("47", "Europe/Oslo", ""),
    ("48", "Europe/Warsaw", ""),
    ("49", "Europe/Berlin", ""),
    ("353", "Europe/Dublin", ""),
    ("358", "Europe/Helsinki", ""),
    ("380", "Europe/Kyiv", ""),
    ("420", "Europe/Prague", ""),
    ("90", "Europe/Istanbul", ""),
    ("20", "Africa/Cairo", ""),
    ("27", "Africa/Johannesburg", ""),
    ("212", "Africa/Casablanca", ""),
    ("213", "Africa/Algiers", ""),
    ("216", "Africa/Tunis", ""),
    ("221", "Africa/Dakar", ""),
    ("225", "Africa/Abidjan", ""),
    ("233", "Africa/Accra", ""),
    ("234", "Africa/Lagos", ""),
    ("238", "Atlantic/Cape_Verde", "Cabo Verde"),
    ("244", "Africa/Luanda", ""),
    ("254", "Africa/Nairobi", ""),
    ("258", "Africa/Maputo", ""),
    ("60", "Asia/Kuala_Lumpur", ""),
    ("63", "Asia/Manila", ""),
    ("65", "Asia/Singapore", ""),
    ("66", "Asia/Bangkok", ""),
    ("81", "Asia/Tokyo", ""),
    ("82", "Asia/Seoul", ""),
    ("84", "Asia/Ho_Chi_Minh", ""),
    ("86", "Asia/Shanghai", ""),
    ("91", "Asia/Kolkata", ""),
    ("92", "Asia/Karachi", ""),
    ("94", "Asia/Colombo", ""),
    ("852", "Asia/Hong_Kong", ""),
    ("880", "Asia/Dhaka", ""),
    ("886", "Asia/Taipei", ""),
    ("966", "Asia/Riyadh", ""),
    ("971", "Asia/Dubai", ""),
    ("972", "Asia/Jerusalem", ""),
];

/// Where the number is at home; none where its digits do not tell, or the zone is not known here.
pub fn of(phone: &Phone) -> Option<There> {
    let digits = phone.digits();
    let (_, zone, town) = ZONES
        .iter()
        .filter(|(head, ..)| digits.starts_with(head))
        .max_by_key(|(head, ..)| head.len())?;
    let town = if town.is_empty() {
        zone.rsplit('/')
            .next()
            .unwrap_or_default()
            .replace('_', " ")
    } else {
        (*town).to_owned()
    };
    let zone = TimeZone::get(zone).ok()?;
    Some(There { town, zone })
}

#[cfg(test)]
mod tests {
    use super::{ZONES, of};
    use jiff::tz::TimeZone;

    #[test]
    fn the_longest_beginning_decides() {
        let town = |phone: &str| of(&phone.parse().unwrap()).map(|there| there.town);
        assert_eq!(town("+51987654321").as_deref(), Some("Lima"));
        assert_eq!(town("+5511987654321").as_deref(), Some("São Paulo"));
        assert_eq!(town("+5592987654321").as_deref(), Some("Manaus"));
        assert_eq!(town("+34612345678").as_deref(), Some("Madrid"));
        assert_eq!(town("+12025550123"), None, "its digits do not tell");
    }

    #[test]
    fn every_zone_is_known() {
        for (head, zone, _) in ZONES {
            assert!(TimeZone::get(zone).is_ok(), "{head} {zone}");
        }
    }
}
