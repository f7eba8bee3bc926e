(comment) @comment

(anonymous_function body: (_) @local)
(arrow_function body: (_) @local)

(namespace_definition name: (_) @name body: (_) @body) @class
(class_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @class
(trait_declaration name: (_) @name) @class
(enum_declaration name: (_) @name) @class

(function_definition name: (_) @name) @function
(method_declaration name: (_) @name) @function
(assignment_expression left: (variable_name (name) @name) right: [
  (anonymous_function body: (_) @body) (arrow_function body: (_) @body)
]) @function

(assignment_expression left: (variable_name (name) @name)) @variable
(const_element . (name) @name) @variable
(property_element name: (variable_name (name) @name)) @variable
(enum_case name: (_) @name) @variable
