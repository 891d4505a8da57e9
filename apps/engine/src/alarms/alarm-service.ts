import {
  type Alarm,
  type AlarmInfo,
  type AlarmSeverity,
  AppError,
  type EntityId,
  entityId,
  nullUuid,
  type PageData,
  type PageLink,
  type SaveAlarm,
} from '@thingwire/contracts'
import {
  type AlarmChange,
  type AlarmContent,
  type AlarmFilter,
  type Database,
  type Principal,
  type RaisedAlarm,
  scopeOf,
} from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import { allows } from '../access/permissions.ts'
import type { Deed, EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { AlarmCommentService, SystemNote } from './alarm-comment-service.ts'
import type { AlarmAllowance } from './alarm-allowance.ts'
import { type AlarmCore, customerOfOriginator } from './alarm-core.ts'
import { alarmDeed } from './alarm-deed.ts'
import { requireAlarm } from './require-alarm.ts'

/** Alarms as users read and change them (api-contract of alarms). */
export type AlarmService = {
  find(caller: Caller, alarmId: string): Promise<AlarmInfo>
  save(caller: Caller, input: SaveAlarm): Promise<Alarm>
  delete(caller: Caller, alarmId: string): Promise<boolean>
  acknowledge(caller: Caller, alarmId: string): Promise<AlarmInfo>
  clear(caller: Caller, alarmId: string): Promise<AlarmInfo>
  assign(caller: Caller, alarmId: string, assigneeId: string): Promise<Alarm>
  unassign(caller: Caller, alarmId: string): Promise<Alarm>
  /** @param entityId Whose alarms, propagated ones included; absent: all that the caller may see */
  list(caller: Caller, link: PageLink, filter: AlarmFilter, entityId?: EntityId): Promise<PageData<AlarmInfo>>
  highestSeverity(caller: Caller, entityId: EntityId, filter: AlarmFilter): Promise<AlarmSeverity | null>
  types(caller: Caller, link: PageLink): Promise<PageData<string>>
}

export const createAlarmService = (deps: {
  database: Pick<Database, 'alarms'>
  core: AlarmCore
  comments: AlarmCommentService
  allowance: AlarmAllowance
  access: EntityAccess
  actions: EntityActions
}): AlarmService => {
  const { database, core, comments, allowance, access, actions } = deps

  /** One mark on an alarm; `already` is the text for one that has it. */
  const mark = async (
    caller: Caller,
    alarm: Alarm,
    action: Deed['action'],
    options: {
      change: () => Promise<AlarmChange | null>
      already?: string
      note: (alarm: AlarmInfo) => SystemNote
    },
  ): Promise<AlarmInfo> => {
    const change = await actions.attempt(caller, alarmDeed(action, alarm), async () => {
      const done = await options.change()
      if (!done) throw missing('ALARM', alarm.id.id)
      if (!done.isChanged && options.already) throw new AppError('ARGUMENT_INVALID', options.already)
      return { result: done, deed: { entity: done.alarm } }
    })
    if (change.isChanged) await comments.note(caller, change.alarm, [options.note(change.alarm)])
    return change.alarm
  }

  const tenantOf = (alarm: Alarm) => alarm.tenantId.id
  const acknowledge = (caller: Caller, alarm: Alarm, options: { atMs?: number | undefined; already?: string } = {}) =>
    mark(caller, alarm, 'ALARM_ACK', {
      change: () => core.acknowledge(tenantOf(alarm), alarm.id.id, options.atMs),
      note: () => ({ subtype: 'ACKED_BY_USER' }),
      ...(options.already && { already: options.already }),
    })
  const clear = (caller: Caller, alarm: Alarm, options: { atMs?: number | undefined; already?: string } = {}) =>
    mark(caller, alarm, 'ALARM_CLEAR', {
      change: () => core.clear(tenantOf(alarm), alarm.id.id, options.atMs),
      note: () => ({ subtype: 'CLEARED_BY_USER' }),
      ...(options.already && { already: options.already }),
    })
  const unassign = (caller: Caller, alarm: Alarm, already?: string) =>
    mark(caller, alarm, 'ALARM_UNASSIGNED', {
      change: () => core.assign(tenantOf(alarm), alarm.id.id, null),
      note: () => ({ subtype: 'UNASSIGNED_BY_USER' }),
      ...(already && { already }),
    })
  const assign = async (caller: Caller, alarm: Alarm, assigneeId: string, already?: string) => {
    const customerIds = [alarm.customerId.id]
    await requireAssignee(access, caller, { id: alarm.id, tenantId: tenantOf(alarm), customerIds }, assigneeId)
    return mark(caller, alarm, 'ALARM_ASSIGNED', {
      change: () => core.assign(tenantOf(alarm), alarm.id.id, assigneeId),
      note: ({ assignee }) =>
        assignee ? { subtype: 'ASSIGNED_TO_USER', assignee } : { subtype: 'UNASSIGNED_BY_USER' },
      ...(already && { already }),
    })
  }

  /** The marks that came with a saved alarm. */
  const applyMarks = async (caller: Caller, saved: Alarm, input: SaveAlarm): Promise<Alarm> => {
    let alarm = saved
    if (input.acknowledged && !alarm.acknowledged)
      alarm = await acknowledge(caller, alarm, { atMs: input.ackTs || undefined })
    if (input.cleared && !alarm.cleared) alarm = await clear(caller, alarm, { atMs: input.clearTs || undefined })
    const assigneeId = input.assigneeId?.id.toLowerCase()
    if (assigneeId && assigneeId !== alarm.assigneeId?.id) alarm = await assign(caller, alarm, assigneeId)
    else if (!assigneeId && alarm.assigneeId) alarm = await unassign(caller, alarm)
    return plain(alarm)
  }

  const raiseOrUpdate = async (caller: Caller, input: SaveAlarm): Promise<RaisedAlarm> => {
    const { tenantId, head } = await access.require(caller, input.originator, 'READ', { missingText: 'byId' })
    const content = toContent(input)
    // Before anything is stored: an alarm must not stay behind when its assignee is refused.
    const checkAssignee = async (owner: { id: EntityId; customerIds: readonly string[] }) => {
      if (input.assigneeId) await requireAssignee(access, caller, { ...owner, tenantId }, input.assigneeId.id)
    }
    if (!input.id) {
      const customerId = customerOfOriginator(head)
      await checkAssignee({ id: entityId('ALARM', nullUuid), customerIds: customerId ? [customerId] : [] })
      await allowance.require(tenantId, { originatorId: head.id.id, type: input.type })
      const raised = await core.raise(tenantId, { ...content, originator: head.id, customerId, type: input.type })
      if (raised.isNew) allowance.made(tenantId, 1)
      return raised
    }
    const { head: existing } = await access.require(caller, input.id, 'WRITE', { missingText: 'byId' })
    await checkAssignee(existing)
    const updated = await core.update(tenantId, input.id.id, content)
    if (!updated) throw missing('ALARM', input.id.id)
    return updated
  }

  return {
    find: (caller, alarmId) => requireAlarm(deps, caller, alarmId, 'READ'),

    save: async (caller, input) => {
      const before: Deed = {
        action: input.id ? 'UPDATED' : 'ADDED',
        entityId: input.id ?? entityId('ALARM', nullUuid),
        entityName: input.type,
        entity: input,
      }
      const raised = await actions.attempt(caller, before, async () => {
        const done = await raiseOrUpdate(caller, input)
        return { result: done, deed: alarmDeed(done.isNew ? 'ADDED' : 'UPDATED', done.alarm) }
      })
      const { alarm, previousSeverity } = raised
      if (previousSeverity && previousSeverity !== alarm.severity)
        await comments.note(caller, alarm, [
          { subtype: 'SEVERITY_CHANGED', from: previousSeverity, to: alarm.severity },
        ])
      return applyMarks(caller, alarm, input)
    },

    delete: async (caller, alarmId) => {
      const alarm = await requireAlarm(deps, caller, alarmId, 'DELETE')
      return actions.attempt(caller, alarmDeed('ALARM_DELETE', alarm), async () => ({
        result: await core.delete(tenantOf(alarm), alarm),
      }))
    },

    acknowledge: async (caller, alarmId) =>
      acknowledge(caller, await requireAlarm(deps, caller, alarmId, 'WRITE'), {
        already: 'Alarm was already acknowledged!',
      }),

    clear: async (caller, alarmId) =>
      clear(caller, await requireAlarm(deps, caller, alarmId, 'WRITE'), { already: 'Alarm was already cleared!' }),

    assign: async (caller, alarmId, assigneeId) =>
      plain(
        await assign(
          caller,
          await requireAlarm(deps, caller, alarmId, 'WRITE'),
          assigneeId,
          'Alarm was already assigned to this user!',
        ),
      ),

    unassign: async (caller, alarmId) =>
      plain(
        await unassign(caller, await requireAlarm(deps, caller, alarmId, 'WRITE'), 'Alarm was already unassigned!'),
      ),

    list: async (caller, link, filter, entityId) => {
      if (entityId) await access.require(caller, entityId, 'READ', { missingText: 'byId' })
      return database.alarms.list(scopeOf(caller), link, filter, entityId)
    },

    highestSeverity: async (caller, entityId, filter) => {
      await access.require(caller, entityId, 'READ', { missingText: 'byId' })
      return database.alarms.highestSeverity(scopeOf(caller), entityId, filter)
    },

    types: (caller, link) => database.alarms.types(scopeOf(caller), link),
  }
}

const toContent = (input: SaveAlarm): AlarmContent => ({
  severity: input.severity,
  startTs: input.startTs || null,
  endTs: input.endTs || input.startTs || null,
  details: input.details ?? null,
  propagate: input.propagate ?? false,
  propagateToOwner: input.propagateToOwner ?? false,
  propagateToTenant: input.propagateToTenant ?? false,
  propagateRelationTypes: input.propagateRelationTypes ?? [],
})

/** An alarm without what only AlarmInfo has. */
const plain = (alarm: Alarm | AlarmInfo): Alarm => {
  if (!('originatorName' in alarm)) return alarm
  const { originatorName, originatorLabel, originatorDisplayName, assignee, ...rest } = alarm
  return rest
}

type Owned = { id: EntityId; tenantId: string; customerIds: readonly string[] }

/** The caller must know the user, and the user must be able to see the alarm. */
const requireAssignee = async (access: EntityAccess, caller: Caller, alarm: Owned, userId: string): Promise<void> => {
  const { head } = await access.require(caller, { entityType: 'USER', id: userId }, 'READ', { missingText: 'byId' })
  const assignee: Principal | null = head.authority && {
    userId,
    authority: head.authority,
    tenantId: head.tenantId,
    customerId: head.customerIds[0] ?? null,
  }
  if (!assignee || !allows(assignee, 'READ', { ...alarm, authority: null, resourceType: null }))
    throw new AppError('ARGUMENT_INVALID', 'The user has no access to the alarm!')
}
