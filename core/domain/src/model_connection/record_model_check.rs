//! Record what came of trying a connection.

use super::{ModelConnection, ModelConnectionChecked, State};
use crate::conversation::Effort;
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::ids::ModelConnectionId;
use crate::limits::SLUG_CHARS_MAX;
use crate::refusal::Refusal;
use crate::validate;

/// A model was asked for a few words, to see whether it answers. What it read and wrote counts
/// against the budget like anything else.
///
/// Who: whoever tried it for a key with the scope `manage`. Refuses: a connection that is not there
/// (`not_found`), an outcome that is no word of a kind.
#[derive(Clone, Debug)]
pub struct RecordModelCheck {
    /// Which one; the stream that this is decided on.
    pub connection: ModelConnectionId,
    /// `ok`, or the code of its failure.
    pub outcome: String,
    /// What it took.
    pub effort: Effort,
}

impl Command for RecordModelCheck {
    type Aggregate = ModelConnection;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        let price = state.existing()?.price.as_ref();
        let outcome = validate::slug("outcome", &self.outcome, SLUG_CHARS_MAX)?;
        let Effort { input_tokens, output_tokens, .. } = self.effort;
        let cost = price.map_or(0, |price| price.cost_millionths(input_tokens, output_tokens));
        let effort = Effort { cost_millionths: cost, ..self.effort };
        let (connection, at) = (self.connection, ctx.now_seconds());
        Ok(vec![Decision::new(ModelConnectionChecked { connection, outcome, at, effort })])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model_connection::fixtures::{CONNECTION, added};
    use crate::refusal::RefusalCode;
    use crate::testing::{NOW_SECONDS, given};

    #[test]
    fn what_it_took_is_counted_at_the_price_of_the_moment() {
        let effort = Effort { input_tokens: 10, output_tokens: 2, ..Effort::default() };
        let check = RecordModelCheck { connection: CONNECTION, outcome: "ok".into(), effort };
        given::<ModelConnection>([]).when(check.clone()).refused(RefusalCode::NotFound);
        given::<ModelConnection>([added()]).when(check).then([ModelConnectionChecked {
            connection: CONNECTION,
            outcome: "ok".into(),
            at: NOW_SECONDS,
            effort: Effort { cost_millionths: 10 * 300 + 2 * 1_500, ..effort },
        }
        .into()]);
    }
}
