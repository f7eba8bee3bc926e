; A C name sits inside its declarator (`*(*name)(int)`), so the declarator is captured and taken apart by `declarators.py`.

(comment) @comment

(function_definition declarator: (_) @declarator) @function

; Parameters of a function written before 1989.
(function_definition (declaration) @local)

; An anonymous type takes the name that follows its closing brace.
(type_definition
  type: [
    (struct_specifier !name body: (_) @body)
    (union_specifier !name body: (_) @body)
    (enum_specifier !name body: (_) @body)
  ]
  declarator: (_) @declarator) @class
(type_definition declarator: (_) @declarator) @class
(struct_specifier name: (_) @name body: (_) @body) @class
(union_specifier name: (_) @name body: (_) @body) @class
(enum_specifier name: (_) @name body: (_) @body) @class

(declaration declarator: (_) @declarator) @variable
(field_declaration declarator: (_) @declarator) @variable
(enumerator name: (_) @name) @variable

(preproc_function_def name: (_) @name) @function
(preproc_def name: (_) @name) @variable
