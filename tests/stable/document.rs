//! A small document in parts that can be moved and added to.

/// A document: its paths, and its schemas with their properties.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) paths: Vec<String>,
    pub(crate) schemas: Vec<Schema>,
}

/// A schema of it, an object.
#[derive(Clone)]
pub(crate) struct Schema {
    pub(crate) name: &'static str,
    pub(crate) properties: Vec<String>,
}

const PATHS: [&str; 3] = [
    "
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      summary: List pets.
      parameters:
        - {name: limit, in: query, description: How many., schema: {type: integer}}
      responses:
        '200':
          description: The pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
        4XX:
          description: A failure.
          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
",
    "
  /pets/{id}:
    put:
      operationId: replacePet
      tags: [pets]
      summary: Replace a pet.
      parameters:
        - {name: id, in: path, required: true, description: Its number., schema: {type: string}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '204': {description: It was replaced.}
        default:
          description: A failure.
          content: {application/json: {schema: {$ref: '#/components/schemas/Problem'}}}
",
    "
  /owners/{name}:
    get:
      operationId: getOwner
      tags: [owners]
      summary: Get an owner.
      parameters:
        - {name: name, in: path, required: true, description: Their name., schema: {type: string}}
      responses:
        '200':
          description: The owner.
          content:
            application/json:
              schema:
                type: object
                required: [home]
                properties:
                  home:
                    description: Where they live.
                    oneOf:
                      - {type: object, required: [street], properties: {street: {type: string}}}
                      - {type: object, required: [boat], properties: {boat: {type: string}}}
                  pets:
                    description: Their pets.
                    type: array
                    items: {$ref: '#/components/schemas/Pet'}
",
];

const PROPERTIES: [(&str, &[&str]); 3] = [
    (
        "Pet",
        &[
            "{description: What it is called., type: string}",
            "{description: Its size., type: string, enum: [small, large]}",
            "{description: Where it was seen., type: array, items: {type: object, properties: {at: {type: string}}}}",
        ],
    ),
    (
        "Problem",
        &[
            "{description: What happened., type: string}",
            "{description: Which pet., allOf: [{$ref: '#/components/schemas/Pet'}]}",
        ],
    ),
    (
        "Place",
        &["{description: How far north., type: number, format: double}"],
    ),
];

impl Document {
    pub(crate) fn new() -> Self {
        let schema = |(name, properties): (&'static str, &[&str])| Schema {
            name,
            properties: (0..)
                .zip(properties)
                .map(|(at, property)| format!("{}{at}: {property}", name.to_lowercase()))
                .collect(),
        };
        Self {
            paths: PATHS.map(str::to_owned).to_vec(),
            schemas: PROPERTIES.map(schema).to_vec(),
        }
    }

    /// As YAML.
    pub(crate) fn text(&self) -> String {
        let mut text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:".to_owned();
        text.extend(self.paths.iter().map(|path| path.trim_end()));
        text.push_str("\ncomponents:\n  schemas:\n");
        for Schema { name, properties } in &self.schemas {
            text.push_str(&format!(
                "    {name}:\n      description: A {name}.\n      type: object\n      properties:\n"
            ));
            for property in properties {
                text.push_str(&format!("        {property}\n"));
            }
        }
        text
    }
}
