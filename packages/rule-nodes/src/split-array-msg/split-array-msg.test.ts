import { testMessage } from '@thingwire/rules/testing'
import { expect, it } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { splitArrayMsgHandler } from './handler.ts'

it('makes a message of its own of each item, in order, with the metadata of the list', async () => {
  const message = testMessage({ data: '[{"n":1},{"n":2},{"n":3}]', metadata: { deviceName: 'T' } })
  const { arrived, result } = await runNode({
    manifest: splitArrayMsgHandler.manifest,
    factory: splitArrayMsgHandler,
    messages: [message],
    ports: recordingPorts().ports,
    labels: ['Success'],
  })
  expect(arrived.map(({ message: { data, metadata } }) => ({ data, metadata }))).toEqual(
    [1, 2, 3].map((n) => ({ data: `{"n":${n}}`, metadata: { deviceName: 'T' } })),
  )
  expect(new Set([message.id, ...arrived.map((one) => one.message.id)]).size).toBe(4)
  expect(new Set(arrived.map((one) => one.message.metadata)).size).toBe(3)
  expect(result.outcomes).toEqual(['finished'])
})
