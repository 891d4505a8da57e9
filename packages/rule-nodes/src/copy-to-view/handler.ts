import { type AttributeScope, attributeScopeSchema, type KvEntry, type Message } from '@thingwire/contracts'
import {
  type AttributesPort,
  type AttributesView,
  type Departure,
  defineHandler,
  isJsonObject,
  parseAttributesPayload,
  parseExactJson,
} from '@thingwire/rules'
import { saveApart } from '../saving/save-apart.ts'
import { copyToView } from './manifest.ts'

/** What a message says of attributes: values, or names of deleted ones. */
type Change = { scope: AttributeScope } & ({ entries: readonly KvEntry[] } | { deleted: readonly string[] })
type Copy = { message: Message; view: AttributesView; change: Change }

const copyingTypes = new Set(['ATTRIBUTES_UPDATED', 'ACTIVITY_EVENT', 'INACTIVITY_EVENT', 'POST_ATTRIBUTES_REQUEST'])

export const copyToViewHandler = defineHandler(copyToView, (_, { ports }) => ({
  handle: async (batch) => {
    const changes = batch.map((message) => ({ message, change: changeOf(message) }))
    const readable = changes.flatMap(({ message, change }) => (typeof change === 'string' ? [] : [{ message, change }]))
    const views = readable.length > 0 ? await ports.views.of(readable.map(({ message }) => message.originator)) : []
    const now = ports.clock.now()
    const copies = readable.flatMap(({ message, change }, index) =>
      (views[index] ?? [])
        .filter((view) => covers(view, now))
        .flatMap((view): Copy[] => {
          const own = shownBy(view, change)
          return 'deleted' in own && own.deleted.length === 0 ? [] : [{ message, view, change: own }]
        }),
    )
    const failed = await saveApart(copies, (items) => write(items, ports.attributes, now))
    return [
      ...changes.flatMap(({ message, change }): Departure[] =>
        typeof change === 'string' ? [{ message, connection: 'Failure', error: change }] : [],
      ),
      ...copies.map((copy): Departure => {
        const error = failed.get(copy)
        if (error !== undefined) return { message: copy.message, connection: 'Failure', error }
        return { message: { ...copy.message, originator: copy.view.id }, queueName: null }
      }),
    ]
  },
}))

const changeOf = (message: Message): Change | string => {
  const { type, metadata, data } = message
  const isDeletion = type === 'ATTRIBUTES_DELETED'
  if (!isDeletion && !copyingTypes.has(type)) return `Unsupported msg type [${type}]`
  if (Object.keys(metadata).length === 0) return 'Message metadata is empty'
  const named = type === 'POST_ATTRIBUTES_REQUEST' ? 'CLIENT_SCOPE' : metadata.scope
  const scope = attributeScopeSchema.safeParse(named)
  if (!scope.success) return named ? `Metadata scope is not a scope: ${named}` : 'The metadata has no scope'
  if (isDeletion) {
    const body = parseExactJson(data)
    const list = isJsonObject(body) ? body.attributes : undefined
    if (!Array.isArray(list)) return 'The data has no list "attributes"'
    return { scope: scope.data, deleted: list.filter((key) => typeof key === 'string') }
  }
  const parsed = parseAttributesPayload(data)
  return parsed.ok ? { scope: scope.data, entries: parsed.entries } : parsed.message
}

const covers = ({ startTimeMs, endTimeMs }: AttributesView, now: number): boolean =>
  startTimeMs < now && (endTimeMs === 0 || endTimeMs > now)

const shownBy = ({ keys }: AttributesView, change: Change): Change => {
  const shown = new Set(keys[change.scope])
  return 'entries' in change
    ? { ...change, entries: change.entries.filter(({ key }) => shown.has(key)) }
    : { ...change, deleted: change.deleted.filter((key) => shown.has(key)) }
}

/** In the order of the messages: what one sets the next may delete. */
const write = async (
  copies: readonly Copy[],
  attributes: Pick<AttributesPort, 'save' | 'remove'>,
  ts: number,
): Promise<void> => {
  for (let from = 0; from < copies.length; ) {
    const isSave = 'entries' in (copies[from]?.change ?? {})
    let to = from
    while (to < copies.length && 'entries' in (copies[to]?.change ?? {}) === isSave) to++
    const run = copies.slice(from, to)
    from = to
    if (isSave)
      await attributes.save(
        run.flatMap(({ view, change }) =>
          'entries' in change && change.entries.length > 0
            ? [
                {
                  ...{ entityId: view.id, scope: change.scope, entries: change.entries, ts },
                  ...{ save: true, notifyLive: true, notifyDevice: false },
                },
              ]
            : [],
        ),
      )
    else
      await attributes.remove(
        run.flatMap(({ view, change }) =>
          'deleted' in change
            ? [{ entityId: view.id, scope: change.scope, keys: change.deleted, notifyDevice: false }]
            : [],
        ),
      )
  }
}
