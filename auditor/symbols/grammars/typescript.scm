(ambient_declaration "declare" @prefix)

(abstract_class_declaration name: (_) @name) @class
(interface_declaration name: (_) @name) @class
(type_alias_declaration name: (_) @name value: (object_type) @body) @class
(type_alias_declaration name: (_) @name) @class
(enum_declaration name: (_) @name) @class
(module name: (_) @name) @class
(internal_module name: (_) @name) @class

(function_signature name: (_) @name) @function
(method_signature name: (_) @name) @function
(abstract_method_signature name: (_) @name) @function
(public_field_definition name: (_) @name value: [
  (arrow_function body: (_) @body) (function_expression body: (_) @body) (generator_function body: (_) @body)
]) @function

(public_field_definition name: (_) @name) @variable
(property_signature name: (_) @name) @variable
(enum_body name: (_) @name @variable)
(enum_assignment name: (_) @name) @variable
