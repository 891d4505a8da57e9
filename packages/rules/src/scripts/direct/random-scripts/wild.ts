import fc from 'fast-check'
import { calculating, changing, name, plainNames } from './parts.ts'

const literal = fc.constantFrom(
  ...['0', '1', '-0', '2.5', '1e400', '1e-7', '"x"', '"12"', '""', '"a"', 'null', 'true', 'false', 'undefined', 'NaN'],
  ...['010', '0x10', '"\\u2028\\ud800"', '/a/', '10n', "'b'", '`t`'],
)
const variable = fc.constantFrom('v', 'w', 'u', 'msg', 'metadata', 'msgType')

const binary = fc.constantFrom(
  ...['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>', '>>>', '<', '<=', '>', '>=', '==', '!=', '===', '!=='],
  ...['&&', '||', '??', 'in', 'instanceof', ','],
)
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
          'length = 1',
          'toExponential(1)',
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

/** All signs with everything, mostly ending in an error. */
export const wild = fc
  .tuple(
    fc.array(statement, { maxLength: 3 }),
    endings,
    fc.constantFrom('', 'var v = 1; let w = msg.a; ', 'var v = {}, w = metadata; '),
  )
  .map(([statements, ending, start]) => `${start}${statements.join('\n')}\n${ending}`)

/** Calculations that mostly succeed. */
export const calm = fc
  .tuple(calculation, calculation, calculation, calculation, fc.constantFrom(...plainNames), fc.boolean())
  .map(
    ([one, two, three, four, key, isDeleted]) =>
      `var v = 'b'; v = ${one}; msg.b = ${two}; if (${three}) { ${isDeleted ? `delete msg.${key}` : `msg.${key} = v`}; } metadata.d = ${four};\nreturn {msg, metadata, msgType};`,
  )
