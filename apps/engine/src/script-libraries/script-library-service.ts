import {
  AppError,
  entityId,
  nullUuid,
  type SaveScriptLibrary,
  type ScriptLibrary,
  type ScriptLibraryUsage,
} from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import { type FoundLibrary, messageArguments, resolveLibraries, type ScriptSource } from '@thingwire/rules'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { Operation } from '../access/permissions.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { ScriptRunner } from '../scripting/script-runner.ts'
import type { LibraryLookup } from './library-lookup.ts'
import { usageOf } from './library-uses.ts'

export type ScriptLibraryService = {
  find(caller: Caller, libraryId: string): Promise<ScriptLibrary>
  usage(caller: Caller, libraryId: string): Promise<ScriptLibraryUsage>
  /** Throws 400 with the line of what is wrong with it. Running nodes use it from their next batch on. */
  save(caller: Caller, library: SaveScriptLibrary): Promise<ScriptLibrary>
  /** Throws 409 when something uses it, unless that does not matter. */
  delete(caller: Caller, libraryId: string, options: { force: boolean }): Promise<void>
}

export type ScriptLibraryServiceDeps = {
  database: Pick<Database, 'scriptLibraries'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
  scripts: Pick<ScriptRunner, 'problemOf'>
  lookup: Pick<LibraryLookup, 'forgetTenant'>
}

export const createScriptLibraryService = (deps: ScriptLibraryServiceDeps): ScriptLibraryService => {
  const { access, actions } = deps
  const store = deps.database.scriptLibraries

  const find = async (caller: Caller, libraryId: string, operation: Operation): Promise<ScriptLibrary> => {
    const id = entityId('SCRIPT_LIBRARY', libraryId)
    const { scope } = await access.require(caller, id, operation, { missingText: 'byId' })
    const library = await store.find(scope, libraryId)
    if (!library) throw missing('SCRIPT_LIBRARY', libraryId)
    return library
  }

  const usage = async (caller: Caller, { name }: ScriptLibrary): Promise<ScriptLibraryUsage> =>
    usageOf(name, await store.mayUseOthers(scopeOf(caller)))

  const requireUnused = async (caller: Caller, library: ScriptLibrary): Promise<void> => {
    const { nodes, libraries } = await usage(caller, library)
    const users = [
      ...nodes.map(({ ruleChainName, ruleNodeName }) => `node "${ruleNodeName}" of rule chain "${ruleChainName}"`),
      ...libraries.map(({ name }) => `library "${name}"`),
    ]
    if (users.length === 0) return
    const more = users.length > 3 ? ` and ${users.length - 3} more` : ''
    throw new AppError('CONFLICT', `Script library "${library.name}" is used by ${users.slice(0, 3).join(', ')}${more}`)
  }

  /** Whether it could be used as it is going to be, by a script that does nothing else. */
  const requireSound = async (tenantId: string, library: SaveScriptLibrary): Promise<void> => {
    const { name, language, body } = library
    const resolved = await resolveLibraries(language, [name], async (names): Promise<FoundLibrary[]> => {
      const others = await store.byNames(tenantId, names)
      return [
        ...others.filter((other) => other.name !== name),
        ...(names.includes(name) ? [{ name, language, body }] : []),
      ]
    })
    if (!resolved.ok) throw new AppError('ARGUMENT_INVALID', resolved.problem)
    const probe: ScriptSource = {
      ...{ language, kind: 'string', argNames: messageArguments },
      ...{ body: `// @use ${name}\nreturn "";`, libraries: resolved.libraries },
    }
    const problem = await deps.scripts.problemOf(probe)
    if (problem !== null) throw new AppError('ARGUMENT_INVALID', problem)
  }

  const requireChangeable = async (caller: Caller, id: string, library: SaveScriptLibrary): Promise<void> => {
    const stored = await find(caller, id, 'WRITE')
    if (stored.language !== library.language)
      throw new AppError('ARGUMENT_INVALID', "Script library language can't be changed!")
    if (stored.name !== library.name) await requireUnused(caller, stored)
  }

  const changed = async ({ id, tenantId }: ScriptLibrary): Promise<void> => {
    deps.lookup.forgetTenant(tenantId.id)
    await deps.invalidate({ kind: 'script-library', tenantId: tenantId.id, id: id.id })
  }

  return {
    find: (caller, libraryId) => find(caller, libraryId, 'READ'),

    usage: async (caller, libraryId) => usage(caller, await find(caller, libraryId, 'READ')),

    save: (caller, library) => {
      const id = library.id?.id
      const about = {
        action: id ? 'UPDATED' : 'ADDED',
        entityId: entityId('SCRIPT_LIBRARY', id ?? nullUuid),
        entityName: library.name,
        entity: library,
      } as const
      return actions.attempt(caller, about, async () => {
        if (id) await requireChangeable(caller, id, library)
        const { tenantId } = caller
        if (!tenantId) throw new AppError('PERMISSION_DENIED')
        await requireSound(tenantId, library)
        const saved = await store.save(scopeOf(caller), library)
        await changed(saved)
        return { result: saved, deed: { entityId: saved.id, entity: saved } }
      })
    },

    delete: async (caller, libraryId, { force }) => {
      const about = {
        action: 'DELETED',
        entityId: entityId('SCRIPT_LIBRARY', libraryId),
        entityName: '',
        data: { entityId: libraryId },
      } as const
      await actions.attempt(caller, about, async () => {
        const library = await find(caller, libraryId, 'DELETE')
        if (!force) await requireUnused(caller, library)
        if (!(await store.delete(scopeOf(caller), libraryId))) throw missing('SCRIPT_LIBRARY', libraryId)
        await changed(library)
        return { result: undefined, deed: { entityName: library.name, messageData: library } }
      })
    },
  }
}
