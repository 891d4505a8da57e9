import {
  AppError,
  type EntityView,
  type EntityViewInfo,
  entityId,
  type NameConflict,
  nullUuid,
  type RelatedSearch,
  type SaveEntityView,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import { createOwnership, type Ownership, type OwnershipDeps } from '../assets/ownership.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { LiveBus } from '../live-bus/live-bus.ts'
import { saveUnderUniqueName } from '../names/unique-name.ts'
import { findRelatedReadable } from '../relations/related-entities.ts'
import { copyAttributes } from './copied-attributes.ts'

export type EntityViewService = Ownership<EntityView> & {
  find(caller: Caller, viewId: string): Promise<EntityViewInfo>
  findByName(caller: Caller, name: string): Promise<EntityViewInfo>
  /** Those that the caller may read, in the order asked for. */
  findMany(caller: Caller, viewIds: readonly string[]): Promise<EntityViewInfo[]>
  /** Entity views around an entity, by relations. */
  search(
    caller: Caller,
    query: RelatedSearch & { entityViewTypes?: readonly string[] | null | undefined },
  ): Promise<EntityViewInfo[]>
  save(caller: Caller, view: SaveEntityView, conflict?: NameConflict): Promise<EntityView>
  delete(caller: Caller, viewId: string): Promise<void>
}

/** Entity views, and what must follow each change. */
export const createEntityViewService = (
  deps: Omit<OwnershipDeps, 'database'> & {
    database: Pick<Database, 'entityViews' | 'entities' | 'names' | 'relations' | 'attributes'>
    liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
  },
): EntityViewService => {
  const { database, access, actions, invalidate } = deps

  const readInfo = async (caller: Caller, viewId: string, operation: Operation) => {
    const found = await access.require(caller, entityId('ENTITY_VIEW', viewId), operation, { missingText: 'byId' })
    const view = await database.entityViews.find(found.scope, viewId)
    if (!view) throw missing('ENTITY_VIEW', viewId)
    return { ...found, view }
  }
  const read = async (caller: Caller, viewId: string, operation: Operation): Promise<EntityView> =>
    plain((await readInfo(caller, viewId, operation)).view)

  const create = async (caller: Caller, view: SaveEntityView, conflict: NameConflict | undefined) => {
    const tenantId = caller.tenantId ?? nullUuid
    const id = entityId('ENTITY_VIEW', nullUuid)
    const subject = { id, tenantId, customerIds: [], authority: null, resourceType: null }
    if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
    const wanted = { tenantId, entityType: 'ENTITY_VIEW', name: view.name } as const
    const saved = await saveUnderUniqueName(database.names, wanted, conflict, (name) =>
      database.entityViews.save({ kind: 'tenant', tenantId }, { ...view, name }),
    )
    return { saved: plain(saved), before: null }
  }

  const replace = async (caller: Caller, viewId: string, view: SaveEntityView) => {
    const { scope, view: stored } = await readInfo(caller, viewId, 'WRITE')
    const { entityId: target, keys, startTimeMs, endTimeMs, customerId } = stored
    // What is shown to whom decides the tenant's administrator alone.
    const shown = { ...view, entityId: target, keys, startTimeMs, endTimeMs, customerId }
    const saved = await database.entityViews.save(scope, caller.authority === 'CUSTOMER_USER' ? shown : view)
    return { saved: plain(saved), before: plain(stored) }
  }

  return {
    ...createOwnership<EntityView>(deps, {
      name: 'Entity View',
      invalidation: 'entity-view',
      read,
      assign: async (scope, id, customerId) => plain(await database.entityViews.assign(scope, id, customerId)),
    }),

    find: async (caller, viewId) => (await readInfo(caller, viewId, 'READ')).view,

    findByName: async (caller, name) => {
      const found = await database.entityViews.findByName(scopeOf(caller), name)
      if (!found) throw new AppError('ENTITY_NOT_FOUND')
      return found
    },

    findMany: (caller, viewIds) => database.entityViews.findMany(scopeOf(caller), viewIds),

    search: async (caller, query) => {
      const ids = await findRelatedReadable(deps, caller, 'ENTITY_VIEW', query)
      const views = await database.entityViews.findMany(scopeOf(caller), ids)
      const { entityViewTypes } = query
      return entityViewTypes?.length ? views.filter(({ type }) => entityViewTypes.includes(type)) : views
    },

    save: async (caller, view, conflict) => {
      const id = view.id?.id
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('ENTITY_VIEW', id ?? nullUuid),
        entityName: view.name,
        entity: view,
      } as const
      return actions.attempt(caller, deed, async () => {
        const { saved, before } = id ? await replace(caller, id, view) : await create(caller, view, conflict)
        await copyAttributes(deps, saved, before)
        await invalidate({ kind: 'entity-view', tenantId: saved.tenantId.id, id: saved.id.id })
        const known = { entityId: saved.id, entityName: saved.name, entity: saved, customerId: saved.customerId.id }
        return { result: saved, deed: known }
      })
    },

    delete: async (caller, viewId) => {
      const { scope, tenantId, view, head } = await readInfo(caller, viewId, 'DELETE')
      const deed = {
        action: 'DELETED',
        entityId: view.id,
        entityName: view.name,
        customerId: view.customerId.id,
        data: { entityId: viewId },
        entity: plain(view),
        head,
      } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.entityViews.delete(scope, viewId))) throw missing('ENTITY_VIEW', viewId)
        await invalidate({ kind: 'entity-view', tenantId, id: viewId })
        return { result: undefined }
      })
    },
  }
}

/** Without the names around it: as messages and most answers carry it. */
const plain = ({ customerTitle: _1, customerIsPublic: _2, ...view }: EntityViewInfo): EntityView => view
