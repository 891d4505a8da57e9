import type { HostileScript } from './hostile-script.ts'

const nested = (open: string, inner: string, close: string, count: number): string =>
  `${open.repeat(count)}${inner}${close.repeat(count)}`

const sharing = Array.from({ length: 40 }, (_, n) => `var a${n + 1} = [a${n}, a${n}, a${n}];`).join('')

export const hostileJavascript: readonly HostileScript[] = [
  { name: 'a loop', body: 'for (;;) {} return 1;' },
  {
    name: 'a loop whose condition does the work',
    body: 'var i = 0; while (i++ < 1e9 && [1, 2, 3].map((x) => x * 2)); return i;',
  },
  { name: 'loops in loops', body: `${'for (;;) '.repeat(200)} {} return 1;` },
  { name: 'a loop with a label', body: 'a: for (;;) { b: for (;;) { continue a; } } return 1;' },
  {
    name: 'a loop that catches everything',
    body: 'for (;;) { try { throw 1 } catch (e) { continue } finally { continue } } return 1;',
  },
  {
    name: 'errors with stacks',
    body: 'for (;;) { try { JSON.parse("{") } catch (e) { msg.e = e.message } } return 1;',
  },
  { name: 'a recursion', body: 'function f(n) { return f(n + 1) + f(n + 2); } return f(0);' },
  { name: 'a recursion that doubles', body: 'function f(n) { return n < 1 ? 1 : f(n - 1) + f(n - 1); } return f(50);' },
  { name: 'functions that call each other', body: 'const y = (f) => (x) => f(f)(x + 1); return y(y)(0);' },
  { name: 'a recursion, if there is one', body: 'const f = (x) => f?.(x)?.(f?.(x)); return f(1);' },
  { name: 'a loop of calls of nothing', body: 'var f; for (;;) f?.([1, 2].map((x) => x))?.a.b.c(); return 1;' },
  {
    name: 'a constructor, if there is one',
    body: 'return msg["con" + "structor"]?.["con" + "structor"]?.("for (;;) {}")();',
  },
  { name: 'a recursion by a method', body: 'const f = (x) => [x, x].map(f); return f(1);' },
  { name: 'a deep nest of functions', body: `return ${nested('(() => ', '1', ')()', 200)};` },
  { name: 'a deep expression', body: `return ${nested('(1 + ', '1', ')', 900)};` },
  { name: 'a deep nest of lists', body: `return ${nested('[', '1', ']', 900)};` },
  { name: 'a text that doubles', body: `var a = "xxxxxxxx"; ${'a = a + a;'.repeat(60)} return a;` },
  { name: 'many long texts', body: 'var a = [], s = "x".repeat(9999); for (;;) a.push(s + a.length); return a;' },
  {
    name: 'long texts as one',
    body: 'var s = "x".repeat(9000), t = ""; for (;;) t = s.concat(s).slice(0, 9000); return t;',
  },
  { name: 'a text taken apart', body: 'var s = "x,".repeat(4999); for (;;) s.split(",").join(","); return 1;' },
  {
    name: 'a text replaced',
    body: 'var s = "ab".repeat(4999); for (;;) s = s.replaceAll("ab", "ba").replaceAll("ba", "ab"); return 1;',
  },
  {
    name: 'a text searched',
    body: `var s = "${'a'.repeat(99)}".repeat(100); for (;;) s.indexOf("${'a'.repeat(99)}b"); return 1;`,
  },
  {
    name: 'cases of letters',
    body: 'var s = "ß".repeat(5000); for (;;) { s.toUpperCase(); s.toLowerCase(); } return 1;',
  },
  { name: 'letters of a text', body: 'var s = "😀".repeat(4999); for (;;) [...s]; return 1;' },
  { name: 'numbers as texts', body: 'for (;;) { (0.1 + Math.random()).toString(2); (1e21).toFixed(100); } return 1;' },
  { name: 'texts as numbers', body: 'var s = "1".repeat(9999); for (;;) { Number(s); parseFloat(s); +s; } return 1;' },
  { name: 'dates', body: 'for (;;) new Date("2024-01-01T00:00:00.000+01:00").toISOString(); return 1;' },
  {
    name: 'local times',
    body: 'var d = new Date(0); for (;;) { d.setFullYear(1900 + Math.random() * 200); d.getTimezoneOffset(); } return 1;',
  },
  { name: 'a list that doubles', body: 'var a = [1]; for (;;) a = a.concat(a); return a;' },
  { name: 'a list that grows at its front', body: 'var a = []; for (;;) a.unshift(1); return a;' },
  {
    name: 'a list that is cut',
    body: 'var a = Array.from({ length: 2000 }, (_, i) => i); for (;;) { a.splice(0, 1, 1, 2); a.reverse(); } return a;',
  },
  {
    name: 'a list that is sorted',
    body: 'var a = Array.from({ length: 2000 }, () => Math.random()); for (;;) a.sort((x, y) => x - y); return a;',
  },
  {
    name: 'a list of texts that is sorted',
    body: 'var a = Array.from({ length: 500 }, (_, i) => "x".repeat(1000) + i); for (;;) a.sort(); return a;',
  },
  {
    name: 'an order that lies',
    body: 'var a = Array.from({ length: 2000 }, (_, i) => i); for (;;) a.sort(() => (Math.random() < 0.5 ? -1 : 1)); return a;',
  },
  { name: 'lists made flat', body: 'var a = [[1]]; for (;;) a = [a, a].flat().map((x) => [x]); return a;' },
  {
    name: 'lists in lists',
    body: 'for (;;) Array.from({ length: 2000 }, () => Array.from({ length: 2000 })); return 1;',
  },
  {
    name: 'items that are looked for',
    body: 'var a = Array.from({ length: 2000 }, (_, i) => "x".repeat(50) + i); for (;;) a.includes("x".repeat(50)); return 1;',
  },
  { name: 'values that are shared', body: `var a0 = [1, 2, 3]; ${sharing} return a40;` },
  { name: 'the same as a text', body: `var a0 = [1, 2, 3]; ${sharing} return JSON.stringify(a40);` },
  { name: 'the same as keys', body: `var a0 = [1, 2, 3]; ${sharing} return { [a40]: 1 };` },
  {
    name: 'shared texts',
    body: 'var s = "x".repeat(9999), a = [s, s, s, s, s, s, s, s]; for (var i = 0; i < 9; i++) a = [a, a, a, a]; return a;',
  },
  { name: 'a value in itself', body: 'msg.a = { b: [msg] }; return JSON.stringify(msg);' },
  {
    name: 'texts of values, again and again',
    body: 'var a = Array.from({ length: 1000 }, (_, i) => ({ i })); for (;;) JSON.parse(JSON.stringify(a)); return 1;',
  },
  {
    name: 'wide margins',
    body: 'var a = Array.from({ length: 400 }, () => [[[[1]]]]); for (;;) JSON.stringify(a, null, 10); return 1;',
  },
  { name: 'an object that grows', body: 'for (var i = 0; ; i++) msg["k" + i] = i; return msg;' },
  { name: 'an object spread', body: 'for (var i = 0; ; i++) msg = { ...msg, ["k" + i]: msg }; return msg;' },
  {
    name: 'an object whose members go',
    body: 'for (;;) { for (var i = 0; i < 50; i++) msg["k" + i] = 1; for (var k in msg) delete msg[k]; } return 1;',
  },
  { name: 'names like places', body: 'for (var i = 0; ; i += 1e5) msg[i] = i; return msg;' },
  { name: 'a place far away', body: 'msg.list = []; msg.list[4e9] = 1; return msg;' },
  { name: 'a length that is set', body: 'msg.list = []; msg.list["len" + "gth"] = 4e9; return msg;' },
  { name: 'a map that grows', body: 'var m = new Map(); for (;;) m.set(m.size, m); return m;' },
  {
    name: 'a map of long texts',
    body: 'var m = new Map(), s = "x".repeat(9000); for (;;) m.set(s + m.size, s); return m;',
  },
  {
    name: 'a set walked through while it grows',
    body: 'var s = new Set([1]); for (var x of s) s.add(x + 1); return s;',
  },
  {
    name: 'a map walked through while it grows',
    body: 'var m = new Map([[1, 1]]); m.forEach((v, k) => m.set(k + 1, m)); return m;',
  },
  {
    name: 'a list walked through while it grows',
    body: 'var a = [1]; for (var [i] of a.entries()) a.push(a); return a;',
  },
  { name: 'walks without an end', body: 'var a = [1]; for (;;) a.push(a.values(), a.entries().next()); return a;' },
  { name: 'a walk that is asked for ever', body: 'var w = [].values(); for (;;) w.next(); return w;' },
  { name: 'a list made of what grows', body: 'var s = new Set([1]); return Array.from(s, (x) => s.add(x + 1));' },
  { name: 'lists of less than nothing', body: 'for (;;) Array.from({ length: -1e300 }, () => 1); return 1;' },
  {
    name: 'a set whose items go and come',
    body: 'var s = new Set([1, 2]); for (var x of s) { s.delete(x); s.add(x); } return s;',
  },
  {
    name: 'all matches, again and again',
    body: 'var s = "x".repeat(900); for (;;) for (var m of s.matchAll(/x*?/g)); return 1;',
  },
  {
    name: 'patterns of what grows',
    body: 'var s = new Set(); for (;;) { s.add(s.size); var [a, ...b] = s; } return b;',
  },
  {
    name: 'maps made of each other',
    body: 'var m = new Map([[1, 1]]); for (;;) m = new Map([...m, ...[...m].map(([k, v]) => [k + m.size, v])]); return m;',
  },
  {
    name: 'a class that makes itself',
    body: 'class A { constructor() { this.a = new A(); this.b = new A(); } } return new A();',
  },
  { name: 'fields that make each other', body: 'class A { a = [new A(), new A()] } return new A();' },
  {
    name: 'getters that ask each other',
    body: 'class A { get a() { return this.b + this.b } get b() { return this.a + this.a } } return new A().a;',
  },
  { name: 'a setter that sets', body: 'class A { set a(b) { this.a = b; this.a = b } } new A().a = 1; return 1;' },
  {
    name: 'instances without an end',
    body: 'class A { a = 1; b = 2 } var l = []; for (;;) l.push(new A()); return l;',
  },
  {
    name: 'classes that extend each other without an end',
    body: 'var C = class { a() { return 1 } }; const f = (P) => class extends P { a() { return super.a() + super.a() } }; for (;;) { C = f(C); new C().a(); } return 1;',
  },
  {
    name: 'instances that share',
    body: 'class A { constructor(a) { this.a = a; this.b = a } } var a = 1; for (var i = 0; i < 40; i++) a = new A(a); return a;',
  },
  {
    name: 'the same as JSON',
    body: 'class A { constructor(a) { this.a = a; this.b = a } } var a = 1; for (var i = 0; i < 40; i++) a = new A(a); return JSON.stringify(a);',
  },
  {
    name: 'members of an instance without an end',
    body: 'class A {} var a = new A(); for (var i = 0; ; i++) a["k" + i] = a; return a;',
  },
  {
    name: 'the maker of an instance',
    body: 'class A {} return new A()["con" + "structor"]["con" + "structor"]("for (;;) {}")();',
  },
  {
    name: 'the prototype of a class',
    body: 'class A {} A["proto" + "type"]["to" + "JSON"] = () => { for (;;) {} }; return new A();',
  },
  {
    name: 'an instance that takes over itself',
    body: 'class A { set b(v) { Object.assign(this, { b: v, c: v }); } } Object.assign(new A(), { b: 1 }); return 1;',
  },
  {
    name: 'an instance of very many',
    body: 'class A {} var a = new A(); for (var i = 0; i < 900; i++) a["k" + i] = i; for (;;) a = Object.assign(new A(), a, { ...a }); return a;',
  },
  {
    name: 'instances of what?',
    body: 'class A {} class B extends A {} class C extends B {} var c = new C(), n = 0; for (;;) n += c instanceof A; return n;',
  },
  { name: 'a static member that asks itself', body: 'class A { static get a() { return A.a + A.a } } return A.a;' },
  {
    name: 'a class that grows',
    body: 'class A { static all = [] } for (var i = 0; ; i++) { A["k" + i] = A.all; A.all.push([A.all]); } return A;',
  },
  {
    name: 'the maker of a class',
    body: 'class A { static a = 1 } return A["con" + "structor"]("for (;;) {}")();',
  },
  { name: 'a method that calls itself', body: 'return { f() { return this.f() + this.f() } }.f();' },
  {
    name: 'methods that call each other by name',
    body: 'var o = { a() { return this["b"]() + this.b() }, b() { return this["a"]() } }; return o.a();',
  },
  { name: 'this of nothing', body: 'var f = function () { for (;;) this.a = 1; }; return f();' },
  {
    name: 'the maker of this',
    body: 'return { f() { return this["con" + "structor"]["con" + "structor"]("for (;;) {}")() } }.f();',
  },
  {
    name: 'an error of its own that makes itself',
    body: 'class E extends Error { constructor() { super(new E().message) } } return new E();',
  },
  {
    name: 'the stack of an error of its own',
    body: 'class E extends Error {} for (;;) new E("a"["repeat"](900)).stack; return 1;',
  },
  { name: 'a template that makes itself', body: `const f = (t, x) => f\`a\${x}b\${t}\`; return f\`c\${1}\`;` },
  {
    name: 'the maker of the texts of a template',
    body: 'const f = (t) => t["con" + "structor"]["con" + "structor"]("for (;;) {}")(); return f`a`;',
  },
  { name: 'a deep nest of classes', body: `return ${nested('new (class { a = ', '1', ' })().a', 200)};` },
  { name: 'a pattern that backtracks', body: 'return /^(a+)+$/.test("a".repeat(60) + "!");' },
  { name: 'a pattern with many open ends', body: 'return /x*x*x*x*x*x*y/.test("x".repeat(900));' },
  { name: 'a pattern with many ways', body: `return /${'a?'.repeat(19)}${'a'.repeat(19)}b/.test("a".repeat(900));` },
  { name: 'a pattern, again and again', body: 'for (;;) "x".repeat(900).match(/[^y]*y/g); return 1;' },
  { name: 'a pattern that replaces', body: 'for (;;) "xy".repeat(400).replace(/x*/g, "-----"); return 1;' },
  { name: 'a replacement that multiplies', body: 'var s = "ab"; for (;;) s = s.replace("a", "$\'$\'$`"); return s;' },
  { name: 'numbers again and again', body: 'var l = []; for (;;) l.push(new Float64Array(1250)); return l;' },
  { name: 'single numbers', body: 'var l = []; for (;;) l.push(new Uint8Array(1).buffer); return l;' },
  {
    name: 'views without an end',
    body: 'var s = new ArrayBuffer(8); for (;;) new DataView(s).setFloat64(0, 1e-300); return 1;',
  },
  {
    name: 'parts of numbers',
    body: 'var a = new Uint8Array(9999), l = []; for (;;) l.push(a.subarray(1), a.slice(1)); return l;',
  },
  {
    name: 'numbers that are shared',
    body: 'var a = new Uint8Array(3000), l = [a]; for (var i = 0; i < 40; i++) l = [l, l, a]; return l;',
  },
  { name: 'the same as JSON', body: 'var a = new Uint8Array(900); for (;;) JSON.stringify([a, a, a, a]); return 1;' },
  {
    name: 'numbers in order',
    body: 'var a = new Float64Array(999); for (;;) a.sort((x, y) => Math.random() - 0.5); return a;',
  },
  {
    name: 'the same by themselves',
    body: 'var a = Float64Array.from({ length: 0 }); for (;;) new Uint32Array(900).sort(); return a;',
  },
  {
    name: 'numbers in a text',
    body: 'var a = new Float64Array(999).fill(1 / 3); for (;;) a.join("-".repeat(900)); return 1;',
  },
  {
    name: 'numbers turned, filled and looked for',
    body: 'var a = new Uint8Array(9999); for (;;) { a.reverse().fill(7); a.indexOf(8); a.set(a.slice(1)); } return a;',
  },
  {
    name: 'numbers of numbers',
    body: 'var a = new Uint8Array(2000); for (;;) a = Uint8Array.from(a, (x) => x + 1); return a;',
  },
  {
    name: 'numbers as arguments',
    body: 'var a = new Uint8Array(2000); for (;;) String.fromCharCode.apply(null, a); return 1;',
  },
  {
    name: 'the maker of numbers',
    body: 'return new Uint8Array(1)["con" + "structor"]["con" + "structor"]("for (;;) {}")();',
  },
  { name: 'bytes as text and back', body: 'var s = "x".repeat(7000); for (;;) atob(btoa(s)); return 1;' },
  { name: 'text that is no bytes', body: 'for (;;) try { atob("a") } catch (e) { msg.e = e.name } return 1;' },
  { name: 'a function bound again and again', body: 'var f = () => 1; for (;;) f = f.bind(msg, 1, 2, 3); return f();' },
  {
    name: 'the same, called',
    body: 'var f = () => 1; for (var i = 0; i < 500; i++) f = f.bind(msg, i); for (;;) f(); return 1;',
  },
  {
    name: 'a recursion by call',
    body: 'function f(n) { return f.call(this, n) + f.apply(this, [n]); } return f.call(msg, 1);',
  },
  {
    name: 'a recursion by what is bound',
    body: 'var o = { f() { return this.f.bind(this)() + this.f.bind(this)(); } }; return o.f();',
  },
  {
    name: 'arguments without an end',
    body: 'function f() { return f.apply(this, [...arguments, ...arguments, 1]); } return f(1);',
  },
  {
    name: 'arguments of arguments',
    body: 'function f() { return arguments; } var a = f(1); for (;;) a = f(a, a, a); return a;',
  },
  {
    name: 'the same as JSON',
    body: 'function f() { return arguments; } var a = f(1); for (var i = 0; i < 40; i++) a = f(a, a); return JSON.stringify(a);',
  },
  {
    name: 'the function of arguments',
    body: 'function f() { return arguments["call" + "ee"]["con" + "structor"]("for (;;) {}")(); } return f();',
  },
  {
    name: 'an own way to join objects that joins itself',
    body: 'Object.defineProperty(Object, "assign", { value: function (a, b) { return Object.assign(Object.assign(a, b), b); } }); return Object.assign({}, msg);',
  },
  {
    name: 'the members of what describes members',
    body: 'for (;;) msg = Object.getOwnPropertyDescriptor({ msg }, "msg"); return msg;',
  },
  { name: 'lines for a console', body: 'for (;;) console.log(msg, "x".repeat(900)); return 1;' },
  {
    name: 'lists as texts',
    body: 'var a = [1, 2, 3]; for (var i = 0; i < 15; i++) a = [a, a]; for (;;) "" + a; return 1;',
  },
  { name: 'objects as texts', body: 'var s = ""; for (;;) { s = msg + s; if (s.length > 9000) s = ""; } return s;' },
  {
    name: 'long lists as texts',
    body: 'var a = Array.from({ length: 1900 }, (_, i) => i / 3); for (;;) String(a); return 1;',
  },
  {
    name: 'a list that shrinks and grows',
    body: 'var a = []; for (;;) { a.length = 0; a.push(1, 2, 3); a.length = 1; } return a;',
  },
  { name: 'filled lists', body: 'var l = []; for (;;) l.push(new Array(2000).fill(l)); return l;' },
  {
    name: 'signs written in another way',
    body: 'var s = "ä€".repeat(4000); for (;;) encodeURIComponent(s); return 1;',
  },
  {
    name: 'the same, read',
    body: 'var s = "%41".repeat(3000); for (;;) { decodeURIComponent(s); unescape(s); escape(s); } return 1;',
  },
  {
    name: 'signs that cannot be read',
    body: 'for (;;) try { decodeURIComponent("%") } catch (e) { msg.e = e } return 1;',
  },
  {
    name: 'a text searched from its end',
    body: 'var s = "ab".repeat(4999); for (;;) s.lastIndexOf("b".repeat(50), 9000); return 1;',
  },
  { name: 'the maker of functions', body: 'var f = () => 1; return f.bind["con" + "structor"]("for (;;) {}")();' },
  {
    name: 'replacements by a function',
    body: 'for (;;) "x".repeat(900).replace(/x/g, () => "y".repeat(10)); return 1;',
  },
  {
    name: 'the same, long',
    body: 'var y = "y".repeat(9999); for (;;) "x".repeat(900).replace(/x/g, () => y); return 1;',
  },
  {
    name: 'replacements of replacements',
    body: 'const f = (s) => s.replace(/x/g, f) + s.replace(/x/g, f); return f("x".repeat(99));',
  },
  {
    name: 'replacements with what was found',
    body: 'for (;;) "x".repeat(900).replace(/x+/g, "$&$&$&$&$&$&$&$&$&"); return 1;',
  },
  { name: 'the same of a text', body: 'var s = "a"; for (;;) s = s.replace(s.slice(0, 99), "$&$&"); return s;' },
  {
    name: 'members that nothing has',
    body: 'var n = 0; for (;;) n += "a".b === msg.list.c ? (5).d ?? 1 : 0; return n;',
  },
  { name: 'margins of a text', body: 'for (;;) "x".padStart(1000, "yz").padEnd(1000); return 1;' },
  { name: 'a text repeated', body: 'return "x".repeat(1e9);' },
  {
    name: 'many arguments',
    body: 'var a = Array.from({ length: 2000 }, (_, i) => i); for (;;) Math.max(...a, ...a, ...a); return 1;',
  },
  { name: 'a call with what grows', body: 'const f = (...a) => f(...a, ...a); return f(1, 2);' },
  {
    name: 'patterns of parameters',
    body: 'const f = ({ a: { b: [c, ...d] } }) => f({ a: { b: [c, ...d, ...d] } }); return f({ a: { b: [1, 2] } });',
  },
  { name: 'prototypes', body: 'for (var i = 0; i < 9; i++) msg["__pro" + "to__"] = msg; return msg.a.b.c;' },
  { name: 'a constructor', body: 'return msg["con" + "structor"]["con" + "structor"]("for (;;) {}")();' },
  { name: 'a text of its own', body: 'msg["to" + "String"] = () => { for (;;) {} }; return "".concat(msg);' },
  { name: 'JSON of its own', body: 'msg["to" + "JSON"] = () => { for (;;) {} }; return msg;' },
  { name: 'a value of its own', body: 'msg["value" + "Of"] = () => { for (;;) {} }; return msg > 1;' },
  {
    name: 'large data, walked through',
    body: 'for (;;) Object.keys(msg).forEach((k) => (msg[k] += 1)); return msg;',
    data: 'wide',
  },
  { name: 'large data, handed back', body: 'return { msg, metadata, msgType };', data: 'wide' },
  { name: 'large data, written again and again', body: 'for (;;) JSON.stringify(msg); return 1;', data: 'wide' },
  { name: 'large data, copied again and again', body: 'for (;;) msg = { ...msg }; return 1;', data: 'wide' },
  { name: 'deep data', body: 'return msg;', data: 'deep' },
  {
    name: 'deep data, walked through',
    body: 'const f = (x) => (Array.isArray(x) ? x.map(f) : x); return f(msg);',
    data: 'deep',
  },
  { name: 'numbers that are dear to read and write', body: 'return msg;', data: 'numbers' },
  { name: 'a long text, handed back', body: 'return msg + msg;', data: 'text' },
]
