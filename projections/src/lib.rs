//! Read models: pure folds over the log.
