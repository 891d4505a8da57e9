import { type ChainDocumentData, chainTestsSchema } from '@thingwire/contracts'
import { graphProblems, type NodeRegistry, readNodeConfig, upgradeNodeConfig } from '@thingwire/rules'

/** Problems that are told one by one. */
const maxTold = 20

/**
 * What keeps a draft from being published, as sentences for its author. Nodes of unknown types, and those that wait for a
 * part of the platform, are kept as they are: messages that reach them fail.
 */
export const publishProblems = ({ metadata, tests }: ChainDocumentData, registry: NodeRegistry): string[] => {
  const problems = metadata.nodes.flatMap((node, index) => nodeProblems(node, index, registry))
  const checkedTests = chainTestsSchema.safeParse(tests)
  if (!checkedTests.success)
    problems.push(
      ...checkedTests.error.issues.map(({ path: [index, ...path], message }) =>
        typeof index === 'number' ? `Test ${index + 1}${placeText(path)}: ${message}.` : `Tests: ${message}.`,
      ),
    )
  problems.push(...graphProblems(metadata))
  const left = problems.length - maxTold
  return left > 0 ? [...problems.slice(0, maxTold), `And ${left} more.`] : problems
}

type DraftNode = ChainDocumentData['metadata']['nodes'][number]

const nodeProblems = (node: DraftNode, index: number, registry: NodeRegistry): string[] => {
  const title = node.name.trim() === '' ? `Node ${index + 1}` : `Node "${node.name}"`
  const problems = node.name.trim() === '' ? [`${title} (${node.type}), name: a name is missing.`] : []
  const manifest = registry.find(node.type)
  if (!manifest || manifest.needs) return problems
  const { warning, configuration } = upgradeNodeConfig(manifest, node)
  // What cannot be climbed would be replaced by the default: nobody is to lose a configuration by publishing it.
  if (warning && configuration !== node.configuration) problems.push(`${title}: ${warning}`)
  const read = readNodeConfig(manifest, configuration)
  if (!read.success)
    problems.push(...read.error.issues.map(({ path, message }) => `${title}${placeText(path)}: ${message}.`))
  return problems
}

const placeText = (path: readonly PropertyKey[]): string => (path.length === 0 ? '' : `, ${path.map(String).join('.')}`)
