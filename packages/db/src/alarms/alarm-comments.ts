import {
  type AlarmComment,
  type AlarmCommentInfo,
  AppError,
  type PageData,
  type PageLink,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import { isRecord, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'

export type NewAlarmComment = {
  userId: string | null
  type: AlarmComment['type']
  comment: Record<string, unknown>
}

/** Comments of alarms that the caller has the right to; the alarm itself is not looked at again. */
export type AlarmCommentsRepository = {
  list(alarmId: string, link: PageLink): Promise<PageData<AlarmCommentInfo>>
  find(alarmId: string, commentId: string): Promise<AlarmComment | null>
  add(alarmId: string, comments: readonly NewAlarmComment[], nowMs: number): Promise<AlarmComment[]>
  /** Comments of many alarms; those of alarms that are gone are left out. */
  addToMany(comments: readonly (NewAlarmComment & { alarmId: string })[], nowMs: number): Promise<void>
  /** Null: there is no such comment. */
  replace(alarmId: string, commentId: string, change: NewAlarmComment): Promise<AlarmComment | null>
}

type Row = {
  id: string
  created_time: number
  alarm_id: string
  user_id: string | null
  type: string
  comment: unknown
}
type InfoRow = Row & { first_name: string | null; last_name: string | null; email: string | null; total: number }

const columns = 'id, created_time, alarm_id, user_id, type, comment'

export const createAlarmCommentsRepository = (sql: Sql): AlarmCommentsRepository => ({
  list: async (alarmId, link) => {
    const order = sortColumn(link, { id: 'c.id', createdTime: 'c.created_time', type: 'c.type' }, 'c.id')
    const { rows } = await sql.query<InfoRow>({
      text: `SELECT found.*, counted.total
             FROM (SELECT count(*) AS total FROM alarm_comments WHERE alarm_id = $1) counted LEFT JOIN (
               SELECT c.*, u.first_name, u.last_name, u.email, row_number() OVER (ORDER BY ${order} ${sortDirection(link)}, c.id) AS position
               FROM alarm_comments c LEFT JOIN users u ON u.id = c.user_id WHERE c.alarm_id = $1
               ORDER BY position LIMIT $2::bigint OFFSET $3::bigint) found ON true
             ORDER BY found.position`,
      values: [alarmId, link.pageSize, link.pageSize * link.page],
    })
    const found = rows.filter((row) => row.id !== null)
    return toPageData(
      found.map((row) => ({
        ...toComment(row),
        firstName: row.first_name,
        lastName: row.last_name,
        email: row.email,
      })),
      rows[0]?.total ?? 0,
      link,
    )
  },

  find: async (alarmId, commentId) => {
    const { rows } = await sql.query<Row>({
      text: `SELECT ${columns} FROM alarm_comments WHERE id = $1 AND alarm_id = $2`,
      values: [commentId, alarmId],
    })
    return rows[0] ? toComment(rows[0]) : null
  },

  add: async (alarmId, comments, nowMs) => {
    const { rows } = await sql.query<Row>({
      text: `INSERT INTO alarm_comments (id, created_time, alarm_id, user_id, type, comment)
             SELECT x.id, $1::bigint, $2::uuid, x.user_id, x.type, x.comment
             FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::jsonb[]) x (id, user_id, type, comment)
             RETURNING ${columns}`,
      values: [
        nowMs,
        alarmId,
        comments.map(() => uuidV7()),
        comments.map(({ userId }) => userId),
        comments.map(({ type }) => type),
        comments.map(({ comment }) => JSON.stringify(comment)),
      ],
    })
    return rows.map(toComment)
  },

  addToMany: async (comments, nowMs) => {
    await sql.query({
      text: `INSERT INTO alarm_comments (id, created_time, alarm_id, user_id, type, comment)
             SELECT x.id, $1::bigint, x.alarm_id, x.user_id, x.type, x.comment
             FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::jsonb[]) x (id, alarm_id, user_id, type, comment)
             JOIN alarms a ON a.id = x.alarm_id`,
      values: [
        nowMs,
        comments.map(() => uuidV7()),
        comments.map(({ alarmId }) => alarmId),
        comments.map(({ userId }) => userId),
        comments.map(({ type }) => type),
        comments.map(({ comment }) => JSON.stringify(comment)),
      ],
    })
  },

  replace: async (alarmId, commentId, { userId, type, comment }) => {
    const { rows } = await sql.query<Row>({
      text: `UPDATE alarm_comments SET user_id = $3, type = $4, comment = $5::jsonb WHERE id = $1 AND alarm_id = $2
             RETURNING ${columns}`,
      values: [commentId, alarmId, userId, type, JSON.stringify(comment)],
    })
    return rows[0] ? toComment(rows[0]) : null
  },
})

const toComment = (row: Row): AlarmComment => {
  if (!isRecord(row.comment)) throw new AppError('INTERNAL', 'A stored comment is not an object')
  const { text, ...rest } = row.comment
  return {
    id: { id: row.id },
    createdTime: row.created_time,
    alarmId: { entityType: 'ALARM', id: row.alarm_id },
    userId: row.user_id === null ? null : { entityType: 'USER', id: row.user_id },
    type: row.type === 'SYSTEM' ? 'SYSTEM' : 'OTHER',
    comment: { ...(typeof text === 'string' && { text }), ...rest },
    name: JSON.stringify(row.comment),
  }
}
