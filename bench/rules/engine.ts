// The measured process of rules.ts: Thingwire's rule engine without queue and store.
import type { Message } from '@thingwire/contracts'
import { nodeHandlers } from '@thingwire/rule-nodes/handlers'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import {
  compileChain,
  createHandlerRegistry,
  createNodeRegistry,
  type RouterObserver,
  runBatch,
  type StoredRuleChain,
  startNodes,
} from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { createChannels } from '../../apps/engine/src/channels.ts'
import { tuneHeap } from '../../apps/engine/src/heap.ts'
import { startParts, stopParts } from '../../apps/engine/src/lifecycle.ts'
import { createLiveBus } from '../../apps/engine/src/live-bus/live-bus.ts'
import { silentLogger } from '../../apps/engine/src/observability/logger.ts'
import { createMetrics } from '../../apps/engine/src/observability/metrics.ts'
import { redisOpener } from '../../apps/engine/src/redis.ts'
import { createConnectionSamples } from '../../apps/engine/src/rule-debug/connection-samples.ts'
import { createDebugEvents } from '../../apps/engine/src/rule-debug/debug-events.ts'
import { createRuleInspector } from '../../apps/engine/src/rule-debug/rule-inspector.ts'
import { createTracer } from '../../apps/engine/src/rule-debug/traces.ts'
import { createChainCounters } from '../../apps/engine/src/rule-runner/chain-counters.ts'
import { createScriptRunner } from '../../apps/engine/src/scripting/script-runner.ts'
import { onlyPorts } from '../harness/ports.ts'
import { cpuSeconds, memoryOf } from '../harness/processes.ts'
import { metadataOf, payloadOf, type RulesPlan, type RulesReport } from './protocol.ts'

const logger = silentLogger
tuneHeap()

type Drawn = { type: string; configuration: Record<string, unknown>; leaves: string }

const typeSwitch: Drawn = {
  type: 'org.thingsboard.rule.engine.filter.TbMsgTypeSwitchNode',
  configuration: { version: 0 },
  leaves: 'Post telemetry',
}
const typeFilter: Drawn = {
  type: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
  configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
  leaves: 'True',
}
const scriptFilter: Drawn = {
  type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
  configuration: { scriptLang: 'JS', jsScript: 'return msg.temperature > 20;', tbelScript: '' },
  leaves: 'True',
}
const scriptUpdate: Drawn = {
  type: 'org.thingsboard.rule.engine.transform.TbTransformMsgNode',
  configuration: {
    scriptLang: 'JS',
    jsScript: `msg.celsius = (msg.temperature - 32) * 5 / 9;
metadata.level = msg.celsius > 20 ? 'high' : 'low';
return {msg: msg, metadata: metadata, msgType: msgType};`,
    tbelScript: '',
  },
  leaves: 'Success',
}

/** Ten nodes in a row. */
const drawing = (withScripts: boolean): StoredRuleChain => {
  const filters = (count: number) => Array.from({ length: count }, () => typeFilter)
  const nodes = withScripts ? [typeSwitch, scriptFilter, scriptUpdate, ...filters(7)] : [typeSwitch, ...filters(9)]
  return {
    id: testIds.chain,
    name: 'Ten nodes',
    type: 'CORE',
    version: 1,
    additionalInfo: null,
    firstNodeIndex: 0,
    nodes: nodes.map(({ type, configuration }, index) => ({
      ...{ id: `${testIds.chain}/${index}`, type, name: `node ${index}`, configuration },
      ...{ singletonMode: false, configurationVersion: 0 },
    })),
    connections: nodes.slice(1).map((_, index) => ({
      fromIndex: index,
      toIndex: index + 1,
      type: nodes[index]?.leaves ?? '',
    })),
  }
}

const run = async (plan: RulesPlan): Promise<RulesReport> => {
  const openRedis = redisOpener(plan.redisUrl, logger)
  const metrics = createMetrics()
  const channels = createChannels({ openRedis, logger })
  const liveBus = createLiveBus({ openRedis, channels, logger, metrics })
  const counters = createChainCounters({ openRedis, liveBus, logger })
  const debug = createDebugEvents({ events: { append: async () => {} }, server: 'bench', limit: '', logger })
  const samples = createConnectionSamples({ openRedis, logger })
  const tracer = createTracer({ openRedis, channels, logger })
  const scripts = createScriptRunner({ processes: 2, timeoutMs: 1_000, memoryMb: 32, logger, metrics })
  const parts = [channels, liveBus, scripts, ...(plan.observed ? [counters, debug, samples, tracer] : [])]
  await startParts(parts, logger)

  const ports = onlyPorts(
    { scripts: scripts.portOf(testIds.tenant), log: { info: () => {} }, clock: { now: Date.now } },
    'The chain of this benchmark stores and sends nothing',
  )
  const compiled = compileChain(drawing(plan.withScripts), createNodeRegistry(nodeManifests))
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const { chain } = compiled
  const instances = await startNodes(chain, createHandlerRegistry(nodeHandlers), ({ id, name }) => ({
    ...{ tenantId: testIds.tenant, ruleChainId: chain.id, nodeId: id, nodeName: name, ports },
  }))
  const messages = Array.from(
    { length: plan.batch },
    (_, n): Message => testMessage({ data: JSON.stringify(payloadOf(n)), metadata: metadataOf(n) }),
  )
  const { signal } = new AbortController()
  const observe: RouterObserver = plan.observed ? createRuleInspector(counters.observe, { debug, samples, tracer }) : {}
  let lost = 0

  const pass = async (with_: RouterObserver = observe) => {
    const { outcomes } = await runBatch({ chain, instances, messages, signal, observe: with_ })
    for (const outcome of outcomes) if (outcome !== 'finished') lost++
    return outcomes.length
  }
  const passFor = async (ms: number): Promise<number> => {
    const end = performance.now() + ms
    let count = 0
    await Promise.all(
      Array.from({ length: plan.lanes }, async () => {
        for (let n = 0; performance.now() < end; n++) {
          // Added after the wait: the lanes take turns.
          const passed = await pass()
          count += passed
          // A chain without scripts never waits; timers and the sockets must have their turn, as they have in the product.
          if (n % 10 === 9) await new Promise((resolve) => setImmediate(resolve))
        }
      }),
    )
    return count
  }
  await passFor(plan.warmUpMs)
  const began = { ms: performance.now(), cpu: cpuSeconds(process.pid) }
  const count = await passFor(plan.measureMs)
  const elapsedMs = performance.now() - began.ms
  const cpu = cpuSeconds(process.pid) - began.cpu

  let last: RulesReport['last'] = { data: {}, metadata: {} }
  let reached = 0
  await pass({
    inspects: ({ node }) => node.index === chain.nodes.length - 1,
    inspected: ({ departures }) => {
      reached = departures.length
      const message = departures.at(-1)?.message
      if (message) last = { data: JSON.parse(message.data), metadata: { ...message.metadata } }
    },
  })
  const report: RulesReport = {
    messages: count,
    elapsedMs,
    cpuSeconds: cpu,
    peakResidentMb: memoryOf(process.pid).residentMb,
    last,
    lost: lost + plan.batch - reached,
  }
  await stopParts(parts, Date.now() + 2_000, logger)
  return report
}

process.once('message', (plan: RulesPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
