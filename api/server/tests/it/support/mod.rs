//! A server of one's own for each test, a client, and signed posts.

mod client;
mod graph;
mod server;
mod whatsapp;

pub(crate) use client::{Client, Reply};
pub(crate) use graph::Graph;
pub(crate) use server::{StoppedServer, TestServer, Workspace, text};
pub(crate) use whatsapp::{Number, sign};
