(comment) @comment

(func_literal body: (_) @local)

(function_declaration name: (identifier) @name) @function
(method_declaration
  receiver: (parameter_list (parameter_declaration type: [
    (type_identifier) @scope
    (generic_type type: (type_identifier) @scope)
    (pointer_type (type_identifier) @scope)
    (pointer_type (generic_type type: (type_identifier) @scope))
  ]))
  name: (field_identifier) @name) @function
(method_elem name: (field_identifier) @name) @function

(type_spec name: (type_identifier) @name type: (struct_type (field_declaration_list) @body)) @class
(type_spec name: (type_identifier) @name type: (interface_type) @body) @class
(type_spec name: (type_identifier) @name) @class
(type_alias name: (type_identifier) @name) @class

(var_spec name: (identifier) @name value: (expression_list . (func_literal body: (_) @body))) @function
(short_var_declaration
  left: (expression_list . (identifier) @name)
  right: (expression_list . (func_literal body: (_) @body))) @function

; The field "name" of `A, B = 1, 2` reaches a query for A only.
(const_spec (identifier) @name) @variable
(var_spec name: (identifier) @name) @variable
(field_declaration name: (field_identifier) @name) @variable
