// The measured process of enrichment.ts: one node over the real store, without queue.
import type { Message } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import {
  compileChain,
  createHandlerRegistry,
  createNodeRegistry,
  defineNode,
  perMessage,
  runBatch,
  startNodes,
} from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { z } from 'zod'
import { createRememberedReads } from '../../apps/engine/src/rule-runner/ports/remembered-reads.ts'
import { telemetryReads } from '../../apps/engine/src/rule-runner/ports/telemetry-reads.ts'
import { onlyPorts } from '../harness/ports.ts'
import { cpuSeconds } from '../harness/processes.ts'
import type { EnrichmentPlan, EnrichmentReport } from './protocol.ts'

/** Behind the node: sees what comes out of it. */
const sink = defineNode({
  type: 'bench-sink',
  className: 'bench.Sink',
  name: 'sink',
  description: 'Sees what comes.',
  category: 'flow',
  icon: 'circle',
  configVersion: 0,
  config: z.looseObject({}),
  defaults: {},
  connections: [],
  upgrades: {},
})

const run = async (plan: EnrichmentPlan): Promise<EnrichmentReport> => {
  const { tenantId } = plan
  const database = openDatabase({ url: plan.databaseUrl, poolSize: 8 })
  const reads = createRememberedReads(database)
  const untouched = () => Promise.reject(new Error('This benchmark changes nothing'))
  const ports = onlyPorts(
    {
      attributes: { find: reads.attributes(tenantId), save: untouched, remove: untouched },
      telemetry: { ...telemetryReads(database, tenantId), save: untouched },
      entities: reads.entities(tenantId),
      relations: reads.relations(tenantId),
      clock: { now: Date.now },
    },
    'The node of this benchmark touches nothing else',
  )
  const nodes = [
    { ...plan.node, id: `${testIds.chain}/0`, name: 'enrich', singletonMode: false },
    {
      id: `${testIds.chain}/1`,
      type: sink.className,
      name: 'sink',
      configuration: {},
      singletonMode: false,
      configurationVersion: 0,
    },
  ]
  const compiled = compileChain(
    {
      ...{ id: testIds.chain, name: 'Enrich', type: 'CORE', version: 1, additionalInfo: null, firstNodeIndex: 0 },
      ...{ nodes, connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }] },
    },
    createNodeRegistry([...nodeManifests, sink]),
  )
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const { chain } = compiled
  let arrived = 0
  let last: Message | undefined
  const sinkHandler = {
    manifest: sink,
    create: () =>
      perMessage((message) => {
        arrived++
        last = message
        return []
      }),
  }
  const handlers = createHandlerRegistry([...nodeHandlers, sinkHandler])
  const instances = await startNodes(chain, handlers, ({ id, name }) => ({
    ...{ tenantId, ruleChainId: chain.id, nodeId: id, nodeName: name, ports },
  }))
  const { signal } = new AbortController()

  /** Lanes share the devices out, as partitions do. */
  const shares = Array.from({ length: plan.lanes }, (_, lane) =>
    plan.deviceIds.filter((_id, index) => index % plan.lanes === lane),
  )
  const batchOf = (share: readonly string[], at: number): Message[] =>
    Array.from({ length: plan.batch }, (_, n): Message => {
      const index = (at + n) % share.length
      return testMessage({
        tenantId,
        originator: { entityType: 'DEVICE', id: share[index] ?? '' },
        metadata: { deviceName: `Bench ${index}`, deviceType: 'default', ts: String(1_700_000_000_000 + at + n) },
        data: `{"temperature":${20 + (n % 30)}.5,"humidity":${40 + (n % 7)}}`,
      })
    })
  /** Until the time is over, or each device has had a message. */
  const pass = async (until: { ms: number } | 'once'): Promise<number> => {
    const end = until === 'once' ? Number.POSITIVE_INFINITY : performance.now() + until.ms
    const passed = await Promise.all(
      shares.map(async (share) => {
        let done = 0
        for (let at = 0; performance.now() < end && (until !== 'once' || at < share.length); at += plan.batch) {
          const { outcomes } = await runBatch({ chain, instances, messages: batchOf(share, at), signal })
          done += outcomes.length
          if ((at / plan.batch) % 10 === 9) await new Promise((resolve) => setImmediate(resolve))
        }
        return done
      }),
    )
    return passed.reduce((sum, one) => sum + one, 0)
  }

  const coldBegan = performance.now()
  const cold = await pass('once')
  const coldMs = performance.now() - coldBegan
  let sent = cold + (await pass({ ms: plan.warmUpMs }))
  const began = { ms: performance.now(), cpu: cpuSeconds(process.pid) }
  const messages = await pass({ ms: plan.measureMs })
  sent += messages
  const report: EnrichmentReport = {
    messages,
    elapsedMs: performance.now() - began.ms,
    cpuSeconds: cpuSeconds(process.pid) - began.cpu,
    coldMessagesPerSecond: Math.round((cold / coldMs) * 1_000),
    failed: sent - arrived,
    last: { data: JSON.parse(last?.data ?? 'null'), metadata: { ...last?.metadata } },
  }
  await database.close()
  return report
}

process.once('message', (plan: EnrichmentPlan) => {
  run(plan).then(
    (report) => process.send?.(report, () => process.disconnect?.()),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
})
