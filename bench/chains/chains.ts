import type { RuleChainFile } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import pg from 'pg'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { loadProcess } from '../harness/load-process.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import type { ChainsPlan, ChainsReport } from './protocol.ts'

const goals = { seconds: 5, memoryMb: 300 }

const node = (type: string, configuration: Record<string, unknown>, configurationVersion = 0) => ({
  type: `org.thingsboard.rule.engine.${type}`,
  configuration,
  configurationVersion,
})
const kinds = [
  node('filter.TbMsgTypeSwitchNode', { version: 0 }),
  node('filter.TbMsgTypeFilterNode', { messageTypes: ['POST_TELEMETRY_REQUEST', 'ALARM'] }),
  node(
    'telemetry.TbMsgTimeseriesNode',
    { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
    1,
  ),
  node('flow.TbAckNode', { version: 0 }),
  node(
    'deduplication.TbMsgDeduplicationNode',
    { interval: 60, strategy: 'LAST', outMsgType: null, maxPendingMsgs: 100, maxRetries: 3 },
    1,
  ),
  node('delay.TbMsgDelayNode', { periodInSeconds: 60, maxPendingMsgs: 100 }),
]
const script = (n: number) =>
  node('filter.TbJsFilterNode', { scriptLang: 'JS', jsScript: `return msg.temperature > ${n};`, tbelScript: '' })

/** A row of nodes, each behind the one before. */
const chainOf = (
  name: string,
  { nodes, scripts, seed }: { nodes: number; scripts: number; seed: number },
): RuleChainFile => {
  const drawn = Array.from({ length: nodes }, (_, at) => ({
    ...(at < nodes - scripts ? (kinds[at % kinds.length] ?? script(at)) : script(seed * nodes + at)),
    name: `${name} ${at}`,
    singletonMode: false,
    additionalInfo: { layoutX: at * 20, layoutY: 0 },
  }))
  const connections = drawn.slice(1).map((_, at) => ({ fromIndex: at, toIndex: at + 1, type: 'Success' }))
  return {
    ruleChain: { name, type: 'CORE', root: false, debugMode: false },
    metadata: { firstNodeIndex: 0, nodes: drawn, connections },
  }
}

export const chains: Bench = {
  name: 'chains',
  about: 'rule chains read, compiled and started by a process that has none: time and memory',
  options: {
    chains: { default: '1000', about: 'how many' },
    nodes: { default: '20', about: 'nodes of each' },
    scripts: { default: '0', about: 'of these with a script of their own' },
  },
  run: async ({ options, say, signal }) => {
    const count = wholeNumber(options, 'chains', [1, 100_000])
    const nodes = wholeNumber(options, 'nodes', [2, 1_000])
    const scripts = wholeNumber(options, 'scripts', [0, 1_000])
    const stack = await startStack({ say, signal, engine: false })
    try {
      const tenantId = await firstTenant(stack.databaseUrl)
      say(`storing ${grouped(count)} chains`)
      await store(stack.databaseUrl, tenantId, { count, nodes, scripts, signal })
      say('loading them')
      const plan: ChainsPlan = { databaseUrl: stack.databaseUrl, tenantId, chains: count }
      const file = new URL('loader.ts', import.meta.url).pathname
      const report = await loadProcess<ChainsPlan, ChainsReport>(file, plan, signal)
      const correct = report.nodes === count * nodes && report.failed === 0
      return { figures: figuresOf(report), correct, data: { chains: count, nodesOfChain: nodes, scripts, ...report } }
    } finally {
      await stack.stop()
    }
  },
}

const figuresOf = ({ loadMs, residentMb, heapMb, nodes, failed, publishMs }: ChainsReport): Figure[] => [
  { what: 'nodes that run', value: `${grouped(nodes - failed)} of ${grouped(nodes)}` },
  {
    what: 'until all ran',
    value: `${(loadMs / 1_000).toFixed(2)} s`,
    goal: `< ${goals.seconds} s`,
    met: loadMs < goals.seconds * 1_000,
  },
  {
    what: 'memory that they take',
    value: `${residentMb.toFixed(0)} MB, ${heapMb.toFixed(0)} MB of it in use`,
    goal: `< ${goals.memoryMb} MB`,
    met: residentMb < goals.memoryMb,
  },
  { what: 'a publish of one beside the others', value: `${publishMs.toFixed(0)} ms` },
]

const firstTenant = async (databaseUrl: string): Promise<string> => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM tenants ORDER BY created_time LIMIT 1')
    const [tenant] = rows
    if (!tenant) throw new Error('The database has no tenant.')
    return tenant.id
  } finally {
    await client.end()
  }
}

const store = async (
  url: string,
  tenantId: string,
  { count, nodes, scripts, signal }: { count: number; nodes: number; scripts: number; signal: AbortSignal },
): Promise<void> => {
  const database = openDatabase({ url, poolSize: 4 })
  try {
    let next = 0
    const write = async () => {
      while (next < count) {
        signal.throwIfAborted()
        const seed = next++
        const file = chainOf(`Bench chain ${seed}`, { nodes, scripts, seed })
        await database.ruleChains.create({ kind: 'tenant', tenantId }, file)
      }
    }
    await Promise.all([write(), write(), write(), write()])
  } finally {
    await database.close()
  }
}
