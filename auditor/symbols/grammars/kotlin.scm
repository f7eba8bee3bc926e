(line_comment) @comment
(block_comment) @comment
(shebang) @comment

(anonymous_initializer (block) @local)
(lambda_literal) @local
(getter (function_body) @local)
(setter (function_body) @local)

(class_declaration name: (_) @name (class_body) @body) @class
(class_declaration name: (_) @name (enum_class_body) @body) @class
(class_declaration name: (_) @name) @class
(object_declaration name: (_) @name (class_body) @body) @class
(object_declaration name: (_) @name) @class
(type_alias type: (identifier) @name) @class

(function_declaration name: (_) @name (function_body) @body) @function
(function_declaration name: (_) @name) @function
(secondary_constructor "constructor" @name (block) @body) @function
(secondary_constructor "constructor" @name) @function

(property_declaration (variable_declaration (identifier) @name)) @variable
(property_declaration (multi_variable_declaration (variable_declaration (identifier) @name))) @variable
(enum_entry . (identifier) @name) @variable
