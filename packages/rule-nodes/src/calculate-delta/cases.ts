import { entityId } from '@thingwire/contracts'
import type { NodeCase } from '../node-case.ts'

const other = entityId('DEVICE', 'aaaaaaaa-0000-4000-8000-000000000001')
const reading = (value: string, ts = '1000') => ({ data: `{"pulseCounter":${value}}`, metadata: { ts } })
const stored = (type: 'LONG' | 'DOUBLE', value: number, ts = 500) => [
  { entries: [{ key: 'pulseCounter', ts, type, value }] },
]
const text = (value: string) => [{ entries: [{ key: 'pulseCounter', ts: 500, type: 'STRING' as const, value }] }]
const by = (data: string) => ({ by: 'Success', data })

export const cases: NodeCase[] = [
  {
    title: 'begins with zero, and then adds what has changed since the message before',
    messages: [reading('10'), reading('15'), reading('15.5')],
    leaves: [
      by('{"pulseCounter":10,"delta":0}'),
      by('{"pulseCounter":15,"delta":5}'),
      by('{"pulseCounter":15.5,"delta":0.5}'),
    ],
  },
  {
    title: 'compares the first message with the stored latest value',
    latest: stored('DOUBLE', 7.5),
    messages: [reading('10')],
    leaves: [by('{"pulseCounter":10,"delta":2.5}')],
  },
  {
    title: 'compares each originator with itself',
    messages: [
      reading('10'),
      { ...reading('100'), originator: other },
      reading('11'),
      { ...reading('150'), originator: other },
    ],
    leaves: [
      by('{"pulseCounter":10,"delta":0}'),
      by('{"pulseCounter":100,"delta":0}'),
      by('{"pulseCounter":11,"delta":1}'),
      by('{"pulseCounter":150,"delta":50}'),
    ],
  },
  {
    title: 'compares with the stored value when it remembers none',
    config: { useCache: false },
    latest: stored('LONG', 4),
    messages: [reading('10')],
    leaves: [by('{"pulseCounter":10,"delta":6}')],
  },
  {
    title: 'writes whole differences as whole numbers',
    latest: stored('DOUBLE', 1.5),
    messages: [reading('2.5')],
    leaves: [by('{"pulseCounter":2.5,"delta":1}')],
  },
  {
    title: 'writes a negative difference when it may be one',
    config: { tellFailureIfDeltaIsNegative: false },
    latest: stored('LONG', 10),
    messages: [reading('9')],
    leaves: [by('{"pulseCounter":9,"delta":-1}')],
  },
  {
    title: 'fails for a counter that goes back, and goes on from there',
    messages: [reading('10'), reading('3'), reading('5')],
    leaves: [
      by('{"pulseCounter":10,"delta":0}'),
      { by: 'Failure', error: 'Delta value is negative!' },
      by('{"pulseCounter":5,"delta":2}'),
    ],
    outcomes: ['finished', 'dead-lettered', 'finished'],
  },
  {
    title: 'lets a message without a change leave as it came, when it is set to',
    config: { excludeZeroDeltas: true, addPeriodBetweenMsgs: true },
    messages: [reading('10'), reading('10'), reading('12', '3000')],
    leaves: [
      by('{"pulseCounter":10}'),
      by('{"pulseCounter":10}'),
      by('{"pulseCounter":12,"delta":2,"periodInMs":2000}'),
    ],
  },
  {
    title: 'rounds halves up',
    config: { round: 2 },
    latest: stored('LONG', 0),
    messages: [reading('2.345'), reading('4.345')],
    leaves: [by('{"pulseCounter":2.345,"delta":2.35}'), by('{"pulseCounter":4.345,"delta":2}')],
  },
  {
    title: 'adds the time between the messages by their own times, and zero to the first',
    config: { addPeriodBetweenMsgs: true, periodValueKey: 'period' },
    messages: [reading('1', '1000'), reading('2', '61000')],
    leaves: [by('{"pulseCounter":1,"delta":0,"period":0}'), by('{"pulseCounter":2,"delta":1,"period":60000}')],
  },
  {
    title: 'reads numbers in texts, and takes other texts for zero',
    latest: stored('LONG', 0),
    messages: [reading('"12.5"'), { ...reading('"abc"'), originator: other }],
    leaves: [by('{"pulseCounter":"12.5","delta":12.5}'), by('{"pulseCounter":"abc","delta":0}')],
  },
  {
    title: 'reads a stored text that is a number',
    latest: text('7.5'),
    messages: [reading('10')],
    leaves: [by('{"pulseCounter":10,"delta":2.5}')],
  },
  {
    title: 'fails for a stored text that is none',
    latest: text('high'),
    messages: [reading('10')],
    leaves: [{ by: 'Failure', error: 'Calculation failed: the stored value of pulseCounter is the text "high"' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'fails for a stored value that is true or false',
    latest: [{ entries: [{ key: 'pulseCounter', ts: 500, type: 'BOOLEAN', value: true }] }],
    messages: [reading('10')],
    leaves: [
      { by: 'Failure', error: 'Calculation failed: the stored value of pulseCounter is a BOOLEAN, not a number' },
    ],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'sends other types, data without the key and data that is no object to Other, unchanged',
    messages: [
      { ...reading('1'), type: 'POST_ATTRIBUTES_REQUEST' },
      { data: '{"other":1}' },
      { data: '[]' },
      { data: '5' },
    ],
    leaves: [
      { by: 'Other', data: '{"pulseCounter":1}' },
      { by: 'Other', data: '{"other":1}' },
      { by: 'Other', data: '[]' },
      { by: 'Other', data: '5' },
    ],
  },
  {
    title: 'fails for data that is no JSON',
    messages: [{ data: 'text' }],
    leaves: [{ by: 'Failure', error: 'The data is no JSON' }],
    outcomes: ['dead-lettered'],
  },
  {
    title: 'takes a key as it is written, not as a pattern',
    config: { inputValueKey: '${key}' },
    messages: [{ data: '{"a":1}', metadata: { key: 'a' } }],
    leaves: [{ by: 'Other' }],
  },
  {
    title: 'looks at the value before its own when that is stored already, as after a process was killed',
    latest: stored('LONG', 10, 1_000),
    points: { pulseCounter: [{ ts: 500, type: 'LONG', value: 7 }] },
    messages: [reading('10')],
    leaves: [by('{"pulseCounter":10,"delta":3}')],
    histories: [{ keys: ['pulseCounter'], startTs: 0, endTs: 1_000, order: 'DESC', limit: 1 }],
  },
  {
    title: 'does not start without an input key',
    config: { inputValueKey: ' ' },
    refuses: 'Input value key should be specified!',
    leaves: [],
  },
  {
    title: 'does not start without an output key',
    config: { outputValueKey: null },
    refuses: 'Output value key should be specified!',
    leaves: [],
  },
  {
    title: 'does not start without a key for the period that it should add',
    config: { addPeriodBetweenMsgs: true, periodValueKey: '' },
    refuses: 'Period value key should be specified!',
    leaves: [],
  },
]
