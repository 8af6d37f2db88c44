//! Benches and load: ratios to floors measured in the same run.
