(line_comment) @comment
(block_comment) @comment
(shebang) @comment

(attribute_item) @prefix

(closure_expression body: (_) @local)

(function_item name: (_) @name) @function
(function_signature_item name: (_) @name) @function
(macro_definition name: (_) @name) @function
(let_declaration pattern: (identifier) @name value: (closure_expression body: (_) @body)) @function

(struct_item name: (_) @name) @class
(enum_item name: (_) @name) @class
(union_item name: (_) @name) @class
(trait_item name: (_) @name) @class
(impl_item type: (_) @name) @class
(mod_item name: (_) @name) @class
(type_item name: (_) @name) @class
(associated_type name: (_) @name) @class

(const_item name: (_) @name) @variable
(static_item name: (_) @name) @variable
(enum_variant name: (_) @name) @variable
(field_declaration name: (_) @name) @variable
