//! Words of Meta's that may grow by one any day: known ones are variants, a new one is kept as it came.

macro_rules! open_words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$about])* $variant,)*
            /// A word that this version does not know, in small letters.
            Other(String),
        }

        impl $name {
            /// The word on our wire, in small letters.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)*
                    Self::Other(word) => word,
                }
            }

            /// The word as Meta writes it, in capitals.
            pub fn for_meta(&self) -> String {
                self.as_str().to_ascii_uppercase()
            }

            /// Reads a word in any case.
            pub fn read(word: &str) -> Self {
                let word = word.trim().to_ascii_lowercase();
                match word.as_str() {
                    $($word => Self::$variant,)*
                    _ => Self::Other(word),
                }
            }

            /// The words that are known, for sentences.
            pub fn known() -> String {
                [$($word),*].join(", ")
            }

            /// Whether it is one of them.
            pub const fn is_known(&self) -> bool {
                !matches!(self, Self::Other(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(from)?;
                Ok(Self::read(&word))
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .examples([$($word),*])
                    .into()
            }
        }

        #[cfg(feature = "openapi")]
        impl utoipa::ToSchema for $name {}
    )*};
}

open_words! {
    /// What a template is for; it decides the price.
    Category {
        /// Offers and news; charged always, and only to customers who want it.
        Marketing = "marketing",
        /// About an order or an account; free while the window is open.
        Utility = "utility",
        /// A code to sign in with.
        Authentication = "authentication",
    }

    /// Where a template stands with Meta. Only an approved one can be sent.
    TemplateStatus {
        /// Can be sent.
        Approved = "approved",
        /// Meta reviews it, for 24 hours at most.
        Pending = "pending",
        /// Refused; the reason stands beside it.
        Rejected = "rejected",
        /// Cannot be sent for some hours: people did not want it.
        Paused = "paused",
        /// Cannot be sent any more.
        Disabled = "disabled",
        /// Somebody has asked Meta to look again.
        InAppeal = "in_appeal",
        /// On its way out.
        PendingDeletion = "pending_deletion",
        /// Gone at Meta.
        Deleted = "deleted",
        /// Not taken: the account has too many.
        LimitExceeded = "limit_exceeded",
        /// May be disabled soon.
        Flagged = "flagged",
        /// Cannot be changed.
        Locked = "locked",
        /// Put away.
        Archived = "archived",
    }

    /// What customers think of a template.
    Quality {
        /// High.
        Green = "green",
        /// Medium.
        Yellow = "yellow",
        /// Low; Meta will pause it.
        Red = "red",
        /// Too few sends to tell.
        Unknown = "unknown",
    }

    /// What a header shows.
    Format {
        /// Words.
        Text = "text",
        /// A picture.
        Image = "image",
        /// A film.
        Video = "video",
        /// A file.
        Document = "document",
        /// A place.
        Location = "location",
        /// A moving picture (only through the marketing API).
        Gif = "gif",
        /// A product of the catalogue.
        Product = "product",
    }

    /// What a button does.
    ButtonKind {
        /// Answers with its words.
        QuickReply = "quick_reply",
        /// Opens a page.
        Url = "url",
        /// Calls by telephone.
        PhoneNumber = "phone_number",
        /// Copies an offer's code.
        CopyCode = "copy_code",
        /// Copies or fills in a code to sign in with.
        Otp = "otp",
        /// Opens a form.
        Flow = "flow",
        /// Opens the catalogue.
        Catalog = "catalog",
        /// Shows some products.
        Mpm = "mpm",
        /// Shows one product.
        Spm = "spm",
        /// Calls over WhatsApp.
        VoiceCall = "voice_call",
        /// Asks for the customer's number.
        RequestContactInfo = "request_contact_info",
    }
}
