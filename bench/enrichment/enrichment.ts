import { type EntityId, entityId } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { createCustomer, createTenant } from '@thingwire/db/seed'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { loadProcess } from '../harness/load-process.ts'
import { startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import type { EnrichmentPlan, EnrichmentReport } from './protocol.ts'

const goal = 40_000

type Measured = {
  what: string
  node: EnrichmentPlan['node']
  /** What the node must have added to the last message. */
  adds: Record<string, string>
  goal?: number
}

const metadata = 'org.thingsboard.rule.engine.metadata'
const attributes = (change: Record<string, unknown>) => ({
  type: `${metadata}.TbGetAttributesNode`,
  configurationVersion: 1,
  configuration: {
    fetchTo: 'METADATA',
    clientAttributeNames: ['version'],
    sharedAttributeNames: ['target'],
    serverAttributeNames: ['threshold', 'site'],
    latestTsKeyNames: [],
    tellFailureIfAbsent: true,
    getLatestValueWithTs: false,
    ...change,
  },
})

const cases: readonly Measured[] = [
  {
    what: 'originator attributes: four of three scopes',
    node: attributes({}),
    adds: { cs_version: '1.2', shared_target: '20.5', ss_threshold: '80', ss_site: 'Graz' },
    goal,
  },
  {
    what: 'originator attributes with latest telemetry, which is not remembered',
    node: attributes({ latestTsKeyNames: ['power'] }),
    adds: { cs_version: '1.2', power: '70' },
  },
  {
    what: 'customer attributes: one',
    node: {
      type: `${metadata}.TbGetCustomerAttributeNode`,
      configurationVersion: 1,
      configuration: { fetchTo: 'METADATA', dataMapping: { level: 'level' }, dataToFetch: 'ATTRIBUTES' },
    },
    adds: { level: '7' },
  },
  {
    what: 'related entity data: one attribute over one relation',
    node: {
      type: `${metadata}.TbGetRelatedAttributeNode`,
      configurationVersion: 1,
      configuration: {
        fetchTo: 'METADATA',
        dataMapping: { factor: 'factor' },
        dataToFetch: 'ATTRIBUTES',
        relationsQuery: {
          direction: 'TO',
          maxLevel: 1,
          filters: [{ relationType: 'Contains', entityTypes: ['ASSET'] }],
          fetchLastLevelOnly: false,
        },
      },
    },
    adds: { factor: '3' },
  },
]

const isRight = ({ failed, last }: EnrichmentReport, { adds }: Measured): boolean =>
  failed === 0 && Object.entries(adds).every(([key, value]) => last.metadata[key] === value)

export const enrichment: Bench = {
  name: 'enrichment',
  about: 'one enrichment node over the real store, without queue: attributes, customers, relations',
  options: {
    devices: { default: '2000', about: 'how many the messages are about' },
    batch: { default: '200', about: 'messages a batch' },
    lanes: { default: '4', about: 'batches under way at once, as from partitions' },
    seconds: { default: '5', about: 'measured time of each node' },
  },
  run: async ({ options, say, signal }) => {
    const count = wholeNumber(options, 'devices', [1, 100_000])
    const batch = wholeNumber(options, 'batch', [1, 10_000])
    const lanes = wholeNumber(options, 'lanes', [1, 64])
    const measureMs = wholeNumber(options, 'seconds', [1, 600]) * 1_000
    const stack = await startStack({ say, signal, engine: false })
    try {
      say(`making ${grouped(count)} devices`)
      const seeded = await seed(stack.databaseUrl, count, signal)
      const file = new URL('engine.ts', import.meta.url).pathname
      const figures: Figure[] = []
      const data: Record<string, unknown> = { devices: count, batch, lanes }
      let correct = true
      for (const one of cases) {
        say(one.what)
        const plan: EnrichmentPlan = {
          ...{ databaseUrl: stack.databaseUrl, ...seeded, node: one.node, batch, lanes, measureMs, warmUpMs: 1_000 },
        }
        const report = await loadProcess<EnrichmentPlan, EnrichmentReport>(file, plan, signal)
        correct &&= isRight(report, one)
        figures.push(figureOf(one, report))
        data[one.what] = report
      }
      return { figures, correct, data }
    } finally {
      await stack.stop()
    }
  },
}

const figureOf = ({ what, goal: wanted }: Measured, report: EnrichmentReport): Figure => {
  const rate = Math.round((report.messages / report.elapsedMs) * 1_000)
  const cpu = ((report.cpuSeconds * 1_000_000) / report.messages).toFixed(1)
  return {
    what,
    value: `${grouped(rate)}/s warm, ${cpu} µs CPU each; first messages ${grouped(report.coldMessagesPerSecond)}/s`,
    ...(wanted !== undefined && { goal: `≥ ${grouped(wanted)}/s`, met: rate >= wanted }),
  }
}

/** A tenant with devices of one customer in ten halls, all with attributes. */
const seed = async (url: string, count: number, signal: AbortSignal) => {
  const database = openDatabase({ url, poolSize: 4 })
  try {
    const tenantId = await createTenant(database, { title: 'Enrichment' })
    const customer = entityId('CUSTOMER', await createCustomer(database, { tenantId, title: 'Plant' }))
    const scope = { kind: 'tenant', tenantId } as const
    const server = (entity: ReturnType<typeof entityId>, key: string, value: number) =>
      database.attributes.save(tenantId, [
        { entityId: entity, scope: 'SERVER_SCOPE', ts: 1, entries: [{ key, type: 'LONG', value }] },
      ])
    await server(customer, 'level', 7)
    const halls: EntityId[] = []
    for (let n = 0; n < 10; n++) {
      const { id } = await database.assets.save(scope, { name: `Hall ${n}`, type: 'hall' })
      await server(id, 'factor', 3)
      halls.push(id)
    }
    const deviceIds: string[] = []
    const make = async () => {
      while (deviceIds.length < count) {
        signal.throwIfAborted()
        const n = deviceIds.push('') - 1
        const { id } = await database.devices.save(scope, { name: `Enriched ${n}`, customerId: customer })
        deviceIds[n] = id.id
        const hall = halls[n % halls.length]
        if (hall) await database.relations.save(tenantId, { from: hall, to: id, type: 'Contains', typeGroup: 'COMMON' })
        const of = { entityId: id, ts: 1 }
        await database.attributes.save(tenantId, [
          { ...of, scope: 'CLIENT_SCOPE', entries: [{ key: 'version', type: 'STRING', value: '1.2' }] },
          { ...of, scope: 'SHARED_SCOPE', entries: [{ key: 'target', type: 'DOUBLE', value: 20.5 }] },
          {
            ...of,
            scope: 'SERVER_SCOPE',
            entries: [
              { key: 'threshold', type: 'LONG', value: 80 },
              { key: 'site', type: 'STRING', value: 'Graz' },
            ],
          },
        ])
        const power = { key: 'power', type: 'LONG', value: 70 } as const
        await database.telemetry.write([
          { ...power, tenantId, entityId: id, ts: Date.now(), saveTimeseries: false, saveLatest: true },
        ])
      }
    }
    await Promise.all([make(), make(), make(), make()])
    return { tenantId, deviceIds }
  } finally {
    await database.close()
  }
}
