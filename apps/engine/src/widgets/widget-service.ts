import {
  AppError,
  entityId,
  nullUuid,
  type SaveWidgetsBundle,
  type SaveWidgetType,
  type WidgetsBundle,
  type WidgetTypeDetails,
  type WidgetTypeInfo,
} from '@thingwire/contracts'
import { type Database, type Scope, scopeOf } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows, type Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'

type Kind = 'WIDGET_TYPE' | 'WIDGETS_BUNDLE'
/** By the id of the bundle, or by its alias among the system's or the tenant's. */
export type BundleName = { widgetsBundleId: string } | { isSystem: boolean; bundleAlias: string }

export type WidgetService = {
  find(caller: Caller, widgetTypeId: string): Promise<WidgetTypeDetails>
  info(caller: Caller, widgetTypeId: string): Promise<WidgetTypeInfo>
  /** With the word before it that tells whose it is: `system.cards.value_card`, `tenant.mine`. */
  findByFqn(caller: Caller, fqn: string): Promise<WidgetTypeDetails>
  /** As dashboards of early versions name a widget. */
  findByAlias(
    caller: Caller,
    name: { isSystem: boolean; bundleAlias: string; alias: string },
  ): Promise<WidgetTypeDetails>
  save(
    caller: Caller,
    widgetType: SaveWidgetType,
    options: { updateExistingByFqn: boolean },
  ): Promise<WidgetTypeDetails>
  delete(caller: Caller, widgetTypeId: string): Promise<void>
  bundle(caller: Caller, bundleId: string): Promise<WidgetsBundle>
  bundleNamed(caller: Caller, name: BundleName): Promise<WidgetsBundle>
  /** Widget types of a bundle, in its order. */
  ofBundle(caller: Caller, name: BundleName): Promise<WidgetTypeDetails[]>
  saveBundle(caller: Caller, bundle: SaveWidgetsBundle): Promise<WidgetsBundle>
  setMembers(
    caller: Caller,
    bundleId: string,
    members: { ids: readonly string[] } | { fqns: readonly string[] },
  ): Promise<void>
  deleteBundle(caller: Caller, bundleId: string): Promise<void>
}

export const createWidgetService = (deps: {
  database: Pick<Database, 'widgetTypes' | 'widgetsBundles'>
  access: EntityAccess
  actions: EntityActions
}): WidgetService => {
  const { access, actions } = deps
  const { widgetTypes, widgetsBundles } = deps.database

  const reach = (caller: Caller, kind: Kind, id: string, operation: Operation) =>
    access.require(caller, entityId(kind, id), operation, { missingText: 'byId' })

  const attempt = <T extends { id: { entityType: Kind; id: string }; name: string }>(
    caller: Caller,
    deed: { kind: Kind; id: string | undefined; name: string },
    work: () => Promise<T>,
  ): Promise<T> => {
    const about = { entityId: entityId(deed.kind, deed.id ?? nullUuid), entityName: deed.name }
    return actions.attempt(caller, { action: deed.id ? 'UPDATED' : 'ADDED', ...about }, async () => {
      const saved = await work()
      return { result: saved, deed: { entityId: saved.id, entityName: saved.name, entity: saved } }
    })
  }

  const remove = (caller: Caller, kind: Kind, id: string, work: (scope: Scope) => Promise<boolean>): Promise<void> => {
    const about = { entityId: entityId(kind, id), entityName: '', data: { entityId: id } }
    return actions.attempt(caller, { action: 'DELETED', ...about }, async () => {
      const { scope, name, head } = await reach(caller, kind, id, 'DELETE')
      if (!(await work(scope))) throw missing(kind, id)
      return { result: undefined, deed: { entityName: name, messageData: { id: entityId(kind, id), name }, head } }
    })
  }

  /** Where new things of the caller belong; throws when it may have none. */
  const ownScope = (caller: Caller, kind: Kind): Scope => {
    const scope = scopeOf(caller)
    const tenantId = scope.kind === 'system' ? null : scope.tenantId
    const subject = { id: entityId(kind, nullUuid), tenantId, customerIds: [], authority: null, resourceType: null }
    if (!allows(caller, 'CREATE', subject)) throw new AppError('PERMISSION_DENIED')
    return scope
  }

  const find = async (caller: Caller, widgetTypeId: string): Promise<WidgetTypeDetails> => {
    const { scope } = await reach(caller, 'WIDGET_TYPE', widgetTypeId, 'READ')
    return orMissing(await widgetTypes.find(scope, widgetTypeId), 'WIDGET_TYPE', widgetTypeId)
  }

  const findOwned = async (caller: Caller, isSystem: boolean, fqn: string): Promise<WidgetTypeDetails> => {
    const found = await widgetTypes.findByFqn(ownerNamed(caller, isSystem), fqn)
    if (!found) throw new AppError('ENTITY_NOT_FOUND')
    return found
  }

  const bundle = async (caller: Caller, bundleId: string): Promise<WidgetsBundle> => {
    const { scope } = await reach(caller, 'WIDGETS_BUNDLE', bundleId, 'READ')
    return orMissing(await widgetsBundles.find(scope, bundleId), 'WIDGETS_BUNDLE', bundleId)
  }

  const bundleNamed = async (caller: Caller, name: BundleName): Promise<WidgetsBundle> => {
    if ('widgetsBundleId' in name) return bundle(caller, name.widgetsBundleId)
    const found = await widgetsBundles.findByAlias(ownerNamed(caller, name.isSystem), name.bundleAlias)
    if (!found) throw new AppError('ENTITY_NOT_FOUND')
    return found
  }

  return {
    find,
    bundle,
    bundleNamed,

    info: async (caller, widgetTypeId) => {
      const { scope } = await reach(caller, 'WIDGET_TYPE', widgetTypeId, 'READ')
      return orMissing(await widgetTypes.info(scope, widgetTypeId), 'WIDGET_TYPE', widgetTypeId)
    },

    findByFqn: (caller, fqn) => {
      const named = /^(system|tenant)\.(.+)$/s.exec(fqn)
      if (!named?.[2]) throw new AppError('ARGUMENT_INVALID', 'Invalid fqn!')
      return findOwned(caller, named[1] === 'system', named[2])
    },

    findByAlias: (caller, { isSystem, bundleAlias, alias }) => findOwned(caller, isSystem, `${bundleAlias}.${alias}`),

    save: async (caller, widgetType, { updateExistingByFqn }) => {
      const own = ownScope(caller, 'WIDGET_TYPE')
      const { fqn } = widgetType
      const existing = !widgetType.id && updateExistingByFqn && fqn ? await widgetTypes.findByFqn(own, fqn) : null
      const id = widgetType.id?.id ?? existing?.id.id
      return attempt(caller, { kind: 'WIDGET_TYPE', id, name: widgetType.name }, async () => {
        const scope = id ? (await reach(caller, 'WIDGET_TYPE', id, 'WRITE')).scope : own
        return widgetTypes.save(scope, {
          id,
          fqn: fqn || undefined,
          name: widgetType.name,
          deprecated: widgetType.deprecated ?? false,
          scada: widgetType.scada ?? false,
          descriptor: widgetType.descriptor,
          image: widgetType.image ?? null,
          description: widgetType.description ?? null,
          tags: widgetType.tags ?? [],
          version: widgetType.version ?? null,
        })
      })
    },

    delete: (caller, widgetTypeId) =>
      remove(caller, 'WIDGET_TYPE', widgetTypeId, (scope) => widgetTypes.delete(scope, widgetTypeId)),

    ofBundle: async (caller, name) => widgetTypes.ofBundle((await bundleNamed(caller, name)).id.id),

    saveBundle: async (caller, saved) => {
      const own = ownScope(caller, 'WIDGETS_BUNDLE')
      const id = saved.id?.id
      return attempt(caller, { kind: 'WIDGETS_BUNDLE', id, name: saved.title }, async () => {
        const scope = id ? (await reach(caller, 'WIDGETS_BUNDLE', id, 'WRITE')).scope : own
        return widgetsBundles.save(scope, {
          id,
          alias: saved.alias || undefined,
          title: saved.title,
          image: saved.image ?? null,
          scada: saved.scada ?? false,
          description: saved.description ?? null,
          order: saved.order ?? null,
          version: saved.version ?? null,
        })
      })
    },

    setMembers: async (caller, bundleId, members) => {
      const { name } = await reach(caller, 'WIDGETS_BUNDLE', bundleId, 'WRITE')
      if ('ids' in members) for (const id of members.ids) await reach(caller, 'WIDGET_TYPE', id, 'READ')
      await attempt(caller, { kind: 'WIDGETS_BUNDLE', id: bundleId, name }, async () => {
        const { scope } = await reach(caller, 'WIDGETS_BUNDLE', bundleId, 'WRITE')
        if ('ids' in members) await widgetsBundles.setWidgetTypes(scope, bundleId, members.ids)
        else await widgetsBundles.setWidgetTypeFqns(scope, bundleId, members.fqns)
        return bundle(caller, bundleId)
      })
    },

    deleteBundle: (caller, bundleId) =>
      remove(caller, 'WIDGETS_BUNDLE', bundleId, (scope) => widgetsBundles.delete(scope, bundleId)),
  }
}

const orMissing = <T>(found: T | null, kind: Kind, id: string): T => {
  if (!found) throw missing(kind, id)
  return found
}

/** The system administrator has no tenant: both names mean the system. */
const ownerNamed = (caller: Caller, isSystem: boolean): Scope => (isSystem ? { kind: 'system' } : scopeOf(caller))
