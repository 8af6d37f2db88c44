//! The installation as a whole: whether this instance may act, and whether everything is whole.

mod arming;
mod verify;

pub(crate) use arming::{ArmInstance, DisarmInstance, ShowInstallation, is_armed, must_be_armed};
pub(crate) use verify::VerifyInstallation;
