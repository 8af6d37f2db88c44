//! Sites become documents.

use convolog_log::ManualClock;
use serde_json::{Value, json};

use super::Scene;
use super::site::{Answer, Site, page, to};
use crate::support::text;

impl Scene {
    /// Asks for a site to be read; the import's id.
    async fn crawl(&self, body: &Value) -> String {
        let asked = self.workspace.client.post("/v1/knowledge/crawls").json(body).await;
        text(&asked.ok(202), "id")
    }

    /// Asks for it again; the new import's id.
    async fn again(&self, id: &str) -> String {
        let path = format!("/v1/knowledge/imports/{id}/again");
        text(&self.workspace.client.post(&path).await.ok(202), "id")
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "one site, and what became of each page of it")]
async fn a_site_is_read_as_far_as_it_allows_and_each_page_says_what_became_of_it() {
    let scene = Scene::new().await;
    let robots = "User-agent: *\nDisallow: /private\n";
    let links = [
        "/a",
        "/a#part",
        "/b",
        "/private/x",
        "/huge",
        "/slow",
        "/gone",
        "/picture",
        "/moved",
        "/away",
        "/inside",
        "/hidden",
        "/round",
        "/empty",
        "/notes.txt",
        "https://example.com/",
        "/logo.png",
    ];
    let site = Site::open(&[
        (
            "/robots.txt",
            Answer::Raw(200, vec![("content-type", "text/plain".into())], robots.into()),
        ),
        ("/", page("Home", "Welcome to our house by the sea.", &links)),
        ("/a", page("Rooms", "Every room has a view.", &["/", "/b", "/deep"])),
        ("/b", page("Food", "Breakfast is served until eleven.", &["/a"])),
        ("/deep", page("Deep", "Nobody comes here.", &[])),
        ("/private/x", page("Private", "Not for you.", &[])),
        ("/huge", Answer::Endless),
        ("/slow", Answer::Hang),
        ("/picture", Answer::Raw(200, vec![("content-type", "image/png".into())], vec![1, 2])),
        ("/moved", to("/b2")),
        ("/b2", page("Drinks", "The bar opens at five.", &[])),
        ("/away", to("https://example.com/elsewhere")),
        ("/inside", to("http://169.254.169.254/latest/meta-data")),
        ("/hidden", Answer::Page("<meta name=robots content=noindex><p>Do not keep this.".into())),
        ("/round", to("/round")),
        ("/empty", Answer::Page("<title>Empty</title><nav>Home</nav>".into())),
        (
            "/notes.txt",
            Answer::Raw(
                200,
                vec![("content-type", "text/plain".into())],
                b"Quiet after ten.".to_vec(),
            ),
        ),
    ])
    .await;
    let id = scene.crawl(&json!({ "url": site.url("/"), "depth": 1, "pages": 50 })).await;
    let import = scene.ended(&id).await;
    assert_eq!(import["state"], "ready", "{import}");
    assert_eq!((&import["source"], &import["limited"]), (&json!(site.url("/")), &json!(false)));
    let mut pages = scene.pages(&id).await;
    pages.sort();
    assert_eq!(
        pages,
        [
            "/ added -",
            "/a added -",
            "/away skipped other_site",
            "/b added -",
            "/b2 added -",
            "/empty skipped no_text",
            "/gone failed gone",
            "/hidden skipped noindex",
            "/huge skipped too_large",
            "/inside skipped private_address",
            "/notes.txt added -",
            "/picture skipped type",
            "/private/x skipped robots",
            "/round failed redirects",
            "/slow failed timed_out",
        ]
    );
    let mut titles = scene.titles().await;
    titles.sort();
    assert_eq!(titles, ["Drinks", "Food", "Home", "Rooms", "notes.txt"]);
    let counts = site.counts();
    assert!(!counts.contains_key("/private/x") && !counts.contains_key("/deep"), "{counts:?}");
    assert_eq!((counts["/robots.txt"], counts["/a"], counts["/b"]), (1, 1, 1), "each once");
    let found = scene.get("/v1/knowledge/search?q=breakfast").await;
    let path = format!("/v1/knowledge/{}", text(&found["data"][0], "document_id"));
    assert_eq!(scene.get(&path).await["source"]["address"], json!(site.url("/b")));
}

#[tokio::test]
async fn a_loop_of_links_ends_at_the_number_of_pages() {
    let scene = Scene::new().await;
    let site = Site::open(&[]).await;
    for n in 0..40 {
        let (one, other) = (format!("/{}", n + 1), format!("/{}?x={n}", n + 1));
        let words = format!("This is page {n} of a calendar.");
        let links = [one.as_str(), other.as_str(), "/0"];
        site.set(&format!("/{n}"), page(&format!("Page {n}"), &words, &links));
    }
    let id = scene.crawl(&json!({ "url": site.url("/0"), "depth": 10, "pages": 6 })).await;
    let import = scene.ended(&id).await;
    assert_eq!((&import["state"], &import["limited"]), (&json!("ready"), &json!(true)), "{import}");
    let asked = site.asked().iter().filter(|path| *path != "/robots.txt").count();
    assert_eq!(asked, 6);
}

#[tokio::test]
async fn read_again_a_site_gives_new_versions_and_what_is_gone_goes() {
    let scene = Scene::new().await;
    let site = Site::open(&[
        ("/", page("Home", "Welcome.", &["/old", "/same", "/new", "/broken", "/unlinked"])),
        ("/old", page("Old", "This was last year.", &[])),
        ("/same", page("Same", "This does not change.", &[])),
        ("/new", page("Prices", "A night costs ninety.", &[])),
        ("/broken", page("Broken", "This server has bad days.", &[])),
        ("/unlinked", page("Unlinked", "Still here.", &[])),
    ])
    .await;
    let first = scene.crawl(&json!({ "url": site.url("/") })).await;
    assert_eq!(scene.ended(&first).await["progress"]["added"], 6);
    site.set("/", page("Home", "Welcome.", &["/same", "/new", "/broken"]));
    site.set("/new", page("Prices", "A night costs one hundred.", &[]));
    site.set("/broken", Answer::Raw(500, vec![], Vec::new()));
    site.remove("/old");
    let second = scene.again(&first).await;
    let import = scene.ended(&second).await;
    assert_eq!(
        (&import["state"], &import["again_of"]),
        (&json!("ready"), &json!(first)),
        "{import}"
    );
    assert_eq!(
        scene.pages(&second).await,
        [
            "/ unchanged -",
            "/same unchanged -",
            "/new updated -",
            "/broken failed status",
            "/old removed gone",
            "/unlinked unchanged -",
        ]
    );
    let mut titles = scene.titles().await;
    titles.sort();
    assert_eq!(titles, ["Broken", "Home", "Prices", "Same", "Unlinked"]);
    // A site that fails as a whole takes nothing with it.
    site.remove("/");
    let third = scene.again(&second).await;
    let import = scene.ended(&third).await;
    assert_eq!((&import["state"], &import["reason"]), (&json!("failed"), &json!("no_page")));
    assert_eq!(scene.titles().await.len(), 5);
}

/// Lets the clock run, far faster than time, while something goes on.
async fn driven<T>(clock: &ManualClock, work: impl Future<Output = T>) -> T {
    let running = async {
        loop {
            clock.advance_micros(1_000);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        done = work => done,
        () = running => unreachable!("a clock runs for ever"),
    }
}

#[tokio::test]
async fn a_site_is_asked_as_slowly_as_it_wants() {
    let scene = Scene::with_delay(1_000).await;
    scene.arm().await;
    let robots = "User-agent: convologbot\nCrawl-delay: 30\n";
    let site = Site::open(&[
        ("/robots.txt", Answer::Raw(200, vec![], robots.into())),
        ("/", page("Home", "Welcome.", &["/a", "/b"])),
        ("/a", page("Rooms", "Every room has a view.", &[])),
        ("/b", page("Food", "Breakfast is served until eleven.", &[])),
    ])
    .await;
    let clock = scene.server.clock.clone();
    site.watch(&clock);
    let id = scene.crawl(&json!({ "url": site.url("/") })).await;
    let import = driven(&clock, scene.ended(&id)).await;
    assert_eq!(import["progress"]["added"], 3, "{import}");
    let times = site.times();
    assert_eq!(times.len(), 4);
    assert!(times[1] - times[0] >= 1_000_000, "the delay of this instance: {times:?}");
    for pair in times[1..].windows(2) {
        assert!(pair[1] - pair[0] >= 30_000_000, "the delay of the site: {times:?}");
    }
}

#[tokio::test]
async fn a_crawl_that_was_interrupted_goes_on_where_it_was() {
    let scene = Scene::with_delay(1_000).await;
    let site = Site::open(&[]).await;
    let links: Vec<String> = (1..30).map(|n| format!("/{n}")).collect();
    let all: Vec<&str> = links.iter().map(String::as_str).collect();
    site.set("/", page("Home", "Welcome.", &all));
    for link in &all {
        let words = format!("These are the words of {link}.");
        site.set(link, page(&format!("Page {link}"), &words, &[]));
    }
    scene.arm().await;
    let clock = scene.server.clock.clone();
    let id = scene.crawl(&json!({ "url": site.url("/") })).await;
    driven(&clock, site.until_asked(20)).await;
    let scene = scene.restart().await;
    let import = driven(&clock, scene.ended(&id)).await;
    assert_eq!(import["state"], "ready", "{import}");
    assert_eq!(import["progress"]["added"], 30, "what was read twice is no second document");
    assert_eq!(scene.titles().await.len(), 30);
    let counts = site.counts();
    let again = counts.iter().filter(|(path, count)| *path != "/robots.txt" && **count > 1).count();
    assert!(again < 10, "what was recorded is not read again: {counts:?}");
}

#[tokio::test]
async fn addresses_that_must_not_be_called_are_refused_or_fail() {
    let scene = Scene::new().await;
    let client = &scene.workspace.client;
    for url in ["https://10.0.0.1/", "http://example.com/", "https://localhost/"] {
        let asked = client.post("/v1/knowledge/crawls").json(&json!({ "url": url })).await;
        asked.problem(422, "address_refused");
    }
    for url in ["nonsense", "ftp://127.0.0.1/"] {
        let asked = client.post("/v1/knowledge/crawls").json(&json!({ "url": url })).await;
        asked.problem(400, "invalid_field");
    }
    // The sandbox reaches nothing outside.
    let test = scene
        .server
        .key(&scene.workspace.id, json!({ "mode": "test", "scopes": ["read", "write"] }))
        .await;
    let site = Site::open(&[("/", page("Home", "Welcome.", &[]))]).await;
    let body = json!({ "url": site.url("/") });
    let sandbox = client.with_token(&test);
    let id = text(&sandbox.post("/v1/knowledge/crawls").json(&body).await.ok(202), "id");
    assert_eq!(scene.ended(&id).await["reason"], "sandbox");
    assert!(site.asked().is_empty());
    // A site that forbids everything, and one that cannot be asked whether it does.
    site.set("/robots.txt", Answer::Raw(200, vec![], b"User-agent: *\nDisallow: /".to_vec()));
    let id = scene.crawl(&body).await;
    assert_eq!(scene.ended(&id).await["reason"], "excluded");
    site.set("/robots.txt", Answer::Raw(503, vec![], Vec::new()));
    let id = scene.crawl(&body).await;
    assert_eq!(scene.ended(&id).await["reason"], "unreachable");
    assert_eq!(site.counts().get("/"), None);
    assert_eq!(scene.titles().await, Vec::<String>::new());
}
