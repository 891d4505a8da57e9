import type { Answer, EntityFilter } from '@thingwire/api-client'
import type { EntityType } from '@thingwire/contracts'
import { api } from './http.ts'

/** What a person chooses from in forms: names of things, and keys that there are. */

export const listDeviceProfileNames = async (signal?: AbortSignal): Promise<string[]> =>
  (await api('GET /api/deviceProfile/names', { query: {}, signal })).map(({ name }) => name)

export const listAssetProfileNames = async (signal?: AbortSignal): Promise<string[]> =>
  (await api('GET /api/assetProfile/names', { query: {}, signal })).map(({ name }) => name)

export const listAttributeKeys = (signal?: AbortSignal): Promise<string[]> =>
  api('GET /api/deviceProfile/devices/keys/attributes', { query: {}, signal })

export type FoundEntity = { id: string; name: string }

const mostFound = 30

const nameOf = ({ entityId, latest }: Answer<'POST /api/entitiesQuery/find'>['data'][number]): FoundEntity => ({
  id: entityId.id,
  name: latest.ENTITY_FIELD?.name?.value || entityId.id,
})

const find = async (
  entityFilter: EntityFilter,
  textSearch: string | null,
  signal?: AbortSignal,
  most = mostFound,
): Promise<FoundEntity[]> => {
  const page = await api('POST /api/entitiesQuery/find', {
    body: {
      entityFilter,
      entityFields: [{ type: 'ENTITY_FIELD', key: 'name' }],
      pageLink: {
        page: 0,
        pageSize: most,
        textSearch,
        sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' },
      },
    },
    signal,
  })
  return page.data.map(nameOf)
}

/** Entities of a kind whose name holds a text; the first of them. */
export const findEntities = (entityType: EntityType, text: string, signal?: AbortSignal): Promise<FoundEntity[]> =>
  find({ type: 'entityType', entityType }, text || null, signal)

/** Entities by their ids; those that are gone, or may not be seen, are missing. */
export const findEntitiesByIds = (
  entityType: EntityType,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<FoundEntity[]> => find({ type: 'entityList', entityType, entityList: [...ids] }, null, signal, ids.length)

/** An entity by its id; null: there is none, or it may not be seen. */
export const findEntity = async (
  entityType: EntityType,
  id: string,
  signal?: AbortSignal,
): Promise<FoundEntity | null> => {
  const [found] = await find({ type: 'entityList', entityType, entityList: [id] }, null, signal)
  return found ?? null
}
