import {
  type Alarm,
  type AlarmComment,
  type AlarmCommentInfo,
  type AlarmInfo,
  AppError,
  type PageData,
  type PageLink,
  type SaveAlarmComment,
  type User,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import type { EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { requireAlarm } from './require-alarm.ts'

/** What the platform notes about an alarm by itself; the names are those that consoles know. */
export type SystemNote =
  | { subtype: 'ACKED_BY_USER' | 'CLEARED_BY_USER' | 'UNASSIGNED_BY_USER' }
  | { subtype: 'ASSIGNED_TO_USER'; assignee: NonNullable<AlarmInfo['assignee']> }
  | { subtype: 'SEVERITY_CHANGED'; from: string; to: string }

export type AlarmCommentService = {
  list(caller: Caller, alarmId: string, link: PageLink): Promise<PageData<AlarmCommentInfo>>
  /** Adds a comment, or with an id changes it: only the one who wrote it may. */
  save(caller: Caller, alarmId: string, input: SaveAlarmComment): Promise<AlarmComment>
  /** A note stays in its place that somebody deleted a comment. */
  delete(caller: Caller, alarmId: string, commentId: string): Promise<void>
  /** Notes what a user did to an alarm. Never throws: it is done. */
  note(caller: Caller, alarm: Alarm, notes: readonly SystemNote[]): Promise<void>
}

export const createAlarmCommentService = (deps: {
  database: Pick<Database, 'alarms' | 'alarmComments'>
  access: EntityAccess
  actions: EntityActions
  logger: Logger
  now: () => number
}): AlarmCommentService => {
  const { database, access, actions, now } = deps
  const require = (caller: Caller, alarmId: string, operation: 'READ' | 'WRITE') =>
    requireAlarm({ database, access }, caller, alarmId, operation)

  const existing = async (alarmId: string, commentId: string): Promise<AlarmComment> => {
    const found = await database.alarmComments.find(alarmId, commentId)
    if (!found) throw missingComment(commentId)
    return found
  }

  const record = (
    caller: Caller,
    action: 'ADDED_COMMENT' | 'UPDATED_COMMENT' | 'DELETED_COMMENT',
    alarm: Alarm,
    comment: AlarmComment,
  ) =>
    actions.record(caller, {
      action,
      entityId: alarm.id,
      entityName: alarm.type,
      customerId: alarm.customerId.id,
      entity: alarm,
      data: { comment },
      metadata: { comment: JSON.stringify(comment) },
    })

  return {
    list: async (caller, alarmId, link) => {
      await require(caller, alarmId, 'READ')
      return database.alarmComments.list(alarmId, link)
    },

    save: async (caller, alarmId, { id, comment }) => {
      const alarm = await require(caller, alarmId, 'WRITE')
      const content = withoutOwnMarks(comment)
      if (!id) {
        const [added] = await database.alarmComments.add(
          alarmId,
          [{ userId: caller.userId, type: 'OTHER', comment: content }],
          now(),
        )
        if (!added) throw new Error('A comment was not stored')
        await record(caller, 'ADDED_COMMENT', alarm, added)
        return added
      }
      const old = await existing(alarmId, id.id)
      if (old.type === 'SYSTEM' || old.userId?.id !== caller.userId) throw new AppError('PERMISSION_DENIED')
      const edited = { ...content, edited: 'true', editedOn: now() }
      const saved = await database.alarmComments.replace(alarmId, id.id, {
        userId: caller.userId,
        type: 'OTHER',
        comment: edited,
      })
      if (!saved) throw missingComment(id.id)
      await record(caller, 'UPDATED_COMMENT', alarm, saved)
      return saved
    },

    delete: async (caller, alarmId, commentId) => {
      const alarm = await require(caller, alarmId, 'WRITE')
      const old = await existing(alarmId, commentId)
      if (old.type === 'SYSTEM') throw new AppError('ARGUMENT_INVALID', "System comment can't be deleted!")
      if (old.userId?.id !== caller.userId && caller.authority !== 'TENANT_ADMIN')
        throw new AppError('PERMISSION_DENIED')
      const replaced = await database.alarmComments.replace(alarmId, commentId, {
        userId: null,
        type: 'SYSTEM',
        comment: {
          text: `${titleOf(caller.user)} removed a comment`,
          subtype: 'COMMENT_DELETED',
          userId: caller.userId,
        },
      })
      if (!replaced) throw missingComment(commentId)
      await record(caller, 'DELETED_COMMENT', alarm, replaced)
    },

    note: async (caller, alarm, notes) => {
      if (notes.length === 0) return
      try {
        const added = await database.alarmComments.add(
          alarm.id.id,
          notes.map((one) => ({ userId: null, type: 'SYSTEM' as const, comment: systemComment(caller.user, one) })),
          now(),
        )
        for (const comment of added) await record(caller, 'ADDED_COMMENT', alarm, comment)
      } catch (error) {
        deps.logger.warn({ alarmId: alarm.id.id, ...errorFields(error) }, 'a note about an alarm was not stored')
      }
    },
  }
}

const missingComment = (id: string) => new AppError('ENTITY_NOT_FOUND', `Alarm comment with id [${id}] is not found`)

/** Only the platform says whether a comment was edited and what kind of note it is. */
const withoutOwnMarks = ({ edited, editedOn, subtype, ...comment }: Record<string, unknown>) => comment

type Named = Pick<User, 'firstName' | 'lastName' | 'email'>
const titleOf = ({ firstName, lastName, email }: Named): string =>
  [firstName, lastName].filter((part) => part?.trim()).join(' ') || email

const systemComment = (user: Named & Pick<User, 'id'>, note: SystemNote): Record<string, unknown> => {
  const by = titleOf(user)
  const { subtype } = note
  const marks = { subtype, userId: user.id.id }
  switch (subtype) {
    case 'ACKED_BY_USER':
      return { text: `${by} acknowledged the alarm`, ...marks }
    case 'CLEARED_BY_USER':
      return { text: `${by} cleared the alarm`, ...marks }
    case 'UNASSIGNED_BY_USER':
      return { text: `${by} took the alarm from its assignee`, ...marks }
    case 'ASSIGNED_TO_USER':
      return {
        text: `${by} assigned the alarm to ${titleOf(note.assignee)}`,
        ...marks,
        assigneeId: note.assignee.id.id,
      }
    case 'SEVERITY_CHANGED':
      return {
        text: `${by} changed the severity from ${note.from} to ${note.to}`,
        ...marks,
        oldSeverity: note.from,
        newSeverity: note.to,
      }
  }
}
