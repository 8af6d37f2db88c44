//! What is learned of what people say, and what is not.

use super::{Day, Learned, learn};

/// Tuesday 2026-11-24.
fn today() -> Day {
    let day = Day::numbered(20_781);
    assert_eq!(day.to_string(), "2026-11-24");
    day
}

fn heard(text: &str) -> Learned {
    learn(text, today(), None)
}

fn value(learned: &Learned, field: &str) -> Option<String> {
    learned.fields.get(field).map(|value| value.expose().to_owned())
}

/// What one field is after each text; nothing where it is empty.
fn is(field: &str, expected: &[(&str, &str)]) {
    for (text, wanted) in expected {
        let found = value(&heard(text), field).unwrap_or_default();
        assert_eq!(found, *wanted, "{field} of {text:?}");
    }
}

#[test]
fn addresses_are_told_from_what_only_looks_like_one() {
    is(
        "email",
        &[
            ("You can write to Ana.Souza+shop@Example.COM.", "ana.souza+shop@example.com"),
            ("mail: <jo@mail.example.co.uk>, thanks", "jo@mail.example.co.uk"),
            ("follow me @ana", ""),
            ("ana@localhost", ""),
            ("see you @ 8.30", ""),
        ],
    );
}

#[test]
fn numbers_can_be_called_if_they_say_so() {
    is(
        "phone",
        &[
            ("my number is 0117 496 0123", "01174960123"),
            ("+351 912 345 678", "+351912345678"),
            ("me liga no 81 99999-0001", "81999990001"),
            ("my order 4471120099 is late", ""),
            ("we paid 12 000 000 pesos", ""),
            ("call me at 8", ""),
        ],
    );
}

#[test]
fn a_name_is_what_follows_the_words_that_say_so() {
    is(
        "name",
        &[
            ("Hi! My name is Ana Souza and I need a crown", "Ana Souza"),
            ("me chamo João da Silva, tudo bem?", "João da Silva"),
            ("Hola, me llamo María del Carmen Ruiz. Busco habitación", "María del Carmen Ruiz"),
            ("ich heiße Jürgen", "Jürgen"),
            ("my name is ana", "ana"),
            ("my name is ana and i need help", "ana"),
            ("What is the name of the dentist?", ""),
            ("is my name on the list?", ""),
        ],
    );
}

#[test]
fn what_is_needed_ends_with_its_sentence() {
    is(
        "need",
        &[
            ("Hello, I am looking for a two bedroom flat. My budget is £900", "a two bedroom flat"),
            (
                "Preciso de um clareamento dental para o casamento!",
                "um clareamento dental para o casamento",
            ),
            ("busco habitación doble con vista", "habitación doble con vista"),
            ("I want to talk to a person", ""),
            ("I would like to know your prices", ""),
            ("i need it", ""),
            ("quero saber o horario", ""),
        ],
    );
}

#[test]
fn a_budget_has_an_amount_and_a_currency() {
    for (text, usual, shown, amount) in [
        ("My budget is £1,200 a month", None, "1200 GBP", Some((120_000, "GBP"))),
        ("we can spend up to 2.5k euros", None, "2500 EUR", Some((250_000, "EUR"))),
        ("meu orçamento é de R$ 3 mil", None, "3000 BRL", Some((300_000, "BRL"))),
        ("posso gastar até 1.500,50 reais", None, "1500.50 BRL", Some((150_050, "BRL"))),
        ("presupuesto de 8000 pesos", Some("MXN"), "8000 MXN", Some((800_000, "MXN"))),
        ("presupuesto de 8000 pesos", None, "8000", None),
        ("budget between 300 000 and 350,000 GBP", None, "350000 GBP", Some((35_000_000, "GBP"))),
        ("my budget is 500", Some("EUR"), "500 EUR", Some((50_000, "EUR"))),
        ("budget ¥ 20000", None, "20000 JPY", Some((20_000, "JPY"))),
        ("my budget is 500", None, "", None),
        ("I was charged £12 twice", None, "", None),
        ("we are up to 4 people", None, "", None),
    ] {
        let learned = learn(text, today(), usual);
        assert_eq!(value(&learned, "budget").unwrap_or_default(), shown, "{text}");
        let money = learned.budget.map(|money| (money.amount, money.currency));
        let wanted = amount.map(|(amount, currency): (u64, &str)| (amount, currency.to_owned()));
        assert_eq!(money, wanted, "{text}");
    }
}

#[test]
fn days_are_told_by_the_calendar() {
    is(
        "date",
        &[
            ("We arrive on 24 December", "2026-12-24"),
            ("we arrive December 24th, 2027", "2027-12-24"),
            ("chegamos em 3 de março", "2027-03-03"),
            ("el 28/11/2026 por favor", "2026-11-28"),
            ("on 2026-12-01", "2026-12-01"),
            ("I come tomorrow", "2026-11-25"),
            ("pode ser na sexta", "2026-11-27"),
            ("See you on Tuesday", "2026-12-01"),
            ("Are you open on Friday?", ""),
            ("on 03/04 or so", ""),
            ("31/02/2027", ""),
            ("it costs 1.50 or 3/4 of that", ""),
        ],
    );
}

#[test]
fn nothing_that_was_said_is_printed() {
    let learned = heard("My name is Ana Souza, write to ana@example.com, my budget is £1,200");
    assert_eq!(learned.fields.len(), 3);
    let printed = format!("{learned:?}");
    assert!(!printed.contains("Souza") && !printed.contains("example"), "{printed}");
}
