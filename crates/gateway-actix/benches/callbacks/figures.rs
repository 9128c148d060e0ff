//! All figures of a run, and how they are told.

use crate::alone::Alone;
use crate::growth::Served;
use crate::machine::Machine;
use crate::memory::Memory;
use serde::Serialize;
use std::fmt;

#[derive(Serialize)]
pub(crate) struct Figures {
    pub(crate) machine: Machine,
    /// Bytes of the callback's body.
    pub(crate) body: usize,
    pub(crate) memory: Memory,
    pub(crate) alone: Alone,
    pub(crate) served: Vec<Served>,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { machine, body, memory, alone, served } = self;
        writeln!(f, "{}; body of {body} bytes, 1 worker; verified against web::Form", machine.line())?;
        for Served { connections, verified, form, cost_ratio } in served {
            write!(
                f,
                "{connections} connections: {:.0} against {:.0} callbacks/s, ",
                verified.per_second, form.per_second
            )?;
            if let (Some(verified), Some(form)) = (verified.cpu, form.cpu) {
                write!(f, "{verified:.2} against {form:.2} µs CPU each: ")?;
            }
            writeln!(f, "{cost_ratio:.2} times the cost")?;
        }
        let Alone { open, extractor, around_open, form_extractor, extractor_ratio, app, form_app, app_ratio } =
            alone;
        writeln!(f, "without sockets: {app:.2} against {form_app:.2} µs: {app_ratio:.2} times")?;
        writeln!(
            f,
            "extractor alone: {extractor:.2} against {form_extractor:.2} µs: {extractor_ratio:.2} times"
        )?;
        writeln!(f, "of that, Merchants::open {open:.2} µs, around it {around_open:.2} µs")?;
        let Memory { connections, of_connection, merchants, of_merchant } = memory;
        if let (Some(of_connection), Some(of_merchant)) = (of_connection, of_merchant) {
            writeln!(
                f,
                "memory: {of_connection:.0} bytes for each of {connections} idle connections, \
                 {of_merchant:.0} for each of {merchants} merchants"
            )?;
        }
        Ok(())
    }
}
