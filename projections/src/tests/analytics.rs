//! Buckets equal a naive recount, now and as of any position, however often events are applied.

use std::collections::{BTreeMap, BTreeSet};

use convolog_domain::contact::ContactCreated;
use convolog_domain::conversation::{
    ConversationClosed, ConversationOpened, ConversationReopened, Direction, MessageEnriched,
    MessageReceived, MessageRequested,
};
use convolog_domain::lead::{LeadOpened, LeadStageChanged, Opening, Rank, Stage};
use convolog_domain::{AgentId, ChannelId, Event, LeadId, PersonId, StreamKind};
use convolog_log::{EventLog, Mode, Origin, Position};
use proptest::prelude::*;
use uuid::Uuid;

use super::world::{
    NOW, PATIENCE, WORKSPACE, World, assert_rebuilds_the_same, contact, conversation, facts,
    message, run, status,
};
use crate::analytics::{Analytics, AnalyticsQuery, Bucket, HOUR, Hourly, Place, Traffic, Volumes};
use crate::fold::ReadModel;
use crate::hours::{Detail, Hours};
use crate::rows::Rows;
use crate::store::MemoryStore;
use crate::{Batch, QueryError, ReadModels};

const TRAFFICS: [Traffic; 3] = [Traffic::Live, Traffic::Test, Traffic::Imported];

/// What can happen.
#[derive(Clone, Copy, PartialEq, Debug)]
enum What {
    Opened,
    Created,
    Asked(i64),
    Echoed(i64),
    Requested,
    Became(&'static str),
    Enriched,
    Called,
    Closed,
    Reopened,
    LeadOpened,
    LeadMoved(Stage),
}

/// A step: seconds that pass, with whom, in which traffic, by which member of the staff, what.
type Step = (i64, u128, Traffic, Option<u128>, What);

/// Something that happened, as the recount remembers it.
#[derive(Clone, Copy, Debug)]
struct Told {
    position: Position,
    at: i64,
    who: u128,
    traffic: Traffic,
    by: Option<PersonId>,
    what: What,
}

impl Told {
    /// Where it belongs.
    fn place(&self) -> Place {
        match self.what {
            What::Created => Place::default(),
            What::LeadOpened | What::LeadMoved(_) => {
                Place { channel: channel_of_lead(self.who), agent: None }
            }
            _ => Place { channel: Some(channel(self.who)), agent: agent(self.who) },
        }
    }
}

fn channel(who: u128) -> ChannelId {
    ChannelId(Uuid::from_u128(0xC0 + who % 2))
}

fn channel_of_lead(who: u128) -> Option<ChannelId> {
    (who != 3).then(|| channel(who))
}

fn agent(who: u128) -> Option<AgentId> {
    (!who.is_multiple_of(3)).then(|| AgentId(Uuid::from_u128(0xE0 + who % 2)))
}

fn person(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(0xF0 + n))
}

fn lead(who: u128) -> LeadId {
    LeadId(Uuid::from_u128(0x6000 + who))
}

/// How far a lead had come, and since when.
fn stands(told: &[Told], who: u128) -> Option<(Stage, i64)> {
    let of_lead = |told: &&Told| told.who == who;
    told.iter().rev().filter(of_lead).find_map(|told| match told.what {
        What::LeadOpened => Some((Stage::New, told.at)),
        What::LeadMoved(to) => Some((to, told.at)),
        _ => None,
    })
}

fn what() -> impl Strategy<Value = What> {
    let early = -9_000..=0_i64;
    prop_oneof![
        3 => early.clone().prop_map(What::Asked),
        1 => early.prop_map(What::Echoed),
        2 => Just(What::Requested),
        2 => prop::sample::select(vec!["sent", "delivered", "read", "failed", "warning"])
            .prop_map(What::Became),
        1 => Just(What::Enriched),
        1 => Just(What::Called),
        1 => Just(What::Created),
        1 => Just(What::Closed),
        1 => Just(What::Reopened),
        3 => prop::sample::select(Stage::ALL.to_vec()).prop_map(What::LeadMoved),
    ]
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let passes = prop::sample::select(vec![0, 0, 7, 600, 3_500, 90_000, 500_000]);
    let traffic = prop_oneof![6 => Just(Traffic::Live), 1 => Just(Traffic::Test), 1 => Just(Traffic::Imported)];
    let by = prop::option::of(0..2_u128);
    prop::collection::vec((passes, 0..4_u128, traffic, by, what()), 1..60)
}

/// Tells the steps to a world. Whoever is met for the first time opens a conversation.
fn tell(world: &mut World, steps: &[Step], told: &mut Vec<Told>) {
    for (passes, who, traffic, by, what) in steps.iter().copied() {
        world.clock.advance_micros(passes * 1_000_000);
        (world.origin, world.mode, world.person) = (Origin::Live, Mode::Live, None);
        if matches!(what, What::LeadMoved(_)) && stands(told, who).is_none() {
            record(world, who, Traffic::Live, What::LeadOpened, told);
        }
        if !told.iter().any(|known| known.who == who && known.what == What::Opened) {
            record(world, who, Traffic::Live, What::Opened, told);
        }
        match traffic {
            Traffic::Live => {}
            Traffic::Test => world.mode = Mode::Test,
            Traffic::Imported => world.origin = Origin::HistoryImport,
        }
        world.person = by.map(person);
        record(world, who, traffic, what, told);
    }
}

fn record(world: &World, who: u128, traffic: Traffic, what: What, told: &mut Vec<Told>) {
    let at = convolog_log::Clock::now(&*world.clock).0.div_euclid(1_000_000);
    let said = |direction, early: i64| {
        let mut facts = facts(who, at + early);
        facts.direction = direction;
        MessageReceived { facts }
    };
    let (mut kind, mut id) = (StreamKind::Conversation, conversation(who).0);
    let event: Event = match what {
        What::Created => {
            kind = StreamKind::Contact;
            id = Uuid::from_u128(0xA_0000 + u128::from(world.log.head().0));
            ContactCreated {}.into()
        }
        What::LeadOpened => {
            (kind, id) = (StreamKind::Lead, lead(who).0);
            let (subject, channel) = (lead(who).into(), channel_of_lead(who));
            let (source, rank) = ("test".into(), Rank::default());
            let (contact, opened_by, external_id) = (None, Opening::Command, None);
            LeadOpened { subject, contact, opened_by, source, channel, at, rank, external_id }
                .into()
        }
        What::LeadMoved(to) => {
            (kind, id) = (StreamKind::Lead, lead(who).0);
            let Some((from, since)) = stands(told, who).filter(|(from, _)| *from != to) else {
                return;
            };
            let rank = Rank::default();
            LeadStageChanged { from, to, at, since, value: None, rank, again: false, rule: None }
                .into()
        }
        What::Opened => {
            let (channel, agent) = (channel(who), agent(who));
            ConversationOpened { channel, contact: contact(who), agent }.into()
        }
        What::Asked(early) => said(Direction::Inbound, early).into(),
        What::Echoed(early) => said(Direction::Outbound, early).into(),
        What::Requested => MessageRequested {
            message: message(who),
            kind: "text".into(),
            requested_at: at,
            ..MessageRequested::default()
        }
        .into(),
        What::Closed => ConversationClosed { assignee: None }.into(),
        What::Reopened => ConversationReopened { assignee: None, message: None }.into(),
        What::Enriched => MessageEnriched { facts: facts(who, at) }.into(),
        What::Became(name) => {
            let mut became = status(who, name, at);
            became.channel = channel(who);
            became.into()
        }
        What::Called => {
            let mut became = status(who, "sent", at);
            (became.channel, became.call) = (channel(who), true);
            became.into()
        }
    };
    let position = world.put(kind, id, event, None);
    told.push(Told { position, at, who, traffic, by: world.person, what });
}

/// Counted by hand.
#[derive(Clone, PartialEq, Debug, Default)]
struct Count {
    volumes: Volumes,
    answers: u64,
    waited: u64,
    opened: u64,
    /// Moves of leads: how many, and how long they had stayed.
    moves: BTreeMap<(Stage, Stage), (u64, u64)>,
}

impl Count {
    fn add(&mut self, more: &Self) {
        self.volumes += more.volumes;
        self.answers += more.answers;
        self.waited += more.waited;
        self.opened += more.opened;
        for (way, (count, stayed)) in &more.moves {
            let sum = self.moves.entry(*way).or_default();
            *sum = (sum.0 + count, sum.1 + stayed);
        }
    }
}

impl From<&Bucket> for Count {
    fn from(bucket: &Bucket) -> Self {
        let Bucket { volumes, waits, leads } = bucket;
        assert_eq!(waits.lengths.values().sum::<u64>(), waits.count);
        let moves: BTreeMap<_, _> =
            leads.stays.iter().map(|(way, stays)| (*way, (stays.count, stays.seconds))).collect();
        let counted: BTreeMap<_, _> =
            moves.iter().map(|(way, (count, _))| (*way, *count)).collect();
        assert_eq!(leads.tally.moves, counted);
        // Nothing but an opening brings a lead to NEW that did not move there.
        let back: u64 =
            counted.iter().filter(|((_, to), _)| *to == Stage::New).map(|(_, n)| n).sum();
        let opened = leads.tally.stage(Stage::New).entered - back;
        Self { volumes: *volumes, answers: waits.count, waited: waits.seconds, opened, moves }
    }
}

/// By hour and place, and by person.
type Recount = (BTreeMap<(i64, Place), Count>, BTreeMap<PersonId, Count>);

fn recount(told: &[Told], query: &AnalyticsQuery) -> Recount {
    let (mut places, mut people) = Recount::default();
    let mut waiting: BTreeMap<u128, Vec<(i64, i64)>> = BTreeMap::new();
    let week = |second: i64| second.div_euclid(7 * 24 * HOUR);
    for (at, one) in told.iter().enumerate().filter(|(_, told)| told.traffic == query.traffic) {
        let mut count = Count::default();
        let mut answered = None;
        match one.what {
            What::Created => count.volumes.contacts_created = 1,
            What::Opened => count.volumes.conversations_opened = 1,
            What::Closed => count.volumes.conversations_closed = 1,
            What::Reopened => count.volumes.conversations_reopened = 1,
            What::Asked(early) => {
                count.volumes.inbound = 1;
                waiting.entry(one.who).or_default().push((one.at, one.at + early));
            }
            What::Echoed(early) => {
                count.volumes.outbound = 1;
                answered = Some(one.at + early);
            }
            What::Requested => {
                (count.volumes.outbound, count.volumes.requested) = (1, 1);
                answered = Some(one.at);
            }
            What::Became("sent") => count.volumes.sent = 1,
            What::Became("delivered") => count.volumes.delivered = 1,
            What::Became("read") => count.volumes.read = 1,
            What::Became("failed") => count.volumes.failed = 1,
            What::Became(_) | What::Enriched | What::Called => continue,
            What::LeadOpened => count.opened = 1,
            What::LeadMoved(to) => {
                let (from, since) = stands(&told[..at], one.who).unwrap();
                count.moves.insert((from, to), (1, u64::try_from(one.at - since).unwrap()));
            }
        }
        if let Some(said) = answered {
            let open = waiting.remove(&one.who).unwrap_or_default();
            let recent = open.iter().filter(|(at, _)| week(*at) >= week(one.at) - 1);
            if let Some(asked) = recent.map(|(_, asked)| *asked).min() {
                (count.answers, count.waited) = (1, u64::try_from(said - asked).unwrap_or(0));
            }
        }
        let (hour, place) = (one.at.div_euclid(HOUR), one.place());
        let wanted = (query.from..query.to).contains(&hour)
            && query.channel.is_none_or(|channel| place.channel == Some(channel))
            && query.agent.is_none_or(|agent| place.agent == Some(agent))
            && query.person.is_none_or(|person| one.by == Some(person));
        if wanted {
            places.entry((hour, place)).or_default().add(&count);
            if let Some(person) = one.by {
                people.entry(person).or_default().add(&count);
            }
        }
    }
    (places, people)
}

fn summed(hourly: &Hourly) -> Recount {
    let Hourly { places, people } = hourly;
    (
        places.iter().map(|(place, bucket)| (*place, bucket.into())).collect(),
        people.iter().map(|(person, bucket)| (*person, bucket.into())).collect(),
    )
}

fn all(traffic: Traffic) -> AnalyticsQuery {
    let (from, to) = (NOW / HOUR - 9, NOW / HOUR + 24 * 400);
    AnalyticsQuery {
        workspace: WORKSPACE,
        from,
        to,
        traffic,
        channel: None,
        agent: None,
        person: None,
    }
}

/// What hours tell of the same: without the places, and without answers.
fn whole((places, people): Recount) -> Recount {
    let mut hours = BTreeMap::<_, Count>::new();
    for ((hour, _), count) in places {
        hours.entry((hour, Place::default())).or_default().add(&count);
    }
    let plain = |count: Count| Count { answers: 0, waited: 0, ..count };
    (
        hours.into_iter().map(|(place, count)| (place, plain(count))).collect(),
        people.into_iter().map(|(person, count)| (person, plain(count))).collect(),
    )
}

/// The sums of whole hours are those of their buckets.
fn assert_sums(rows: &Rows, query: &AnalyticsQuery, told: &[Told]) {
    let (sums, is_by_place) = rows.counted_within(query, Detail::Counts, 0).unwrap();
    let expected = whole(recount(told, query));
    assert!(!is_by_place || expected.0.is_empty());
    assert_eq!(summed(&sums), expected);
}

/// The answers are the recount's, now and as of each of some positions.
fn assert_counts(models: &ReadModels, told: &[Told], cuts: &BTreeSet<usize>) {
    let head = models.log().head();
    for traffic in TRAFFICS {
        let query = all(traffic);
        let now = models.now().hourly(&query).unwrap();
        assert_eq!(summed(&now), recount(told, &query));
        let then = run(models.as_of(head, PATIENCE)).unwrap().hourly(&query).unwrap();
        assert_eq!(then, now, "as of the head is now");
        assert_sums(&models.now(), &query, told);
        for cut in cuts {
            let (known, _) = told.split_at(*cut);
            let position = known.last().map_or(Position::START, |told| told.position);
            let then = run(models.as_of(position, PATIENCE)).unwrap();
            let found = then.hourly(&query).unwrap();
            assert_eq!(summed(&found), recount(known, &query), "at {position}");
            assert_sums(&then, &query, known);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn buckets_equal_a_recount_now_and_as_of_any_position(
        (early, late) in (steps(), steps()),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 4),
        window in (0..24 * 60_i64, 1..24 * 20_i64),
    ) {
        let (mut world, dir) = (World::new(), tempfile::tempdir().unwrap());
        let mut told = Vec::new();
        tell(&mut world, &early, &mut told);
        let models = world.models(dir.path());
        tell(&mut world, &late, &mut told);
        world.catch_up(&models);
        assert_rebuilds_the_same(&models);
        let cuts = cuts.iter().map(|cut| cut.index(told.len() + 1)).collect();
        assert_counts(&models, &told, &cuts);
        // A part of the time: of one channel, of one agent, of one person.
        let from = NOW / HOUR + window.0;
        let part = AnalyticsQuery { from, to: from + window.1, ..all(Traffic::Live) };
        for query in [
            AnalyticsQuery { channel: Some(channel(1)), ..part },
            AnalyticsQuery { agent: agent(2), ..part },
            AnalyticsQuery { person: Some(person(1)), ..part },
        ] {
            let found = models.now().hourly(&query).unwrap();
            prop_assert_eq!(summed(&found), recount(&told, &query));
        }
        assert_sums(&models.now(), &part, &told);
        assert_sums(&models.now(), &AnalyticsQuery { person: Some(person(1)), ..part }, &told);
    }

    #[test]
    fn applying_events_again_counts_nothing_twice(
        steps in steps(),
        from in any::<prop::sample::Index>(),
        size in 1..9_usize,
    ) {
        let (mut world, mut told) = (World::new(), Vec::new());
        tell(&mut world, &steps, &mut told);
        let again = u64::try_from(from.index(told.len() + 1)).unwrap();
        prop_assert_eq!(
            applied::<Analytics>(&world, size, &[0]),
            applied::<Analytics>(&world, size, &[0, again])
        );
        prop_assert_eq!(
            applied::<Hours>(&world, size, &[0]),
            applied::<Hours>(&world, size, &[0, again])
        );
    }
}

/// What is stored after the log was applied from each of these positions.
fn applied<M: ReadModel>(world: &World, size: usize, starts: &[u64]) -> Vec<String> {
    let store = MemoryStore::default();
    let mut overlay = crate::overlay::Overlay::<M>::default();
    let mut parked = crate::parked::ParkedStreams::default();
    for start in starts {
        let mut after = Position(*start);
        while let Some(batch) = Batch::read(&*world.log, after, size, |_| true).unwrap() {
            overlay.apply(&batch, &store, &mut parked).unwrap();
            after = batch.upto;
        }
    }
    let lines = crate::dump::lines::<M>(&store);
    lines.collect::<Result<Vec<_>, _>>().unwrap()
}

#[test]
fn nothing_was_counted_before_the_first_event_or_in_another_workspace() {
    let (mut world, dir) = (World::new(), tempfile::tempdir().unwrap());
    tell(&mut world, &[(0, 1, Traffic::Live, None, What::Asked(0))], &mut Vec::new());
    let models = world.models(dir.path());
    let start = run(models.as_of(Position::START, PATIENCE)).unwrap();
    assert_eq!(start.hourly(&all(Traffic::Live)).unwrap(), Hourly::default());
    let other = convolog_domain::WorkspaceId(Uuid::from_u128(0xBB));
    let query = AnalyticsQuery { workspace: other, ..all(Traffic::Live) };
    assert_eq!(models.now().hourly(&query).unwrap(), Hourly::default());
}

#[test]
fn a_moment_in_an_hour_with_too_many_conversations_is_refused() {
    let (world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let contacts = u128::try_from(crate::analytics::REFOLDED_MAX).unwrap() + 1;
    for n in 0..contacts {
        world.put(StreamKind::Contact, contact(n).0, ContactCreated {}, None);
    }
    let moment = world.log.head();
    for n in 0..contacts {
        // The same again: each row is newer than the moment.
        world.put(StreamKind::Contact, contact(n).0, ContactCreated {}, None);
    }
    let models = world.models(dir.path());
    let then = run(models.as_of(moment, PATIENCE)).unwrap();
    let refused = then.hourly(&all(Traffic::Live)).unwrap_err();
    assert!(matches!(refused, QueryError::TooMuch { limit: 1_000, .. }), "{refused}");
}

#[test]
fn beyond_the_bound_only_the_whole_workspace_is_counted() {
    let (mut world, dir) = (World::new(), tempfile::tempdir().unwrap());
    let said = |who| (7, who, Traffic::Live, None, What::Asked(0));
    tell(&mut world, &[said(1), said(2), said(3)], &mut Vec::new());
    let models = world.models(dir.path());
    let (now, query) = (models.now(), all(Traffic::Live));
    let by_channel = AnalyticsQuery { channel: Some(channel(1)), ..query };
    let by_agent = AnalyticsQuery { agent: agent(2), ..query };
    assert!(now.counted_within(&query, Detail::Answers, 3).unwrap().1);
    assert!(now.counted_within(&by_channel, Detail::Counts, 3).unwrap().1);
    let (sums, is_by_place) = now.counted_within(&query, Detail::Counts, 2).unwrap();
    let inbound: u64 = sums.places.values().map(|bucket| bucket.volumes.inbound).sum();
    assert_eq!((inbound, is_by_place), (3, false));
    for (query, detail) in
        [(query, Detail::Answers), (by_channel, Detail::Counts), (by_agent, Detail::Counts)]
    {
        let refused = now.counted_within(&query, detail, 2).unwrap_err();
        assert!(matches!(refused, QueryError::TooMuch { limit: 2, .. }), "{refused}");
    }
}
