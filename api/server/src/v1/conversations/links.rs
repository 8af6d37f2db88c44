//! Addresses at which the platform is to read the files of a message.

use convolog_domain::conversation::Sendable;

use crate::app::App;
use crate::problem::Outcome;

/// Refuses a message with a file in this network. What its name stands for is looked up when it is
/// sent.
pub(crate) fn refuse_private_links(app: &App, content: &Sendable) -> Outcome<()> {
    for link in content.links() {
        app.outgoing().read_public("link", &link)?;
    }
    Ok(())
}
