import type { ScriptLanguage } from '@thingwire/contracts'
import type { ScriptKind } from '@thingwire/rules'
import { helperGroups } from '@thingwire/tbel'
import type { Suggestion } from './code-types.ts'

const call = (name: string, detail: string, info?: string): Suggestion => ({
  label: name,
  kind: 'function',
  detail,
  apply: `${name}(#{})`,
  ...(info !== undefined && { info }),
})

/** `name(a[, b])` as the field of a snippet: what must be given, to be filled in. */
const helperSnippet = (name: string, signature: string): string => {
  const inside = /\(([^[)]*)/.exec(signature)?.[1] ?? ''
  const parameters = inside.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]))
  if (parameters.length === 0) return `${name}(#{})`
  return `${name}(${parameters.map((one, index) => `#{${index + 1}:${one.replace(/[{}]/g, '')}}`).join(', ')})`
}

const tbelHelpers: Suggestion[] = Object.values(helperGroups).flatMap((group) =>
  Object.entries(group).map(([name, { signature, meaning, example, result }]) => ({
    label: name,
    kind: 'function' as const,
    detail: signature.slice(name.length),
    info: `${meaning}\n${example} → ${result}`,
    apply: helperSnippet(name, signature),
  })),
)

const word = (label: string, kind: Suggestion['kind'] = 'keyword'): Suggestion => ({ label, kind })

const keywords: Record<ScriptLanguage, Suggestion[]> = {
  JS: ['var', 'let', 'const', 'if', 'else', 'for', 'while', 'return', 'function', 'typeof', 'true', 'false', 'null']
    .concat(['undefined', 'switch', 'case', 'break', 'continue', 'try', 'catch', 'throw', 'new', 'in', 'of', 'delete'])
    .map((one) => word(one)),
  TBEL: ['var', 'if', 'else', 'for', 'foreach', 'while', 'until', 'do', 'switch', 'case', 'default', 'break', 'return']
    .concat(['def', 'new', 'true', 'false', 'null', 'empty', 'instanceof', 'contains', 'isdef'])
    .concat(['continue', 'and', 'or'])
    .map((one) => word(one)),
}

const namespaces: Record<ScriptLanguage, Suggestion[]> = {
  JS: ['Math', 'JSON', 'Object', 'Array', 'String', 'Number', 'Boolean', 'Date', 'RegExp', 'Map', 'Set', 'Error']
    .map((one) => word(one, 'type'))
    .concat([
      call('parseInt', '(text, radix)'),
      call('parseFloat', '(text)'),
      call('isNaN', '(value)'),
      call('isFinite', '(value)'),
      call('encodeURIComponent', '(text)'),
      call('decodeURIComponent', '(text)'),
    ]),
  TBEL: ['Math', 'JSON', 'Date', 'Integer', 'Long', 'Double', 'Float', 'Boolean', 'String', 'Character'].map((one) =>
    word(one, 'type'),
  ),
}

/** What stands behind a name and a dot, for names that every script has. */
const statics: Record<ScriptLanguage, Record<string, Suggestion[]>> = {
  JS: {
    Math: [
      'abs',
      'min',
      'max',
      'round',
      'floor',
      'ceil',
      'trunc',
      'sqrt',
      'pow',
      'sin',
      'cos',
      'atan2',
      'log',
      'random',
    ]
      .map((one) => call(one, '()'))
      .concat([word('PI', 'property')]),
    JSON: [call('parse', '(text)'), call('stringify', '(value)')],
    Object: [call('keys', '(object)'), call('values', '(object)'), call('entries', '(object)')],
    Array: [call('isArray', '(value)'), call('from', '(items)')],
    Number: [call('isInteger', '(value)'), call('isFinite', '(value)'), call('parseFloat', '(text)')],
    Date: [call('now', '()'), call('parse', '(text)')],
    String: [call('fromCharCode', '(code)')],
  },
  TBEL: {
    Math: ['abs', 'min', 'max', 'round', 'floor', 'ceil', 'rint', 'sqrt', 'pow', 'sin', 'cos', 'atan2', 'log', 'random']
      .map((one) => call(one, '()'))
      .concat([word('PI', 'property')]),
    JSON: [call('parse', '(text)'), call('stringify', '(value)')],
    Integer: [call('parseInt', '(text)'), call('toHexString', '(int)')],
  },
}

const methods: Record<ScriptLanguage, Record<string, Suggestion[]>> = {
  JS: {
    text: ['indexOf', 'includes', 'startsWith', 'endsWith', 'slice', 'split', 'replace', 'trim', 'toUpperCase']
      .concat(['toLowerCase', 'padStart', 'padEnd', 'charAt', 'match'])
      .map((one) => call(one, '()'))
      .concat([word('length', 'property')]),
    list: [
      'map',
      'filter',
      'find',
      'some',
      'every',
      'forEach',
      'reduce',
      'includes',
      'indexOf',
      'slice',
      'push',
      'join',
    ]
      .concat(['sort', 'reverse', 'concat'])
      .map((one) => call(one, '()'))
      .concat([word('length', 'property')]),
    number: ['toFixed', 'toString'].map((one) => call(one, '()')),
    object: [],
  },
  TBEL: {
    text: ['indexOf', 'contains', 'startsWith', 'endsWith', 'substring', 'split', 'replace', 'trim', 'toUpperCase']
      .concat(['toLowerCase', 'length', 'isEmpty', 'equalsIgnoreCase', 'matches'])
      .map((one) => call(one, '()')),
    list: ['size', 'isEmpty', 'get', 'contains', 'indexOf', 'add', 'push', 'remove', 'slice', 'join', 'sort', 'reverse']
      .concat(['concat', 'clone'])
      .map((one) => call(one, '()')),
    number: ['intValue', 'longValue', 'doubleValue'].map((one) => call(one, '()')),
    object: [
      'get',
      'getOrDefault',
      'put',
      'remove',
      'containsKey',
      'keys',
      'values',
      'entrySet',
      'size',
      'isEmpty',
    ].map((one) => call(one, '()')),
  },
}

const snippet = (label: string, detail: string, apply: string): Suggestion => ({
  ...{ label, detail, apply },
  kind: 'snippet',
  boost: 5,
})

const ifSnippet = snippet('if', 'condition', 'if (#{1:condition}) {\n  #{2}\n}')

const byKind: Record<ScriptKind, Suggestion[]> = {
  filter: [snippet('return true when', 'filter', 'return #{1:msg.temperature} > #{2:20};')],
  switch: [
    snippet('return one label', 'switch', "return '#{1:High}';"),
    snippet('return labels', 'switch', "return ['#{1:One}', '#{2:Two}'];"),
  ],
  update: [
    snippet('return message', 'transformation', 'return {msg: msg, metadata: metadata, msgType: msgType};'),
    snippet('return messages', 'transformation', 'return [{msg: #{1:msg}, metadata: metadata, msgType: msgType}];'),
  ],
  generate: [
    snippet(
      'return message',
      'generator',
      "return {msg: {#{1:temperature}: #{2:42}}, metadata: {#{3}}, msgType: 'POST_TELEMETRY_REQUEST'};",
    ),
  ],
  json: [snippet('return details', 'alarm details', 'return {#{1:value}: #{2:msg.temperature}};')],
  string: [snippet('return text', 'log', "return '#{1:Message}: ' + JSON.stringify(msg);")],
}

const forEach: Record<ScriptLanguage, Suggestion> = {
  JS: snippet('for each', 'loop', 'for (const #{1:item} of #{2:list}) {\n  #{3}\n}'),
  TBEL: snippet('foreach', 'loop', 'foreach (#{1:item} : #{2:list}) {\n  #{3}\n}'),
}

/** Words, helpers and patterns that any script of the kind can begin with. */
export const wordsFor = (language: ScriptLanguage, kind: ScriptKind): Suggestion[] => [
  ...byKind[kind],
  ifSnippet,
  forEach[language],
  ...keywords[language].filter(({ label }) => label !== 'if' && label !== 'foreach'),
  ...namespaces[language],
  ...(language === 'TBEL' ? tbelHelpers : []),
]

export const staticsOf = (language: ScriptLanguage, name: string): Suggestion[] => statics[language][name] ?? []

export const methodsOf = (language: ScriptLanguage, types: ReadonlySet<string>): Suggestion[] => {
  const known = [...types].flatMap((type) => methods[language][type] ?? [])
  return [...new Map(known.map((one) => [one.label, one])).values()].map((one) => ({ ...one, boost: -10 }))
}
