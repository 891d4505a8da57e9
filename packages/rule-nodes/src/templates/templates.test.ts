import { type RuleChainFile, ruleChainFileSchema } from '@thingwire/contracts'
import { chainOfFile, createHandlerRegistry, createNodeRegistry, runChainTest } from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'
import { describe, expect, it } from 'vitest'
import { nodeHandlers } from '../handlers.ts'
import { nodeManifests } from '../manifests.ts'
import { recordingPorts } from '../node-harness.ts'
import { chainTemplates } from './index.ts'

const registry = createNodeRegistry(nodeManifests)
const { scripts, entities } = recordingPorts().ports

const filled = (id: string, change: Record<string, unknown> = {}): RuleChainFile => {
  const template = chainTemplates.find((one) => one.id === id)
  const result = template?.fill({ ...template.defaults, ...change })
  if (!result?.ok) throw new Error(result?.error.message ?? `There is no template ${id}`)
  return result.file
}

/** What every test of the chain has to complain about. */
const complaints = async (file: unknown): Promise<string[]> => {
  const found = chainOfFile(file, testIds.chain, registry)
  if (!found.ok) return found.problems
  const reports = await Promise.all(
    found.tests.map((test) =>
      runChainTest(test, {
        chain: found.chain,
        handlers: createHandlerRegistry(nodeHandlers),
        reads: { scripts, entities },
        tenantId: testIds.tenant,
        signal: new AbortController().signal,
        timeoutMs: 5_000,
      }),
    ),
  )
  return reports.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))
}

const odd = "pump “3”'s value \\ %"
/** Answers beside the usual ones, each with what is hard about it. */
const answers: [id: string, change: Record<string, unknown>][] = [
  ...chainTemplates.map(({ id }): [string, Record<string, unknown>] => [id, {}]),
  ['threshold-alarm', { key: odd, alarmType: odd, side: 'below', limit: -5.5, clearAt: -5 }],
  ['threshold-alarm', { limit: 1e15, clearAt: -1e15, severity: 'CRITICAL' }],
  ['threshold-alarm', { limit: 0, clearAt: 0 }],
  ['offline-alarm', { alarmType: odd, severity: 'INDETERMINATE' }],
  ['unit-conversion', { from: odd, to: 'with space', factor: -2, offset: -17.5 }],
  ['unit-conversion', { from: 'same', to: 'same', factor: 2, offset: 1 }],
  ['unit-conversion', { factor: 1e-7, offset: 1e15 }],
  ['consumption', { counter: odd, consumed: 'with space', decimals: 0 }],
  ['geofence', { latitude: -89, longitude: 180, radius: 0.5, latitudeKey: odd }],
  ['forward-to-rest', { authorization: 'Bearer abc', method: 'PUT' }],
  ['forward-to-mqtt', { username: 'anna', password: 'secret', tls: true, port: 8_883 }],
  ['forward-to-kafka', { servers: 'a:9092, b:9093', key: '' }],
]

describe.each(answers)('the template %s with %j', (id, change) => {
  const file = filled(id, change)

  it('gives a chain file whose tests pass', async () => {
    expect(ruleChainFileSchema.safeParse(file).error).toBeUndefined()
    expect(await complaints(file)).toEqual([])
  })

  it('gives a chain in which every node runs and is reached', () => {
    const found = chainOfFile(file, testIds.chain, registry)
    expect(found.ok && found.warnings).toEqual([])
    expect(found.ok && found.chain.nodes.map(({ problem }) => problem).filter(Boolean)).toEqual([])
    const reached = new Set(file.metadata.connections.map(({ toIndex }) => toIndex))
    expect(file.metadata.nodes.slice(1).map((_, index) => reached.has(index + 1))).not.toContain(false)
  })

  it('carries tests that notice when a node is gone', async () => {
    const [entry] = file.metadata.nodes
    const empty = { ...file, metadata: { ...file.metadata, nodes: [entry], connections: [] } }
    expect(await complaints(empty)).not.toEqual([])
  })
})

describe('parameters', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['threshold-alarm', { key: ' ' }, 'key'],
    ['threshold-alarm', { key: 'a${b}' }, 'key'],
    ['threshold-alarm', { limit: 'hot' }, 'limit'],
    ['threshold-alarm', { limit: 1e20 }, 'limit'],
    ['threshold-alarm', { limit: 30, clearAt: 31 }, 'clearAt'],
    ['threshold-alarm', { side: 'below', limit: 5, clearAt: 4 }, 'clearAt'],
    ['consumption', { consumed: 'energy' }, 'consumed'],
    ['geofence', { latitude: 91 }, 'latitude'],
    ['geofence', { radius: 0 }, 'radius'],
    ['forward-to-rest', { address: 'example.org' }, 'address'],
    ['forward-to-rest', { authorization: 'a\r\nX: y' }, 'authorization'],
    ['forward-to-mqtt', { host: 'a.b:1883' }, 'host'],
    ['forward-to-mqtt', { topic: 'a/#' }, 'topic'],
    ['forward-to-kafka', { servers: 'localhost' }, 'servers'],
  ])('of %s refuse %j', (id, change, field) => {
    const template = chainTemplates.find((one) => one.id === id)
    const result = template?.fill({ ...template.defaults, ...change })
    expect(result?.ok === false && result.error.issues.map(({ path }) => path.join('.'))).toEqual([field])
  })
})
