//! Tells the linker what `Cargo.toml` can't say, where the program is for Linux with glibc.

use std::env;
use std::process::Command;

/// The first glibc that reads the packed form of relative relocations.
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=scripts/static.c");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|set| set.split(',').any(|part| part == value));
    if !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    if is("CARGO_CFG_TARGET_FEATURE", "crt-static") {
        for object in cc::Build::new().file("scripts/static.c").compile_intermediates() {
            println!("cargo::rustc-link-arg-bins={}", object.display());
        }
    }
    // What depends on where the program is loaded stands in a table of addresses, which takes 1.5 MB of the file, and of
    // memory from the start on. The packed form has 30 KB. A machine with an older glibc could not load it, but nor would
    // it load a program with anything else that is new in the glibc here.
    let native = env::var("HOST").ok() == env::var("TARGET").ok();
    if is("PROFILE", "release") && native && glibc().is_some_and(|version| version >= READS_PACKED) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// The version of glibc on this machine.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
