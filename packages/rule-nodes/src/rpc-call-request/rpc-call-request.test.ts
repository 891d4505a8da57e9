import { testMessage } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { rpcCallRequestHandler } from './handler.ts'
import { rpcCallRequest } from './manifest.ts'

const sendWith = async (labels: readonly string[]) => {
  const { ports, calls } = recordingPorts()
  const messages = [testMessage({ data: '{"method":"open","params":1}', metadata: { kept: 'yes' } })]
  await runNode({ manifest: rpcCallRequest, factory: rpcCallRequestHandler, messages, ports, labels })
  return calls.rpcs[0]?.continuation
}

test.each([['Success'], ['Failure'], ['success']])('an answer goes on when a node is wired to %s', async (label) => {
  expect(await sendWith([label])).toMatchObject({ ruleNodeId: 'node-1', metadata: { kept: 'yes' } })
})

test('no message is made for an answer that no node is wired to', async () => {
  expect(await sendWith([])).toBeNull()
  expect(await sendWith(['Other'])).toBeNull()
})
