(comment) @comment
(uninterpreted) @comment

(block) @local
(do_block) @local

(module name: (_) @name) @class
(class name: (_) @name) @class

(method name: (_) @name) @function
(singleton_method name: (_) @name) @function
(assignment left: (_) @name right: (lambda body: (_) @body)) @function
(call
  method: (identifier) @macro
  arguments: (argument_list . (simple_symbol) @name)
  block: (_) @body) @function

(assignment left: [(constant) (identifier) (global_variable) (class_variable) (scope_resolution)] @name) @variable
(call method: (identifier) @macro arguments: (argument_list (simple_symbol) @name)) @variable
