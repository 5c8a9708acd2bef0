//! The program. Everything is in the library, so that tests can use it too.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    vestibule::cli::run()
}
