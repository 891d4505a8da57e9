import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { type NodeManifest, nodeCategories } from '@thingwire/rules'
import { z } from 'zod'
import { code, page, table } from './markdown.ts'

const fieldSchema = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  isPattern: z.boolean().optional(),
})
const configSchema = z.looseObject({ properties: z.record(z.string(), fieldSchema).default({}) })

const fields = ({ config }: NodeManifest): string => {
  const { properties } = configSchema.parse(z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' }))
  const rows = Object.entries(properties).map(([name, { title, description, isPattern }]) => [
    code(name),
    title ?? '',
    [description, isPattern ? 'Pattern.' : ''].filter(Boolean).join(' '),
  ])
  return rows.length === 0 ? 'It has no settings.' : table(['Setting', 'Name', 'Meaning'], rows)
}

const connections = ({ connections: labels }: NodeManifest): string =>
  labels === 'custom'
    ? 'Connections: any label, and **Failure**.'
    : `Connections: ${[...labels, 'Failure'].map((label) => `**${label}**`).join(', ')}.`

const section = (node: NodeManifest): string =>
  [
    `### ${node.name}`,
    node.description,
    ...(node.needs ? [`Needs ${node.needs}, which is not available yet: messages that reach it fail.`] : []),
    connections(node),
    `In files: ${code(node.className)}, configuration version ${node.configVersion}.`,
    fields(node),
  ].join('\n\n')

/** docs/reference/rule-nodes.md */
export const ruleNodesPage = (): string =>
  page({
    title: 'Rule nodes',
    source: 'packages/rule-nodes',
    parts: [
      `In a pattern ${code('\u0024{key}')} stands for an entry of the metadata and ${code('$[key]')} for a member of the data.`,
      ...nodeCategories.flatMap((category) => {
        const nodes = nodeManifests.filter((node) => node.category === category)
        const title = category.charAt(0).toUpperCase() + category.slice(1)
        return nodes.length === 0 ? [] : [`## ${title}`, ...nodes.map(section)]
      }),
    ],
  })
