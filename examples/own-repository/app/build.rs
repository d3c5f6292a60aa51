//! Generates the modules of the weather. Those that are up to date are not touched.

fn main() -> Result<(), countersign::Failure> {
    let project = countersign::Project::from_file("countersign.toml")?;
    let generated = project.generate()?;
    println!("cargo::rerun-if-changed=countersign.toml");
    for document in generated.documents() {
        println!("cargo::rerun-if-changed={}", document.display());
    }
    generated.write()
}
