import { z } from 'zod'

const rows = 20
const engine = 'org.thingsboard.rule.engine'
const script = 'return { msg: { t: 1 }, metadata: {}, msgType: "POST_TELEMETRY_REQUEST" };'

const source = {
  type: `${engine}.debug.TbMsgGeneratorNode`,
  name: 'Source',
  configurationVersion: 2,
  configuration: {
    ...{ msgCount: 0, periodInSeconds: 1, originatorType: 'RULE_NODE', originatorId: null },
    ...{ scriptLang: 'TBEL', jsScript: script, tbelScript: script },
  },
  additionalInfo: { layoutX: 0, layoutY: (rows * 80) / 2 },
}

const step = (index: number) => ({
  type: `${engine}.transform.TbDeleteKeysNode`,
  name: `Step ${index}`,
  configurationVersion: 2,
  configuration: { deleteFrom: 'DATA', keys: ['x'] },
  additionalInfo: { layoutX: 260 * (1 + Math.floor((index - 1) / rows)), layoutY: 80 * ((index - 1) % rows) },
})

/**
 * A chain in which a message a second goes through every node, so that all counters change all the time: rows of nodes
 * beside each other, each wired to the next by Success; further wires lead along Failure, which nothing takes.
 */
const drawing = (nodes: number, wires: number) => {
  const connections: { fromIndex: number; toIndex: number; type: string }[] = []
  const connect = (fromIndex: number, toIndex: number, type: string) => {
    if (connections.length < wires && toIndex < nodes) connections.push({ fromIndex, toIndex, type })
  }
  for (let row = 1; row <= rows; row++) connect(0, row, 'Success')
  for (let index = 1; index < nodes; index++) connect(index, index + rows, 'Success')
  for (let index = 1; index < nodes; index++)
    connect(index, index + rows + (index % rows === 0 ? 1 - rows : 1), 'Failure')
  return {
    firstNodeIndex: 0,
    nodes: [source, ...Array.from({ length: nodes - 1 }, (_, index) => step(index + 1))],
    connections,
  }
}

const chainSchema = z.object({ id: z.object({ entityType: z.literal('RULE_CHAIN'), id: z.string() }) })

export type LargeChain = { id: string; nodes: number; wires: number }

/** Makes the chain through REST, and runs it. */
export const makeLargeChain = async (
  url: string,
  token: string,
  size: { nodes: number; wires: number },
): Promise<LargeChain> => {
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-authorization': `Bearer ${token}` },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const { id } = chainSchema.parse(await post('/api/ruleChain', { name: 'Large chain', type: 'CORE' }))
  const metadata = drawing(size.nodes, size.wires)
  await post('/api/ruleChain/metadata', { ruleChainId: id, ...metadata })
  return { id: id.id, nodes: metadata.nodes.length, wires: metadata.connections.length }
}
