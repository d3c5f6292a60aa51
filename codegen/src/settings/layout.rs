//! The layout of what is generated: crates, or modules.

use super::Settings;
use crate::names::is_keyword;

/// The layout of what is generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// A model crate and a client crate.
    #[default]
    Crates,
    /// One crate, with the modules `model` and `client`.
    Crate,
    /// Modules of somebody's crate, without a manifest; in the module of this path.
    Module(ModulePath),
}

/// The path of a module from the root of its crate: `apis::pets`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath(Vec<String>);

/// One of the two parts of what is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// Types.
    Model,
    /// Operations.
    Client,
}

impl Half {
    /// The part's name, as modules and folders have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Client => "client",
        }
    }
}

impl ModulePath {
    /// The path of these modules, the outermost first; none if one of them can't be the name of a module.
    pub fn new<'a>(modules: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let is_name = |name: &&str| {
            let mut letters = name.chars();
            letters
                .next()
                .is_some_and(|first| first.is_ascii_lowercase())
                && letters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
                && !is_keyword(name)
        };
        let modules = modules.into_iter();
        let modules = modules.map(|name| is_name(&name).then(|| name.to_owned()));
        let modules: Vec<String> = modules.collect::<Option<_>>()?;
        (!modules.is_empty()).then_some(Self(modules))
    }

    /// The path as Rust has it, from the root of the crate.
    pub(crate) fn text(&self) -> String {
        format!("crate::{}", self.0.join("::"))
    }
}

impl Settings {
    /// The folders that are generated.
    pub fn folders(&self) -> Vec<String> {
        let name = &self.name;
        match &self.layout {
            Layout::Crates => vec![format!("{name}-model"), format!("{name}-client")],
            Layout::Crate => vec![name.clone()],
            Layout::Module(_) => vec![self.module()],
        }
    }

    /// The name of the API as a module has it.
    pub fn module(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The text that the paths of a part's source files begin with.
    pub fn sources(&self, part: Half) -> String {
        let (name, part) = (&self.name, part.name());
        match &self.layout {
            Layout::Crates => format!("{name}-{part}/src/"),
            Layout::Crate => format!("{name}/src/{part}/"),
            Layout::Module(_) => format!("{}/{part}/", self.module()),
        }
    }

    /// The path of the root of a part, as its own code has it.
    pub(crate) fn root(&self, part: Half) -> String {
        match &self.layout {
            Layout::Crates => "crate".to_owned(),
            Layout::Crate => format!("crate::{}", part.name()),
            Layout::Module(path) => format!("{}::{}", path.text(), part.name()),
        }
    }

    /// The path of the root of a part, as code of other crates has it.
    pub(crate) fn outside(&self, part: Half) -> String {
        let module = self.module();
        match &self.layout {
            Layout::Crates => format!("{module}_{}", part.name()),
            Layout::Crate => format!("{module}::{}", part.name()),
            Layout::Module(_) => self.root(part),
        }
    }

    /// Whether parts of what is generated are behind features of cargo. Those of somebody's crate are not ours.
    pub(crate) fn has_features(&self) -> bool {
        !matches!(self.layout, Layout::Module(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_modules_are_names() {
        let text =
            |modules: &[&str]| ModulePath::new(modules.iter().copied()).map(|path| path.text());
        assert_eq!(
            text(&["apis", "pets"]).as_deref(),
            Some("crate::apis::pets")
        );
        for wrong in [
            &[][..],
            &["a-b"],
            &["Pets"],
            &["fn"],
            &["apis", ""],
            &["1a"],
        ] {
            assert_eq!(text(wrong), None, "{wrong:?}");
        }
    }
}
