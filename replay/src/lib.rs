//! Reconstruct, verify, rebuild, run stories. Cannot act.
