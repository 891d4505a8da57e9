import fc from 'fast-check'

/*
 * Scripts and messages made at random, in which everything that a direct script knows turns up beside things that it must
 * leave to the sandbox.
 */

const names = ['a', 'b', 'c', 'length', '0', 'toString', '__proto__', 'hasOwnProperty', 'constructor'] as const
const plainNames = ['a', 'b', 'c'] as const
const name = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...plainNames) }, fc.constantFrom(...names))

const literal = fc.constantFrom(
  ...['0', '1', '-0', '2.5', '1e400', '1e-7', '"x"', '"12"', '""', '"a"', 'null', 'true', 'false', 'undefined', 'NaN'],
  ...['010', '0x10', '"\\u2028\\ud800"', '/a/', '10n', "'b'", '`t`'],
)
const variable = fc.constantFrom('v', 'w', 'u', 'msg', 'metadata', 'msgType')

const binary = fc.constantFrom(
  ...['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '<=', '>', '>=', '==', '!=', '===', '!=='],
  ...['&&', '||', '??', 'in', 'instanceof', ','],
)
const calculating = fc.constantFrom(
  ...['+', '-', '*', '/', '%', '&', '<<', '>>>', '<', '<=', '>', '>=', '==', '!=', '===', '!==', '&&', '||'],
)
const changing = fc.constantFrom('=', '=', '=', '+=', '-=', '*=', '/=', '||=', '&&=', '??=')
const assignment = fc.constantFrom('=', '=', '=', '=', '+=', '-=', '*=', '||=', '??=')

type Texts = { member: string; expression: string }

const { expression, member } = fc.letrec<Texts>((tie) => ({
  member: fc.oneof(
    fc
      .tuple(fc.constantFrom('msg', 'msg', 'msg', 'metadata', 'v'), name)
      .map(([on, key]) => `${on}[${JSON.stringify(key)}]`),
    fc
      .tuple(fc.constantFrom('msg', 'metadata', 'w'), fc.constantFrom(...plainNames))
      .map(([on, key]) => `${on}.${key}`),
    fc.tuple(fc.constantFrom(...plainNames), fc.constantFrom(...plainNames)).map(([one, two]) => `msg.${one}.${two}`),
    fc.tuple(fc.constantFrom(...plainNames), fc.constantFrom(...plainNames)).map(([one, two]) => `msg?.${one}?.${two}`),
    fc.tuple(fc.constantFrom(...plainNames), tie('expression')).map(([one, key]) => `msg.${one}[${key}]`),
    tie('expression').map((key) => `msg[${key}]`),
  ),
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    literal,
    variable,
    tie('member'),
    tie('member'),
    fc
      .tuple(tie('expression'), binary, tie('expression'))
      .map(([left, sign, right]) => `((${left}) ${sign} (${right}))`),
    fc
      .tuple(fc.constantFrom('!', '-', '+', '~', 'typeof ', 'void '), tie('expression'))
      .map(([sign, of]) => `(${sign}(${of}))`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    fc
      .tuple(tie('member'), assignment, tie('expression'))
      .map(([left, sign, right]) => `(${left.replaceAll('?.', '.')} ${sign} ${right})`),
    fc
      .tuple(fc.constantFrom('v', 'w', 'u', 'msg'), assignment, tie('expression'))
      .map(([left, sign, right]) => `(${left} ${sign} ${right})`),
    tie('member').map((left) => `(delete ${left.replaceAll('?.', '.')})`),
    tie('member').map((left) => `(${left.replaceAll('?.', '.')}++)`),
    fc.tuple(tie('expression'), tie('expression')).map(([one, two]) => `[${one}, ${two}]`),
    fc
      .tuple(name, tie('expression'), tie('expression'))
      .map(([key, one, two]) => `({ ${JSON.stringify(key)}: ${one}, c: ${two} })`),
    fc.tuple(tie('expression'), tie('expression')).map(([one, two]) => `({ ...${one}, b: ${two} })`),
    tie('expression').map((of) => `\`<\${${of}}>\``),
    fc
      .tuple(fc.constantFrom('Math.round', 'Math.max', 'Math.abs', 'Math.pow'), tie('expression'), tie('expression'))
      .map(([of, one, two]) => `${of}(${one}, ${two})`),
    fc
      .tuple(
        fc.constantFrom(
          'Number',
          'String',
          'Boolean',
          'parseFloat',
          'parseInt',
          'isNaN',
          'isFinite',
          'JSON.stringify',
          'JSON.parse',
          'Array.isArray',
          'Number.isInteger',
        ),
        tie('expression'),
      )
      .map(([of, one]) => `${of}(${one})`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          'toFixed(2)',
          'toString()',
          'toPrecision(3)',
          'toUpperCase()',
          'trim()',
          'slice(1)',
          'hasOwnProperty("a")',
          'valueOf()',
          'toFixed(200)',
        ),
      )
      .map(([of, call]) => `(${of}).${call}`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom(
          'indexOf',
          'includes',
          'split',
          'substring',
          'padStart',
          'concat',
          'charAt',
          'hasOwnProperty',
          'push',
          'startsWith',
        ),
        tie('expression'),
      )
      .map(([of, method, one]) => `(${of}).${method}(${one})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([of, one, two]) => `(${of}).replace(${one}, ${two})`),
  ),
}))

/** Mostly without errors: values without members, of which something can be made. */
const calculation = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom('0', '1', '-0', '2.5', '"x"', '"12"', '"a"', '"b"', 'null', 'true', 'undefined', 'msgType', 'v'),
    fc
      .tuple(fc.constantFrom('msg', 'msg', 'metadata'), fc.constantFrom(...plainNames))
      .map(([on, key]) => `${on}.${key}`),
    fc.tuple(tie('value'), calculating, tie('value')).map(([one, sign, two]) => `(${one} ${sign} ${two})`),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    fc.tuple(fc.constantFrom('!', '-', '+', '~', 'typeof '), tie('value')).map(([sign, of]) => `(${sign}(${of}))`),
    fc.tuple(fc.constantFrom('msg', 'metadata'), tie('value')).map(([on, key]) => `${on}[${key}]`),
    fc.tuple(fc.constantFrom('msg', 'metadata'), name).map(([on, key]) => `${on}[String(${JSON.stringify(key)})]`),
    fc
      .tuple(fc.constantFrom(...plainNames), changing, tie('value'))
      .map(([key, sign, of]) => `(msg.${key} ${sign} ${of})`),
    tie('value').map((of) => `(v = ${of})`),
    fc.tuple(tie('value'), fc.constantFrom('msg', 'metadata')).map(([key, on]) => `(${key} in ${on})`),
    fc.tuple(fc.constantFrom(...plainNames), fc.constantFrom('++', '--')).map(([key, sign]) => `(msg.${key}${sign})`),
    fc
      .tuple(fc.constantFrom('Math.round', 'Math.max', 'Math.abs', 'Number', 'parseFloat', 'isNaN'), tie('value'))
      .map(([of, one]) => `${of}(${one})`),
    fc
      .tuple(
        fc.constantFrom('indexOf', 'includes', 'concat', 'charAt', 'startsWith', 'slice'),
        tie('value'),
        tie('value'),
      )
      .map(([method, one, two]) => `String(${one}).${method}(${two})`),
    tie('value').map((of) => `Number(${of}).toFixed(1)`),
  ),
})).value

const statement = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small' },
    expression.map((of) => `${of.startsWith('{') ? `(${of})` : of};`),
    fc.tuple(member, expression).map(([left, of]) => `${left.replaceAll('?.', '.')} = ${of};`),
    fc
      .tuple(fc.constantFrom('var', 'let', 'const'), fc.constantFrom('p', 'q'), expression)
      .map(([kind, of, value]) => `${kind} ${of} = ${value};`),
    fc
      .tuple(expression, tie('statement'), tie('statement'))
      .map(([test, yes, no]) => `if (${test}) { ${yes} } else { ${no} }`),
    fc
      .tuple(expression, expression, tie('statement'), tie('statement'))
      .map(([of, one, yes, no]) => `switch (${of}) { case ${one}: ${yes} break; case 1: ${no} default: ${yes} }`),
    expression.map((of) => `return ${of};`),
  ),
})).statement

const endings = fc.oneof(
  fc.constant('return {msg: msg, metadata: metadata, msgType: msgType};'),
  fc.constant('return {msg, metadata, msgType};'),
  fc
    .tuple(expression, expression, expression)
    .map(([one, two, three]) => `return {msg: ${one}, metadata: ${two}, msgType: ${three}};`),
  fc.tuple(expression, expression).map(([one, two]) => `return [{msg: ${one}}, {msg: msg, metadata: ${two}}];`),
  expression.map((of) => `return ${of};`),
)

const wild = fc
  .tuple(
    fc.array(statement, { maxLength: 3 }),
    endings,
    fc.constantFrom('', 'var v = 1; let w = msg.a; ', 'var v = {}, w = metadata; '),
  )
  .map(([statements, ending, start]) => `${start}${statements.join('\n')}\n${ending}`)

const calm = fc
  .tuple(calculation, calculation, calculation, calculation, fc.constantFrom(...plainNames), fc.boolean())
  .map(
    ([one, two, three, four, key, isDeleted]) =>
      `var v = 'b'; v = ${one}; msg.b = ${two}; if (${three}) { ${isDeleted ? `delete msg.${key}` : `msg.${key} = v`}; } metadata.d = ${four};\nreturn {msg, metadata, msgType};`,
  )

/** A variable of any of the functions and loops, which may hide each other. */
const local = fc.constantFrom('i', 'k', 'x', 'y', 'total', 'list', 'msg.a', 'msg.b')

const work = fc.letrec<{ value: string; statement: string; lambda: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    local,
    local,
    fc.constantFrom('0', '1', '2.5', '"a"', '"12"', 'null', '[1, 2, 3]', '["b", "a"]', '({ a: 1, b: [2] })'),
    fc.tuple(tie('value'), calculating, tie('value')).map(([one, sign, two]) => `(${one} ${sign} ${two})`),
    fc.tuple(tie('value'), tie('value'), tie('value')).map(([test, yes, no]) => `(${test} ? ${yes} : ${no})`),
    fc
      .tuple(
        fc.constantFrom('list', 'list', 'msg.a', '[3, 1, 2]', 'Object.keys(msg)', 'Object.values(msg)'),
        fc.constantFrom('map', 'filter', 'some', 'every', 'find', 'findIndex', 'forEach', 'flatMap', 'sort'),
        tie('lambda'),
      )
      .map(([of, method, by]) => `${of}.${method}(${by})`),
    fc.tuple(tie('lambda'), tie('value')).map(([by, first]) => `list.reduce(${by}, ${first})`),
    fc
      .tuple(
        fc.constantFrom('slice', 'concat', 'indexOf', 'includes', 'push', 'unshift', 'at', 'join', 'splice'),
        tie('value'),
      )
      .map(([method, of]) => `list.${method}(${of})`),
    fc.constantFrom('list.pop()', 'list.shift()', 'list.reverse()', 'list.sort()', 'list.length', '[...list, ...list]'),
    fc
      .tuple(fc.constantFrom('f', 'g', 'h'), tie('value'), tie('value'))
      .map(([of, one, two]) => `${of}(${one}, ${two})`),
    fc.tuple(tie('lambda'), tie('value')).map(([of, one]) => `(${of})(${one})`),
    fc
      .tuple(
        fc.constantFrom('f', 'g', 'x', 'k', 'list.at', 'msg.a', 'msg.b?.c', '({ y: g }).y', '(x || g)', 'msg[k]'),
        tie('value'),
        fc.constantFrom('', '?.a', '.length', '?.(1)', ' ?? k'),
      )
      .map(([of, one, then]) => `(${of}?.(${one})${then})`),
    fc.tuple(local, changing, tie('value')).map(([name, sign, of]) => `(${name} ${sign} ${of})`),
    fc.tuple(local, fc.constantFrom('++', '--')).map(([name, sign]) => `${name}${sign}`),
    fc
      .tuple(tie('value'), fc.constantFrom('/a|b/', '/^\\d+$/', '/\\w+?/g', '/[^a-z]{1,3}/i'))
      .map(([of, by]) => `String(${of}).match(${by})`),
    fc
      .tuple(tie('value'), fc.constantFrom('/a/g', '/\\d*/', '"a"'))
      .map(([of, by]) => `String(${of}).replace(${by}, "-")`),
    tie('value').map((of) => `JSON.parse(JSON.stringify(${of}))`),
    tie('value').map((of) => `new Date(${of}).getTime()`),
    tie('value').map((of) => `list[${of}]`),
    fc
      .tuple(fc.constantFrom('map', 'set'), fc.constantFrom('get', 'has', 'delete', 'add', 'forEach'), tie('value'))
      .map(([on, method, of]) => `${on}.${method}(${of})`),
    fc.tuple(tie('value'), tie('value')).map(([key, of]) => `map.set(${key}, ${of})`),
    fc.tuple(fc.constantFrom('map', 'set'), tie('lambda')).map(([on, by]) => `${on}.forEach(${by})`),
    fc.constantFrom('map.size', 'set.size', '[...map]', '[...set]', '[...map.keys()]', 'map.values()', 'set', 'map'),
    tie('value').map((of) => `Array.from(${of})`),
    fc
      .tuple(fc.constantFrom('list', 'w', 'map', 'set', 'map.keys()', 'list.entries()', '"abc"', 'x'), tie('lambda'))
      .map(([of, by]) => `Array.from(${of}, ${by})`),
    fc.constantFrom(...['[...w]', 'w.next()', 'w.next().value', '[...list.entries()]', '(w = map.entries())', 'w']),
    fc.constantFrom('(w = list.keys())', '(w = set.values())', '[...String(k).matchAll(/\\d|a(b)/g)]', 'map.entries()'),
    fc.tuple(tie('lambda'), fc.integer({ max: 3 })).map(([by, most]) => `Array.from({ length: ${most} }, ${by})`),
    tie('value').map((of) => `Math.max.apply(null, ${of})`),
    tie('value').map((of) => `JSON.stringify(${of}, null, 1)`),
    tie('value').map((of) => `Object.prototype.hasOwnProperty.call(msg, ${of})`),
  ),
  lambda: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('value').map((of) => `(x) => ${of}`),
    tie('value').map((of) => `(x, y = 1) => ${of}`),
    fc.tuple(tie('statement'), tie('value')).map(([first, of]) => `function (x, y) { ${first} return ${of}; }`),
    fc.tuple(tie('statement'), tie('value')).map(([first, of]) => `(x, ...y) => { ${first} return ${of}; }`),
    fc.constantFrom('f', 'Number', 'String', 'Boolean'),
  ),
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('value').map((of) => `(${of});`),
    fc.tuple(local, changing, tie('value')).map(([name, sign, of]) => `${name} ${sign} ${of};`),
    fc
      .tuple(fc.constantFrom('var', 'let', 'const'), fc.constantFrom('i', 'k', 'x', 'total'), tie('value'))
      .map(([kind, name, of]) => `${kind} ${name} = ${of};`),
    fc
      .tuple(fc.constantFrom('var', 'let', 'const'), tie('value'))
      .map(([kind, of]) => `${kind} [k, ...x] = [${of}, 1, 2];`),
    fc
      .tuple(fc.constantFrom('', 'var ', 'let '), fc.constantFrom('w', 'map', 'set', 'list', '"ab"'), tie('value'))
      .map(([kind, from, of]) => `${kind}[k, y = ${of}, , x] = ${from};`),
    fc.constantFrom('w', 'set', 'map.keys()', 'list.values()').map((from) => `var [, ...x] = ${from};`),
    fc
      .tuple(fc.constantFrom('var', 'let'), tie('value'))
      .map(([kind, of]) => `${kind} { a: k, b: y = 2 } = ${of} || msg;`),
    fc
      .tuple(fc.constantFrom('var', 'let'), fc.constantFrom('i', 'k'), fc.integer({ min: 0, max: 4 }), tie('statement'))
      .map(([kind, name, most, body]) => `for (${kind} ${name} = 0; ${name} < ${most}; ${name}++) { ${body} }`),
    fc
      .tuple(
        fc.constantFrom('const', 'let', 'var'),
        fc.constantFrom('x', 'k'),
        fc.constantFrom('of', 'in'),
        tie('value'),
        tie('statement'),
      )
      .map(([kind, name, by, of, body]) => `for (${kind} ${name} ${by} ${of}) { ${body} }`),
    fc
      .tuple(tie('value'), tie('statement'))
      .map(([test, body]) => `while (${test}) { ${body} if (total++ > 5) break; }`),
    fc
      .tuple(tie('value'), tie('statement'))
      .map(([test, body]) => `do { ${body} if (${test}) continue; } while (total++ < 3);`),
    fc
      .tuple(tie('value'), tie('statement'), tie('statement'))
      .map(([test, yes, no]) => `if (${test}) { ${yes} } else { ${no} }`),
    fc
      .tuple(tie('statement'), tie('statement'), tie('statement'), tie('value'))
      .map(
        ([body, by, last, of]) =>
          `try { ${body} if (${of}) throw new Error('x' + ${of}); } catch (y) { ${by} } finally { ${last} }`,
      ),
    fc.tuple(tie('statement'), tie('statement')).map(([one, two]) => `${one} ${two}`),
    fc.constantFrom('break;', 'return total;', 'break out;', 'continue out;', 'break block;'),
    tie('statement').map((body) => `out: for (const x of [1, 2, 3]) { ${body} if (total++ > 4) break out; }`),
    fc.tuple(tie('statement'), tie('statement')).map(([one, two]) => `block: { ${one} ${two} }`),
    fc
      .tuple(tie('statement'), tie('value'), tie('value'))
      .map(([body, of, one]) => `if (${one}) { ${body} function local(x) { return ${of}; } total += local(k); }`),
    fc
      .tuple(tie('value'), tie('value'), tie('statement'), tie('statement'))
      .map(
        ([of, one, yes, no]) =>
          `switch (${of}) { case 1: let y = ${one}; ${yes} break; case k: { ${no} } default: ${yes} }`,
      ),
    fc
      .tuple(tie('value'), tie('statement'))
      .map(([of, by]) => `try { throw { a: ${of}, b: [k] }; } catch ({ a: x, b: [y] }) { ${by} }`),
    fc
      .tuple(
        fc.constantFrom(
          ...['map', 'set', 'map.values()', 'new Set(list)', 'list.entries()', 'list.keys()', 'w', 'w', '"ab"'],
        ),
        tie('statement'),
      )
      .map(([of, body]) => `for (const x of ${of}) { ${body} }`),
  ),
}))

const working = fc
  .tuple(
    work.statement,
    work.statement,
    work.value,
    work.value,
    fc.constantFrom('list', 'total', '[list, total, msg, k]'),
    work.statement,
    fc.constantFrom('', '', "'use strict'; "),
  )
  .map(
    ([one, two, f, h, end, inner, start]) =>
      `${start}var total = 0, list = [1, 2, 3], k = 1, map = new Map([[1, 2], ['a', [3]]]), set = new Set([1, 'b']), w = list.values(); ${one} function f(x, y) { ${inner} return ${f}; } const g = (x) => x, h = function (x, i) { return ${h}; }; ${two} return ${end};`,
  )

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
)
const walked = fc.constantFrom(
  ...['list', 'list.entries()', 'list.keys()', 'list.values()', 'map', 'map.keys()', 'map.values()', 'map.entries()'],
  ...['set', 'set.entries()', 'w', 'w', 'w', '"ab"', '"a1b2".matchAll(/[a-z]/g)'],
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
const living = fc
  .tuple(fc.array(lively.statements, { minLength: 2, maxLength: 6 }), ofClass, ofClass, ofClass, ofClass)
  .map(
    ([statements, up, over, make, set]) =>
      `var out = [], n = 0, none, p, list = [1, 2, 3], map = new Map([[1, 2], ['a', [3]]]), set = new Set([1, 'b']), w = list.values();
      class A { static s = n + 1; static make(x) { this.s += 1; return new this(x); } static get t() { return [this.s, A.s]; } static set t(x) { A.s += 'x'; } n = n; own = (x) => this.n + x; constructor(x) { this.x = x; ${make} } up(x) { ${up} return x; } get half() { return this.n / 2; } set half(x) { out.push(x); this.n = x; } }
      class B extends A { more = [this.x]; up(x) { ${over} return [super.up(x), this.more]; } }
      class C extends B { constructor(x) { n++; super(n); ${make} } get half() { return n; } set half(x) { ${set.replace('this.half = x;', '')} } }
      class D extends Error { own = [n]; constructor(x) { super(x); this.x = x; ${make} this.name = this.name + n; } }
      function tag(...x) { x.push(x[0].length); return x; }
      var a = new A(1), b = new B(2), o = { f: (x) => x, g: null, k: 'f', m(x) { this.k = this.k === 'f' ? 'm' : 'f'; return [x, this.n, Object.keys(this)]; } };
      ${statements.join('\n')}
      return [out, list, [...map], [...set], a, b, n];`,
  )

/** The body of a script. */
export const randomBody = fc.oneof(wild, calm, working, working, living)

const value = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('1', '-0', '0.5', '1e400', '1.0', '22', '"12"', '"a"', '"x y"', '""', 'true', 'null'),
  },
  fc.constantFrom(
    '[]',
    '[1,2]',
    '{"a":1}',
    '{"b":{"c":2}}',
    '{"toString":1}',
    '[[1],"a"]',
    '"\\ud800"',
    '{"0":1,"a":2}',
  ),
)
const object = fc
  .array(fc.tuple(name, value), { maxLength: 5 })
  .map((members) => `{${members.map(([key, of]) => `${JSON.stringify(key)}: ${of}`).join(',')}}`)

/** What a message carries; now and then that is no JSON. */
export const randomData = fc.oneof({ weight: 20, arbitrary: object }, value, fc.constantFrom('{"a":1', '', '[1]'))
export const randomMetadata = fc.dictionary(name, fc.constantFrom('x', '', '12', '"', '\u2028'), { maxKeys: 4 })
