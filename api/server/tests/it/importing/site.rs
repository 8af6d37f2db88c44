//! A site on this machine: pages that are set by hand, with what was asked of it.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use convolog_log::{Clock, ManualClock};
use tokio::net::TcpListener;
use tokio::sync::watch;

/// What an address answers.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// This page of HTML.
    Page(String),
    /// This status, headers and body.
    Raw(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// A body that never ends.
    Endless,
    /// Nothing, ever.
    Hang,
}

#[derive(Default)]
struct Shared {
    answers: Mutex<HashMap<String, Answer>>,
    asked: watch::Sender<Vec<String>>,
    /// When each was asked, by this clock.
    clock: Mutex<Option<Arc<ManualClock>>>,
    times: Mutex<Vec<i64>>,
}

/// The site; it goes away when it is dropped.
pub(super) struct Site {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl Site {
    pub(super) async fn open(pages: &[(&str, Answer)]) -> Self {
        let shared = Arc::new(Shared::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let site = Self { address, shared };
        for (path, answer) in pages {
            site.set(path, answer.clone());
        }
        site
    }

    pub(super) fn set(&self, path: &str, answer: Answer) {
        self.shared.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    pub(super) fn remove(&self, path: &str) {
        self.shared.answers.lock().unwrap().remove(path);
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked, in order.
    pub(super) fn asked(&self) -> Vec<String> {
        self.shared.asked.borrow().clone()
    }

    /// Waits until so much was asked.
    pub(super) async fn until_asked(&self, count: usize) {
        let mut asked = self.shared.asked.subscribe();
        asked.wait_for(|asked| asked.len() >= count).await.unwrap();
    }

    /// Notes from now on when it is asked.
    pub(super) fn watch(&self, clock: &Arc<ManualClock>) {
        *self.shared.clock.lock().unwrap() = Some(Arc::clone(clock));
    }

    /// When it was asked, in microseconds.
    pub(super) fn times(&self) -> Vec<i64> {
        self.shared.times.lock().unwrap().clone()
    }

    /// How often each address was asked for.
    pub(super) fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for path in self.asked() {
            *counts.entry(path).or_default() += 1;
        }
        counts
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path_and_query().unwrap().as_str().to_owned();
    let answer = shared.answers.lock().unwrap().get(&path).cloned();
    if let Some(clock) = &*shared.clock.lock().unwrap() {
        shared.times.lock().unwrap().push(clock.now().0);
    }
    shared.asked.send_modify(|asked| asked.push(path));
    match answer {
        Some(Answer::Page(html)) => {
            ([("content-type", "text/html; charset=utf-8")], html).into_response()
        }
        Some(Answer::Raw(status, headers, body)) => {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            for (name, value) in headers {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            response
        }
        Some(Answer::Endless) => {
            let much = "<p>more ".repeat(8_192);
            let chunks =
                futures::stream::repeat_with(move || Ok::<_, std::io::Error>(much.clone()));
            ([("content-type", "text/html")], Body::from_stream(chunks)).into_response()
        }
        Some(Answer::Hang) => std::future::pending().await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A page with a title, words and links.
pub(super) fn page(title: &str, words: &str, links: &[&str]) -> Answer {
    let links: Vec<_> = links.iter().map(|to| format!("<a href=\"{to}\">{to}</a> ")).collect();
    let links = links.concat();
    Answer::Page(format!(
        "<html><head><title>{title}</title></head><body><nav>{links}</nav><main><h1>{title}</h1>\
         <p>{words}</p></main></body></html>"
    ))
}

/// A redirect.
pub(super) fn to(place: &str) -> Answer {
    Answer::Raw(302, vec![("location", place.to_owned())], Vec::new())
}
