import { describe, expect, it, test } from 'vitest'
import { messageArguments, type ScriptInput, type ScriptKind, type ScriptSource } from '../script.ts'
import { directScript } from './direct-script.ts'

const sourceOf = (body: string, kind: ScriptKind = 'json'): ScriptSource => ({
  ...{ language: 'JS', kind, argNames: messageArguments, body },
})
const input: ScriptInput = {
  data: '{"t":22.5,"on":true,"at":{"lat":1},"list":[1,2]}',
  metadata: { ts: '5' },
  type: 'ALARM',
}

const answer = (body: string, kind?: ScriptKind, given = input) => {
  const script = directScript(sourceOf(body, kind))
  if (!script) throw new Error('This script needs a sandbox')
  return script(given)
}

describe('runs without a sandbox', () => {
  it.each<[string, ScriptKind, string, unknown]>([
    ['a comparison', 'filter', 'return msg.t > 20 && msg.on;', ['true']],
    ['a switch', 'switch', "switch (msgType) { case 'ALARM': return ['a', 'b']; default: return 'c'; }", ['a', 'b']],
    [
      'a change',
      'update',
      "msg.c = (msg.t - 32) / 9; delete msg.at; delete msg.list; metadata.level = msg.c > 20 ? 'high' : 'low'; return {msg: msg, metadata: metadata, msgType: msgType};",
      ['{"t":22.5,"on":true,"c":-1.0555555555555556}', { ts: '5', level: 'low' }, null],
    ],
    ['nothing changed', 'update', 'metadata.ts = "5"; return {msg, metadata, msgType};', [null, null, null]],
    ['two messages', 'update', 'return [{msg: 1, metadata}, {msgType: "B"}];', ['1', null, null, null, null, 'B']],
    ['branches', 'json', 'var x; if (msg.t > 50) { x = 1 } else if (msg.on) { x = 2 } return x;', ['2']],
    [
      'a variable that nobody declares',
      'json',
      'made = {a: msg.t}; made.b = metadata.ts; return made;',
      ['{"a":22.5,"b":"5"}'],
    ],
    [
      'numbers',
      'json',
      'return [Math.round(msg.t), Number(metadata.ts) + 1, parseFloat(msg.t.toFixed(0))];',
      ['[23,6,23]'],
    ],
    ['texts', 'string', 'return `<$' + '{metadata.ts}>`.concat(msg["on"]).toUpperCase();', ['<5>TRUE']],
    [
      'missing values',
      'json',
      'return [msg.at?.lat, msg.no?.lat.deep, msg.no ?? 3, msg.list[1], msg.list[7]];',
      ['[1,null,3,2,null]'],
    ],
    ['a text of JSON', 'json', 'return JSON.parse(\'{"a":1}\').a + JSON.stringify(msg.at);', ['"1{\\"lat\\":1}"']],
  ])('%s', (_, kind, body, expected) => {
    expect(answer(body, kind)).toEqual(expected)
  })
})

describe('a script with this needs a sandbox', () => {
  it.each([
    ['a function of another kind', 'function* f() { yield 1 } return f();'],
    ['a function in a block', 'if (msg.t) { function f() { return 1 } } return f();'],
    [
      'a function that could outlive the round of a loop',
      'var f = []; for (let i = 0; i < 3; i++) f.push(() => i); return f[0]();',
    ],
    ['another constructor', 'return new Function("return 1")();'],
    ['a weak collection', 'return new WeakMap();'],
    ['a name that nobody declares where all must be', '"use strict"; a = 1; return a;'],
    ['the same in a function', 'function f() { "use strict"; a = 1; } a = 2; f(); return a;'],
    ['a function of a block by its name outside', 'if (msg.t) { function f() { return 1 } } f = 2; return 1;'],
    ['a function in a block whose name is known', 'var f = 1; { function f() { return 1 } } return f;'],
    ['a function in a loop', 'for (;;) { function f() { return 1 } return f(); }'],
    ['a built-in that is lent with something else', 'return Math.max.apply(nothing, [1]);'],
    ['a list with holes', 'return [1, , 2];'],
    ['an instance of anything', 'return msg instanceof Object;'],
    ['a template with a function of all', 'return String.raw`a`;'],
    ['a template with a method', 'var o = { f: (t) => t }; return o.f`a`;'],
    ['a class that extends what it must not', 'class A extends Array {} return 1;'],
    ['a class that extends nothing', 'class A extends null {} return 1;'],
    ['a class that extends a call', 'function f() {} class A extends f() {} return 1;'],
    ['a class with a static member that functions have', 'class A { static call() {} } return 1;'],
    ['a class with a static name', 'class A { static name = 1 } return 1;'],
    ['a class with a static block', 'class A { static { msg.a = 1 } } return 1;'],
    ['super in a static method', 'class A { static a() {} } class B extends A { static a() { super.a() } } return 1;'],
    ['a class with a private member', 'class A { #a = 1; b() { return this.#a } } return 1;'],
    ['a class that says how it becomes JSON', 'class A { toJSON() { return 1 } } return new A();'],
    ['a class that says how it becomes a text', 'class A { toString() { return "a" } } return "" + new A();'],
    ['a class that says how it becomes a number', 'class A { get valueOf() { return () => 1 } } return +new A();'],
    ['a class with a computed name', 'class A { ["a"]() {} } return 1;'],
    ['a class that makes steps', 'class A { *a() {} } return 1;'],
    ['a class whose method is part of the answer', 'class A { get msg() { return 1 } } return new A();'],
    ['a class with a member that stands there twice', 'class A { a() {} a() {} } return 1;'],
    ['a class as a constant', 'class A {} A = 1; return 1;'],
    ['this of the script', 'return this;'],
    ['this of the script in a function of it', 'return (() => this)();'],
    ['super in an object in a method', 'class A { a() { return { b() { return super.c() } } } } return 1;'],
    [
      'super in a function of a constructor',
      'class A {} class B extends A { constructor() { (() => super())() } } return 1;',
    ],
    ['what a class is called with', 'class A { constructor() { this.a = new.target } } return 1;'],
    ['a name that is not declared in a class', 'class A { a() { other = 1 } } return 1;'],
    ['the text of a function', 'function f() {} return f.toString.call(1);'],
    ['a method that hides how an object becomes text', 'return { toJSON: () => 1 };'],
    ['another such method', 'var a = {}; a.valueOf = () => 1; return a;'],
    ['a call of what may be nothing, in brackets', 'var a; return (a?.b)();'],
    ['code from text, if there is such a thing', 'return eval?.("1");'],
    ['a constructor, if it is there', 'return msg.constructor?.("return 1");'],
    ['what nobody knows, if it is there', 'return structuredClone?.(msg);'],
    ['a look around in a regular expression', 'return /(?=a)b/.test(msgType);'],
    ['a regular expression that refers back', 'return /(a)\\1/.test(msgType);'],
    ['a regular expression', 'return /(a+)+b/.test(msg.t);'],
    ['a large number', 'return String(7n ** 100000000n);'],
    ['a constructor', 'return msg.constructor.constructor("return process")();'],
    ['a prototype', 'return msg.__proto__;'],
    ['another way to a prototype', 'msg["__proto__"] = 1; return msg;'],
    ['a global', 'return globalThis.process;'],
    [
      'a function in a block that hides a built-in',
      'if (msg.t) { function parseInt() { return 1 } } return parseInt("2");',
    ],
    [
      'a name that is looked for before it is set',
      'for (var i = 0; i < 2; i++) if (typeof x === "undefined") x = 1; return x;',
    ],
    ['the kind of what only some have', 'return typeof WebAssembly;'],
    ['a parameter that hides what nothing is', 'return (function (undefined) { return undefined })(1);'],
    ['whether there is what nobody knows', 'return !nobody;'],
    ['a built-in that is set', 'atob = () => 1; return atob("QQ==");'],
    ['a name of the engine', 'return process.env;'],
    ['a global that is set', 'process = 1; return 1;'],
    ['a built-in as a value', 'const f = Math.round; return f(1);'],
    ['arguments of the script', 'return arguments[0];'],
    ['the same in a function of it', 'return (() => arguments[0])();'],
    ['arguments that change with a parameter', 'function f(a) { a = 2; return arguments[0] } return f(1);'],
    ['the same in a loop', 'function f(a) { for (a of [3]); return arguments[0] } return f(1);'],
    ['the same from within', 'function f(a) { (() => a++)(); return arguments[0] } return f(1);'],
    ['the same by a variable', 'function f(a) { var a = 2; return arguments[0] } return f(1);'],
    ['arguments of a method of a class', 'class A { f() { return arguments[0] } } return new A().f(1);'],
    ['arguments that are something else', 'var arguments = 1; return arguments;'],
    [
      'a function of Object that is replaced elsewhere',
      'Object.defineProperty(Object, "keys", { value: () => 1 }); return 1;',
    ],
    ['the same by what is no function', 'Object.defineProperty(Object, "assign", { value: msg }); return 1;'],
    ['the same by a getter', 'Object.defineProperty(Object, "assign", { get: function () {} }); return 1;'],
    [
      'the same in a function',
      'function f() { Object.defineProperty(Object, "assign", { value: function () {} }) } f(); return 1;',
    ],
    [
      'the same, lent',
      'Object.defineProperty(Object, "assign", { value: function () {} }); return Object.assign.apply(null, [{}]);',
    ],
    ['the same, used', 'return Object.defineProperty(Object, "assign", { value: function () {} });'],
    ['a member of any object', 'return Object.defineProperty({}, "a", { value: 1 });'],
    ['a prototype that is replaced', 'Array.prototype.last = function () { return 1 }; return [].last();'],
    ['this', 'return this;'],
    ['code from text', 'return eval("1");'],
    ['a name that is used before it is there', 'if (msg.t) { let a = 1 } return a;'],
    ['a name that hides another where it is not there yet', 'let a = 1; if (msg.t) { msg.b = a; let a = 2 } return a;'],
    ['a constant that changes', 'const a = 1; a = 2; return a;'],
    ['a declaration in a case', 'switch (msg.t) { case 1: let a = 1; default: a = 2; return a; }'],
    ['a getter', 'return {get a() { return 1 }};'],
    ['no script at all', 'return {;'],
    ['very much of it', `return ${Array.from({ length: 2_000 }, () => 'msg.t').join('+')};`],
    ['a deep nest', `return ${'('.repeat(4_000)}1${')'.repeat(4_000)};`],
  ])('%s', (_, body) => {
    expect(directScript(sourceOf(body))).toBeNull()
  })

  test('a library beside a function of Object that is replaced', () => {
    const body = 'Object.defineProperty(Object, "assign", { value: function () { return 1 } }); return f();'
    const libraries = [{ name: 'a', body: 'function f() { return Object.assign({}); }' }]
    expect(directScript(sourceOf(body.replace('f()', '2')))).not.toBeNull()
    expect(directScript({ ...sourceOf(`// @use a\n${body}`), libraries })).toBeNull()
  })

  test('a library with more than functions, and another language', () => {
    expect(directScript({ ...sourceOf('return 1;'), libraries: [{ name: 'a', body: 'var n = 1;' }] })).toBeNull()
    expect(directScript({ ...sourceOf('return 1;'), language: 'TBEL' })).toBeNull()
  })
})

describe('leaves a message to the sandbox', () => {
  const doubled = Array.from({ length: 20 }, () => 'a = a + a;').join('')
  const shared = Array.from({ length: 40 }, (_, n) => `var a${n + 1} = [a${n}, a${n}];`).join('')
  it.each<[string, string, Partial<ScriptInput>?]>([
    ['an error of the script', 'return msg.no.deep;'],
    ['a wrong result', 'return undefined;'],
    ['an error that nobody catches', 'throw new Error("x");'],
    ['a loop without an end', 'for (;;) {} return 1;'],
    ['an error of ours in the way of a catch', 'try { while (true) {} } catch (e) { return 1 } finally { return 2 }'],
    ['a member of nothing in the way of a catch', 'try { return msg.no.deep } catch (e) { return 1 }'],
    ['a call that does not end', 'function f(n) { return f(n + 1) } return f(0);'],
    ['a list that grows', 'var a = [1]; for (;;) a = a.concat(a);'],
    ['a list in itself', 'var a = []; for (var i = 0; i < 40; i++) a = [a, a]; return a;'],
    ['many long texts', 'var a = [], s = "x".repeat(9000); for (var i = 0; i < 500; i++) a.push(s); return a;'],
    ['a list that lies about its order', 'for (;;) [3, 1, 2].sort(() => 1);'],
    ['a search that takes long', 'return /x*x*x*y/.test("x".repeat(500));'],
    ['a search of a long text', 'return /y/.test("x".repeat(5000));'],
    ['a function that is not there yet', 'return f(); var f = () => 1;'],
    ['a name that a function uses too early', 'f(); let a = 1; function f() { return a } return a;'],
    ['a class that is called', 'class A {} return A();'],
    ['a class that is not there yet', 'function f() { return new A() } f(); class A {} return 1;'],
    ['a class as a callback', 'class A {} return msg.list.map(A);'],
    ['a class with members', 'class A {} return A["proto" + "type"];'],
    ['the maker of an instance', 'class A {} return new A()["con" + "structor"]["con" + "structor"]("return 1")();'],
    ['a prototype of an instance', 'class A {} var a = new A(); a["__pro" + "to__"] = msg; return a;'],
    ['a method as a value', 'class A { a() {} } return typeof new A().a;'],
    ['a getter that is set', 'class A { get a() { return 1 } } new A().a = 2; return 1;'],
    ['a setter that is read', 'class A { set a(b) {} } return [new A().a];'],
    ['a constructor that answers', 'class A { constructor() { return msg } } return new A();'],
    ['this before super', 'class A {} class B extends A { constructor() { this.a = 1; super() } } return new B();'],
    ['a constructor without super', 'class A {} class B extends A { constructor() {} } return new B();'],
    ['super twice', 'class A {} class B extends A { constructor() { super(); super() } } return new B();'],
    ['a class of what is none', 'var a = msg; class A extends a {} return 1;'],
    ['a new one of what is no class', 'function f() {} return new f();'],
    ['an instance as a text', 'class A {} return "" + new A();'],
    ['a method that changes while its arguments are made', 'var o = { f: () => 1 }; return o.f((o.f = () => 2, 1));'],
    ['the same, if it is there', 'var o = { f: () => 1 }; return o.f?.((o.f = () => 2, 1));'],
    ['the same of an instance', 'class A { f() { return 1 } } var a = new A(); return a.f((a.f = () => 2, 1));'],
    ['an instance of what is no class', 'var f = () => 1; return msg instanceof f;'],
    ['an instance that inherits a name', 'class A {} return "toString" in new A();'],
    [
      'an inherited name put into an instance',
      'class A {} return Object.assign(new A(), msg);',
      { data: '{"toJSON":1}' },
    ],
    ['what a class has as a function', 'class A {} return A.name;'],
    ['the same by a name that only the run shows', 'class A {} return A["len" + "gth"];'],
    ['a class that is bound', 'class A {} return A.bind(1);'],
    ['the prototype of a class', 'class A {} A.prototype.a = 1; return new A().a;'],
    ['a static method as a value', 'class A { static a() {} } return A.a;'],
    ['what a class is made of', 'class A { static a = 1 } return Object.keys(A);'],
    ['whether a class has it', 'class A { static a = 1 } return "a" in A;'],
    ['what is taken from a class', 'class A { static a = 1 } delete A.a; return 1;'],
    ['a class that is called', 'class A { static a = 1 } return A();'],
    ['a static method that changes', 'class A { static a() { return 1 } } return A.a((A.a = () => 2, 1));'],
    ['a function with members', 'var f = () => 1; f.a = 1; return f.a;'],
    ['a static member before its class', 'class A { static a = B.b } class B { static b = 1 } return A.a;'],
    ['this of a function', 'function f() { return this } return f();'],
    ['this of a function that runs at once', 'return (function () { return this })();'],
    ['this of a strict function', '"use strict"; function f() { return this } return f();'],
    [
      'this of a function in a method',
      'class A { a() { return [1].map(function () { return this }) } } return new A().a();',
    ],
    ['this of a method that is taken away', 'var o = { f() { return this } }, f = o.f; return f();'],
    ['this of a function that is handed on', 'var o = { f() { return this } }; return [1].map(o.f);'],
    ['a function that makes objects', 'function F() { this.a = 1 } return new F();'],
    ['a function that is lent to nothing', 'function f() { return this } return f.call(null);'],
    ['a function that is lent to what has no members', 'function f() { return this } return f.call("a");'],
    ['a function that is bound to nothing', 'function f() { return this } return f.bind()();'],
    ['a function that is called with what is no list', 'return (() => 1).apply(null, { length: 2 });'],
    ['a way to the maker of a function', 'var f = () => 1; return f.call["con" + "structor"]("return 1")();'],
    ['what a method of functions is', 'var f = () => 1; return f.call;'],
    ['a class that is lent', 'class A {} return A.call(msg);'],
    [
      'this before super, handed on',
      'class A {} class B extends A { constructor() { (() => 1).call(this); super() } } return new B();',
    ],
    [
      'the same from within',
      'class A {} class B extends A { constructor() { (() => (() => 1).call(this))(); super() } } return new B();',
    ],
    [
      'this of nobody, handed on to a method',
      'var o = { call: (x) => typeof x }; return (function () { return o.call(this) })();',
    ],
    ['this of nobody, handed on and looked at', 'function f() { return typeof this } return f.call(this);'],
    ['arguments that are written', 'function f() { arguments[0] = 2; return arguments[0] } return f(1);'],
    ['the function that arguments are of', 'function f() { return arguments.callee } return f();'],
    ['a way to the maker of arguments', 'function f() { return arguments["con" + "structor"] } return f();'],
    ['arguments that are walked through by name', 'function f() { for (var i in arguments) return i } return f(1);'],
    ['an object of what is none', 'return Object("a");'],
    ['what a list says of its members', 'return Object.getOwnPropertyDescriptor([1], "length");'],
    ['an inherited name of what it says', 'return Object.getOwnPropertyDescriptor(msg, "con" + "structor");'],
    [
      'this of a function of Object',
      'Object.defineProperty(Object, "assign", { value: function () { return this } }); return Object.assign();',
    ],
    ['numbers of too many bytes', 'return new Float64Array(2_000);'],
    ['numbers of less than nothing', 'return new Uint8Array(-1);'],
    ['numbers of a text', 'return new Uint8Array("12");'],
    ['numbers of an object', 'return new Uint8Array({ length: 2 });'],
    ['numbers of what is none', 'return new Uint8Array([{}]);'],
    ['a store that grows', 'return new ArrayBuffer(1, { maxByteLength: 9 });'],
    ['numbers at an odd place', 'return new Uint16Array(new ArrayBuffer(9), 1);'],
    ['a look beyond the end', 'return new DataView(new ArrayBuffer(2)).getInt32(0);'],
    ['a view of nothing', 'return new DataView([1]);'],
    ['numbers as a text', 'return "" + new Uint8Array(2);'],
    ['numbers with a member', 'var a = new Uint8Array(2); a.b = 1; return a;'],
    ['numbers with a place of another kind', 'var a = new Uint8Array(2); a[0.5] = 1; a[-1] = 1; return a;'],
    ['a way to the maker of numbers', 'return new Uint8Array(2)["con" + "structor"];'],
    ['the maker of a store', 'return new Uint8Array(2).buffer["con" + "structor"];'],
    ['numbers that are taken apart', 'return Object.keys(new Uint8Array(2));'],
    ['numbers too long for a text', 'return new Uint8Array(5_000).join();'],
    ['many numbers', 'var a = new Uint8Array(4_000); return [a, a];'],
    ['a sum of nothing', 'return new Uint8Array(0).reduce((a, b) => a + b);'],
    ['numbers put beyond the end', 'new Uint8Array(1).set([1, 2]); return 1;'],
    ['a member that a text has', 'return msg.list["ma" + "p"];'],
    ['a method of a text as a value', 'return typeof msgType["tr" + "im"];'],
    ['bytes of what is no text', 'return atob(msg);'],
    ['bytes without a text', 'return btoa();'],
    ['what stands before a match', 'return "ab".replace(/b/, "$`");'],
    ['a replacement by a function that grows', 'return "aaaa".replace(/a/g, () => "x".repeat(4_000));'],
    ['a long replacement with parts', 'return "a".replace("a", "$&".repeat(51));'],
    ['this as a way out', 'var o = { f() { return this["con" + "structor"] } }; return o.f();'],
    ['the stack of an error of its own', 'class E extends Error {} return new E("a").stack;'],
    ['an error without a message', 'class E extends Error {} return new E().message;'],
    ['an error with a cause', 'class E extends Error {} return new E("a", { cause: 1 });'],
    ['an error as a text', 'class E extends Error {} return "" + new E("a");'],
    ['a message that is taken away', 'class E extends Error {} var e = new E("a"); delete e.message; return e;'],
    ['a message that is written', 'class E extends Error {} var e = new E("a"); e.message = 1; return e;'],
    ['a message that is a field', 'class E extends Error { message = "b" } return new E("a");'],
    ['whether an error has a message', 'class E extends Error {} return Object.hasOwn(new E("a"), "message");'],
    ['what Error has', 'class E extends Error {} return E.stackTraceLimit;'],
    ['an error that nobody catches', 'class E extends Error {} throw new E("a");'],
    ['the texts of a template as they are written', 'var f = (t) => t.raw; return f`a`;'],
    ['the texts of a template with a member', 'var f = (t) => t["ra" + "w"]; return f`a`;'],
    ['texts of a template that change', 'var f = (t) => t.push("b"); return f`a`;'],
    ['the same, caught', 'var f = (t) => { try { t[0] = "b"; } catch (e) { return e.message } }; return f`a`;'],
    ['the same, sorted', `var f = (t) => t.reverse(); return f\`a\${1}\`;`],
    ['an instance that holds itself', 'class A { a = this } return new A();'],
    ['a class that makes itself', 'class A { a = new A() } return new A();'],
    ['a getter without an end', 'class A { get a() { return this.a } } return new A().a;'],
    ['something that is no function, called if it is there', 'var f = msg.t; return f?.();'],
    ['a member that is no function, called if it is there', 'return { on: 1 }.on?.();'],
    ['a way to a constructor, if it is there', 'var f = () => 1, k = "con" + "structor"; return msg.list[k]?.(f);'],
    ['the same of a function', 'var f = () => 1; return f["con" + "structor"]?.("return 1");'],
    ['a call that nothing stands before', 'return msg.no.deep?.();'],
    ['something that is no function', 'var f = msg.t; return f();'],
    ['a function with members', 'var f = () => 1; return f["cons" + "tructor"];'],
    [
      'a set that grows while somebody walks through it',
      'var s = new Set([1]); for (var x of s) s.add(x + 1); return 1;',
    ],
    ['a map that grows so', 'var m = new Map([[1, 1]]); m.forEach((v, k) => m.set(k + 1, v)); return 1;'],
    ['a list that grows so', 'var a = [1]; for (var x of a.values()) a.push(x); return 1;'],
    ['a list that grows while it is copied', 'var a = [1]; return [...Array.from(a, (x) => a.push(x))];'],
    ['a walk of very many', 'var n = { length: -1e300 }; Array.from(n); for (;;) Array.from(n); return 1;'],
    ['what a walk has by birth', 'return [...[3, 4].values().map((x) => x)];'],
    ['a way to the maker of a walk', 'return msg.list.keys()["con" + "structor"];'],
    ['a way to the function of a walk', 'return [1].keys()["ne" + "xt"];'],
    ['a walk as a text', 'return "" + msg.list.keys();'],
    ['a walk that is written into', 'var w = msg.list.keys(); w.next = 1; return w;'],
    ['matches that are all of one', 'return [...msgType.matchAll(/A/)];'],
    ['where a match is', 'var [m] = msgType.matchAll(/A/g); return m.index;'],
    ['a place in a walk', '[msg.b] = new Set([1]); return msg;'],
    ['what a number falls into', 'var [a] = 1; return a;'],
    ['a map that grows', 'var m = new Map(); for (;;) m.set(m.size, 1);'],
    ['a list of very many', 'return Array.from({ length: 1e9 });'],
    [
      'a text with wide margins',
      'var a = []; for (var i = 0; i < 40; i++) a = [a]; return JSON.stringify([a, a, a, a, a, a, a, a], null, 10);',
    ],
    ['a function as a text', 'var f = () => 1; return "" + f;'],
    ['a hole in a list', 'var a = []; a[5] = 1; return a;'],
    ['a length that grows', 'msg.list.length = 5; return msg;'],
    ['a length that is none', 'msg.list["len" + "gth"] = -1; return msg;'],
    ['a length that is a text', 'msg.list.length = "1"; return msg;'],
    ['a way to what a list inherits', 'return msg.list["con" + "structor"];'],
    ['a method that data pretend to be', 'var f = () => 1; return msg.at.map((x) => x);', { data: '{"at":{"map":1}}' }],
    ['a result in a circle', 'msg.self = msg; return msg;'],
    ['an object that is no number', 'return msg.at * 1;'],
    ['an object that says what it is as a text', 'return msg.at + 1;', { data: '{"at":{"toString":1}}' }],
    ['the same in a list', 'return "" + [msg.at];', { data: '{"at":{"valueOf":1}}' }],
    ['a list in itself, as a text', 'var a = []; a.push(a); return "" + a;'],
    ['a text of shared lists', `var a0 = [1, 1]; ${shared} return "" + a40;`],
    ['a list of holes', 'return new Array(3);'],
    ['the same, filled in part', 'return new Array(3).fill(0, 1);'],
    ['a list of half a hole', 'return new Array(1.5).fill(0);'],
    ['a very long list', 'return new Array(1e9).fill(0);'],
    ['signs of half a letter', 'return encodeURIComponent("\\ud800");'],
    ['a sign that is none', 'return decodeURIComponent("%zz");'],
    ['an error with a cause of its own', 'return new Error("a", { cause: 1 });'],
    [
      'an inherited name that only the run shows',
      'return msg[metadata.key];',
      { metadata: { ts: '5', key: 'constructor' } },
    ],
    ['a prototype that only the run shows', 'msg[metadata.ts] = 1; return msg;', { metadata: { ts: '__proto__' } }],
    ['a variable that is not there yet', 'if (!msg.on) { a = 1 } return a;'],
    ['a text that grows', `var a = msgType; ${doubled} return a;`],
    ['an object that is shared again and again', `var a0 = [1, 1]; ${shared} return a40;`],
    ['no JSON', 'return 1;', { data: '{' }],
    ['long data', 'return 1;', { data: `"${'x'.repeat(64_000)}"` }],
    ['long metadata', 'return metadata.ts;', { metadata: { ts: 'x'.repeat(5_000) } }],
    ['a method of another kind of value', 'return msg.at.toFixed(1);'],
    ['a method that the data hides', 'return msg.hasOwnProperty("a");', { data: '{"hasOwnProperty":1}' }],
    ['a replacement that multiplies', 'return "ab".replace("a", metadata.ts);', { metadata: { ts: "$'$'" } }],
  ])('%s', (_, body, given = {}) => {
    expect(answer(body, 'json', { ...input, ...given })).toBeUndefined()
  })

  test('a filter that answers with something else', () => {
    expect(answer('return 1;', 'filter')).toBeUndefined()
  })
})

test('the message that goes in stays as it is, also when the script gives up after a change', () => {
  const given = { ...input, metadata: { ts: '5' } }
  expect(answer('metadata.ts = "6"; return {msg, metadata};', 'update', given)).toEqual([null, { ts: '6' }, null])
  expect(
    answer('metadata.ts = "6"; metadata.x = msg.no.deep; return {msg, metadata};', 'update', given),
  ).toBeUndefined()
  expect(given.metadata).toEqual({ ts: '5' })
})

test('the steps of a script are counted: a loop runs here as long as it is short', () => {
  const rounds = (count: number) => answer(`var n = 0; for (var i = 0; i < ${count}; i++) n += msg.list[0]; return n;`)
  expect(rounds(1_000)).toEqual(['1000'])
  expect(rounds(4_000)).toBeUndefined()
  // What walks through a list costs as much as its items.
  const sums = (count: number) =>
    answer(`var n = 0; for (var i = 0; i < 5; i++) n += msg.map((x) => x + i).length; return n;`, 'json', {
      ...{ metadata: {}, type: 'A' },
      data: JSON.stringify(Array.from({ length: count }, () => 1)),
    })
  expect(sums(100)).toEqual(['500'])
  expect(sums(2_000)).toBeUndefined()
})
