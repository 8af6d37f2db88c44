//! How well questions are answered, as Markdown tables: the half that answering was developed with,
//! and the half that nobody who works on it reads.

#![expect(clippy::print_stdout, reason = "a program whose output is its purpose")]

use std::path::PathBuf;

use clap::Parser;
use convolog_benches::evaluation::{Evaluation, Half, table};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What is asked.
#[derive(Parser)]
struct Arguments {
    /// Where the knowledge bases lie
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/evaluation"))]
    folder: PathBuf,

    /// Only the development half, with what became of every question
    #[arg(long)]
    lines: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let evaluation = Evaluation::open(&arguments.folder).await?;
    if arguments.lines {
        let marks = evaluation.run(Half::Development).await?;
        for (name, marks) in &marks {
            println!("# {name}");
            marks.lines.iter().for_each(|line| println!("{line}"));
        }
        println!("{}", table(Half::Development, &marks));
        let (asked, answered) = evaluation.strangers(Half::Development).await?;
        println!("Of {asked} questions of another business, answered: {}", answered.len());
        for line in &answered {
            println!("{line}");
        }
        return Ok(());
    }
    for half in [Half::Development, Half::Test] {
        println!("{}", table(half, &evaluation.run(half).await?));
    }
    Ok(())
}
