import {
  type DeadLetterDetails,
  type DeadLetterSelection,
  entityId,
  nullUuid,
  type ReplayPlace,
} from '@thingwire/contracts'
import { AppError } from '@thingwire/contracts'
import { type Database, scopeOf } from '@thingwire/db'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { LetterReplay } from './letter-replay.ts'

export type DeadLetterService = {
  find(caller: Caller, id: string): Promise<DeadLetterDetails>
  replay(
    caller: Caller,
    selection: DeadLetterSelection,
    place: ReplayPlace,
  ): Promise<{ replayed: number; unreadable: number }>
  delete(caller: Caller, selection: DeadLetterSelection): Promise<{ deleted: number }>
}

/** Letters deleted by one statement. */
const stepLetters = 5_000

/** Dead letters of the caller's tenant; the system administrator has those of which no tenant is known. */
export const createDeadLetterService = (deps: {
  database: Pick<Database, 'deadLetters'>
  replay: LetterReplay
  actions: EntityActions
  now(): number
}): DeadLetterService => {
  const { database, actions, now } = deps

  const deedOf = (caller: Caller, done: Record<string, unknown>) => {
    const tenantId = caller.tenantId ?? nullUuid
    return {
      action: 'REST_API_RULE_ENGINE_CALL',
      tenantId,
      entityId: entityId('TENANT', tenantId),
      entityName: 'Dead letters',
      data: done,
    } as const
  }

  const deleteAll = async (caller: Caller, given: DeadLetterSelection): Promise<number> => {
    const nowMs = now()
    // What comes meanwhile was not meant.
    const selection =
      'ids' in given ? given : { filter: { ...given.filter, endTime: Math.min(given.filter.endTime ?? nowMs, nowMs) } }
    let deleted = 0
    for (;;) {
      const count = await database.deadLetters.delete(scopeOf(caller), selection, stepLetters)
      deleted += count
      if (count < stepLetters) return deleted
    }
  }

  return {
    find: async (caller, id) => {
      const letter = await database.deadLetters.find(scopeOf(caller), id)
      if (!letter) throw new AppError('ENTITY_NOT_FOUND', `Dead letter with id [${id}] is not found`)
      return letter
    },
    replay: (caller, selection, place) =>
      actions.attempt(caller, deedOf(caller, { operation: 'replay', selection, place }), async () => {
        const result = await deps.replay.replay(scopeOf(caller), selection, place)
        return { result, deed: { data: { operation: 'replay', selection, place, ...result } } }
      }),
    delete: (caller, selection) =>
      actions.attempt(caller, deedOf(caller, { operation: 'delete', selection }), async () => {
        const result = { deleted: await deleteAll(caller, selection) }
        return { result, deed: { data: { operation: 'delete', selection, ...result } } }
      }),
  }
}
