; What JavaScript and TypeScript share.

(comment) @comment
(hash_bang_line) @comment

(decorator) @prefix
(export_statement ["export" "default"] @prefix)

(arrow_function body: (_) @local)
(function_expression body: (_) @local)
(generator_function body: (_) @local)
(class_static_block body: (_) @local)

(function_declaration name: (identifier) @name) @function
(generator_function_declaration name: (identifier) @name) @function
(function_expression name: (identifier) @name) @function
(class_declaration name: (_) @name) @class
(method_definition name: (_) @name) @function

(variable_declarator name: (identifier) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
]) @function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @class
(variable_declarator name: (identifier) @name value: (object) @body) @variable
(variable_declarator name: (identifier) @name) @variable
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @name)) @variable
(variable_declarator name: (object_pattern (pair_pattern value: (identifier) @name))) @variable

; `exports.x = function`, `Foo.prototype.bar = function`
(assignment_expression left: [(identifier) (member_expression)] @name right: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
]) @function
; `req.get = req.header = function`
(assignment_expression left: (member_expression) @name right: (assignment_expression right: [
  (arrow_function) (function_expression) (generator_function)
])) @function
(assignment_expression left: [(identifier) (member_expression)] @name right: (class body: (_) @body)) @class
(assignment_expression left: (member_expression) @name right: (object) @body) @variable
(assignment_expression left: (member_expression) @name) @variable

(pair key: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
]) @function
(pair key: (_) @name value: (object) @body) @variable
