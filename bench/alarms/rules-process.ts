// The measured process of alarms.ts: the device profile node over the real store, without queue.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Message } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { compileChain, createHandlerRegistry, createNodeRegistry, runBatch, startNodes } from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { createAlarmCore } from '../../apps/engine/src/alarms/alarm-core.ts'
import { silentLogger } from '../../apps/engine/src/observability/logger.ts'
import { createAlarmRules } from '../../apps/engine/src/rule-runner/ports/alarm-rules-port.ts'
import { createAlarmsPort } from '../../apps/engine/src/rule-runner/ports/alarms-port.ts'
import { createRememberedReads } from '../../apps/engine/src/rule-runner/ports/remembered-reads.ts'
import { telemetryReads } from '../../apps/engine/src/rule-runner/ports/telemetry-reads.ts'
import { onlyPorts } from '../harness/ports.ts'
import { cpuSeconds } from '../harness/processes.ts'
import type { RulesPlan, RulesReport } from './protocol.ts'

const nodeId = '55555555-5555-4555-8555-555555555555'
const chainId = testIds.chain

const usedHeap = (): number => {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** Most values are healthy; one of a hundred is not, and one of fifty of each other kind counts for a while. */
const payloadOf = (device: number, round: number): Record<string, number> => {
  const turn = (device * 7 + round * 13) % 100
  return {
    temperature: turn === 0 ? 95 : 20 + (turn % 30),
    pressure: turn === 1 || turn === 2 ? 9 : 4,
    humidity: turn === 3 || turn === 4 ? 95 : 50,
    battery: 80,
    rpm: 900 + turn,
  }
}

const run = async (plan: RulesPlan): Promise<RulesReport> => {
  const { tenantId } = plan
  const database = openDatabase({ url: plan.databaseUrl, poolSize: 8 })
  const liveBus = { isEntityWatched: () => false, publish: () => {} }
  const core = createAlarmCore({ database, liveBus, now: Date.now })
  const counts = { raised: 0, cleared: 0, failed: 0 }
  const portOf = createAlarmsPort({ database, core, logger: silentLogger, now: Date.now })
  const alarms = portOf(tenantId)
  const ports = onlyPorts(
    {
      alarms: {
        ...alarms,
        raise: (list) => {
          counts.raised += list.length
          return alarms.raise(list)
        },
        clear: (list) => {
          counts.cleared += list.length
          return alarms.clear(list)
        },
      },
      alarmRules: createAlarmRules(database).portOf(tenantId),
      attributes: { find: createRememberedReads(database).attributes(tenantId), save: fail, remove: fail },
      telemetry: { ...telemetryReads(database, tenantId), save: fail },
      series: { begin: async () => {}, read: () => null, next: async () => 'stale' },
      log: { info: (text) => console.error(text) },
      clock: { now: Date.now },
    },
    'The node of this benchmark touches nothing else',
  )
  const node = { id: nodeId, name: 'rules', configuration: {}, singletonMode: false, configurationVersion: 1 }
  const compiled = compileChain(
    {
      ...{ id: chainId, name: 'Rules', type: 'CORE', version: 1, additionalInfo: null, firstNodeIndex: 0 },
      nodes: [{ ...node, type: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode' }],
      connections: [],
    },
    createNodeRegistry(nodeManifests),
  )
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const { chain } = compiled
  const instances = await startNodes(chain, createHandlerRegistry(nodeHandlers), ({ id, name }) => ({
    ...{ tenantId, ruleChainId: chain.id, nodeId: id, nodeName: name, ports },
  }))
  const { signal } = new AbortController()

  /** Lanes share the devices out, as partitions do. */
  const shares = Array.from({ length: plan.lanes }, (_, lane) =>
    plan.deviceIds.filter((_id, index) => index % plan.lanes === lane),
  )
  const passFor = async (ms: number): Promise<number> => {
    const end = performance.now() + ms
    const passed = await Promise.all(
      shares.map(async (share) => {
        let done = 0
        for (let at = 0; performance.now() < end; at += plan.batch) {
          const messages = Array.from({ length: plan.batch }, (_, n): Message => {
            const index = (at + n) % share.length
            const round = Math.floor((at + n) / share.length)
            return testMessage({
              tenantId,
              originator: { entityType: 'DEVICE', id: share[index] ?? '' },
              metadata: { deviceName: `Bench ${index}`, deviceType: 'bench', ts: String(Date.now()) },
              data: JSON.stringify(payloadOf(index, round)),
            })
          })
          const { outcomes } = await runBatch({ chain, instances, messages, signal })
          counts.failed += outcomes.filter((outcome) => outcome !== 'finished').length
          done += outcomes.length
        }
        return done
      }),
    )
    return passed.reduce((sum, one) => sum + one, 0)
  }

  const heapBefore = usedHeap()
  await passFor(plan.warmUpMs)
  const heapBytesPerDevice = (usedHeap() - heapBefore) / plan.deviceIds.length
  Object.assign(counts, { raised: 0, cleared: 0 })
  const began = { ms: performance.now(), cpu: cpuSeconds(process.pid) }
  const messages = await passFor(plan.measureMs)
  const elapsedMs = performance.now() - began.ms
  const cpu = cpuSeconds(process.pid) - began.cpu
  await database.close()
  return { messages, elapsedMs, cpuSeconds: cpu, heapBytesPerDevice, ...counts }
}

const fail = (): never => {
  throw new Error('The node of this benchmark stores no values')
}

process.once('message', (plan: RulesPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
