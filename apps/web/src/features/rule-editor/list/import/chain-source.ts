import { type ChainInFile, chainsInFile } from '@thingwire/rules'
import { findJsonFault, type JsonFault } from './json-fault.ts'

/** As much as the server takes in one request. */
export const largestFileBytes = 16 * 1024 * 1024

/** What a file is when it is not for here; each has its own words. */
export const foreignKinds = [
  'nodeRed',
  'n8n',
  'dashboard',
  'deviceProfile',
  'assetProfile',
  'tenantProfile',
  'widget',
  'widgetsBundle',
  'calculatedField',
  'zip',
  'markup',
] as const
export type ForeignKind = (typeof foreignKinds)[number]

export type Refusal =
  | { why: 'empty' }
  | { why: 'tooLarge'; bytes: number }
  | { why: 'json'; fault: JsonFault }
  | { why: 'foreign'; kind: ForeignKind }
  | { why: 'unknown'; members: readonly string[] }

export type SourceChain = ChainInFile
type Members = Readonly<Record<string, unknown>>

export type ChainSource = { chains: readonly SourceChain[] } | { refused: Refusal }

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a text says, when it is a file of rule chains; else what it is instead. `name` is for chains that have none. */
export const readChains = (text: string, name: string): ChainSource => {
  if (text.trim() === '') return { refused: { why: 'empty' } }
  const known = kindOfText(text)
  if (known) return { refused: { why: 'foreign', kind: known } }
  let content: unknown
  try {
    // A byte order mark at the beginning is no part of the text.
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    const fault = findJsonFault(text.replace(/^\uFEFF/, ''))
    return { refused: fault ? { why: 'json', fault } : { why: 'unknown', members: [] } }
  }
  return chainsIn(content, name)
}

const kindOfText = (text: string): ForeignKind | null => {
  if (text.startsWith('PK\u0003\u0004')) return 'zip'
  return /^\s*<[?!a-z]/i.test(text) ? 'markup' : null
}

const chainsIn = (content: unknown, name: string): ChainSource => {
  const kind = kindOf(content)
  if (kind) return { refused: { why: 'foreign', kind } }
  const chains = chainsInFile(content)
  if (chains.length > 0) return { chains: chains.map((chain) => named(chain, name)) }
  return { refused: { why: 'unknown', members: isObject(content) ? Object.keys(content).slice(0, 8) : [] } }
}

/** A drawing alone is named after its file. */
const named = (chain: SourceChain, name: string): SourceChain =>
  Object.keys(chain.ruleChain).length > 0 ? chain : { ...chain, ruleChain: { name } }

const isNodeRed = (content: unknown): boolean =>
  Array.isArray(content) &&
  content.some((node) => isObject(node) && typeof node.type === 'string' && ('wires' in node || node.type === 'tab'))

const isN8n = ({ nodes, connections }: Members): boolean =>
  Array.isArray(nodes) &&
  isObject(connections) &&
  nodes.some((node) => isObject(node) && ('typeVersion' in node || 'parameters' in node))

const kindOf = (content: unknown): ForeignKind | null => {
  if (isNodeRed(content)) return 'nodeRed'
  if (!isObject(content)) return null
  if (isN8n(content)) return 'n8n'
  if ('widgetsBundle' in content) return 'widgetsBundle'
  if ('descriptor' in content && ('fqn' in content || 'alias' in content)) return 'widget'
  const { configuration } = content
  if (isObject(configuration) && ('widgets' in configuration || 'states' in configuration)) return 'dashboard'
  if ('transportType' in content) return 'deviceProfile'
  if (isObject(content.profileData)) return 'configuration' in content.profileData ? 'tenantProfile' : 'deviceProfile'
  if (isObject(configuration) && 'arguments' in configuration) return 'calculatedField'
  if ('defaultRuleChainId' in content && 'name' in content) return 'assetProfile'
  return null
}
