import { type ResourceExport, resourceImportSchema } from '@thingwire/contracts'
import { flagOf, isRecord, type JsonRecord, listOf, numberOf, textOf } from '../read.ts'
import type { DocumentRemark, DocumentReport } from './model.ts'
import { readDashboard } from './read.ts'

export type FileLimits = {
  /** In characters. */
  size: number
  /** Dashboards of one file. */
  dashboards: number
}
export const defaultFileLimits: FileLimits = { size: 20 * 1024 * 1024, dashboards: 100 }

/** Files of the same look that are often taken for dashboards. */
export type OtherKind =
  | 'ruleChain'
  | 'widgetsBundle'
  | 'widgetType'
  | 'widget'
  | 'deviceProfile'
  | 'assetProfile'
  | 'calculatedField'
  | 'grafanaDashboard'

export type FileProblem =
  | { kind: 'empty' }
  | { kind: 'tooLarge'; size: number; limit: number }
  | { kind: 'tooMany'; count: number; limit: number }
  /** From 1; null: not known. */
  | { kind: 'notJson'; message: string; line: number | null; column: number | null }
  | { kind: 'otherKind'; found: OtherKind }
  | { kind: 'notDashboard' }

/** A dashboard of a file, ready to be saved. */
export type FileDashboard = {
  /** Empty where the file has none. */
  title: string
  /** As it stands in the file. */
  configuration: JsonRecord
  image: string | null
  mobileHide: boolean
  mobileOrder: number | null
  /** Images and others that the configuration refers to; those that are none are left out and told about. */
  resources: ResourceExport[]
  report: DocumentReport
}
export type FileEntry = { ok: true; dashboard: FileDashboard } | { ok: false; problem: FileProblem }
/** `entries`: one for a file of one dashboard, as many as there are in a file of a list. */
export type FileResult = { ok: true; entries: readonly FileEntry[] } | { ok: false; problem: FileProblem }

const placeAt = (text: string, position: number) => {
  const before = text.slice(0, position).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** Where the text stops being JSON; engines say it in their own words, some not at all. */
const notJson = (text: string, error: unknown): FileProblem => {
  const message = error instanceof Error ? error.message.slice(0, 300) : String(error)
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? []
  if (line !== undefined) return { kind: 'notJson', message, line: Number(line), column: Number(column) }
  const position = /position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return { kind: 'notJson', message, ...placeAt(text, Number(position)) }
  const isCut = /end of (JSON|data)|EOF/i.test(message)
  return { kind: 'notJson', message, ...(isCut ? placeAt(text, text.length) : { line: null, column: null }) }
}

const kindOf = (file: JsonRecord): OtherKind | null => {
  const has = (...names: string[]) => names.every((name) => Object.hasOwn(file, name))
  if (has('ruleChain', 'metadata') || has('nodes', 'connections')) return 'ruleChain'
  if (has('widgetsBundle')) return 'widgetsBundle'
  if (has('widget', 'aliasesInfo') || (has('typeFullFqn') && has('config'))) return 'widget'
  if (has('descriptor') && (has('fqn') || has('alias'))) return 'widgetType'
  if (has('profileData')) return 'deviceProfile'
  if (has('defaultRuleChainId') && has('name')) return 'assetProfile'
  if (has('type', 'configuration', 'debugSettings')) return 'calculatedField'
  if (has('panels') && has('schemaVersion')) return 'grafanaDashboard'
  return null
}

/** Members that only the configuration of a dashboard has. */
const isConfiguration = (file: JsonRecord): boolean =>
  isRecord(file.states) || isRecord(file.entityAliases) || isRecord(file.deviceAliases) || Array.isArray(file.widgets)

/** Very old exports have the configuration as text. */
const configurationOf = (file: JsonRecord): JsonRecord | null => {
  if (isRecord(file.configuration)) return file.configuration
  if (typeof file.configuration === 'string') {
    try {
      const parsed: unknown = JSON.parse(file.configuration)
      if (isRecord(parsed)) return parsed
    } catch {
      return null
    }
  }
  return isConfiguration(file) ? file : null
}

const readResources = (file: unknown) => {
  const remarks: DocumentRemark[] = []
  const resources = listOf(file).flatMap((one, index) => {
    const { data, error } = resourceImportSchema.safeParse(one)
    if (data) return [data]
    const issue = error?.issues[0]
    const problem = `not a resource: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`
    remarks.push({ path: `resources[${index}]`, outcome: 'left out', problem })
    return []
  })
  return { resources, remarks }
}

const readEntry = (value: unknown): FileEntry => {
  // Version control wraps what it stores.
  const file = isRecord(value) && isRecord(value.entity) ? value.entity : value
  if (!isRecord(file)) return { ok: false, problem: { kind: 'notDashboard' } }
  const found = kindOf(file)
  if (found) return { ok: false, problem: { kind: 'otherKind', found } }
  const configuration = configurationOf(file)
  // A dashboard that was never edited has no configuration.
  const isEmpty = textOf(file.title) !== null && (file.configuration === null || file.configuration === undefined)
  if (!configuration && !isEmpty) return { ok: false, problem: { kind: 'notDashboard' } }
  const { report } = readDashboard(configuration ?? {})
  const { resources, remarks } = readResources(file.resources)
  return {
    ok: true,
    dashboard: {
      title: textOf(file.title) ?? textOf(file.name) ?? '',
      configuration: configuration ?? {},
      image: textOf(file.image),
      mobileHide: flagOf(file.mobileHide) ?? false,
      mobileOrder: numberOf(file.mobileOrder),
      resources,
      report: { ...report, remarks: [...report.remarks, ...remarks] },
    },
  }
}

/** The dashboards of an export file: one or a list of them, or why there is none. Never throws. */
export const readDashboardFile = (text: string, limits: FileLimits = defaultFileLimits): FileResult => {
  const trimmed = text.replace(/^\uFEFF/, '')
  if (trimmed.length > limits.size) {
    return { ok: false, problem: { kind: 'tooLarge', size: trimmed.length, limit: limits.size } }
  }
  if (trimmed.trim() === '') return { ok: false, problem: { kind: 'empty' } }
  let parsed: unknown
  try {
    parsed = JSON.parse(trimmed)
  } catch (error) {
    return { ok: false, problem: notJson(trimmed, error) }
  }
  const files: unknown[] = Array.isArray(parsed) ? parsed : [parsed]
  if (files.length === 0) return { ok: false, problem: { kind: 'empty' } }
  if (files.length > limits.dashboards) {
    return { ok: false, problem: { kind: 'tooMany', count: files.length, limit: limits.dashboards } }
  }
  const entries = files.map(readEntry)
  const [only] = entries
  return only && !only.ok && entries.length === 1 ? only : { ok: true, entries }
}
