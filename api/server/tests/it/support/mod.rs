//! A server of one's own for each test, a client, and signed posts.

mod client;
mod graph;
mod server;
mod whatsapp;

pub(crate) use client::{Client, Reply, Request};
pub(crate) use graph::{Graph, Handed};
pub(crate) use server::{ADMIN, StoppedServer, TestServer, Workspace, text};
pub(crate) use whatsapp::{Number, sign};
