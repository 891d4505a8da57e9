import { expect, test } from 'vitest'
import { evaluationIn } from './evaluation.ts'

const id = '6e6e4f6c-5f10-4c5e-9f0b-6a4e9a5b0c11'
const about = { server: 's', entityType: 'DEVICE', entityId: id, error: '' }

test('an evaluation is told by what it came to and what it saw', () => {
  expect(
    evaluationIn({
      ...about,
      arguments: '{"t":{"ts":1,"value":60},"door":{"ts":2,"value":"open"},"limit":{"ts":3,"value":null}}',
      result: '{"alarm":"raise","severity":"MAJOR"}',
    }),
  ).toMatchObject({
    outcome: 'raise',
    severity: 'MAJOR',
    entityId: { entityType: 'DEVICE', id },
    values: 't = 60, door = open, limit = null',
  })
})

test('one that failed, one that was cut and a note that events were left out', () => {
  expect(evaluationIn({ ...about, error: 'boom', arguments: '{}', result: '' }).outcome).toBe('failed')
  expect(evaluationIn({ ...about, arguments: '{"t":{"ts":1', result: '{"alarm":"clear"}' })).toMatchObject({
    outcome: 'clear',
    values: '',
  })
  expect(evaluationIn({ server: 's', error: '3 debug events were left out' })).toMatchObject({
    outcome: 'failed',
    entityId: null,
    arguments: '',
  })
})
