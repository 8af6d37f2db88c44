//! A small HTTP/1.1 client for load: keep-alive, one request in flight a connection, no more work
//! than the bytes need, so that the client's share of the two cores stays small.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// One connection.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    /// The last answer.
    buffer: Vec<u8>,
    /// Where its body begins.
    body_at: usize,
}

impl Connection {
    /// Connects.
    ///
    /// # Errors
    /// If nobody listens.
    pub async fn open(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096), body_at: 0 })
    }

    /// Sends a request, written out whole; answers the status.
    ///
    /// # Errors
    /// If the connection breaks or the answer is not HTTP.
    pub async fn send(&mut self, request: &[u8]) -> Result<u16, Failure> {
        self.stream.write_all(request).await?;
        self.answer().await
    }

    /// The body of the last answer.
    pub fn body(&self) -> &[u8] {
        self.buffer.get(self.body_at..).unwrap_or_default()
    }

    /// A header of the last answer.
    pub fn header(&self, name: &str) -> Option<&str> {
        let head = std::str::from_utf8(self.buffer.get(..self.body_at)?).ok()?;
        let mut pairs = head.lines().filter_map(|line| line.split_once(':'));
        pairs.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// Sends a request whose answer has no end, and gives its bytes as they come.
    ///
    /// # Errors
    /// If the connection breaks.
    pub async fn follow(mut self, request: &[u8]) -> Result<TcpStream, Failure> {
        self.stream.write_all(request).await?;
        Ok(self.stream)
    }

    async fn answer(&mut self) -> Result<u16, Failure> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the connection was closed".into());
            }
            let Some(end) = find(&self.buffer, b"\r\n\r\n") else { continue };
            let head = std::str::from_utf8(self.buffer.get(..end).unwrap_or_default())?;
            let status = head.split(' ').nth(1).ok_or("no status")?.parse()?;
            let length = head
                .lines()
                .filter_map(|line| line.split_once(':'))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(Ok(0), |(_, value)| value.trim().parse::<usize>())?;
            while self.buffer.len() < end + 4 + length {
                if self.stream.read_buf(&mut self.buffer).await? == 0 {
                    return Err("the answer was cut".into());
                }
            }
            self.body_at = end + 4;
            return Ok(status);
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
