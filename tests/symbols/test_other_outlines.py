"""Outlines of every other language: one text each, with all that is expected of it."""

import pytest

from auditor.model.symbol import Outline
from auditor.symbols import find, outline_source
from auditor.symbols.languages import WHEELS

# Path: (text, definitions as "kind name start-end" in order of appearance).
CASES: dict[str, tuple[str, str]] = {
    "a.js": (
        """\
#!/usr/bin/env node
/** What is asked. */
var req = Object.create(http.IncomingMessage.prototype)
exports.x = function named(a) {
  var local = 1
}
req.get =
req.header = function header(name) {
}
Foo.prototype.bar = async () => 1
class A extends B {
  static n = 1
  p = () => { const local = 2 }
  #hidden() {}
  get "quoted"() {}
}
const routes = { index() {}, show: function () {}, deep: { edit: () => 1 } }
export default function* gen() {}
const { one, two: deux } = require("x")
app.use((req) => { const local = 3; function kept() {} })
(function () { var local = 4; function wrapped() {} })()
""",
        """\
variable req 3-3
function exports.x 4-6
function named 4-6
function req.get 7-9
function req.header 8-9
function header 8-9
function Foo.bar 10-10
class A 11-16
variable A.n 12-12
function A.p 13-13
function A.hidden 14-14
function A.quoted 15-15
variable routes 17-17
function routes.index 17-17
function routes.show 17-17
variable routes.deep 17-17
function routes.deep.edit 17-17
function gen 18-18
variable one 19-19
variable deux 19-19
function kept 20-20
function wrapped 21-21
""",
    ),
    "a.ts": (
        """\
@Component({
  selector: "x",
})
export class A<T> extends B<T> implements I {
  @Input() x: number = 1;
  @Listen("y")
  on(a: number): void {}
  constructor(private z: number) { super(); }
}
abstract class C { abstract m(): void; }
interface I { n: number; m(): void }
type T = { a: number };
enum E { P, Q = 1 }
namespace N { export const q = 1; }
declare module "ext" { }
function over(a: string): void;
function over(a: any) {}
export const arrow = async <T>(x: T): Promise<T> => x;
declare function outside(): void;
""",
        """\
class A 1-9
variable A.x 5-5
function A.on 6-7
function A.constructor 8-8
class C 10-10
function C.m 10-10
class I 11-11
variable I.n 11-11
function I.m 11-11
class T 12-12
variable T.a 12-12
class E 13-13
variable E.P 13-13
variable E.Q 13-13
class N 14-14
variable N.q 14-14
class ext 15-15
function over 16-16
function over 17-17
function arrow 18-18
function outside 19-19
""",
    ),
    "a.tsx": ("export const App = () => <div>{x}</div>\n", "function App 1-1\n"),
    "a.go": (
        """\
package a

// Limit is one.
const Limit = 1
const (
\tA, B = 1, 2
)
var v, w int
type Server struct {
\tname string
}
type ICS4Wrapper interface {
\t// doc
\tGetAppVersion(
\t\tctx Context,
\t) (string, bool)
}
type Alias = string
func free() {
\tvar local = 1
\tstep := func() {}
}
func (s *Server) Serve() error { return nil }
func (s List[T]) Len() int { return 0 }
var handler = func() {}
""",
        """\
variable Limit 4-4
variable A 6-6
variable B 6-6
variable v 8-8
variable w 8-8
class Server 9-11
variable Server.name 10-10
class ICS4Wrapper 12-17
function ICS4Wrapper.GetAppVersion 14-16
class Alias 18-18
function free 19-22
function free.step 21-21
function Server.Serve 23-23
function List.Len 24-24
function handler 25-25
""",
    ),
    "a.rs": (
        """\
#[derive(Debug)]
/// Doc.
#[repr(C)]
pub struct S<T> { a: T }
enum E { A, B(i32) }
trait Tr { fn g(&self); const Q: i32; type X; }
impl<T> S<T> {
    #[test]
    fn f() { let x = 1; fn inner() {} }
}
impl<T> fmt::Display for a::S<T> { fn fmt() {} }
mod m { static Y: i32 = 2; }
macro_rules! mac { () => {} }
type Alias = i32;
""",
        """\
class S 1-4
variable S.a 4-4
class E 5-5
variable E.A 5-5
variable E.B 5-5
class Tr 6-6
function Tr.g 6-6
variable Tr.Q 6-6
class Tr.X 6-6
class S 7-10
function S.f 8-9
function S.f.inner 9-9
class a.S 11-11
function a.S.fmt 11-11
class m 12-12
variable m.Y 12-12
function mac 13-13
class Alias 14-14
""",
    ),
    "a.java": (
        """\
@Foo
public class A<T> {
    @Bar
    private int x = 1, y;
    A() {}
    @Override
    public int f(int a) { int local = 1; return local; }
    abstract void g();
}
interface I { void h(); int C = 1; }
enum E { P, Q(1) { void z() {} }; void q() {} }
record R(int x) { R {} }
@interface An { int v() default 1; }
""",
        """\
class A 1-9
variable A.x 3-4
variable A.y 3-4
function A.A 5-5
function A.f 6-7
function A.g 8-8
class I 10-10
function I.h 10-10
variable I.C 10-10
class E 11-11
variable E.P 11-11
variable E.Q 11-11
function E.Q.z 11-11
function E.q 11-11
class R 12-12
function R.R 12-12
class An 13-13
function An.v 13-13
""",
    ),
    "a.kt": (
        """\
@Foo
class A(val x: Int) {
    val y = 1
    companion object {
        const val Z = 2
    }
    fun f(a: Int): Int = 3
    constructor() : this(1) {}
    init { val local = 1 }
}
interface I {
    fun g()
}
enum class E { P, Q }
fun String.ext() { val local = 1 }
typealias T = Int
""",
        """\
class A 1-10
variable A.y 3-3
variable A.Z 5-5
function A.f 7-7
function A.constructor 8-8
class I 11-13
function I.g 12-12
class E 14-14
variable E.P 14-14
variable E.Q 14-14
function ext 15-15
class T 16-16
""",
    ),
    "a.c": (
        """\
#define LIMIT 1
#define TWICE(a) \\
    (2 * (a))
typedef struct {
    int a;
    int *b, c;
} PyCFunctionObject;
typedef struct node { int q; } Node, *NodePtr;
typedef PyObject *(*PyCFunction)(int);
PyTypeObject PyCFunction_Type = {
    1,
};
static int *
pointer(int a)
{
    int local = 1;
}
int proto(void);
int (*variable)(void);
int (parenthesized)(void);
enum E { P, Q = 1 };
void old(a) int a; { }
struct node *use;
""",
        """\
variable LIMIT 1-1
function TWICE 2-3
class PyCFunctionObject 4-7
variable PyCFunctionObject.a 5-5
variable PyCFunctionObject.b 6-6
variable PyCFunctionObject.c 6-6
class Node 8-8
class NodePtr 8-8
class node 8-8
variable node.q 8-8
class PyCFunction 9-9
variable PyCFunction_Type 10-12
function pointer 13-17
function proto 18-18
variable variable 19-19
function parenthesized 20-20
class E 21-21
variable E.P 21-21
variable E.Q 21-21
function old 22-22
variable use 23-23
""",
    ),
    "a.cc": (
        """\
template <class T>
class A : public B {
public:
    A();
    ~A() {}
    int x = 1;
    void f() const;
    bool operator==(const A&);
    operator bool();
};
void ns::A<T>::f() const { auto local = [] { int x; }; }
namespace n { int q; namespace { int w; } }
using Al = int;
auto lam = [](int x) { return x; };
int& ref() { }
""",
        """\
class A 1-10
function A.A 4-4
function A.~A 5-5
variable A.x 6-6
function A.f 7-7
function A.operator== 8-8
function A.operator bool 9-9
function ns.A.f 11-11
function ns.A.f.local 11-11
class n 12-12
variable n.q 12-12
variable n.w 12-12
class Al 13-13
function lam 14-14
function ref 15-15
""",
    ),
    "a.cs": (
        """\
namespace A.B {
    [Attr]
    public class C<T> : D {
        int x = 1, y;
        public int P { get; set; }
        event Foo Ev;
        public C() {}
        public int F(int a) { int local = 1; void Local() {} return 1; }
    }
    interface I { void G(); }
    enum E { P }
}
""",
        """\
class A.B 1-12
class A.B.C 2-9
variable A.B.C.x 4-4
variable A.B.C.y 4-4
variable A.B.C.P 5-5
variable A.B.C.Ev 6-6
function A.B.C.C 7-7
function A.B.C.F 8-8
function A.B.C.F.Local 8-8
class A.B.I 10-10
function A.B.I.G 10-10
class A.B.E 11-11
variable A.B.E.P 11-11
""",
    ),
    "a.rb": (
        """\
module M
  class A < B
    X = 1
    attr_reader :size, :name
    def f?(a) local = 1 end
    def self.g; end
    define_method(:made) { |x| y = 1 }
    validates :other
  end
end
class M::C; end
add = ->(x) { x }
list.each do |x|
  local = x
end
""",
        """\
class M 1-10
class M.A 2-9
variable M.A.X 3-3
variable M.A.size 4-4
variable M.A.name 4-4
function M.A.f? 5-5
function M.A.g 6-6
function M.A.made 7-7
class M.C 11-11
function add 12-12
""",
    ),
    "a.php": (
        """\
<?php
namespace A\\B {
    #[Attr]
    class C {
        const X = 1;
        public $p = 1;
        function f() { $local = 1; }
    }
    interface I { function g(); }
}
$v = function () { $local = 1; };
$w = 3;
""",
        """\
class A.B 2-10
class A.B.C 3-8
variable A.B.C.X 5-5
variable A.B.C.p 6-6
function A.B.C.f 7-7
class A.B.I 9-9
function A.B.I.g 9-9
function v 11-11
variable w 12-12
""",
    ),
    "a.scala": (
        """\
object O {
  val x = { val local = 1; local }
  def f(a: Int) = 3
}
trait T { def g(): Int; type U = Int }
@foo case class C(a: Int)
""",
        """\
class O 1-4
variable O.x 2-2
function O.f 3-3
class T 5-5
function T.g 5-5
class T.U 5-5
class C 6-6
""",
    ),
    "a.sol": (
        """\
pragma solidity ^0.8;
/// @title A token.
contract A is B {
    uint public constant x = 1;
    event E(uint a);
    error Er();
    modifier m() { _; }
    constructor() {}
    function f() public
        returns (uint)
    { uint local; }
    struct S { uint a; }
    enum En { P, Q }
    receive() external payable {}
}
interface I { function g() external; }
library L {}
""",
        """\
class A 3-15
variable A.x 4-4
variable A.E 5-5
variable A.Er 6-6
function A.m 7-7
function A.constructor 8-8
function A.f 9-11
class A.S 12-12
variable A.S.a 12-12
class A.En 13-13
variable A.En.P 13-13
variable A.En.Q 13-13
function A.receive 14-14
class I 16-16
function I.g 16-16
class L 17-17
""",
    ),
    "a.swift": (
        """\
class A {
    var x = 1
    var y: Int { let local = 2; return local }
    @objc
    func f(a: Int) -> Int { let local = 1; return local }
    init() {}
}
enum E { case p, q }
protocol P { func g() }
extension A { func h() {} }
""",
        """\
class A 1-7
variable A.x 2-2
variable A.y 3-3
function A.f 4-5
function A.init 6-6
class E 8-8
variable E.p 8-8
variable E.q 8-8
class P 9-9
function P.g 9-9
class A 10-10
function A.h 10-10
""",
    ),
    "a.sh": (
        "#!/bin/sh\nfoo() {\n  local x=1\n}\nfunction bar { y=2; }\nexport Z=3\n",
        "function foo 2-4\nfunction bar 5-5\nvariable Z 6-6\n",
    ),
}


def outline(path: str, text: str) -> Outline:
    found = outline_source(path, text.encode())
    assert found is not None
    return found


def listed(found: Outline) -> str:
    return "".join(f"{s.kind} {s.name} {s.start}-{s.end}\n" for s in found.symbols)


@pytest.mark.parametrize("path", CASES)
def test_definitions(path: str) -> None:
    text, expected = CASES[path]
    assert listed(outline(path, text)) == expected


@pytest.mark.parametrize("path", CASES)
def test_line_ends_and_a_missing_final_newline_change_nothing(path: str) -> None:
    text, expected = CASES[path]
    assert listed(outline(path, text.rstrip("\n"))) == expected
    assert listed(outline(path, text.replace("\\\n", "").replace("\n", "\r\n"))) == listed(
        outline(path, text.replace("\\\n", ""))
    )


@pytest.mark.parametrize("path", CASES)
def test_lines_fit_together(path: str) -> None:
    for symbol in outline(path, CASES[path][0]).symbols:
        assert 1 <= symbol.start <= symbol.line <= symbol.end
        assert symbol.start <= symbol.body <= symbol.end


@pytest.mark.parametrize("path", CASES)
def test_a_remark_is_not_code(path: str) -> None:
    text = CASES[path][0]
    remark = "# x\n" if path in ("a.rb", "a.sh") else "/* x\n x */\n"
    opening = "<?php\n" if path == "a.php" else ""
    found = outline(path, opening + remark + text.removeprefix(opening).removeprefix("#!/usr/bin/env node\n"))
    remark_lines = range(opening.count("\n") + 1, (opening + remark).count("\n") + 1)
    assert not any(start <= line <= end for start, end in found.code for line in remark_lines)
    assert found.code


def test_every_language_has_a_case() -> None:
    assert {outline(path, text).language for path, (text, _) in CASES.items()} == set(WHEELS) - {"python"}


def test_a_broken_text_keeps_what_can_be_read() -> None:
    found = outline("a.go", "package a\nfunc good() {}\nfunc bad( {\n")
    assert found.broken
    assert find(found, "good")


def test_a_header_is_read_as_c_plus_plus_when_it_makes_more_sense() -> None:
    assert outline("a.h", "namespace n { class A { void f(); }; }\n").language == "cpp"
    assert outline("a.h", "typedef struct { int class; } A;\n").language == "c"
    assert outline("a.h", "class A { public: void f(); };\n").language == "cpp"
    assert outline("a.h", "struct A : B { void f(); };\n").language == "cpp"
    assert outline("a.h", "").language == "c"


def test_the_name_of_an_anonymous_struct_stands_after_its_body() -> None:
    (symbol,) = find(outline("a.h", CASES["a.c"][0]), "PyCFunctionObject")
    assert (symbol.start, symbol.body, symbol.line, symbol.end) == (4, 4, 7, 7)
