//! Who calls: whose key it is, where they stand within their limits, and what is said to whoever came
//! to a door that leads nowhere.

use std::net::IpAddr;

use axum::extract::Request;
use axum::http::header;
use axum::response::Response;
use convolog_log::Timestamp;
use uuid::Uuid;

use super::Route;
use crate::app::App;
use crate::auth::{self, Known};
use crate::middleware::RequestId;
use crate::problem::{Code, Outcome, Problem};
use crate::rates::{Door, Peer, Standing};
use crate::surfaces::Surface;

/// Answers a request that leads nowhere, in the words of the surface at whose door it came. It counts
/// for the key that it shows, or for its address.
pub(crate) fn refuse(app: &App, request: &Request, code: Code) -> Response {
    let id = request.extensions().get::<RequestId>().map_or_else(Uuid::nil, |id| id.0);
    let surface = Surface::at(request.uri().path());
    let (_, standing) = counted(app, surface, Door::to_nowhere(surface), request);
    let over = standing.as_ref().and_then(Standing::refusal);
    let problem = over.unwrap_or_else(|| Problem::plain(code));
    let mut response = problem.answer(surface, id);
    if let Some(standing) = standing {
        standing.tell(response.headers_mut());
    }
    response
}

/// Where a request comes from.
fn address(app: &App, request: &Request) -> IpAddr {
    let peer = request.extensions().get::<Peer>().copied().unwrap_or_default();
    app.rates().address(peer, request.headers())
}

/// Whose credentials these are, and where the caller stands, this call counted. An address that was
/// wrong about keys too often is not looked at.
pub(super) fn recognise(
    app: &App,
    route: &Route,
    request: &Request,
) -> (Outcome<Known>, Option<Standing>) {
    if !route.declaration.takes_credentials() {
        return (Ok(Known::Anybody), None);
    }
    counted(app, route.surface, Door::at(route), request)
}

fn counted(
    app: &App,
    surface: &'static Surface,
    door: Door,
    request: &Request,
) -> (Outcome<Known>, Option<Standing>) {
    let (now, address) = (app.engine().clock().now(), address(app, request));
    let known = known(app, surface, request, (now, address));
    let standing = match &known {
        Ok(Known::Key(found)) => {
            let plan = app.engine().plan_of(found.workspace);
            let plan = plan.map_err(Problem::from).map(Option::unwrap_or_default);
            match plan {
                Ok(plan) => app.rates().count(now, found, &plan, door),
                Err(problem) => return (Err(problem), None),
            }
        }
        Ok(Known::Anybody | Known::Administrator) => None,
        Err(_) => app.rates().count_anonymous(now, surface, address),
    };
    (known, standing)
}

fn known(
    app: &App,
    surface: &Surface,
    request: &Request,
    (now, address): (Timestamp, IpAddr),
) -> Outcome<Known> {
    if request.headers().contains_key(header::AUTHORIZATION) {
        app.rates().guard(now, address)?;
    }
    auth::recognise(app, surface, request.headers()).inspect_err(|problem| {
        if problem.code() == Code::InvalidCredentials {
            app.rates().failed(now, address);
        }
    })
}
