import type { Answer } from '@thingwire/api-client'
import type { AlarmDataQuery, EntityId, PageLink } from '@thingwire/contracts'
import { api } from './http.ts'

export type AlarmView = Answer<'GET /api/alarm/info/{alarmId}'>
export type AlarmCommentView = Answer<'GET /api/alarm/{alarmId}/comment'>['data'][number]
export type AlarmUser = Answer<'GET /api/users/assign/{alarmId}'>['data'][number]

/** What limits a list of alarms, in the words of the API; times are epoch ms of the creation. */
export type AlarmQuery = PageLink & {
  statusList: ('ACTIVE' | 'CLEARED' | 'ACK' | 'UNACK')[]
  severityList: AlarmView['severity'][]
  typeList: string[]
  assigneeId: string | null
  startTime: number | null
  endTime: number | null
}

/** All that the person may see, or what one entity shows: its own alarms and those that propagate to it. */
export const listAlarms = (of: EntityId | null, query: AlarmQuery, signal?: AbortSignal) =>
  of
    ? api('GET /api/v2/alarm/{entityType}/{entityId}', {
        path: { entityType: of.entityType, entityId: of.id },
        query,
        signal,
      })
    : api('GET /api/v2/alarms', { query, signal })

export const getAlarm = (alarmId: string, signal?: AbortSignal) =>
  api('GET /api/alarm/info/{alarmId}', { path: { alarmId }, signal })

/** Rejects when somebody else was faster. */
export const acknowledgeAlarm = (alarmId: string) => api('POST /api/alarm/{alarmId}/ack', { path: { alarmId } })

/** Rejects when somebody else was faster. */
export const clearAlarm = (alarmId: string) => api('POST /api/alarm/{alarmId}/clear', { path: { alarmId } })

export const deleteAlarm = (alarmId: string) => api('DELETE /api/alarm/{alarmId}', { path: { alarmId } })

export const assignAlarm = (alarmId: string, assigneeId: string) =>
  api('POST /api/alarm/{alarmId}/assign/{assigneeId}', { path: { alarmId, assigneeId } })

export const unassignAlarm = (alarmId: string) => api('DELETE /api/alarm/{alarmId}/assign', { path: { alarmId } })

/** Who may be given the alarm: those who can see it. */
export const listAssignees = (alarmId: string, query: PageLink, signal?: AbortSignal) =>
  api('GET /api/users/assign/{alarmId}', { path: { alarmId }, query, signal })

/** Types of alarms that ever were, by name. */
export const listAlarmTypes = async (signal?: AbortSignal) => {
  const page = await api('GET /api/alarm/types', { query: { page: 0, pageSize: 200 }, signal })
  return page.data.map(({ type }) => type)
}

/** Alarms of the entities that a query finds, one page of them. */
export const findAlarms = ({ keyFilters, ...query }: AlarmDataQuery, signal?: AbortSignal) =>
  api('POST /api/alarmsQuery/find', {
    // The description of the API writes predicates in predicates out to their depth.
    body: { ...query, ...(keyFilters ? { keyFilters: keyFilters as never } : {}) },
    signal,
  })

/** Users whom the viewer may see. */
export const listPeople = (query: PageLink, signal?: AbortSignal) => api('GET /api/users/info', { query, signal })

export const listComments = (alarmId: string, query: Pick<PageLink, 'pageSize' | 'sortOrder'>, signal?: AbortSignal) =>
  api('GET /api/alarm/{alarmId}/comment', {
    path: { alarmId },
    query: { ...query, page: 0, sortProperty: 'createdTime' },
    signal,
  })

/** With the id of an own comment that one is changed. */
export const saveComment = (alarmId: string, text: string, commentId?: string) =>
  api('POST /api/alarm/{alarmId}/comment', {
    path: { alarmId },
    body: { ...(commentId ? { id: { id: commentId } } : {}), comment: { text } },
  })

export const deleteComment = (alarmId: string, commentId: string) =>
  api('DELETE /api/alarm/{alarmId}/comment/{commentId}', { path: { alarmId, commentId } })
