import { describe, expect, it } from 'vitest'
import { reportOn } from './chain-report.ts'

const look = (metadata: unknown, ruleChain: Record<string, unknown> = { name: 'Chain' }) =>
  reportOn({ id: null, ruleChain, metadata }, { onProgress: () => {}, pause: async () => {} })

const filter = (change: Record<string, unknown> = {}) => ({
  type: 'org.thingsboard.rule.engine.filter.TbMsgTypeFilterNode',
  name: 'Only telemetry',
  configuration: { messageTypes: ['POST_TELEMETRY_REQUEST'] },
  ...change,
})
const drawing = (nodes: unknown[], connections: unknown[] = []) => ({ firstNodeIndex: 0, nodes, connections })

describe('a report on a chain of a file', () => {
  it('has nothing to say of a node that runs', async () => {
    expect(await look(drawing([filter()]))).toMatchObject({ problems: [], nodes: [], references: [], tests: 0 })
  })

  it('tells of each node what is unknown, missing here, or wrong with its settings', async () => {
    const { nodes } = await look(
      drawing([
        filter(),
        filter({ type: 'com.example.Press', name: 'Press' }),
        filter({
          type: 'org.thingsboard.rule.engine.notification.TbNotificationNode',
          name: 'Tell',
          configuration: {},
        }),
        filter({ name: 'Broken', configuration: { messageTypes: 'all' } }),
      ]),
    )
    expect(nodes).toMatchObject([
      { index: 1, name: 'Press', remarks: [{ kind: 'unknown', type: 'com.example.Press' }] },
      { index: 2, name: 'Tell', remarks: [{ kind: 'needs' }] },
      { index: 3, name: 'Broken', remarks: [{ kind: 'settings', fields: [{ path: 'messageTypes' }] }] },
    ])
  })

  it('keeps out a drawing that goes in a circle', async () => {
    const circle = [
      { fromIndex: 0, toIndex: 1, type: 'True' },
      { fromIndex: 1, toIndex: 0, type: 'True' },
    ]
    const { problems } = await look(drawing([filter(), filter({ name: 'Again' })], circle))
    expect(problems).toEqual([expect.stringContaining('circling')])
  })

  it('tells nodes of the Professional Edition from those that nobody knows', async () => {
    const { nodes } = await look(
      drawing([filter({ type: 'org.thingsboard.rule.engine.action.TbAddToGroupNode' }), filter({ type: 'a.B' })]),
    )
    expect(nodes).toMatchObject([
      { typeName: 'add to group', remarks: [{ kind: 'unknown', isProfessional: true }] },
      { typeName: 'B', remarks: [{ kind: 'unknown', isProfessional: false }] },
    ])
  })

  it('draws links of old files, and says when one begins nowhere', async () => {
    const targetRuleChainId = { entityType: 'RULE_CHAIN', id: '0e0f0a00-1111-11ee-8000-00000000000a' }
    const link = (fromIndex: number) => ({ fromIndex, targetRuleChainId, type: 'True' })
    const good = await look({ ...drawing([filter()]), ruleChainConnections: [link(0)] })
    expect(good.file?.metadata).toMatchObject({
      nodes: [{}, { name: 'Rule Chain Input' }],
      connections: [{ fromIndex: 0, toIndex: 1, type: 'True' }],
    })
    const bad = await look({ ...drawing([filter()]), ruleChainConnections: [link(4)] })
    expect(bad.problems).toEqual([expect.stringContaining('starts at node 4')])
  })

  it('names the node in which the file itself is wrong', async () => {
    const { file, problems } = await look(drawing([filter({ type: 7 })]))
    expect(file).toBeNull()
    expect(problems).toEqual([expect.stringMatching(/^nodes\.“Only telemetry”\.type: /)])
  })

  it('lets a chain without a name in, to be named before it is stored', async () => {
    expect(await look(drawing([filter()]), {})).toMatchObject({ name: '', problems: [] })
  })

  it('counts tests and libraries, finds what scripts name, and links of old files', async () => {
    const target = '0e0f0a00-1111-11ee-8000-00000000000a'
    const script = filter({
      type: 'org.thingsboard.rule.engine.filter.TbJsFilterNode',
      configuration: { scriptLang: 'JS', jsScript: '// @use units\nreturn true;' },
    })
    const link = { fromIndex: 0, targetRuleChainId: { entityType: 'RULE_CHAIN', id: target }, type: 'True' }
    const test = { name: 'x', message: { data: {} }, expect: {} }
    const report = await look(
      { ...drawing([script]), ruleChainConnections: [link] },
      {
        name: 'Chain',
        additionalInfo: { tests: [test], scriptLibraries: [{ name: 'units', language: 'JS', body: 'const a = 1' }] },
      },
    )
    expect(report).toMatchObject({
      tests: 1,
      libraries: [{ name: 'units', language: 'JS' }],
      namedLibraries: ['units'],
      references: [{ entityType: 'RULE_CHAIN', id: target, nodes: [1] }],
    })
  })

  it('gives way to the page while it looks at many nodes, and says how far it is', async () => {
    const shares: number[] = []
    const pauses: true[] = []
    const metadata = drawing(Array.from({ length: 2_000 }, (_, index) => filter({ name: `n${index}` })))
    const report = await reportOn(
      { id: null, ruleChain: { name: 'Large' }, metadata },
      { onProgress: (share) => shares.push(share), pause: async () => void pauses.push(true) },
    )
    expect(report.problems).toEqual([])
    expect(pauses).toHaveLength(20)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
  })
})
