//! What the document of a dialect promises, fact by fact, and where this server stands on each: the
//! page `docs/surfaces/<name>.md`, made from these lists, the declarations and the names of tests.

use crate::api::Api;
use crate::text::add;

/// What a document promises.
pub struct Contract {
    /// Where it comes from, for people.
    pub document: &'static str,
    /// What an integrator changes.
    pub base: &'static str,
    /// Two letters before the number of each fact.
    pub prefix: &'static str,
    /// Each fact, in the order of the document.
    pub facts: &'static [Fact],
    /// What the document advertises without showing how, and what serves it.
    pub abilities: &'static [(&'static str, &'static str)],
}

/// One fact of a document.
pub struct Fact {
    /// Its number.
    pub number: u16,
    /// What it says.
    pub says: &'static str,
    /// Where this server stands.
    pub stands: Standpoint,
}

/// Where this server stands on a fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standpoint {
    /// As the document says.
    Served,
    /// The document is silent; this was decided.
    Decided(&'static str),
    /// Not as the document says.
    Different(&'static str),
    /// Nothing that a request could show: a page, a promise, advice.
    Beyond(&'static str),
}

impl Fact {
    /// A fact that is served.
    pub const fn served(number: u16, says: &'static str) -> Self {
        Self { number, says, stands: Standpoint::Served }
    }

    /// A gap that was decided.
    pub const fn decided(number: u16, says: &'static str, decision: &'static str) -> Self {
        Self { number, says, stands: Standpoint::Decided(decision) }
    }

    /// A fact that is otherwise here.
    pub const fn different(number: u16, says: &'static str, how: &'static str) -> Self {
        Self { number, says, stands: Standpoint::Different(how) }
    }

    /// Something that no request shows.
    pub const fn beyond(number: u16, says: &'static str, why: &'static str) -> Self {
        Self { number, says, stands: Standpoint::Beyond(why) }
    }

    /// As documents and tests name it: `CA-031`.
    pub fn name(&self, contract: &Contract) -> String {
        format!("{}-{:03}", contract.prefix, self.number)
    }
}

/// The page of a surface. `tests` are the names of its contract tests, each beginning with the facts it
/// proves: `ca_031_…`, `ca_027_028_…`.
pub fn page(api: &Api, tests: &[String]) -> String {
    let surface = api.surface();
    let Some(contract) = surface.contract else { return String::new() };
    let (name, title) = (surface.name, surface.about.title);
    let mut page = format!(
        "# {title}\n\n<!-- Generated from api/server/src/surfaces/{name} and its contract tests; `make generated` writes it again. -->\n\n\
         {}\n\n{}\n\nThe document of this server: `/{name}/openapi.json`; as a Postman collection: `/{name}/postman.json`; to read: `/{name}/docs`.\n\n",
        contract.document, contract.base,
    );
    page.push_str(
        "## Endpoints\n\n| Request | What it does | Scope | Answer |\n|---|---|---|---|\n",
    );
    for route in api.routes() {
        let declared = &route.declaration;
        let scope =
            declared.access.scope_name().map_or("any key".to_owned(), |scope| format!("`{scope}`"));
        add(
            &mut page,
            format_args!(
                "| `{} {}` | {} | {scope} | {} {} |\n",
                declared.method.upper_case(),
                declared.path,
                declared.summary,
                declared.success.as_u16(),
                declared.success_means,
            ),
        );
    }
    if !contract.abilities.is_empty() {
        page.push_str(
            "\n## What else is advertised\n\n| Ability | Where it is served |\n|---|---|\n",
        );
        for (ability, served) in contract.abilities {
            add(&mut page, format_args!("| {ability} | {served} |\n"));
        }
    }
    page.push_str("\n## Facts\n\n*Served*: as the document says. *Decided*: the document is silent. *Different*: not as it says. *Beyond*: nothing that a request shows.\n\n| Fact | What it says | Here | Proof |\n|---|---|---|---|\n");
    for fact in contract.facts {
        let (word, more) = match fact.stands {
            Standpoint::Served => ("Served", ""),
            Standpoint::Decided(more) => ("Decided", more),
            Standpoint::Different(more) => ("Different", more),
            Standpoint::Beyond(more) => ("Beyond", more),
        };
        let more = if more.is_empty() { String::new() } else { format!(": {more}") };
        let proofs: Vec<String> = tests
            .iter()
            .filter(|test| proves(test, contract, fact))
            .map(|test| format!("`{test}`"))
            .collect();
        add(
            &mut page,
            format_args!(
                "| {} | {} | *{word}*{more} | {} |\n",
                fact.name(contract),
                fact.says,
                proofs.join(", ")
            ),
        );
    }
    page
}

/// Whether a test of this name proves a fact.
pub fn proves(test: &str, contract: &Contract, fact: &Fact) -> bool {
    let prefix = format!("{}_", contract.prefix.to_lowercase());
    let Some(rest) = test.strip_prefix(&prefix) else { return false };
    let numbers = rest.split('_').map_while(|part| part.parse::<u16>().ok());
    numbers.into_iter().any(|number| number == fact.number)
}
