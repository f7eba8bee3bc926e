; Read before c.scm.

(template_declaration "template" @prefix parameters: (_) @prefix)

(lambda_expression body: (_) @local)

(declaration declarator: (init_declarator
  declarator: (_) @declarator
  value: (lambda_expression body: (_) @body))) @function

(class_specifier name: (_) @name body: (_) @body) @class
(namespace_definition name: (_) @name) @class
(alias_declaration name: (_) @name) @class
(concept_definition name: (_) @name) @class
