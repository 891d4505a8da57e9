import type { ScriptLanguage, ScriptLibrary, ScriptLibraryUsage } from '@thingwire/contracts'
import { entityId } from '@thingwire/contracts'
import type { NodeWithLibraries } from '@thingwire/db'
import { usedLibraries } from '@thingwire/rules'

/** The libraries that the scripts of a node's configuration name, of those in the language that it has chosen. */
export const librariesOfConfiguration = (configuration: unknown): { language: ScriptLanguage; names: string[] } => {
  const members: Record<string, unknown> =
    typeof configuration === 'object' && configuration !== null ? { ...configuration } : {}
  const language = members.scriptLang === 'TBEL' ? 'TBEL' : 'JS'
  const names = Object.entries(members).flatMap(([key, value]) => {
    const isOther = /tbel/i.test(key) !== (language === 'TBEL')
    return isOther || typeof value !== 'string' ? [] : usedLibraries(value)
  })
  return { language, names: [...new Set(names)] }
}

/** Who names this library, of those who may. */
export const usageOf = (
  name: string,
  { libraries, nodes }: { libraries: readonly ScriptLibrary[]; nodes: readonly NodeWithLibraries[] },
): ScriptLibraryUsage => ({
  nodes: nodes
    .filter(({ configuration }) => librariesOfConfiguration(configuration).names.includes(name))
    .map(({ ruleChainId, ruleChainName, ruleNodeId, ruleNodeName }) => ({
      ruleChainId: entityId('RULE_CHAIN', ruleChainId),
      ruleChainName,
      ruleNodeId: entityId('RULE_NODE', ruleNodeId),
      ruleNodeName,
    })),
  libraries: libraries
    .filter((library) => usedLibraries(library.body).includes(name))
    .map((library) => ({ id: library.id, name: library.name })),
})
