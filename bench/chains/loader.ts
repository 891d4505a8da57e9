// The measured process of chains.ts: loads every chain of a tenant as the rule runner does.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openDatabase } from '@thingwire/db'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { createHandlerRegistry, createNodeRegistry, type Ports } from '@thingwire/rules'
import { createMetrics } from '../../apps/engine/src/observability/metrics.ts'
import { silentLogger } from '../../apps/engine/src/observability/logger.ts'
import { createChainCache } from '../../apps/engine/src/rule-runner/chain-cache.ts'
import { createLiveNodes } from '../../apps/engine/src/rule-runner/live-nodes.ts'
import { createScriptRunner } from '../../apps/engine/src/scripting/script-runner.ts'
import { onlyPorts } from '../harness/ports.ts'
import type { ChainsPlan, ChainsReport } from './protocol.ts'

/** Nodes of these chains only load scripts while they start; they are sent no messages. */
const portsWith = (scripts: Ports['scripts']): Ports =>
  onlyPorts(
    {
      scripts,
      log: { info: () => {} },
      clock: { now: Date.now },
    },
    'The chains of this benchmark get no messages',
  )

setFlagsFromString('--expose-gc')
const collect: unknown = runInNewContext('gc')

const memory = () => {
  // What was read and compiled on the way is not what the chains take.
  if (typeof collect === 'function') collect()
  const { rss, heapUsed } = process.memoryUsage()
  return { residentMb: rss / 1024 / 1024, heapMb: heapUsed / 1024 / 1024 }
}

const measure = async ({ databaseUrl, tenantId, chains: wanted }: ChainsPlan): Promise<ChainsReport> => {
  const database = openDatabase({ url: databaseUrl, poolSize: 10 })
  const metrics = createMetrics()
  const scripts = createScriptRunner({ processes: 2, timeoutMs: 1_000, memoryMb: 32, logger: silentLogger, metrics })
  const ports = portsWith(scripts.portOf(tenantId))
  const live = createLiveNodes({
    handlers: createHandlerRegistry(nodeHandlers),
    portsOf: () => ports,
    logger: silentLogger,
  })
  const chains = createChainCache({ database, nodes: createNodeRegistry(nodeManifests), live, logger: silentLogger })
  const scope = { kind: 'tenant', tenantId } as const
  try {
    const link = { page: 0, pageSize: wanted, sortOrder: 'ASC' as const, textSearch: 'Bench chain' }
    const ids = (await database.ruleChains.list(scope, link)).data.map(({ id }) => id.id)
    const before = memory()
    const began = performance.now()
    const lease = chains.lease(tenantId)
    const found = await Promise.all(ids.map((id) => lease.get(id)))
    const loadMs = performance.now() - began
    lease.release()
    const after = memory()
    const instances = found.flatMap((one) => (one.kind === 'ready' ? one.runnable.instances : []))
    const publishMs = await publish(ids[0] ?? '')
    return {
      loadMs,
      publishMs,
      residentMb: after.residentMb - before.residentMb,
      heapMb: after.heapMb - before.heapMb,
      nodes: instances.length,
      failed: instances.filter(({ state }) => state !== 'ready').length,
    }
  } finally {
    await chains.stop()
    await scripts.stop(Date.now() + 1_000)
    await database.close()
  }

  async function publish(ruleChainId: string): Promise<number> {
    const metadata = await database.ruleChains.metadata(scope, ruleChainId)
    if (!metadata) throw new Error('A chain of the benchmark is gone')
    await database.ruleChains.saveMetadata(scope, metadata)
    const began = performance.now()
    chains.changed(tenantId, ruleChainId)
    const lease = chains.lease(tenantId)
    await lease.get(ruleChainId)
    lease.release()
    return performance.now() - began
  }
}

process.once('message', (plan: ChainsPlan) => {
  measure(plan).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      process.exit(1)
    },
  )
})
