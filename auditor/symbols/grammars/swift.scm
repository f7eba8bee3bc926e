(comment) @comment
(multiline_comment) @comment
(shebang_line) @comment

(lambda_literal) @local
(computed_property) @local

(class_declaration name: (_) @name) @class
(protocol_declaration name: (_) @name) @class
(typealias_declaration name: (type_identifier) @name) @class

(function_declaration name: (simple_identifier) @name) @function
(protocol_function_declaration name: (simple_identifier) @name) @function
(init_declaration "init" @name) @function
(deinit_declaration "deinit" @name) @function

(property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @variable
(protocol_property_declaration name: (pattern bound_identifier: (simple_identifier) @name)) @variable
(enum_entry name: (simple_identifier) @name) @variable
