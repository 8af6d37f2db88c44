//! Connections: accepted, bounded in number and in patience, drained at the end.
//!
//! A connection that sends no whole header in time is closed, so that slow or silent ones cannot
//! keep others out.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt as _;

use crate::app::App;
use crate::config::bound;
use crate::rates::Peer;

/// How long to wait when the operating system has no connection to give.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves until the server is told to stop, then gives requests in flight their time.
pub(crate) async fn serve(app: App, listener: TcpListener, router: Router) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(app.config().connections_max));
    let stopping = app.stopping().clone();
    loop {
        let accepted = tokio::select! {
            biased;
            () = stopping.cancelled() => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => talk(&app, stream, peer, place, router.clone(), &graceful),
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(app.config().drain()) => {
            let left = app.in_flight().count();
            tracing::warn!(left, "some requests did not end in time and were cut off");
        }
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    // Small answers leave at once.
    stream.set_nodelay(true)?;
    Ok((stream, Peer(address.ip()), place))
}

/// Answers what comes over one connection, in a task of its own.
fn talk(
    app: &App,
    stream: TcpStream,
    peer: Peer,
    place: OwnedSemaphorePermit,
    router: Router,
    graceful: &GracefulShutdown,
) {
    let hosts = app.clone();
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        let hosts = &hosts.config().surface_hosts;
        if let Some(uri) = bound(hosts, request.headers(), request.uri()) {
            *request.uri_mut() = uri;
        }
        request
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(app.config().header_timeout())
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended badly");
        }
        drop(place);
    });
}
