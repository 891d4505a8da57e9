import { isEqual } from '@thingwire/editing'
import { type NodeManifest, professionalNodeName, readNodeConfig, upgradeNodeConfig } from '@thingwire/rules'
import { problemsOf } from '../../../components/schema-form/problems.ts'
import { onCycles, reachedFrom } from './graph-walks.ts'
import type { ChainDocument, DocNode } from './document.ts'

export const severities = ['error', 'warning', 'hint'] as const
/** error: cannot be published; warning: messages will fail or be lost; hint: looks like an oversight. */
export type Severity = (typeof severities)[number]

/** Words for each are `chainEditor.problem.<code>`. */
export type ProblemCode =
  | 'nameMissing'
  | 'unknownType'
  | 'needs'
  | 'config'
  | 'configMissing'
  | 'upgrade'
  | 'noChain'
  | 'missingChain'
  | 'cycle'
  | 'unknownLabel'
  | 'neverTaken'
  | 'sameLabel'
  | 'noOutputs'
  | 'bypassLabel'
  | 'unreachable'
  | 'entryMissing'
  | 'strayTest'
  | 'script'

export type ChainProblem = {
  severity: Severity
  code: ProblemCode
  /** Null: of the chain as a whole. */
  nodeId: string | null
  /** In the configuration, members joined by `/`; null: not there. */
  path: string | null
  /** What the words speak of. */
  values: Readonly<Record<string, string>>
}

export type ChainProblems = {
  /** The gravest first, then in the order of the nodes. */
  list: readonly ChainProblem[]
  byNode: ReadonlyMap<string, readonly ChainProblem[]>
  counts: Readonly<Record<Severity, number>>
}

type FindManifest = (className: string) => NodeManifest | undefined
export const ruleChainNodeClass = 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode'

/** The chain that a node sends messages through; null: it names none, or is of another type. */
export const calledChain = (node: DocNode): string | null => {
  if (node.className !== ruleChainNodeClass) return null
  const { configuration } = node
  const id = typeof configuration === 'object' && configuration !== null && Reflect.get(configuration, 'ruleChainId')
  return typeof id === 'string' && id !== '' ? id : null
}

const sendsByProfile = ({ configuration }: DocNode): boolean =>
  typeof configuration === 'object' &&
  configuration !== null &&
  Reflect.get(configuration, 'forwardMsgToDefaultRuleChain') === true

/** Of a node by itself, whatever it is wired to. */
const ownProblems = (node: DocNode, manifest: NodeManifest | undefined): readonly ChainProblem[] => {
  const found: ChainProblem[] = []
  const add = (
    severity: Severity,
    code: ProblemCode,
    values: Record<string, string> = {},
    path: string | null = null,
  ) => void found.push({ ...problemOf(node.id, severity, code, values), path })
  if (node.name.trim() === '') add('error', 'nameMissing')
  if (!manifest)
    add('warning', 'unknownType', {
      type: professionalNodeName(node.className) ?? node.className.split('.').at(-1) ?? node.className,
    })
  else if (manifest.needs) add('warning', 'needs', { part: manifest.needs })
  else {
    const { configuration, warning } = upgradeNodeConfig(manifest, { ...node, queueName: node.queueName })
    if (warning && configuration !== node.configuration) add('error', 'upgrade', { message: warning })
    for (const { path, message } of problemsOf(readNodeConfig(manifest, configuration), configuration, '')) {
      if (message === '') add('error', 'configMissing', { path }, path)
      else add('error', 'config', { path, message }, path)
    }
    if (node.className === ruleChainNodeClass && calledChain(node) === null && !sendsByProfile(node))
      add('warning', 'noChain', {}, 'ruleChainId')
  }
  return found
}

const isKnownLabel = (label: string, manifest: NodeManifest): boolean =>
  manifest.connections === 'custom' ||
  [...manifest.connections, 'Failure'].some((one) => one.toLowerCase() === label.toLowerCase())

const problemOf = (
  nodeId: string | null,
  severity: Severity,
  code: ProblemCode,
  values: Record<string, string> = {},
): ChainProblem => ({ severity, code, nodeId, path: null, values })

/** Of the labels along which a node leads on. */
const labelProblems = (node: DocNode, labels: readonly string[], manifest: NodeManifest): ChainProblem[] => {
  if (manifest.connections.length === 0)
    return [problemOf(node.id, 'warning', 'noOutputs', { label: labels.join(', ') })]
  return labels.flatMap((label) => {
    if (!isKnownLabel(label, manifest)) return [problemOf(node.id, 'warning', 'unknownLabel', { label })]
    const isNever = manifest.neverTaken?.some((one) => one.toLowerCase() === label.toLowerCase())
    return isNever ? [problemOf(node.id, 'hint', 'neverTaken', { label })] : []
  })
}

const bypassProblems = ({ id, bypass }: DocNode, labels: readonly string[]): ChainProblem[] => {
  const label = bypass?.label ?? null
  const isWired = label === null || labels.some((one) => one.toLowerCase() === label.toLowerCase())
  return isWired ? [] : [problemOf(id, 'hint', 'bypassLabel', { label: label ?? '' })]
}

/** By node: what was found by somebody who knows the languages of scripts. */
type FoundElsewhere = ReadonlyMap<string, readonly ChainProblem[]>
const nothingElse: FoundElsewhere = new Map()

type Looked = {
  document: ChainDocument
  missing: ReadonlySet<string>
  scripts: FoundElsewhere
  chain: readonly ChainProblem[]
  problems: ChainProblems
}

/** Looks for problems again and again; what did not change is not looked at again, and keeps its identity in the answer. */
export const createProblemFinder = (findManifest: FindManifest) => {
  const own = new WeakMap<DocNode, readonly ChainProblem[]>()
  const drawing = createDrawingFinder(findManifest)
  let last: Looked | null = null

  const ownOf = (node: DocNode): readonly ChainProblem[] => {
    const known = own.get(node)
    if (known) return known
    const found = ownProblems(node, findManifest(node.className))
    own.set(node, found)
    return found
  }

  /** `missing`: ids of rule chains that nodes name and that are not there. */
  return (
    document: ChainDocument,
    missing: ReadonlySet<string>,
    scripts: FoundElsewhere = nothingElse,
  ): ChainProblems => {
    if (last?.document === document && last.missing === missing && last.scripts === scripts) return last.problems
    const drawn = drawing(document)
    const byNode = new Map<string, readonly ChainProblem[]>()
    for (const id of document.order) {
      const node = document.nodes[id]
      if (!node) continue
      const chain = calledChain(node)
      const gone: ChainProblem[] =
        chain !== null && missing.has(chain)
          ? [{ ...problemOf(id, 'warning', 'missingChain', { chain }), path: 'ruleChainId' }]
          : []
      const more = [...gone, ...(scripts.get(id) ?? []), ...(drawn.byNode.get(id) ?? [])]
      const all = more.length > 0 ? [...ownOf(node), ...more] : ownOf(node)
      if (all.length === 0) continue
      const before = last?.problems.byNode.get(id)
      byNode.set(id, before && isEqual(before, all) ? before : all)
    }
    const chain = last && isEqual(last.chain, drawn.chain) ? last.chain : drawn.chain
    const bySeverity: Record<Severity, ChainProblem[]> = { error: [], warning: [], hint: [] }
    for (const problem of chain) bySeverity[problem.severity].push(problem)
    const circles = new Set<string>()
    for (const problem of [...byNode.values()].flat()) {
      // All nodes of a circle have it, and it is one problem.
      const { code, values } = problem
      if (code === 'cycle' && circles.size === circles.add(values.circle ?? '').size) continue
      bySeverity[problem.severity].push(problem)
    }
    const { error, warning, hint } = bySeverity
    const list = [...error, ...warning, ...hint]
    const before = last?.problems.list
    const isSame = before?.length === list.length && list.every((problem, index) => problem === before[index])
    const counts = { error: error.length, warning: warning.length, hint: hint.length }
    const problems = { list: isSame && before ? before : list, byNode, counts }
    last = { document, missing, scripts, chain, problems }
    return problems
  }
}

type Wires = ChainDocument['wires']

/** What follows from the wires alone, whatever the nodes are. */
type Wiring = {
  /** Labels that leave each node. */
  leaving: ReadonlyMap<string, readonly string[]>
  /** Wires that have a label twice, in another case: the node they leave, and the label. */
  twice: readonly (readonly [from: string, label: string])[]
  cycles: readonly (readonly string[])[]
}

const wiringOf = (document: ChainDocument): Wiring => {
  const leaving = new Map<string, string[]>()
  const twice: [string, string][] = []
  for (const { from, labels } of Object.values(document.wires)) {
    const known = leaving.get(from)
    if (!known) leaving.set(from, [...labels])
    else for (const label of labels) if (!known.includes(label)) known.push(label)
    if (labels.length < 2) continue
    const folded = labels.map((label) => label.toLowerCase())
    const again = labels.find((_, index) => folded.indexOf(folded[index] ?? '') < index)
    if (again !== undefined) twice.push([from, again])
  }
  return { leaving, twice, cycles: onCycles(document) }
}

/** Of how nodes are wired. Looks again only at what another edit could have changed. */
const createDrawingFinder = (findManifest: FindManifest) => {
  const wirings = new WeakMap<Wires, Wiring>()
  const labelled = new WeakMap<DocNode, { labels: readonly string[]; found: readonly ChainProblem[] }>()
  let walked: { wires: Wires; starts: string; reached: ReadonlySet<string> } | null = null

  const labelsOf = (node: DocNode, labels: readonly string[]): readonly ChainProblem[] => {
    const known = labelled.get(node)
    if (known?.labels === labels) return known.found
    const manifest = findManifest(node.className)
    const found = node.bypass ? bypassProblems(node, labels) : manifest ? labelProblems(node, labels, manifest) : []
    labelled.set(node, { labels, found })
    return found
  }

  const reachedIn = (document: ChainDocument, starts: readonly string[]): ReadonlySet<string> => {
    const key = starts.join(' ')
    if (walked?.wires !== document.wires || walked.starts !== key)
      walked = { wires: document.wires, starts: key, reached: reachedFrom(document, starts) }
    return walked.reached
  }

  return (document: ChainDocument) => {
    const wiring = wirings.get(document.wires) ?? wiringOf(document)
    wirings.set(document.wires, wiring)
    const byNode = new Map<string, ChainProblem[]>()
    const add = (id: string, ...problems: readonly ChainProblem[]) => {
      const known = byNode.get(id)
      if (known) known.push(...problems)
      else if (problems.length > 0) byNode.set(id, [...problems])
    }
    for (const [id, labels] of wiring.leaving) {
      const node = document.nodes[id]
      if (node) add(id, ...labelsOf(node, labels))
    }
    for (const [from, label] of wiring.twice) add(from, problemOf(from, 'hint', 'sameLabel', { label }))
    for (const cycle of wiring.cycles) {
      const names = cycle.map((id) => document.nodes[id]?.name ?? '').join(' → ')
      for (const id of cycle) add(id, problemOf(id, 'error', 'cycle', { names, circle: cycle.join(' ') }))
    }
    const alone = document.order.filter((id) => {
      const node = document.nodes[id]
      return node?.bypass === null && findManifest(node.className)?.worksAlone === true
    })
    const starts = document.entry === null ? alone : [document.entry, ...alone]
    // Without a beginning nothing is reached, which one sentence says better than one a node.
    if (starts.length > 0) {
      const reached = reachedIn(document, starts)
      for (const id of document.order) if (!reached.has(id)) add(id, problemOf(id, 'hint', 'unreachable'))
    }
    return { byNode, chain: chainProblems(document, alone.length > 0) }
  }
}

const chainProblems = (document: ChainDocument, isAlive: boolean): ChainProblem[] => [
  ...(document.strayTests ?? []).map((test, index) =>
    problemOf(null, 'error', 'strayTest', { name: nameOf(test, index) }),
  ),
  ...(document.entry === null && document.order.length > 0
    ? [problemOf(null, isAlive ? 'hint' : 'warning', 'entryMissing')]
    : []),
]

const nameOf = (test: unknown, index: number): string => {
  const name = typeof test === 'object' && test !== null && Reflect.get(test, 'name')
  return typeof name === 'string' ? name : `${index + 1}`
}
