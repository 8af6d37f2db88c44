//! Trains a compression dictionary: `train_dictionary SAMPLES_FOLDER OUTPUT [BYTES]`.
//!
//! Each file of the folder is one sample: a plaintext as the engine seals it. Only our own fixtures,
//! never messages of real people: a dictionary is compiled in and kept for ever.

use std::error::Error;
use std::path::Path;

/// Large enough for the keys and phrases of the payloads, small enough to stay in a cache.
const DEFAULT_BYTES: usize = 16 * 1024;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("use: train_dictionary SAMPLES_FOLDER OUTPUT [BYTES]".into());
    };
    let limit = arguments.next().map_or(Ok(DEFAULT_BYTES), |text| text.parse())?;
    let samples = read(Path::new(&folder))?;
    let dictionary = zstd::dict::from_samples(&samples, limit)?;
    std::fs::write(&output, &dictionary)?;
    report(&samples, &dictionary)
}

fn read(folder: &Path) -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    // The same samples in the same order give the same dictionary.
    paths.sort();
    let files = paths.iter().filter(|path| path.is_file());
    Ok(files.map(std::fs::read).collect::<Result<_, _>>()?)
}

#[expect(clippy::print_stderr, reason = "a tool for the command line")]
fn report(samples: &[Vec<u8>], dictionary: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut plain = zstd::bulk::Compressor::new(3)?;
    let mut with = zstd::bulk::Compressor::with_dictionary(3, dictionary)?;
    let (mut raw, mut without_dictionary, mut with_dictionary) = (0, 0, 0);
    for sample in samples {
        raw += sample.len();
        without_dictionary += plain.compress(sample)?.len();
        with_dictionary += with.compress(sample)?.len();
    }
    eprintln!(
        "{} samples, {raw} bytes; zstd alone {without_dictionary}, with the dictionary of {} bytes {with_dictionary}",
        samples.len(),
        dictionary.len(),
    );
    Ok(())
}
