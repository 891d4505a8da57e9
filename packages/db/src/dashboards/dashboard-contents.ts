import { type DashboardMatch, entityKeyTypes, uuidSchema } from '@thingwire/contracts'
import { isRecord, withoutNul } from '../rows.ts'

/** Where a text stands that a search finds in the document; titles and names of entities are looked up elsewhere. */
export type Term = [where: Exclude<DashboardMatch['where'], 'title' | 'entity'>, text: string]

/** What a dashboard uses. */
export type DashboardContents = {
  description: string | null
  tags: string[]
  widgets: number
  states: number
  /** Every entity that is named by its id, each once. */
  entityIds: string[]
  aliases: { name: string; filter: unknown }[]
  terms: Term[]
}

/** Counts the rules below: what was indexed by others is indexed again. */
export const contentsForm = 1

/** Enough for any dashboard that somebody drew; the rest of a larger one is not found. */
const maxTerms = 5_000
const maxEntities = 5_000
const maxAliases = 500
const maxTermLength = 255
const maxTags = 50
const maxTagLength = 64

/** Reads a configuration of any age and any client. What cannot be read is not in it. */
export const contentsOf = (configuration: unknown): DashboardContents => {
  const root = isRecord(configuration) ? configuration : {}
  const terms = new Map<string, Term>()
  const entityIds = new Set<string>()
  const note = (where: Term[0], value: unknown) => {
    const text = textOf(value)
    if (text !== null && terms.size < maxTerms) terms.set(`${where} ${text}`, [where, text])
  }
  const noteEntity = (id: unknown) => {
    const found = uuidSchema.safeParse(id)
    if (found.success && entityIds.size < maxEntities) entityIds.add(found.data.toLowerCase())
  }

  const description = typeof root.description === 'string' ? withoutNul(root.description).trim() : ''
  const tags = tagsOf(root.tags)
  note('description', description)
  for (const tag of tags) note('tag', tag)
  const states = membersOf(root.states)
  for (const [, state] of states) note('state', state.name)
  const aliases = membersOf(root.entityAliases).map(([, { alias, filter }]) => ({ name: textOf(alias) ?? '', filter }))
  for (const { name } of aliases) note('alias', name)
  const widgets = membersOf(root.widgets)
  for (const [, widget] of widgets) {
    const config = isRecord(widget.config) ? widget.config : {}
    note('widget', config.title)
    note('widget', nameOfType(widget))
  }
  walk(root, { key: (name) => note('key', name), entity: noteEntity })
  return {
    description: description === '' ? null : description,
    tags,
    widgets: widgets.length,
    states: states.length,
    entityIds: [...entityIds],
    aliases: aliases.slice(0, maxAliases),
    terms: [...terms.values()],
  }
}

/** All texts of the terms in one, a line each. */
export const searchTextOf = ({ terms }: DashboardContents): string => terms.map(([, text]) => text).join('\n')

const textOf = (value: unknown): string | null => {
  if (typeof value !== 'string') return null
  const text = withoutNul(value).replace(/\s+/g, ' ').trim()
  return text === '' ? null : text.slice(0, maxTermLength)
}

const tagsOf = (value: unknown): string[] => {
  if (!Array.isArray(value)) return []
  const tags = value.flatMap((tag) => textOf(tag)?.slice(0, maxTagLength) ?? [])
  return [...new Set(tags)].slice(0, maxTags)
}

const nameOfType = ({ typeFullFqn, typeAlias }: Record<string, unknown>): string | undefined => {
  const name = textOf(typeFullFqn) ?? textOf(typeAlias)
  return name?.slice(name.lastIndexOf('.') + 1).replaceAll('_', ' ')
}

/** Members that are objects; old files have widgets as a list. */
const membersOf = (value: unknown): [string, Record<string, unknown>][] =>
  (isRecord(value) || Array.isArray(value) ? Object.entries(value) : []).filter(
    (member): member is [string, Record<string, unknown>] => isRecord(member[1]),
  )

/** Members that hold the id of an entity, wherever they stand: sources, targets of commands, actions. */
const idMembers = ['deviceId', 'targetDashboardId', 'dashboardId'] as const
/** Of settings that read or write one key. */
const keyMembers = ['getAttribute', 'getTimeSeries', 'setAttribute', 'putTimeSeries', 'addTimeSeries'] as const
const dataKeyTypes: readonly unknown[] = ['timeseries', 'attribute']
const queryKeyTypes: readonly unknown[] = entityKeyTypes.filter((type) => !type.endsWith('_FIELD'))

type Found = { key(name: unknown): void; entity(id: unknown): void }

/** Without recursion, since nothing says how deep a stored document nests. */
const walk = (root: unknown, found: Found): void => {
  const open: unknown[] = [root]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object' && item !== null) open.push(item)
      continue
    }
    if (!isRecord(value)) continue
    look(value, found)
    for (const member of Object.values(value)) if (typeof member === 'object' && member !== null) open.push(member)
  }
}

const look = (value: Record<string, unknown>, { key, entity }: Found): void => {
  if (dataKeyTypes.includes(value.type)) key(value.name)
  if (queryKeyTypes.includes(value.type)) key(value.key)
  for (const member of keyMembers) {
    const setting = value[member]
    if (isRecord(setting)) key(setting.key)
  }
  if (typeof value.entityType === 'string') entity(value.id)
  for (const member of idMembers) {
    const id = value[member]
    entity(isRecord(id) ? id.id : id)
  }
  if (Array.isArray(value.entityList)) for (const id of value.entityList) entity(id)
}
