//! Every operation of the utoipa app, by its document of OpenAPI 3.2.

#[path = "../utoipa/journey.rs"]
mod journey;

fn main() -> std::process::ExitCode {
    journey::main()
}
