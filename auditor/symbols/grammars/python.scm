(comment) @comment

; A string that is a whole statement never runs, wherever it stands; an f-string may.
(expression_statement . (string . (string_start) . (string_end) .) @docstring .)
(expression_statement . (string . (string_start) . (string_content) . (string_end) .) @docstring .)
(expression_statement . (concatenated_string) @docstring .)

(decorator) @prefix

(function_definition name: (identifier) @name) @function
(class_definition name: (identifier) @name) @class
(assignment left: (identifier) @name right: (lambda body: (_) @body)) @function
(assignment left: [(identifier) (attribute)] @name) @variable
(assignment left: (pattern_list (identifier) @name)) @variable
(assignment left: (tuple_pattern (identifier) @name)) @variable
(type_alias_statement left: (type . [(identifier) (generic_type)] @name .)) @class
