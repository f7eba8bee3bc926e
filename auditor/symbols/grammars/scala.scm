(comment) @comment
(block_comment) @comment

(block) @local
(indented_block) @local

(object_definition name: (_) @name) @class
(package_object name: (_) @name) @class
(class_definition name: (_) @name) @class
(trait_definition name: (_) @name) @class
(enum_definition name: (_) @name) @class
(type_definition name: (_) @name) @class

(function_definition name: (_) @name) @function
(function_declaration name: (_) @name) @function

(val_definition pattern: (identifier) @name) @variable
(var_definition pattern: (identifier) @name) @variable
(val_declaration name: (_) @name) @variable
(var_declaration name: (_) @name) @variable
(given_definition name: (_) @name) @variable
(simple_enum_case name: (_) @name) @variable
(full_enum_case name: (_) @name) @variable
