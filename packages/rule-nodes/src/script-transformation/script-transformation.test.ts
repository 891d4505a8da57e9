import { testMessage } from '@thingwire/rules/testing'
import { expect, it } from 'vitest'
import { recordingPorts, runNode } from '../node-harness.ts'
import { scriptTransformationHandler } from './handler.ts'
import { scriptTransformation } from './manifest.ts'

const run = async (config: Record<string, unknown>, data: readonly string[]) => {
  const messages = data.map((one) => testMessage({ data: one }))
  const input = { manifest: scriptTransformation, factory: scriptTransformationHandler, config, messages }
  const { arrived } = await runNode({ ...input, ports: recordingPorts().ports, labels: ['Success', 'Failure'] })
  return { taken: arrived.map(({ by, message: { id, data: text } }) => ({ by, id, data: text })), messages }
}

it('an array becomes one message of each object, with an id of its own and what the others lack', async () => {
  const { taken, messages } = await run(
    { scriptLang: 'JS', jsScript: 'return msg.map((t) => (t === 0 ? 5 : {msg: {t}}));' },
    ['[1,0,2]', '[3]'],
  )
  expect(taken.map(({ by, data }) => [by, data])).toEqual([
    ['Success', '{"t":1}'],
    ['Success', '[1,0,2]'],
    ['Success', '{"t":2}'],
    ['Success', '{"t":3}'],
  ])
  expect(new Set(taken.map(({ id }) => id)).size).toBe(4)
  expect(taken.at(-1)?.id).toBe(messages[1]?.id)
})

it('a batch is one call of the sandbox', async () => {
  const { ports } = recordingPorts()
  let calls = 0
  const counting = {
    ...ports,
    scripts: {
      load: async (source: Parameters<typeof ports.scripts.load>[0]) => {
        const script = await ports.scripts.load(source)
        return (...given: Parameters<typeof script>) => {
          calls++
          return script(...given)
        }
      },
    },
  }
  const messages = Array.from({ length: 100 }, () => testMessage())
  const { left } = await runNode({
    manifest: scriptTransformation,
    factory: scriptTransformationHandler,
    messages,
    ports: counting,
    labels: ['Success'],
  })
  expect([left.length, calls]).toEqual([100, 1])
})
