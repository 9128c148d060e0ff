//! The macro behind the tables.
//!
//! A row reads `field: Type = "Name" ans..30 M`, then `by merchant` or `by seal` in requests, `signed`, `mac` or
//! `strict` in results. `"mid" | "MerchantID"` gives a second name. The format must be that of the type; a row where it is not does not compile.

/// The type of a field in a request: bare where the shop must give it, else an option.
macro_rules! field_type {
    ($Ty:ty, M) => { $Ty };
    ($Ty:ty, $cnd:ident $($by:ident)?) => { Option<$Ty> };
}

/// Writes a field of a request.
macro_rules! write_field {
    ($value:expr, $name:literal, $sink:ident, M) => {
        $crate::message::Field::wire(&$value, &mut |text: &str| $sink.pair($name, text))
    };
    ($value:expr, $name:literal, $sink:ident, $cnd:ident $($by:ident)?) => {
        if let Some(value) = &$value {
            $crate::message::Field::wire(value, &mut |text: &str| $sink.pair($name, text));
        }
    };
}

/// Moves a field from a draft into the request; what must be there and is not has been noted before.
macro_rules! take_field {
    ($value:expr, M) => {
        $value?
    };
    ($value:expr, $cnd:ident $($by:ident)?) => {
        $value
    };
}

/// Notes a mandatory field that is missing.
macro_rules! note_missing {
    ($value:expr, $missing:ident, $name:literal, $Ty:ty, M) => {
        if $value.is_none() {
            $missing.push($crate::ParamError::Missing {
                name: $name,
                format: <$Ty as $crate::message::Field>::FORMAT,
            });
        }
    };
    ($value:expr, $missing:ident, $name:literal, $Ty:ty, $cnd:ident $($by:ident)?) => {};
}

/// Notes what rules over several fields look at; what sealing fills is noted where it is there already.
macro_rules! note_fact {
    ($value:expr, $name:literal, $facts:ident, by seal) => {
        if $crate::message::Held::held(&$value).is_some() {
            $facts.note_filled_by_seal($name);
        }
    };
    ($value:expr, $name:literal, $facts:ident, $(by $by:ident)?) => {
        if let Some(value) = $crate::message::Held::held(&$value) {
            $facts.note($name, value);
        }
    };
}

/// A builder's setter, for what the shop may give.
macro_rules! setter {
    ([$($docs:tt)*] $field:ident, $Ty:ty, O) => {
        $($docs)*
        pub fn $field(mut self, value: $Ty) -> Self {
            self.0.$field = Some(value);
            self
        }
    };
    ([$($docs:tt)*] $field:ident, $Ty:ty, $cnd:ident $($by:ident)?) => {};
}

/// The builder of a request that has something to add.
macro_rules! builder {
    (of $Name:ident {$($rows:tt)+}) => {};
    ($Builder:ident of $Name:ident {$([$($docs:tt)*] $field:ident, $Ty:ty, $cnd:ident $($by:ident)?;)+}) => {
        #[doc = concat!("Adds optional parameters to a [`", stringify!($Name), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "build() makes the request"]
        pub struct $Builder($Name);

        impl $Builder {
            $($crate::message::table::setter!([$($docs)*] $field, $Ty, $cnd $($by)?);)+

            /// The request.
            #[must_use]
            pub fn build(self) -> $Name {
                self.0
            }
        }
    };
}

/// A getter of an unsigned field of a result.
macro_rules! getter {
    ($Name:ident [$($docs:tt)*] $field:ident, $name:literal, $Ty:ty, $coverage:ident) => {};
    ($Name:ident [$($docs:tt)*] $field:ident, $name:literal, $Ty:ty,) => {
        $($docs)*
        ///
        /// `None` where it is not there; an error where it breaks its format, and then [`Fields::raw`]
        /// and [`Fields::text`] still have it.
        ///
        /// [`Fields::raw`]: crate::Fields::raw
        /// [`Fields::text`]: crate::Fields::text
        #[must_use]
        pub fn $field(&self) -> Option<Result<$Ty, $crate::FormatError>> {
            self.typed(const { $crate::message::number_of(<$Name as $crate::Message>::ROWS, $name) })
        }
    };
}

/// Words of a row as values.
macro_rules! presence {
    (M) => {
        $crate::message::Presence::Mandatory
    };
    (O) => {
        $crate::message::Presence::Optional
    };
    (C) => {
        $crate::message::Presence::Conditional
    };
}
macro_rules! filler {
    () => {
        $crate::message::Filler::Shop
    };
    (merchant) => {
        $crate::message::Filler::Merchant
    };
    (seal) => {
        $crate::message::Filler::Seal
    };
}
macro_rules! covered {
    () => {
        $crate::message::Coverage::Unsigned
    };
    (signed) => {
        $crate::message::Coverage::Signed
    };
    (mac) => {
        $crate::message::Coverage::Mac
    };
    (strict) => {
        $crate::message::Coverage::Strict
    };
}
macro_rules! alias {
    () => {
        None
    };
    ($name:literal) => {
        Some($name)
    };
}

/// The format of a row, after the compiler has held it against the format of the type.
macro_rules! row_format {
    ($Ty:ty, $text:expr) => {{
        const FORMAT: $crate::format::Format = $crate::format::Format::literal($text);
        const {
            assert!(
                FORMAT.same(<$Ty as $crate::message::Field>::FORMAT),
                "the format of a row differs from the format of its type"
            );
        }
        FORMAT
    }};
}

/// Declares a message by its table.
macro_rules! message {
    (
        $(#[$meta:meta])*
        pub request $Name:ident $(of $Method:ty)?, $Draft:ident $(, $Builder:ident)? {$(
            #[doc = $doc:literal] $(#[doc = $more:literal])*
            $field:ident: $Ty:ty = $name:literal $class:ident $(.. $max:literal)? $cnd:ident $(by $by:ident)?
        ),+ $(,)?}
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $Name {$(
            #[doc = $doc] $(#[doc = $more])*
            pub $field: $crate::message::table::field_type!($Ty, $cnd $($by)?),
        )+}

        #[doc = concat!("A [`", stringify!($Name), "`] of which any field may still be missing.")]
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $Draft {$(
            #[doc = $doc] $(#[doc = $more])*
            pub $field: Option<$Ty>,
        )+}

        $crate::message::table::builder! {
            $($Builder)? of $Name {$([#[doc = $doc] $(#[doc = $more])*] $field, $Ty, $cnd $($by)?;)+}
        }

        impl $crate::message::Closed for $Name {}

        impl $crate::Message for $Name {
            const ROWS: &'static [$crate::message::Row] = &[$($crate::message::Row {
                name: $name,
                alias: None,
                format: $crate::message::table::row_format!($Ty, concat!(stringify!($class) $(, "..", stringify!($max))?)),
                presence: $crate::message::table::presence!($cnd),
                filler: $crate::message::table::filler!($($by)?),
                coverage: $crate::message::Coverage::Unsigned,
                doc: $doc,
            }),+];
        }

        impl $crate::Request for $Name {
            type Draft = $Draft;

            fn read<'a>(
                pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
            ) -> (Self::Draft, alloc::vec::Vec<$crate::ParamError>) {
                let mut draft = $Draft::default();
                let mut errors = alloc::vec::Vec::new();
                let mut seen = [false; <Self as $crate::Message>::ROWS.len()];
                for (name, value) in pairs {
                    let row = <Self as $crate::Message>::row(name.as_bytes());
                    let Some((row, seen)) = row.and_then(|row| seen.get_mut(row).map(|seen| (row, seen))) else {
                        errors.push($crate::ParamError::Unknown { name: name.chars().take(64).collect() });
                        continue;
                    };
                    let mut number: usize = 0;
                    $(
                        if row == number {
                            if *seen {
                                errors.push($crate::ParamError::Doubled { name: $name });
                            } else {
                                match <$Ty as $crate::message::Field>::parse(value) {
                                    Ok(value) => draft.$field = Some(value),
                                    Err(rule) => errors.push($crate::ParamError::Format {
                                        name: $name,
                                        format: <$Ty as $crate::message::Field>::FORMAT,
                                        rule,
                                    }),
                                }
                            }
                        }
                        number = number.wrapping_add(1);
                    )+
                    let _ = number;
                    *seen = true;
                }
                (draft, errors)
            }

            fn complete(draft: Self::Draft) -> Result<Self, alloc::vec::Vec<$crate::ParamError>> {
                let mut missing = alloc::vec::Vec::new();
                $($crate::message::table::note_missing!(draft.$field, missing, $name, $Ty, $cnd $($by)?);)+
                let build = || Some(Self {
                    $($field: $crate::message::table::take_field!(draft.$field, $cnd $($by)?),)+
                });
                build().ok_or(missing)
            }

            fn write(&self, sink: &mut impl $crate::message::PairSink) {
                for first in [true, false] {
                    $(if <$Ty as $crate::message::Field>::FIRST == first {
                        $crate::message::table::write_field!(self.$field, $name, sink, $cnd $($by)?);
                    })+
                }
            }

            fn facts(&self) -> $crate::Facts<'_> {
                let mut facts = $crate::Facts::default();
                $($crate::message::table::note_fact!(self.$field, $name, facts, $(by $by)?);)+
                facts
            }

            fn draft_facts(draft: &Self::Draft) -> $crate::Facts<'_> {
                let mut facts = $crate::Facts::default();
                $($crate::message::table::note_fact!(draft.$field, $name, facts, $(by $by)?);)+
                facts
            }
        }

        #[cfg(feature = "serde")]
        $crate::stored::stored_request! { $Name {$($field: $Ty = $name;)+} }

        $(impl $crate::message::Payment for $Name {
            type Method = $Method;

            fn order(&self) -> (&$crate::TransId, $crate::Money) {
                (&self.trans_id, $crate::Money::of(self.amount, self.currency))
            }
        })?
    };

    (
        $(#[$meta:meta])*
        pub result $Name:ident {$(
            #[doc = $doc:literal] $(#[doc = $more:literal])*
            $field:ident: $Ty:ty = $name:literal $(| $alias:literal)? $class:ident $(.. $max:literal)? $cnd:ident
                $($coverage:ident)?
        ),+ $(,)?}
    ) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub enum $Name {}

        impl $crate::message::Closed for $Name {}

        impl $crate::Message for $Name {
            const ROWS: &'static [$crate::message::Row] = &[$($crate::message::Row {
                name: $name,
                alias: $crate::message::table::alias!($($alias)?),
                format: $crate::message::table::row_format!($Ty, concat!(stringify!($class) $(, "..", stringify!($max))?)),
                presence: $crate::message::table::presence!($cnd),
                filler: $crate::message::Filler::Shop,
                coverage: $crate::message::table::covered!($($coverage)?),
                doc: $doc,
            }),+];
        }

        impl $crate::ResultMessage for $Name {
            fn check(row: usize, text: &str) -> Result<(), $crate::FormatError> {
                let mut number: usize = 0;
                $(
                    if row == number {
                        return <$Ty as $crate::message::Field>::check(text);
                    }
                    number = number.wrapping_add(1);
                )+
                let _ = number;
                Ok(())
            }
        }

        #[cfg(feature = "serde")]
        $crate::stored::stored_result! {$($Ty;)+}

        impl $crate::Fields<'_, $Name> {
            $($crate::message::table::getter!($Name [#[doc = $doc] $(#[doc = $more])*] $field, $name, $Ty, $($coverage)?);)+
        }
    };
}

pub(crate) use {
    alias, builder, covered, field_type, filler, getter, message, note_fact, note_missing, presence,
    row_format, setter, take_field, write_field,
};
