//! Replace the secret of a subscription.

use super::{State, Subscription, SubscriptionSecretRetired, SubscriptionSecretRotated};
use crate::ctx::Ctx;
use crate::decision::{Command, Decision};
use crate::hash::SecretRef;
use crate::limits::SECRET_OVERLAP_SECONDS_MAX;
use crate::refusal::{Refusal, RefusalCode};

/// A new secret signs from now on; the one before signs as well until the overlap is over, so that
/// the receiver can change at leisure. At most two sign at a time: one that an earlier rotation left
/// is retired at once. An overlap of 0 retires the old one now, as is right after a leak.
///
/// Who: a key with the scope `manage`. Refuses: a subscription that is not there (`not_found`), an
/// overlap longer than [`SECRET_OVERLAP_SECONDS_MAX`].
#[derive(Clone, Debug)]
pub struct RotateSecret {
    /// The new secret.
    pub secret: SecretRef,
    /// Seconds for which the old one signs as well.
    pub overlap_seconds: u32,
}

impl Command for RotateSecret {
    type Aggregate = Subscription;

    fn decide(self, state: &State, ctx: &mut Ctx) -> Result<Vec<Decision>, Refusal> {
        state.existing()?;
        if self.overlap_seconds > SECRET_OVERLAP_SECONDS_MAX {
            let most = format!("is at most {SECRET_OVERLAP_SECONDS_MAX}");
            return Err(Refusal::field("overlap_seconds", most));
        }
        let (current, earlier) = match state.secrets.split_last() {
            Some((current, earlier)) => (current.secret.clone(), earlier),
            None => return Err(Refusal::new(RefusalCode::NotFound, "there is no such webhook")),
        };
        let retired = |secret: &SecretRef| {
            Decision::new(SubscriptionSecretRetired { secret: secret.clone() })
        };
        let mut decisions: Vec<_> = earlier.iter().map(|known| retired(&known.secret)).collect();
        let rotated = SubscriptionSecretRotated {
            old_secret: current.clone(),
            secret: self.secret,
            overlap_ends_at: ctx.now_seconds() + i64::from(self.overlap_seconds),
        };
        decisions.push(Decision::new(rotated));
        if self.overlap_seconds == 0 {
            decisions.push(retired(&current));
        }
        Ok(decisions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::Aggregate;
    use crate::subscription::Event;
    use crate::subscription::fixtures::{created, deleted, secret};
    use crate::testing::{NOW_SECONDS, given, state_of};

    const DAY: u32 = 86_400;

    fn rotate(n: u128, overlap_seconds: u32) -> RotateSecret {
        RotateSecret { secret: secret(n), overlap_seconds }
    }

    fn rotated(old: u128, new: u128, overlap: i64) -> Event {
        SubscriptionSecretRotated {
            old_secret: secret(old),
            secret: secret(new),
            overlap_ends_at: NOW_SECONDS + overlap,
        }
        .into()
    }

    fn retired(n: u128) -> Event {
        SubscriptionSecretRetired { secret: secret(n) }.into()
    }

    #[test]
    fn both_sign_until_the_overlap_is_over() {
        given::<Subscription>([created()])
            .when(rotate(2, DAY))
            .then([rotated(1, 2, 86_400).into()]);
        let state = state_of::<Subscription>([created(), rotated(1, 2, 86_400)]);
        let signing =
            |now| state.signing_at(now).map(|s| s.fingerprint.clone()).collect::<Vec<_>>();
        assert_eq!(signing(NOW_SECONDS + 86_399), ["fp1", "fp2"]);
        assert_eq!(signing(NOW_SECONDS + 86_400), ["fp2"]);
        assert!(Subscription::retired_secrets(&state).is_empty());
    }

    #[test]
    fn a_third_retires_the_first() {
        given::<Subscription>([created(), rotated(1, 2, 86_400)])
            .when(rotate(3, DAY))
            .then([retired(1).into(), rotated(2, 3, 86_400).into()]);
    }

    #[test]
    fn without_an_overlap_the_old_one_goes_at_once() {
        let events = [rotated(1, 2, 0), retired(1)];
        given::<Subscription>([created()]).when(rotate(2, 0)).then(events.clone().map(Into::into));
        let state = state_of::<Subscription>([created()].into_iter().chain(events));
        assert_eq!(Subscription::retired_secrets(&state), [secret(1).id]);
        assert_eq!(state.signing_at(0).count(), 1);
    }

    #[test]
    fn a_deleted_one_leaves_no_secret_behind() {
        let state = state_of::<Subscription>([created(), rotated(1, 2, 9), deleted()]);
        assert_eq!(Subscription::retired_secrets(&state), [secret(1).id, secret(2).id]);
    }

    #[test]
    fn an_overlap_has_an_end_and_a_webhook_must_be_there() {
        given::<Subscription>([created()])
            .when(rotate(2, SECRET_OVERLAP_SECONDS_MAX + 1))
            .refused(RefusalCode::InvalidField)
            .at("overlap_seconds");
        for history in [vec![], vec![created(), deleted()]] {
            given::<Subscription>(history).when(rotate(2, DAY)).refused(RefusalCode::NotFound);
        }
    }
}
