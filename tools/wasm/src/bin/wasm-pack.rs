//! Builds, packs and tests the crate: `wasm-pack --help`.
//!
//! Unlike the published program it asks no server whether a newer version exists.

use clap::Parser as _;
use wasm_pack::{Cli, PBAR, command::run_wasm_pack};

fn main() -> anyhow::Result<()> {
    env_logger::init();
    let cli = Cli::parse();
    PBAR.set_log_level(cli.log_level);
    PBAR.set_quiet(cli.quiet);
    run_wasm_pack(cli.cmd)
}
