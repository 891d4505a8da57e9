import { testIds } from '@thingwire/rules/testing'
import type { NodeCase } from '../node-case.ts'

const device = { entityType: 'DEVICE', id: testIds.device } as const
const arg = (name: string, type: string, key: string, more: object = {}) => ({ name, type, key, ...more })
const body = (name: string, key = name) => arg(name, 'MESSAGE_BODY', key)
const into = (type: string, key: string, digits: number, more: object = {}) => ({
  type,
  key,
  resultValuePrecision: digits,
  ...more,
})
const plain = (operation: string, digits: number, count = 2) => ({
  operation,
  arguments: [body('a'), body('b')].slice(0, count),
  result: into('MESSAGE_BODY', 'r', digits),
})
/** Operation, values, digits, the result as it is written. */
const table: [string, number[], number, string][] = [
  ['ADD', [2, 2], 2, '4.0'],
  ['SUB', [2, 5], 0, '-3'],
  ['MULT', [2.5, 3], 1, '7.5'],
  ['DIV', [7, 2], 0, '3'],
  ['DIV', [-7, 2], 0, '-3'],
  ['DIV', [2, 3], 4, '0.6667'],
  ['ATAN2', [1, 1], 4, '0.7854'],
  ['HYPOT', [3, 4], 1, '5.0'],
  ['FLOOR_DIV', [-7.9, 2.9], 0, '-4'],
  ['FLOOR_MOD', [-7.9, 3.9], 0, '2'],
  ['FLOOR_MOD', [7, -3], 0, '-2'],
  ['MIN', [2, -3], 0, '-3'],
  ['MAX', [2, -3], 0, '2'],
  ['POW', [2, 10], 0, '1024'],
  ['SIN', [0], 2, '0.0'],
  ['SINH', [1], 3, '1.175'],
  ['COS', [0], 2, '1.0'],
  ['COSH', [1], 3, '1.543'],
  ['TAN', [1], 3, '1.557'],
  ['TANH', [1], 3, '0.762'],
  ['ACOS', [1], 2, '0.0'],
  ['ASIN', [1], 3, '1.571'],
  ['ATAN', [1], 3, '0.785'],
  ['EXP', [1], 3, '2.718'],
  ['EXPM1', [1], 3, '1.718'],
  ['SQRT', [5], 3, '2.236'],
  ['CBRT', [27], 1, '3.0'],
  ['GET_EXP', [4], 3, '2'],
  ['GET_EXP', [0.1], 0, '-4'],
  ['LOG', [4], 3, '1.386'],
  ['LOG10', [1000], 1, '3.0'],
  ['LOG1P', [1], 3, '0.693'],
  ['CEIL', [1.1], 3, '2'],
  ['FLOOR', [-1.1], 3, '-2'],
  ['ABS', [-2.5], 1, '2.5'],
  ['SIGNUM', [-7], 0, '-1'],
  ['RAD', [180], 4, '3.1416'],
  ['DEG', [1], 3, '57.296'],
]

export const cases: NodeCase[] = [
  {
    title: 'calculates by its own expression, and puts the result into the data',
    messages: [{ data: '{"temperature":212,"kept":20.0}' }],
    leaves: [{ by: 'Success', data: '{"temperature":212,"kept":20.0,"temperatureCelsius":100.0}' }],
  },
  ...table.map(
    ([operation, [a, b], digits, r]): NodeCase => ({
      title: `${operation} of ${a}${b === undefined ? '' : ` and ${b}`} is ${r}`,
      config: plain(operation, digits, b === undefined ? 1 : 2),
      messages: [{ data: JSON.stringify({ a, b }) }],
      leaves: [{ by: 'Success', data: JSON.stringify({ a, b }).replace('}', `,"r":${r}}`) }],
    }),
  ),
  {
    title: 'knows products without a sign, and its own logarithms',
    config: {
      customFunction: '2a+3b + logab(2, 8)',
      arguments: [body('a'), body('b')],
      result: into('MESSAGE_METADATA', 'r', 1),
    },
    messages: [{ data: '{"a":2,"b":5}' }],
    leaves: [{ by: 'Success', data: '{"a":2,"b":5}', metadata: { r: '22.0' } }],
  },
  {
    title: 'rounds half up; without digits it cuts them off',
    config: { operation: 'ABS', arguments: [body('a')], result: into('MESSAGE_BODY', 'r', 2) },
    messages: [{ data: '{"a":2.345}' }, { data: '{"a":1.005}' }, { data: '{"a":-0.001}' }],
    leaves: [
      { by: 'Success', data: '{"a":2.345,"r":2.35}' },
      { by: 'Success', data: '{"a":1.005,"r":1.01}' },
      { by: 'Success', data: '{"a":-0.001,"r":0.0}' },
    ],
  },
  {
    title: 'into the metadata whole numbers go without a point',
    config: { operation: 'SQRT', arguments: [body('a')], result: into('MESSAGE_METADATA', 'r', 0) },
    messages: [{ data: '{"a":16.9}' }],
    leaves: [{ by: 'Success', data: '{"a":16.9}', metadata: { r: '4' } }],
  },
  {
    title: 'into the metadata doubles go with one',
    config: { operation: 'SQRT', arguments: [body('a')], result: into('MESSAGE_METADATA', 'r', 3) },
    messages: [{ data: '{"a":5}' }],
    leaves: [{ by: 'Success', metadata: { r: '2.236' } }],
  },
  {
    title: 'fills the keys of values and result',
    config: {
      operation: 'ADD',
      arguments: [body('a', '${which}'), arg('b', 'MESSAGE_METADATA', '$[from]')],
      result: into('MESSAGE_BODY', 'sum_${which}', 0),
    },
    messages: [{ data: '{"x":1,"from":"offset"}', metadata: { which: 'x', offset: '41' } }],
    leaves: [{ by: 'Success', data: '{"x":1,"from":"offset","sum_x":42}' }],
  },
  {
    title: 'takes attributes, telemetry and constants',
    config: {
      customFunction: 'a + b + c',
      arguments: [
        arg('a', 'ATTRIBUTE', 'limit', { attributeScope: 'SHARED_SCOPE' }),
        arg('b', 'TIME_SERIES', 'level'),
        arg('c', 'CONSTANT', '0.5'),
      ],
      result: into('MESSAGE_BODY', 'r', 1),
    },
    attributes: [{ scope: 'SHARED_SCOPE', entries: [{ key: 'limit', type: 'STRING', value: '10' }] }],
    latest: [{ entries: [{ key: 'level', type: 'LONG', value: 3, ts: 1 }] }],
    messages: [{ data: '{}' }],
    leaves: [{ by: 'Success', data: '{"r":13.5}' }],
  },
  {
    title: 'a default stands for what is missing, null or blank',
    config: {
      customFunction: 'a + b + c + d',
      arguments: [
        arg('a', 'MESSAGE_BODY', 'none', { defaultValue: 1 }),
        arg('b', 'MESSAGE_BODY', 'null', { defaultValue: 10 }),
        arg('c', 'MESSAGE_METADATA', 'blank', { defaultValue: 100 }),
        arg('d', 'ATTRIBUTE', 'none', { defaultValue: 1000 }),
      ],
      result: into('MESSAGE_METADATA', 'r', 0),
    },
    messages: [{ data: '{"null":null}', metadata: { blank: ' ' } }],
    leaves: [{ by: 'Success', metadata: { r: '1111' } }],
  },
  {
    title: 'a value that is missing fails without a default',
    config: {
      customFunction: 'a + b',
      arguments: [body('a'), arg('b', 'TIME_SERIES', 'level')],
      result: into('MESSAGE_BODY', 'r', 0),
    },
    messages: [{ data: '{}' }, { data: '{"a":""}' }, { data: '{"a":1}' }],
    leaves: [
      { by: 'Failure', error: 'The value of a (data "a") is missing' },
      { by: 'Failure', error: 'The value of a (data "a") is missing' },
      { by: 'Failure', error: 'The value of b (telemetry "level") is missing' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered'],
  },
  {
    title: 'what is no number fails even with a default, and takes no neighbour along',
    config: {
      operation: 'ABS',
      arguments: [arg('', 'MESSAGE_BODY', 'a', { defaultValue: 1 })],
      result: into('MESSAGE_BODY', 'r', 0),
    },
    messages: [
      { data: '{"a":"abc"}' },
      { data: '{"a":true}' },
      { data: '{"a":{"b":1}}' },
      { data: '{"a":[1]}' },
      { data: '{"a":"-5"}' },
    ],
    leaves: [
      { by: 'Failure', error: 'The value of argument 1 (data "a") is no number: "abc"' },
      { by: 'Failure', error: 'The value of argument 1 (data "a") is no number: true' },
      { by: 'Failure', error: 'The value of argument 1 (data "a") is no number: an object or a list' },
      { by: 'Failure', error: 'The value of argument 1 (data "a") is no number: an object or a list' },
      { by: 'Success', data: '{"a":"-5","r":5}' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered', 'dead-lettered', 'dead-lettered', 'finished'],
  },
  {
    title: 'an attribute that is true or false is no number',
    config: {
      operation: 'ABS',
      arguments: [arg('a', 'ATTRIBUTE', 'on', { defaultValue: 1 })],
      result: into('MESSAGE_METADATA', 'r', 0),
    },
    attributes: [{ scope: 'SERVER_SCOPE', entries: [{ key: 'on', type: 'BOOLEAN', value: true }] }],
    leaves: [{ by: 'Failure', error: 'The value of a (attribute "on") is no number: "true"' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'results that are no finite numbers fail',
    config: { operation: 'DIV', arguments: [body('a'), body('b')], result: into('MESSAGE_BODY', 'r', 2) },
    messages: [{ data: '{"a":1,"b":0}' }, { data: '{"a":0,"b":0}' }],
    leaves: [
      { by: 'Failure', error: 'The result is no number: Infinity' },
      { by: 'Failure', error: 'The result is no number: NaN' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'divisions by zero of expressions and whole numbers fail',
    config: { customFunction: '1 / a', arguments: [body('a')], result: into('MESSAGE_BODY', 'r', 2) },
    messages: [{ data: '{"a":0}' }],
    leaves: [{ by: 'Failure', error: 'Division by zero!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'FLOOR_DIV by less than one is a division by zero',
    config: plain('FLOOR_DIV', 0),
    messages: [{ data: '{"a":7,"b":0.9}' }],
    leaves: [{ by: 'Failure', error: 'Division by zero!' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'stores an attribute, rounded',
    config: {
      operation: 'SQRT',
      arguments: [body('a')],
      result: into('ATTRIBUTE', 'root_$[a]', 2, { attributeScope: 'SHARED_SCOPE' }),
    },
    messages: [{ data: '{"a":5}' }],
    leaves: [{ by: 'Success', data: '{"a":5}' }],
    attributesSaved: [
      {
        entityId: device,
        scope: 'SHARED_SCOPE',
        entries: [{ key: 'root_5', type: 'DOUBLE', value: 2.24 }],
        notifyDevice: true,
      },
    ],
  },
  {
    title: 'what is stored can go into data and metadata as well',
    config: {
      operation: 'SQRT',
      arguments: [arg('a', 'MESSAGE_METADATA', 'a')],
      result: into('ATTRIBUTE', 'r', 0, { addToBody: true, addToMetadata: true }),
    },
    messages: [{ data: '{"b":1}', metadata: { a: '9' } }],
    leaves: [{ by: 'Success', data: '{"b":1,"r":3}', metadata: { a: '9', r: '3' } }],
    attributesSaved: [{ scope: 'SERVER_SCOPE', entries: [{ key: 'r', type: 'LONG', value: 3 }] }],
  },
  {
    title: 'stores telemetry as it was calculated, under its key as it is written',
    config: {
      operation: 'DIV',
      arguments: [body('a'), body('b')],
      result: into('TIME_SERIES', '${name}', 1, { addToMetadata: true }),
    },
    messages: [{ data: '{"a":2,"b":3}', metadata: { name: 'ratio' } }],
    leaves: [{ by: 'Success', metadata: { ratio: '0.7' } }],
    telemetry: [
      {
        entityId: device,
        entries: [{ key: '${name}', type: 'DOUBLE', value: 2 / 3, ts: 1_000 }],
        ttlSeconds: 0,
        saveTimeseries: true,
        saveLatest: true,
      },
    ],
  },
  {
    title: 'each message sees what the one before it stored',
    config: {
      customFunction: 'sum + a',
      arguments: [arg('sum', 'ATTRIBUTE', 'sum', { defaultValue: 0 }), body('a')],
      result: into('ATTRIBUTE', 'sum', 0, { addToMetadata: true }),
    },
    attributes: [{ scope: 'SERVER_SCOPE', entries: [{ key: 'sum', type: 'LONG', value: 10 }] }],
    messages: [{ data: '{"a":1}' }, { data: '{"a":2}' }, { data: '{"a":3}' }],
    leaves: [
      { by: 'Success', metadata: { sum: '11' } },
      { by: 'Success', metadata: { sum: '13' } },
      { by: 'Success', metadata: { sum: '16' } },
    ],
  },
  {
    title: 'results of one originator that come together are points of their own',
    config: {
      customFunction: 'last + a',
      arguments: [arg('last', 'TIME_SERIES', 'total', { defaultValue: 0 }), body('a')],
      result: into('TIME_SERIES', 'total', 0),
    },
    messages: [{ data: '{"a":1}' }, { data: '{"a":2}' }],
    leaves: [{ by: 'Success' }, { by: 'Success' }],
    telemetry: [
      { entries: [{ key: 'total', type: 'DOUBLE', value: 1, ts: 999 }] },
      { entries: [{ key: 'total', type: 'DOUBLE', value: 3, ts: 1_000 }] },
    ],
  },
  {
    title: 'data that is no object fails where it is needed',
    messages: [{ data: '[1]' }, { data: '5' }],
    leaves: [
      { by: 'Failure', error: 'Message body is not an object!' },
      { by: 'Failure', error: 'Message body is not an object!' },
    ],
    outcomes: ['dead-lettered', 'dead-lettered'],
  },
  {
    title: 'data that is a list is no matter where it is not',
    config: {
      operation: 'ABS',
      arguments: [arg('a', 'MESSAGE_METADATA', 'a')],
      result: into('MESSAGE_METADATA', 'r', 0),
    },
    messages: [{ data: '[1]', metadata: { a: '-3' } }],
    leaves: [{ by: 'Success', data: '[1]', metadata: { r: '3' } }],
  },
  {
    title: 'members of objects as such are no values',
    config: { operation: 'ABS', arguments: [body('constructor')], result: into('MESSAGE_BODY', '__proto__', 0) },
    messages: [{ data: '{}' }, { data: '{"constructor":-2}' }],
    leaves: [
      { by: 'Failure', error: 'The value of constructor (data "constructor") is missing' },
      { by: 'Success', data: '{"constructor":-2,"__proto__":2}' },
    ],
    outcomes: ['dead-lettered', 'finished'],
  },
  {
    title: 'does not start with the wrong number of values',
    config: { operation: 'ADD' },
    leaves: [],
    refuses: 'arguments: ADD takes 2, not 1',
  },
  {
    title: 'does not start with more values than there may be',
    config: { arguments: Array.from({ length: 17 }, (_, n) => body(`a${n}`)) },
    leaves: [],
    refuses: 'arguments: there may be 16',
  },
  {
    title: 'does not start without an expression',
    config: { customFunction: ' ' },
    leaves: [],
    refuses: 'customFunction: must be set',
  },
  {
    title: 'does not start with an expression that cannot be read',
    config: { customFunction: 'x + q' },
    leaves: [],
    refuses: 'customFunction: Unable to parse "q" at position 5',
  },
]
