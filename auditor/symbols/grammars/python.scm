(comment) @comment

; A string that is a whole statement never runs, wherever it stands; an f-string does.
((expression_statement . [(string) (concatenated_string)] @docstring .)
  (#not-match? @docstring "^[rR]?[fFtT]"))

(decorator) @prefix

(function_definition name: (identifier) @name) @function
(class_definition name: (identifier) @name) @class
(assignment left: (identifier) @name right: (lambda body: (_) @body)) @function
(assignment left: [(identifier) (attribute)] @name) @variable
(assignment left: (pattern_list (identifier) @name)) @variable
(assignment left: (tuple_pattern (identifier) @name)) @variable
(type_alias_statement left: (type) @name) @class
