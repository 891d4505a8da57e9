import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'passes messages of every type on unchanged',
    messages: [{ data: '{"a":1}', metadata: { b: '2' } }, { type: 'ENTITY_UPDATED' }],
    leaves: [
      { by: 'Success', data: '{"a":1}', metadata: { b: '2' } },
      { by: 'Success', type: 'ENTITY_UPDATED' },
    ],
  },
  {
    title: 'passes data on that is no JSON',
    messages: [{ data: 'some text', dataType: 'TEXT' }],
    leaves: [{ by: 'Success', data: 'some text' }],
  },
  {
    title: 'keeps the order of messages',
    messages: [{ data: '1' }, { data: '2' }, { data: '3' }],
    leaves: [
      { by: 'Success', data: '1' },
      { by: 'Success', data: '2' },
      { by: 'Success', data: '3' },
    ],
  },
]
