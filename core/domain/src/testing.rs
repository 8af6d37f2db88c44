//! Given these events, when this command, then those events: how every command is tested.
//!
//! Public so that other packages can test their own use of commands, hidden because it is no part
//! of what this package promises. Panics wherever an expectation fails; nothing that serves may
//! call it.

use std::fmt::Debug;

use uuid::Uuid;

use crate::claim::ClaimKey;
use crate::ctx::Ctx;
use crate::decision::{Aggregate, Command, Decision};
use crate::event::{Event, StreamKind};
use crate::personal::Personal;
use crate::refusal::{Other, Refusal, RefusalCode};

/// When every test happens: 2026-01-01 00:00:00 UTC, in microseconds since 1970.
pub const NOW: i64 = 1_767_225_600_000_000;

/// The same, in seconds.
pub const NOW_SECONDS: i64 = NOW / 1_000_000;

/// The context of every test.
pub fn ctx() -> Ctx {
    Ctx::new(NOW, [42; 32])
}

/// The `n`th id (from 0) that a decision draws from [`ctx`].
pub fn drawn_id(n: usize) -> Uuid {
    let mut ctx = ctx();
    for _ in 0..n {
        ctx.next_id();
    }
    ctx.next_id()
}

/// The state that these events amount to.
pub fn state_of<A: Aggregate>(events: impl IntoIterator<Item = A::Event>) -> A::State {
    let mut state = A::State::default();
    events.into_iter().for_each(|event| A::evolve(&mut state, &event));
    state
}

/// These events have happened.
pub fn given<A: Aggregate>(events: impl IntoIterator<Item = A::Event>) -> Given<A> {
    Given(state_of::<A>(events))
}

/// The state in which a command is tried.
#[derive(Debug)]
pub struct Given<A: Aggregate>(A::State);

impl<A: Aggregate> Given<A> {
    /// Tries a command.
    pub fn when<C: Command<Aggregate = A>>(self, command: C) -> Outcome {
        Outcome(command.decide(&self.0, &mut ctx()))
    }
}

/// What a command led to, before anything was expected of it.
#[derive(Debug)]
#[must_use = "a test without an expectation cannot fail"]
pub struct Outcome(Result<Vec<Decision>, Refusal>);

#[expect(clippy::panic, reason = "a failed expectation is what a test harness panics for")]
impl Outcome {
    /// It led to exactly these events.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn then(self, expected: impl IntoIterator<Item = Event>) -> Decided {
        let decided = self.decided();
        let events: Vec<_> = decided.0.iter().map(|d| d.event.clone()).collect();
        assert_eq!(events, expected.into_iter().collect::<Vec<_>>(), "the events");
        decided
    }

    /// It led to something. Gives it, to look closer.
    ///
    /// # Panics
    /// If the command was refused.
    #[track_caller]
    pub fn decided(self) -> Decided {
        match self.0 {
            Ok(decisions) => Decided(decisions),
            Err(refusal) => panic!("was refused: {refusal:?}"),
        }
    }

    /// It was refused for this reason.
    ///
    /// # Panics
    /// If it was not.
    #[track_caller]
    pub fn refused(self, code: RefusalCode) -> Refused {
        match self.0 {
            Err(refusal) if refusal.code == code => Refused(refusal),
            other => panic!("should be refused with {code:?}, was {other:?}"),
        }
    }
}

/// What was decided.
#[derive(Debug)]
pub struct Decided(pub Vec<Decision>);

impl Decided {
    /// Its events seal exactly these parts, in this order.
    ///
    /// # Panics
    /// If they do not. The message shows lengths, not texts, as everywhere.
    #[track_caller]
    pub fn sealing(&self, expected: impl IntoIterator<Item = Personal>) -> &Self {
        self.compare("the sealed parts", |decision| &decision.personal, expected)
    }

    /// Its events take exactly these keys, in this order, and fail if one is held.
    ///
    /// # Panics
    /// If they do not.
    #[track_caller]
    pub fn claiming(&self, expected: impl IntoIterator<Item = ClaimKey>) -> &Self {
        self.compare("the claims", |decision| &decision.claims, expected)
    }

    /// Its events give back exactly these keys, in this order.
    ///
    /// # Panics
    /// If they do not.
    #[track_caller]
    pub fn releasing(&self, expected: impl IntoIterator<Item = ClaimKey>) -> &Self {
        self.compare("the releases", |decision| &decision.releases, expected)
    }

    #[track_caller]
    fn compare<T: Clone + PartialEq + Debug>(
        &self,
        what: &str,
        part: fn(&Decision) -> &Vec<T>,
        expected: impl IntoIterator<Item = T>,
    ) -> &Self {
        let found: Vec<_> = self.0.iter().flat_map(|decision| part(decision).clone()).collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{what}");
        self
    }
}

/// A refusal that was expected.
#[derive(Debug)]
pub struct Refused(pub Refusal);

impl Refused {
    /// The field at fault is this one.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub fn at(&self, field: &str) -> &Self {
        assert_eq!(self.0.field, Some(field), "the field at fault");
        self
    }

    /// This stands in the way.
    ///
    /// # Panics
    /// If the refusal names something else, or nothing.
    #[track_caller]
    pub fn because_of(&self, kind: StreamKind, id: Uuid) -> &Self {
        assert_eq!(self.0.other, Some(Other { kind, id }), "what stands in the way");
        self
    }

    /// This stands in what people are told.
    ///
    /// # Panics
    /// If it does not.
    #[track_caller]
    pub fn saying(&self, words: &str) -> &Self {
        assert!(self.0.detail.contains(words), "{}", self.0.detail);
        self
    }

    /// These values would be allowed.
    ///
    /// # Panics
    /// If the refusal lists others.
    #[track_caller]
    pub fn allowing<T: ToString>(&self, allowed: impl IntoIterator<Item = T>) -> &Self {
        let allowed: Vec<_> = allowed.into_iter().map(|value| value.to_string()).collect();
        assert_eq!(self.0.allowed, allowed, "the allowed values");
        self
    }
}
