import fc from 'fast-check'
import { calculating, changing } from './parts.ts'

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

/** Functions, loops, lists, maps and sets. */
export const working = fc
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
