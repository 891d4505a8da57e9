import { chainTestSchema } from '@thingwire/contracts'
import { chainOfFile, createHandlerRegistry, createNodeRegistry, runChainTest } from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { nodeHandlers } from '../handlers.ts'
import { nodeManifests } from '../manifests.ts'
import { recordingPorts } from '../node-harness.ts'

/** One external node, and nothing behind it. */
const run = async (type: string, configuration: object, written: object) => {
  const nodes = [{ type: `org.thingsboard.rule.engine.${type}`, name: 'call', configuration, configurationVersion: 9 }]
  const file = { ruleChain: { name: 'Calls' }, metadata: { firstNodeIndex: 0, nodes, connections: [] } }
  const found = chainOfFile(file, testIds.chain, createNodeRegistry(nodeManifests))
  if (!found.ok) throw new Error(found.problems.join())
  const { attributes: _, views: __, ...ports } = recordingPorts().ports
  return runChainTest(chainTestSchema.parse({ name: 'calls', message: { data: { t: 1 } }, expect: {}, ...written }), {
    chain: found.chain,
    handlers: createHandlerRegistry(nodeHandlers),
    reads: ports,
    tenantId: testIds.tenant,
    signal: new AbortController().signal,
    timeoutMs: 5_000,
  })
}

const rest = {
  restEndpointUrlPattern: 'https://api.example.org/$[t]',
  requestMethod: 'POST',
  headers: { Authorization: 'Bearer secret', 'X-Site': 'north' },
}
const call = {
  kind: 'external',
  system: 'http',
  node: 'call',
  method: 'POST',
  url: 'https://api.example.org/1',
  body: '{"t":1}',
}

test('a test of a chain calls nobody: what would be sent is an effect, which shows no secrets', async () => {
  const report = await run('rest.TbRestApiCallNode', rest, { expect: { effects: [call] } })
  expect(report).toMatchObject({ passed: true, problems: [] })
  expect(report.effects).toEqual([{ ...call, headers: { Authorization: '***', 'X-Site': 'north' } }])
  expect(report.steps).toMatchObject([{ connection: 'Success', data: '{}', metadata: { statusCode: '200' } }])
})

test('answers are given by the name of the node', async () => {
  const given = { externalAnswers: { call: { status: 201, headers: { 'X-Id': '7' }, data: { made: true } } } }
  const report = await run('rest.TbRestApiCallNode', rest, { given })
  expect(report.steps).toMatchObject([
    { connection: 'Success', data: '{"made":true}', metadata: { statusCode: '201', 'X-Id': '7' } },
  ])
  const refused = { externalAnswers: { call: { status: 503, reason: 'Service Unavailable', data: 'later' } } }
  expect((await run('rest.TbRestApiCallNode', rest, { given: refused })).steps).toMatchObject([
    { connection: 'Failure', data: '{"t":1}', metadata: { statusCode: '503', error_body: 'later' } },
  ])
})

test('and so are failures of any system', async () => {
  const given = { externalAnswers: { call: { error: 'the broker is away' } } }
  const config = { host: 'broker.example.org', topicPattern: 'a' }
  const expected = {
    effects: [{ kind: 'external', system: 'mqtt', topic: 'a' }],
    failures: [{ error: 'the broker is away' }],
  }
  const report = await run('mqtt.TbMqttNode', config, { given, expect: expected })
  expect(report).toMatchObject({ passed: true, problems: [] })
})

test('a record that is written where no answer is given stands in its topic', async () => {
  const report = await run('kafka.TbKafkaNode', { topicPattern: 'readings', bootstrapServers: 'k:9092' }, {})
  expect(report.steps).toMatchObject([{ connection: 'Success', metadata: { topic: 'readings', offset: '0' } }])
})
