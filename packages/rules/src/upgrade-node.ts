import type { RuleNode } from '@thingwire/contracts'
import { errorText, type NodeManifest } from './node.ts'
import { readNodeConfig } from './node-config.ts'

type Upgradable = Pick<RuleNode, 'configuration' | 'configurationVersion' | 'queueName'>

export type UpgradedNode = Upgradable & {
  /** Set when something of the old configuration was given up; a sentence for the person who imports. */
  warning?: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Brings a node's configuration to the manifest's version. A configuration that is no object becomes the default one. A
 * step that throws leaves the configuration as it was when the schema still takes it, else the default is taken: a chain
 * of ten good nodes must not be lost to one that cannot be read. The given objects are never changed.
 */
export const upgradeNodeConfig = (manifest: NodeManifest, node: Upgradable): UpgradedNode => {
  const current = manifest.configVersion
  const queueName = node.queueName ?? null
  if (!isObject(node.configuration)) {
    return { configuration: structuredClone(manifest.defaults), configurationVersion: current, queueName }
  }
  if (node.configurationVersion > current) {
    const warning = `The configuration has version ${node.configurationVersion}; this version of the node knows ${current}.`
    return { configuration: node.configuration, configurationVersion: node.configurationVersion, queueName, warning }
  }
  const config = withTbel(node.configuration)
  const moved = manifest.hasQueueName ? moveQueueName(config, queueName) : { config, queueName }
  const climbed = climb(manifest, moved.config, node.configurationVersion)
  return { ...climbed, configurationVersion: current, queueName: moved.queueName }
}

/** Before configuration versions existed the queue's name stood inside the configuration. */
const moveQueueName = (config: Record<string, unknown>, queueName: string | null) => {
  if (typeof config.queueName !== 'string') return { config, queueName }
  const { queueName: old, ...rest } = config
  return { config: rest, queueName: queueName ?? (typeof old === 'string' ? old : null) }
}

/** What TBEL was called before it was released. */
const withTbel = (config: Record<string, unknown>): Record<string, unknown> =>
  config.scriptLang === 'MVEL'
    ? {
        ...Object.fromEntries(
          Object.entries(config).map(([name, value]) => [name.replace('mvel', 'tbel').replace('Mvel', 'Tbel'), value]),
        ),
        scriptLang: 'TBEL',
      }
    : config

const climb = (
  manifest: NodeManifest,
  start: Record<string, unknown>,
  fromVersion: number,
): { configuration: unknown; warning?: string } => {
  let config = start
  try {
    for (let version = fromVersion; version < manifest.configVersion; version++) {
      const step = manifest.upgrades[version]
      if (!step) throw new Error(`there is no step from version ${version}`)
      config = step({ ...config })
    }
    return { configuration: config }
  } catch (error) {
    const reason = `The configuration could not be upgraded (${errorText(error)})`
    return readNodeConfig(manifest, start).success
      ? { configuration: start, warning: `${reason}; it is kept as it was.` }
      : {
          configuration: structuredClone(manifest.defaults),
          warning: `${reason}; the node got its default configuration.`,
        }
  }
}
