import { expect } from 'vitest'
import type { PrepareRoom } from './room.ts'

/** Alarms, their comments, and the entity query language. */
export const alarmsRoom: PrepareRoom = async (api) => {
  const { scope, device, tenantId, admin } = api.tenant
  const { db } = api
  const { alarm } = await db.alarms.raise(
    tenantId,
    {
      originator: device.id,
      customerId: null,
      type: `Alarm of ${device.name}`,
      severity: 'MAJOR',
      startTs: null,
      endTs: null,
      details: null,
      propagate: false,
      propagateToOwner: false,
      propagateToTenant: true,
      propagateRelationTypes: [],
    },
    Date.now(),
  )
  const [comment] = await db.alarmComments.add(
    alarm.id.id,
    [{ userId: admin.userId, type: 'OTHER', comment: { text: 'of the first' } }],
    Date.now(),
  )
  if (!comment) throw new Error('The comment was not stored')
  const entityFilter = { type: 'singleEntity', singleEntity: device.id }
  const pageLink = { pageSize: 10, page: 0 }
  const nameField = [{ type: 'ENTITY_FIELD', key: 'name' }]
  const find = () => ({ entityFilter, pageLink, entityFields: nameField })
  const nothing = (body: unknown) => expect(body).toBe(0)
  const noKeys = (body: unknown) => expect(body).toMatchObject({ entityTypes: [], timeseries: [] })
  const page = { pageSize: 100, page: 0 }
  return {
    params: { alarmId: alarm.id.id, commentId: comment.id.id, assigneeId: admin.userId },
    query: { timeseries: 'true', attributes: 'true' },
    bodies: {
      'POST /api/alarm': () => ({ id: alarm.id, originator: device.id, type: alarm.type, severity: 'CRITICAL' }),
      'POST /api/alarm/{alarmId}/comment': () => ({ id: comment.id, comment: { text: 'taken over' } }),
      'POST /api/entitiesQuery/find': find,
      'POST /api/entitiesQuery/count': () => ({ entityFilter }),
      'POST /api/entitiesQuery/find/keys': find,
      'POST /api/v2/entitiesQuery/find/keys': find,
      'POST /api/entitiesQuery/find/keySummaries': find,
      'POST /api/alarmsQuery/find': find,
      'POST /api/alarmsQuery/count': () => ({ entityFilter }),
    },
    harmless: {
      'POST /api/entitiesQuery/count': nothing,
      'POST /api/alarmsQuery/count': nothing,
      'POST /api/entitiesQuery/find/keys': noKeys,
      'POST /api/v2/entitiesQuery/find/keys': noKeys,
      'POST /api/entitiesQuery/find/keySummaries': (body) =>
        expect(body).toEqual({ entities: 0, timeseries: [], attributes: [] }),
    },
    belongings: async () => ({
      alarms: (await db.alarms.list(scope, page, {})).data,
      comments: (await db.alarmComments.list(alarm.id.id, page)).data,
    }),
  }
}
