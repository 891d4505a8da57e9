import { readFile } from 'node:fs/promises'
import { type ChainTest, chainTestSchema } from '@thingwire/contracts'
import {
  chainOfFile,
  chainTestsOf,
  createHandlerRegistry,
  createNodeRegistry,
  type DryReads,
  runChainTest,
} from '@thingwire/rules'
import { testIds } from '@thingwire/rules/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeHandlers } from './handlers.ts'
import { nodeManifests } from './manifests.ts'
import { recordingPorts } from './node-harness.ts'

const registry = createNodeRegistry(nodeManifests)
const handlers = createHandlerRegistry(nodeHandlers)
let file: { ruleChain: { additionalInfo: Record<string, unknown> } }
beforeAll(async () => {
  file = JSON.parse(await readFile(new URL('./fixtures/tested-chain.json', import.meta.url), 'utf8'))
})

const chainOf = (given: unknown = file) => {
  const found = chainOfFile(given, testIds.chain, registry)
  if (!found.ok) throw new Error(found.problems.join('\n'))
  return found
}
const { scripts, entities } = recordingPorts().ports
const reads: DryReads = { scripts, entities }
const run = (test: ChainTest, chain = chainOf().chain) =>
  runChainTest(test, {
    ...{ chain, handlers, reads, tenantId: testIds.tenant, timeoutMs: 5_000 },
    signal: new AbortController().signal,
  })
/** The test of this name with other expectations or another message. */
const changed = (name: string, change: { expect?: unknown; message?: unknown; given?: unknown }) => {
  const tests = file.ruleChain.additionalInfo.tests
  const found: unknown = Array.isArray(tests) ? tests.find((test) => test.name === name) : undefined
  return chainTestSchema.parse({ ...(found as object), ...change })
}

describe('a rule chain file with tests', () => {
  it('passes its own tests', async () => {
    const { tests } = chainOf()
    expect(tests).toHaveLength(5)
    for (const test of tests) expect(await run(test)).toMatchObject({ name: test.name, passed: true, problems: [] })
  })

  it('keeps its tests through import, as a member of its additional info', () => {
    expect(chainTestsOf(null)).toEqual({ ok: true, tests: [] })
    const broken = chainTestsOf({ tests: [{ name: 'x' }] })
    expect(broken).toMatchObject({ ok: false })
    expect(
      chainOfFile({ ...file, ruleChain: { name: 'x', additionalInfo: { tests: 'none' } } }, testIds.chain, registry),
    ).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('tests')],
    })
  })
})

describe('a test tells what is not as expected', () => {
  const mild = 'a mild day is stored and no more'

  it.each<[string, unknown, string[]]>([
    [
      'a connection that was not passed',
      { connections: [{ node: 'Hot?', connection: 'True' }] },
      [
        'Expected connection, which did not come: Hot? → True',
        'Unexpected connection: By type → Post telemetry',
        'Unexpected connection: Keep telemetry → Success',
        'Unexpected connection: Hot? → False',
      ],
    ],
    [
      'a message with other data',
      { messages: [{ data: { temperature: 21 } }] },
      [
        'Expected message at an end, which did not come: {"data":{"temperature":21}}',
        'Unexpected message at an end: {"node":"Hot?","connection":"False","type":"POST_TELEMETRY_REQUEST","data":"{\\"temperature\\":20}","metadata":{"ts":"1000"}}',
      ],
    ],
    [
      'metadata that should not be there',
      { messages: [{ metadata: { ts: null } }] },
      [expect.stringContaining('did not come'), expect.stringContaining('Unexpected')] as string[],
    ],
    [
      'an effect that did not come',
      { effects: [{ kind: 'telemetry' }, { kind: 'command' }] },
      ['Expected effect, which did not come: {"kind":"command"}'],
    ],
    [
      'an effect that nobody expected',
      { effects: [] },
      [expect.stringMatching(/^Unexpected effect: .*"kind":"telemetry"/)] as string[],
    ],
    [
      'a failure that did not come',
      { failures: [{ error: 'boom' }] },
      ['Expected failure, which did not come: {"error":"boom"}'],
    ],
  ])('%s', async (_, expectation, problems) => {
    const report = await run(changed(mild, { expect: expectation }))
    expect(report.passed).toBe(false)
    expect(report.problems).toEqual(problems)
  })

  it('a failure that nobody expected', async () => {
    const report = await run(changed('telemetry that is none fails', { expect: {} }))
    expect(report).toMatchObject({ passed: false, problems: [expect.stringContaining('Unexpected failure')] })
    expect(report.steps.at(-1)).toMatchObject({ node: 'Keep telemetry', connection: 'Failure', isEnd: true })
  })

  it('pairs the most demanding expectation first', async () => {
    const messages = [{}, { node: 'Hot?', data: { temperature: 20 } }]
    const report = await run(changed(mild, { expect: { messages } }))
    expect(report.problems).toEqual(['Expected message at an end, which did not come: {}'])
  })
})

describe('a dry run', () => {
  it('shows every step with the message as it left', async () => {
    const report = await run(changed('heat is noted as an attribute', {}))
    expect(report.steps.map(({ node, connection, isEnd }) => [node, connection, isEnd])).toEqual([
      ['By type', 'Post telemetry', false],
      ['Keep telemetry', 'Success', false],
      ['Hot?', 'True', false],
      ['Note the heat', 'Success', false],
      ['Keep heat', 'Success', true],
    ])
    expect(report.steps[3]).toMatchObject({
      type: 'POST_ATTRIBUTES_REQUEST',
      data: '{"heat":6}',
      chain: 'Tested chain',
    })
  })

  it('sees in a later node what an earlier one has stored, and nothing of another run', async () => {
    const again = { ...file, metadata: { ...Object(file).metadata } }
    const { chain } = chainOf(again)
    const test = changed('heat is noted as an attribute', {})
    for (let n = 0; n < 2; n++) expect(await run(test, chain)).toMatchObject({ passed: true })
  })

  it('lets a command without a given answer wait, and an error go along Failure', async () => {
    const silent = await run(changed('a command is sent and its answer goes on', { given: {}, expect: {} }))
    expect(silent.steps.map(({ node }) => node)).toEqual(['By type', 'Command'])
    const refused = await run(
      changed('a command is sent and its answer goes on', {
        given: { commandAnswers: { open: { error: 'TIMEOUT' } } },
        expect: {
          connections: [
            { node: 'By type', connection: 'RPC Request to Device' },
            { node: 'Command', connection: 'Failure' },
          ],
        },
      }),
    )
    expect(refused.steps.at(-1)).toMatchObject({ data: '{"error":"TIMEOUT"}' })
    expect(refused.problems.filter((problem) => problem.includes('connection'))).toEqual([])
  })

  it('knows the alarms that are given, raises and clears them as effects, and nodes behind see them so', async () => {
    const node = (type: string, name: string, configuration = {}) => ({
      ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration },
    })
    const details = { scriptLang: 'JS', alarmDetailsBuildJs: 'return { t: msg.t };' }
    const nodes = [
      node('action.TbCreateAlarmNode', 'raise', { alarmType: 'Hot', severity: 'MAJOR', ...details }),
      node('filter.TbCheckAlarmStatusNode', 'active?', { alarmStatusList: ['ACTIVE_UNACK'] }),
      node('action.TbClearAlarmNode', 'clear', { alarmType: 'Cold', ...details }),
    ]
    const connections = [
      { fromIndex: 0, toIndex: 1, type: 'Created' },
      { fromIndex: 0, toIndex: 1, type: 'Updated' },
      { fromIndex: 1, toIndex: 2, type: 'True' },
    ]
    const { chain } = chainOf({ ruleChain: { name: 'alarms' }, metadata: { firstNodeIndex: 0, nodes, connections } })
    const test = (given: unknown, hot: unknown, told: string) =>
      chainTestSchema.parse({
        name: 'x',
        message: { data: { t: 30 } },
        given,
        expect: {
          messages: [{ node: 'clear', connection: 'Cleared', type: 'ALARM' }],
          effects: [
            hot,
            { kind: 'message', type: told },
            { kind: 'alarm', change: 'cleared', type: 'Cold', status: 'CLEARED_ACK' },
            { kind: 'message', type: 'ALARM_CLEAR' },
          ],
        },
      })
    const cold = { type: 'Cold', acknowledged: true }
    const created = { kind: 'alarm', change: 'created', type: 'Hot', severity: 'MAJOR', details: { t: 30 } }
    expect(await run(test({ alarms: [cold] }, created, 'ENTITY_CREATED'), chain)).toMatchObject({
      problems: [],
      passed: true,
    })
    const updated = { kind: 'alarm', change: 'updated', type: 'Hot', severity: 'MAJOR', status: 'ACTIVE_UNACK' }
    const alarms = [cold, { type: 'Hot', severity: 'MINOR' }]
    expect(await run(test({ alarms }, updated, 'ENTITY_UPDATED'), chain)).toMatchObject({ problems: [], passed: true })
    expect(await run(test({}, created, 'ENTITY_CREATED'), chain)).toMatchObject({ passed: false })
  })

  it('a device profile node lets messages of a device pass that there is not', async () => {
    const type = 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode'
    const nodes = [{ type, name: 'rules', configuration: {} }]
    const { chain } = chainOf({ ruleChain: { name: 'rules' }, metadata: { firstNodeIndex: 0, nodes, connections: [] } })
    const expected = { messages: [{ node: 'rules', connection: 'Success' }], effects: [] }
    const test = chainTestSchema.parse({ name: 'x', message: { data: { t: 1 } }, expect: expected })
    expect(await run(test, chain)).toMatchObject({ passed: true, problems: [] })
  })

  it('goes on at once with what is delayed, which passes its connection once', async () => {
    const node = (type: string, name: string, configuration = {}) => ({
      ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration },
    })
    const nodes = [
      node('delay.TbMsgDelayNode', 'wait', { periodInSeconds: 60, maxPendingMsgs: 10 }),
      node('flow.TbAckNode', 'end'),
    ]
    const connections = [{ fromIndex: 0, toIndex: 1, type: 'Success' }]
    const { chain } = chainOf({ ruleChain: { name: 'late' }, metadata: { firstNodeIndex: 0, nodes, connections } })
    const passes = [
      { node: 'wait', connection: 'Success' },
      { node: 'end', connection: 'Success' },
    ]
    const test = chainTestSchema.parse({ name: 'x', message: { data: {} }, expect: { connections: passes } })
    expect(await run(test, chain)).toMatchObject({ passed: true, problems: [] })
  })
})
