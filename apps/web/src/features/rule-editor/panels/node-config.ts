import { type NodeManifest, readNodeConfig, upgradeNodeConfig } from '@thingwire/rules'
import { type Problem, problemsOf } from '../../../components/schema-form/problems.ts'
import { isValues } from '../../../components/schema-form/values.ts'
import type { DocNode } from '../model/document.ts'

type Configured = Pick<DocNode, 'configuration' | 'configurationVersion' | 'queueName'>

/** How a node would be run: its configuration brought to the version of its manifest. */
export const currentConfig = (node: Configured, manifest: NodeManifest | undefined): Configured => {
  if (!manifest) return node
  const { configuration, configurationVersion, queueName } = upgradeNodeConfig(manifest, node)
  return { configuration, configurationVersion, queueName: queueName ?? null }
}

/** What the node would have against a configuration; nothing is known about nodes without a manifest. */
export const configProblems = (
  manifest: NodeManifest | undefined,
  configuration: unknown,
  required: string,
): Problem[] => (manifest ? problemsOf(readNodeConfig(manifest, configuration), configuration, required) : [])

const isTyped = (value: unknown) => value === undefined || value === null || ['string', 'number'].includes(typeof value)

/**
 * The one place where two values differ, when that is a text or a number: what somebody typed there becomes one step to
 * undo. Null: they differ in another way.
 */
export const typedPlace = (before: unknown, after: unknown): string | null => {
  if (isTyped(before) && isTyped(after)) return ''
  const isList = Array.isArray(before) && Array.isArray(after) && before.length === after.length
  if (!isList && !(isValues(before) && isValues(after))) return null
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  const member = (of: object, key: string): unknown => Reflect.get(of, key)
  const changed = [...keys].filter((key) => member(before, key) !== member(after, key))
  const [key] = changed
  if (key === undefined || changed.length > 1) return null
  const inner = typedPlace(member(before, key), member(after, key))
  return inner === null ? null : `${key}/${inner}`
}
