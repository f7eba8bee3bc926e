(comment) @comment

(contract_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @class
(library_declaration name: (_) @name) @class
(struct_declaration name: (_) @name) @class
(enum_declaration name: (_) @name) @class
(user_defined_type_definition name: (_) @name) @class

(function_definition name: (_) @name) @function
(modifier_definition name: (_) @name) @function
(constructor_definition "constructor" @name) @function
(fallback_receive_definition ["fallback" "receive"] @name) @function

(event_definition name: (_) @name) @variable
(error_declaration name: (_) @name) @variable
(state_variable_declaration name: (_) @name) @variable
(constant_variable_declaration name: (_) @name) @variable
(struct_member name: (_) @name) @variable
(enum_value) @name @variable
