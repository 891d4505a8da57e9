import { ruleNodeSchema } from '@thingwire/contracts'
import { type NodeManifest, readNodeConfig, upgradeNodeConfig } from '@thingwire/rules'
import type { ChainMetadata } from '@/api/entities.ts'
import { readJson, writeJson } from '../../../components/schema-form/json-text.ts'
import { type Problem, problemsOf as problemsIn } from '../../../components/schema-form/problems.ts'

export type MetadataNode = ChainMetadata['nodes'][number]

/** A node with the chain that it stands in, because it is saved as a part of that. */
export type NodeState = { name: string; version: number; metadata: ChainMetadata; node: MetadataNode }

/** What the drawer edits. The configuration is JSON: a field is one value, so that two states of it can be compared. */
export type NodeForm = {
  name: string
  queueName: string
  debugsFailures: boolean
  /** All messages: not, until the time that is stored, or for so many minutes from now. */
  debugsAll: 'off' | 'kept' | `${number}`
  configuration: string
}

/** The state of a node in a chain; null: it is not there any more. */
export const stateOf = (metadata: ChainMetadata, nodeId: string): NodeState | null => {
  const node = metadata.nodes.find(({ id }) => id?.id === nodeId)
  return node ? { name: node.name, version: metadata.version ?? 0, metadata, node } : null
}

/** How the node would be run: brought to the version of its manifest. */
const upgraded = (node: MetadataNode, manifest: NodeManifest | undefined) =>
  manifest
    ? upgradeNodeConfig(manifest, {
        configuration: node.configuration,
        configurationVersion: node.configurationVersion,
        queueName: node.queueName ?? null,
      })
    : { ...node, queueName: node.queueName ?? null }

export const toForm = ({ node }: NodeState, manifest: NodeManifest | undefined, nowMs: number): NodeForm => {
  const { configuration, queueName } = upgraded(node, manifest)
  return {
    name: node.name,
    queueName: queueName ?? '',
    debugsFailures: node.debugSettings?.failuresEnabled ?? false,
    debugsAll: (node.debugSettings?.allEnabledUntil ?? 0) > nowMs ? 'kept' : 'off',
    configuration: writeJson(configuration ?? {}),
  }
}

/** The chain with the edited node in it; everything else, its id and its place too, stays as it is. */
export const toMetadata = (
  values: NodeForm,
  over: NodeState,
  manifest: NodeManifest | undefined,
  nowMs: number,
): ChainMetadata => {
  const before = toForm(over, manifest, nowMs)
  const config = readJson(values.configuration)
  // A configuration that nobody touched is not brought to another version on the way.
  const isConfigured = values.configuration !== before.configuration && 'value' in config
  const edited: MetadataNode = {
    ...over.node,
    name: values.name,
    ...(values.queueName !== before.queueName && { queueName: values.queueName || null }),
    debugSettings: debugOf(values, over.node, nowMs),
    ...(isConfigured && {
      configuration: config.value,
      configurationVersion: upgraded(over.node, manifest).configurationVersion,
    }),
  }
  return { ...over.metadata, nodes: over.metadata.nodes.map((node) => (node === over.node ? edited : node)) }
}

const debugOf = ({ debugsAll, debugsFailures }: NodeForm, node: MetadataNode, nowMs: number) => {
  const until = debugsAll === 'off' ? 0 : nowMs + Number(debugsAll) * 60_000
  return {
    failuresEnabled: debugsFailures,
    allEnabled: false,
    allEnabledUntil: debugsAll === 'kept' ? (node.debugSettings?.allEnabledUntil ?? 0) : until,
  }
}

/** What the node would have against a configuration; nothing is known about nodes without a manifest. */
export const configProblems = (
  manifest: NodeManifest | undefined,
  configuration: unknown,
  required: string,
): Problem[] => (manifest ? problemsIn(readNodeConfig(manifest, configuration), configuration, required) : [])

type Words = { required: string; noJson: (reason: string) => string }

/** What is wrong with the form, by field. A stored configuration that nobody touched is not held against its reader. */
export const problemsOf = (
  values: NodeForm,
  before: NodeForm,
  manifest: NodeManifest | undefined,
  words: Words,
): Partial<Record<keyof NodeForm, string>> => {
  const name = ruleNodeSchema.shape.name.safeParse(values.name).error?.issues[0]?.message
  return {
    ...(name !== undefined && { name }),
    ...(values.configuration !== before.configuration && wrongConfiguration(values.configuration, manifest, words)),
  }
}

const wrongConfiguration = (text: string, manifest: NodeManifest | undefined, words: Words) => {
  const read = readJson(text)
  if (read.error !== undefined) return { configuration: words.noJson(read.error) }
  const problems = configProblems(manifest, read.value, words.required)
  if (problems.length === 0) return {}
  return { configuration: problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('\n') }
}
