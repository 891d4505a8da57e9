import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'renames a member of the data as it is dropped',
    messages: [{ data: '{"temperatureCelsius":21.0,"a":1}' }],
    leaves: [{ by: 'Success', data: '{"a":1,"temperature":21.0}' }],
  },
  {
    title: 'renames a key of the metadata',
    config: { renameIn: 'METADATA', renameKeysMapping: { deviceName: 'name' } },
    messages: [{ data: 'text', metadata: { deviceName: 'T' } }],
    leaves: [{ by: 'Success', data: 'text', metadata: { name: 'T' } }],
  },
  {
    title: 'passes on what has none of the names',
    messages: [{ data: '{ "a":1 }' }, { data: '{}' }],
    leaves: [
      { by: 'Success', data: '{ "a":1 }' },
      { by: 'Success', data: '{}' },
    ],
  },
  {
    title: 'overwrites what has the new name',
    messages: [{ data: '{"temperature":1,"temperatureCelsius":2}' }],
    leaves: [{ by: 'Success', data: '{"temperature":2}' }],
  },
  {
    title: 'deletes a key that is renamed to itself',
    config: { renameKeysMapping: { a: 'a' } },
    messages: [{ data: '{"a":1,"b":2}' }],
    leaves: [{ by: 'Success', data: '{"b":2}' }],
  },
  {
    title: 'takes names literally, not as expressions or paths',
    config: { renameKeysMapping: { 't.*': 'x', 'a.b': 'y' } },
    messages: [{ data: '{"temperature":1,"a":{"b":2},"a.b":3}' }],
    leaves: [{ by: 'Success', data: '{"temperature":1,"a":{"b":2},"y":3}' }],
  },
  {
    title: 'lets data that is no object pass',
    messages: [{ data: '["temperatureCelsius"]' }, { data: 'text' }],
    leaves: [
      { by: 'Success', data: '["temperatureCelsius"]' },
      { by: 'Success', data: 'text' },
    ],
  },
  {
    title: 'sets a member called __proto__ like any other',
    config: { renameKeysMapping: { a: '__proto__' } },
    messages: [{ data: '{"a":{"b":1}}' }],
    leaves: [{ by: 'Success', data: '{"__proto__":{"b":1}}' }],
  },
  {
    title: 'does not start without any names',
    config: { renameKeysMapping: {} },
    refuses: 'At least one mapping entry should be specified!',
    leaves: [],
  },
]
