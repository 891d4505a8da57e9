import type { ScriptLanguage } from '@thingwire/contracts'
import { generatorArguments, messageArguments, type ScriptKind } from '@thingwire/rules'
import { findManifest } from '../catalogue.ts'

/** Where a node keeps its scripts, what they are for, and what their arguments are called. */
export type NodeScript = { kind: ScriptKind; args: readonly string[]; keys: Record<ScriptLanguage, string> }

const standardKeys = { JS: 'jsScript', TBEL: 'tbelScript' }
const detailsKeys = { JS: 'alarmDetailsBuildJs', TBEL: 'alarmDetailsBuildTbel' }

const byType: Record<string, NodeScript> = {
  'script-filter': { kind: 'filter', args: messageArguments, keys: standardKeys },
  'script-switch': { kind: 'switch', args: messageArguments, keys: standardKeys },
  'script-transformation': { kind: 'update', args: messageArguments, keys: standardKeys },
  generator: { kind: 'generate', args: generatorArguments, keys: standardKeys },
  log: { kind: 'string', args: messageArguments, keys: standardKeys },
  'create-alarm': { kind: 'json', args: messageArguments, keys: detailsKeys },
  'clear-alarm': { kind: 'json', args: messageArguments, keys: detailsKeys },
}

/** Null: nodes of the class have no script. */
export const scriptOfClass = (className: string): NodeScript | null =>
  byType[findManifest(className)?.type ?? ''] ?? null

const memberOf = (configuration: unknown, key: string): unknown =>
  typeof configuration === 'object' && configuration !== null ? Reflect.get(configuration, key) : undefined

/** Of a configuration that names none it is JavaScript, as the engine reads it. */
export const languageIn = (configuration: unknown): ScriptLanguage =>
  memberOf(configuration, 'scriptLang') === 'TBEL' ? 'TBEL' : 'JS'

export const textIn = (configuration: unknown, script: NodeScript, language: ScriptLanguage): string => {
  const text = memberOf(configuration, script.keys[language])
  return typeof text === 'string' ? text : ''
}

/** The language that a setting is the script of; null: it is no script. */
export const languageOfKey = (script: NodeScript, key: string): ScriptLanguage | null => {
  if (key === script.keys.JS) return 'JS'
  return key === script.keys.TBEL ? 'TBEL' : null
}
