import {
  carriedLibrariesSchema,
  type RuleChainFile,
  ruleChainFileSchema,
  type RuleNode,
  scriptLibrariesMember,
} from '@thingwire/contracts'
import {
  chainTestsOf,
  graphProblems,
  linksAsNodes,
  professionalNodeName,
  readNodeConfig,
  upgradeNodeConfig,
  usedLibraries,
} from '@thingwire/rules'
import { findManifest, typeNameOf } from '../../catalogue.ts'
import type { SourceChain } from './chain-source.ts'
import { type Reference, referencesOf } from './references.ts'

/** What of a node does not run here as it stands. */
export type NodeRemark =
  | { kind: 'unknown'; type: string; isProfessional: boolean }
  | { kind: 'needs'; part: string }
  | { kind: 'settings'; fields: readonly { path: string; reason: string }[] }
  | { kind: 'upgrade'; reason: string }

export type RemarkedNode = { index: number; name: string; typeName: string; remarks: readonly NodeRemark[] }

/** What a chain of a file brings, and what keeps it out. */
export type ChainReport = {
  id: string | null
  name: string
  /** Links of old files are nodes in it. Null: it cannot be stored at all, for `problems`. */
  file: RuleChainFile | null
  /** Everything that keeps the chain out. */
  problems: readonly string[]
  nodes: readonly RemarkedNode[]
  references: readonly Reference[]
  libraries: readonly { name: string; language: string }[]
  /** Libraries that scripts name. */
  namedLibraries: readonly string[]
  tests: number
  /** Why its tests are left out of its runs; null: they can be run. */
  testProblem: string | null
}

const mostProblems = 20
/** Nodes that are looked at in one go, before the page may draw. */
const slice = 100

/**
 * Looks at a chain of a file as the import will. A large one takes a while: `onProgress` is told the share that is done,
 * and `pause` gives way to the page between slices.
 */
export const reportOn = async (
  source: SourceChain,
  { onProgress, pause }: { onProgress: (share: number) => void; pause: () => Promise<void> },
): Promise<ChainReport> => {
  const { id, ruleChain, metadata } = source
  const name = typeof ruleChain.name === 'string' ? ruleChain.name : ''
  const nothing = { nodes: [], references: [], libraries: [], namedLibraries: [], tests: 0, testProblem: null }
  const parsed = ruleChainFileSchema.safeParse({ ruleChain: { ...ruleChain, name: name || ' ' }, metadata })
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, mostProblems).map(({ path, message }) => {
      const [, ...inside] = path
      return inside.length === 0 ? message : `${placeIn(metadata, path.map(String))}: ${message}`
    })
    return { id, name, file: null, problems, ...nothing }
  }
  const linked = linksAsNodes(parsed.data.metadata)
  const file = { ...parsed.data, metadata: linked.drawing }
  const { nodes, connections, firstNodeIndex } = file.metadata
  const remarked: RemarkedNode[] = []
  for (const [index, node] of nodes.entries()) {
    if (index % slice === 0) {
      onProgress(index / nodes.length)
      await pause()
    }
    const remarks = remarksOn(node)
    if (remarks.length > 0) remarked.push({ index, name: node.name, typeName: typeNameOf(node.type), remarks })
  }
  const drawn = graphProblems({ nodes, connections, firstNodeIndex })
  const problems = [...linked.problems, ...drawn].slice(0, mostProblems)
  const carried = carriedLibrariesSchema.safeParse(file.ruleChain.additionalInfo?.[scriptLibrariesMember] ?? [])
  const tests = chainTestsOf(file.ruleChain.additionalInfo)
  return {
    id,
    name,
    file,
    problems,
    nodes: remarked,
    references: referencesOf(nodes),
    libraries: carried.success ? carried.data.map(({ name, language }) => ({ name, language })) : [],
    namedLibraries: [...new Set(nodes.flatMap(({ configuration }) => librariesIn(configuration)))],
    tests: tests.ok ? tests.tests.length : 0,
    testProblem: tests.ok ? null : (tests.problems[0] ?? ''),
  }
}

const remarksOn = (node: RuleNode): NodeRemark[] => {
  const manifest = findManifest(node.type)
  if (!manifest)
    return [{ kind: 'unknown', type: node.type, isProfessional: professionalNodeName(node.type) !== undefined }]
  const { configuration, warning } = upgradeNodeConfig(manifest, node)
  const remarks: NodeRemark[] = warning ? [{ kind: 'upgrade', reason: warning }] : []
  if (manifest.needs) return [...remarks, { kind: 'needs', part: manifest.needs }]
  const read = readNodeConfig(manifest, configuration)
  if (read.success) return remarks
  const fields = read.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), reason: message }))
  return [...remarks, { kind: 'settings', fields }]
}

const librariesIn = (value: unknown): string[] => {
  if (typeof value === 'string') return value.includes('@use') ? usedLibraries(value) : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(librariesIn)
}

/** A place in the file, in words a person finds there: a node by its name. */
const placeIn = (metadata: unknown, path: readonly string[]): string => {
  const [head, list, index, ...rest] = path
  if (head !== 'metadata' || list !== 'nodes' || index === undefined) return path.join('.')
  const node: unknown = Object(Object(metadata).nodes)[index]
  const name: unknown = Object(node).name
  const label = typeof name === 'string' && name ? `“${name}”` : index
  return ['nodes', label, ...rest].join('.')
}
