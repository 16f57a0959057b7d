//! Writes the JavaScript beside a wasm file: `wasm-bindgen --help`.

use std::env;

fn main() -> anyhow::Result<()> {
    env_logger::init();
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(env::args_os())
}
