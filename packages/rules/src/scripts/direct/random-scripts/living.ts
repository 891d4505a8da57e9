import fc from 'fast-check'
import { changing } from './parts.ts'

const simple = fc.constantFrom(
  '0',
  '1',
  '2',
  '"s"',
  'null',
  'n',
  'n++',
  'list.length',
  'map.size',
  'a.n',
  'b.x',
  'a.half',
  'bytes[1]',
  'bytes.length',
  'view.getInt16(1)',
)
const walked = fc.constantFrom(
  ...['list', 'list.entries()', 'list.keys()', 'list.values()', 'map', 'map.keys()', 'map.values()', 'map.entries()'],
  ...['set', 'set.entries()', 'w', 'w', 'w', '"ab"', '"a1b2".matchAll(/[a-z]/g)', 'bytes', 'bytes.entries()'],
)

/** What changes while something walks through it, instances of classes, and calls of what may be nothing: mostly without errors. */
const lively = fc.letrec<{ statement: string; statements: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small' },
    fc
      .tuple(fc.constantFrom('list.push', 'set.add', 'set.delete', 'map.delete', 'out.push', 'out.push'), simple)
      .map(([call, of]) => `${call}(${of});`),
    fc.tuple(simple, simple).map(([key, of]) => `map.set(${key}, ${of});`),
    fc.constantFrom(
      'list.pop();',
      'out.push(w.next());',
      'set.clear();',
      'list.shift();',
      'out.push([...w]);',
      'a.own = o.m;',
      'o.f = o.m;',
      'o.n = n;',
    ),
    fc.constantFrom('w = list.entries();', 'w = map.keys();', 'w = set.values();', 'w = "abc".matchAll(/b|(c)/g);'),
    fc
      .tuple(fc.constantFrom('bytes[0]', 'bytes[1]', 'bytes[7]', 'bytes[n]'), changing, simple)
      .map(([at, sign, of]) => `out.push(${at} ${sign} ${of});`),
    fc
      .tuple(fc.constantFrom('map', 'filter', 'some', 'findIndex', 'forEach', 'reduce'), tie('statement'), simple)
      .map(([method, body, of]) => `out.push(bytes.${method}((x, i) => { ${body} return x + ${of}; }));`),
    fc
      .tuple(fc.constantFrom('set', 'at', 'fill', 'indexOf', 'slice', 'subarray', 'join'), simple)
      .map(([method, of]) => `out.push(bytes.${method}(${method === 'set' ? 'list' : of}));`),
    fc
      .tuple(fc.constantFrom('Uint8Array', 'Int16Array', 'Float32Array'), fc.constantFrom('list', 'bytes', 'set', 'n'))
      .map(([kind, of]) => `bytes = new ${kind}(${of});`),
    fc
      .tuple(fc.constantFrom('Int8', 'Uint16', 'Int32', 'Float32'), simple, simple)
      .map(([kind, at, of]) => `view.set${kind}(${at}, ${of}, ${at}); out.push(view.get${kind}(0));`),
    fc.constantFrom(
      'out.push(all(n, a, ...list));',
      'out.push(all.apply(o, list), all.call(null));',
      'view = new DataView(bytes.buffer);',
      'out.push(bytes.buffer === view.buffer, [...bytes], bytes.sort());',
      'out.push(String.fromCharCode.apply(null, bytes));',
      'out.push(btoa(n), atob(btoa("a" + n)));',
    ),
    fc
      .tuple(fc.constantFrom('o.m', 'own', 'bound', 'o.f'), fc.constantFrom('a', 'o', 'b', 'null'), simple, simple)
      .map(([of, self, one, two]) => `out.push(${of}.call(${self}, ${one}), ${of}.apply(${self}, [${two}]));`),
    fc
      .tuple(fc.constantFrom('o.m', 'own', 'bound'), fc.constantFrom('a', 'o', 'b'), simple)
      .map(([of, self, one]) => `bound = ${of}.bind(${self}, ${one}); out.push(bound(n));`),
    fc
      .tuple(
        fc.constantFrom('"a1b22"', '"x" + n', '"list"'),
        fc.constantFrom('/\\d/g', '/[a-z](\\d?)/', '"1"'),
        tie('statement'),
      )
      .map(
        ([text, by, body]) =>
          `out.push(${text}.replace(${by}, (m, x) => { ${body} return m + x; }), ${text}.replace(${by}, '<$&$1$$>'));`,
      ),
    fc
      .tuple(walked, tie('statements'), simple)
      .map(([of, body, test]) => `for (const x of ${of}) { out.push(x); ${body} if (${test}) break; }`),
    fc
      .tuple(walked, tie('statement'))
      .map(([of, body]) => `out.push(Array.from(${of}, (x, i) => { ${body} return [x, i]; }));`),
    fc
      .tuple(fc.constantFrom('map', 'set', 'list'), tie('statement'))
      .map(([of, body]) => `${of}.forEach((v, k) => { ${body} out.push(k); });`),
    fc
      .tuple(walked, simple, fc.constantFrom('', 'p', 'p = n++'))
      .map(([of, by, first]) => `var [${first}, q = ${by}, ...r] = ${of}; out.push(q, r);`),
    fc
      .tuple(
        fc.constantFrom('o.f?.(', 'o.g?.(', 'o.h?.(', 'o[o.k]?.(', 'o.m(', 'o["m"](', 'o.z?.q(', 'none?.(', 'o.f('),
        simple,
      )
      .map(([call, of]) => `out.push(${call}${of}));`),
    fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('A', 'B', 'C'), simple)
      .map(([name, kind, of]) => `${name} = new ${kind}(${of});`),
    fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('half', 'n', 'x', 'y'), changing, simple)
      .map(([on, key, sign, of]) => `out.push(${on}.${key} ${sign} ${of});`),
    fc
      .tuple(fc.constantFrom('a.up', 'b.up', 'b.own?.', 'a.own'), simple)
      .map(([call, of]) => `out.push(${call}(${of}));`),
    fc
      .tuple(fc.constantFrom('a', 'b', 'o', 'p', 'x', 'list'), fc.constantFrom('A', 'B', 'C', 'Error', 'Array'))
      .map(([of, kind]) => `out.push(${of} instanceof ${kind});`),
    fc
      .tuple(fc.constantFrom('a', 'b', 'o'), tie('statement'))
      .map(([of, body]) => `for (const x in ${of}) { out.push(x); ${body} }`),
    fc.constantFrom(
      ...[
        'out.push(Object.keys(a));',
        'out.push(Object.entries(b));',
        'out.push({ ...a });',
        'delete a.x;',
        'delete b.n;',
      ],
      ...['Object.assign(a, { half: 4 }, b);', 'out.push("half" in a, "x" in b, b.hasOwnProperty("up"));'],
      ...[
        ...[
          'out.push(A.s++, B.s, C.t);',
          'B.t = n;',
          'a = B.make(n);',
          'b = A.make(1);',
          'A.s += B.s;',
          'C.s = [A.t];',
        ],
        'try { throw new D(n) } catch (e) { out.push(e.message, e.name, e.half, e instanceof D, e instanceof Error, { ...e }, e); }',
        'try { o.z.q } catch (e) { out.push(e instanceof D); }',
        'a = new D("d");',
        'out.push(tag`a\\n`);',
        `out.push(tag\`\${n++}b\${a.x}\`);`,
        'var { x, ...p } = a; out.push(p);',
        'out.push(o.f((o.k = "f", 1)));',
        'out.push(o.f((o.f = (x) => [x], 1)));',
      ],
    ),
  ),
  statements: fc.oneof(
    { depthSize: 'small' },
    tie('statement'),
    fc.tuple(tie('statement'), tie('statements')).map((both) => both.join(' ')),
  ),
}))
const ofClass = fc.constantFrom(
  ...[
    '',
    'this.n += x;',
    'this.half = x;',
    'list.push(x);',
    'if (x > 1) return this.n;',
    'this.x ||= x;',
    'this.y = this.half;',
  ],
)
/** Classes, and what changes while it is walked through. */
export const living = fc
  .tuple(fc.array(lively.statements, { minLength: 2, maxLength: 6 }), ofClass, ofClass, ofClass, ofClass)
  .map(
    ([statements, up, over, make, set]) =>
      `var out = [], n = 0, none, p, list = [1, 2, 3], map = new Map([[1, 2], ['a', [3]]]), set = new Set([1, 'b']), w = list.values();
      class A { static s = n + 1; static make(x) { this.s += 1; return new this(x); } static get t() { return [this.s, A.s]; } static set t(x) { A.s += 'x'; } n = n; own = (x) => this.n + x; constructor(x) { this.x = x; ${make} } up(x) { ${up} return x; } get half() { return this.n / 2; } set half(x) { out.push(x); this.n = x; } }
      class B extends A { more = [this.x]; up(x) { ${over} return [super.up(x), this.more]; } }
      class C extends B { constructor(x) { n++; super(n); ${make} } get half() { return n; } set half(x) { ${set.replace('this.half = x;', '')} } }
      class D extends Error { own = [n]; constructor(x) { super(x); this.x = x; ${make} this.name = this.name + n; } }
      function tag(...x) { x.push(x[0].length); return x; }
      function all(x) { var n = arguments.length; return [n, arguments[0], arguments[n], [...arguments], (() => arguments.length)(), x]; }
      function own(x) { return [this.n, x]; }
      var bytes = new Uint8Array([1, 300, 3, 4]), view = new DataView(bytes.buffer), bound = own.bind({ n: 7 });
      var a = new A(1), b = new B(2), o = { f: (x) => x, g: null, k: 'f', m(x) { this.k = this.k === 'f' ? 'm' : 'f'; return [x, this.n, Object.keys(this)]; } };
      ${statements.join('\n')}
      return [out, list, [...map], [...set], a, b, n];`,
  )
