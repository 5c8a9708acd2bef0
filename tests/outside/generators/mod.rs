//! Generators: each makes a client from the OpenAPI document, which compiles, and with which a program logs in,
//! lists, edits and refreshes.

use std::process::Command;

use crate::support::Server;
use crate::tools::{Folder, run};

/// The compiler's strictest reading. What a package brings along is its own affair.
const TYPESCRIPT: &str = r#"{ "compilerOptions": {
    "strict": true, "skipLibCheck": true,
    "module": "nodenext", "target": "es2022", "lib": ["es2022", "dom", "dom.iterable"], "types": ["node"], "outDir": "out"
}, "include": ["*.ts", "generated"] }"#;

/// A server with sample accounts, and a folder with its document.
fn described() -> (Server, Folder) {
    let (server, folder) = (Server::seeded(), Folder::new());
    folder.write("openapi.json", &server.client().get("/api/v1/openapi.json").body);
    folder.write("tsconfig.json", TYPESCRIPT);
    (server, folder)
}

/// Compiles a program of ours with what was generated, and runs it against the server.
#[track_caller]
fn compile_and_run(server: &Server, folder: &Folder, program: &str) {
    folder.copy(&format!("generators/{program}"), "program.ts");
    run(&mut folder.node_tool("tsc"));
    succeeds(server, Command::new("node").arg("out/program.js").current_dir(folder.path()));
}

#[track_caller]
fn succeeds(server: &Server, program: &mut Command) {
    let said = run(program.arg(format!("http://127.0.0.1:{}", server.port)));
    assert_eq!(said.trim(), "all of it");
}

#[test]
fn openapi_typescript() {
    let (server, folder) = described();
    // As a module, not as a declaration: those of packages are not checked.
    run(folder.node_tool("openapi-typescript").args(["openapi.json", "-o", "schema.ts"]));
    compile_and_run(&server, &folder, "openapi-fetch.ts");
}

#[test]
fn hey_api() {
    let (server, folder) = described();
    folder.write(
        "openapi-ts.config.ts",
        "export default { input: 'openapi.json', plugins: ['@hey-api/client-fetch'],
            output: { path: 'generated', module: { extension: '.js' } } };",
    );
    run(&mut folder.node_tool("openapi-ts"));
    compile_and_run(&server, &folder, "hey-api.ts");
}

#[test]
fn openapi_generator_for_typescript() {
    let (server, folder) = described();
    let arguments = ["generate", "-i", "openapi.json", "-g", "typescript-fetch", "-o", "generated"];
    run(folder.python_tool("openapi-generator-cli").args(arguments).arg("-pimportFileExtension=.js"));
    compile_and_run(&server, &folder, "typescript-fetch.ts");
}

#[test]
fn openapi_generator_for_python() {
    let (server, folder) = described();
    let arguments = ["generate", "-i", "openapi.json", "-g", "python", "-o", "generated"];
    run(folder.python_tool("openapi-generator-cli").args(arguments));
    std::fs::rename(folder.path().join("generated/openapi_client"), folder.path().join("openapi_client")).unwrap();
    succeeds(&server, folder.python().arg(crate::tools::of_ours("generators/openapi_generator.py")));
}

#[test]
fn openapi_python_client() {
    let (server, folder) = described();
    let arguments = ["generate", "--path", "openapi.json", "--meta", "none", "--output-path", "generated"];
    let said = run(folder.python_tool("openapi-python-client").args(arguments).arg("--fail-on-warning"));
    assert!(!said.contains("WARNING"), "{said}");
    succeeds(&server, folder.python().arg(crate::tools::of_ours("generators/openapi_python_client.py")));
}
