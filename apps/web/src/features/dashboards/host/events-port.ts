import type { WidgetHost } from '@thingwire/widgets/manifests'
import { listEvents } from '@/api/events.ts'

/** Events of the viewer's tenant. */
export const eventsPortOf = (tenantId: string): WidgetHost['events'] => ({
  list: ({ entityId, filter, page, pageSize, direction, startTs, endTs }, signal) =>
    listEvents(
      entityId,
      {
        ...{ tenantId, page, pageSize, sortProperty: 'createdTime', sortOrder: direction },
        ...{ startTime: Math.max(0, Math.floor(startTs)), endTime: Math.max(0, Math.ceil(endTs)) },
      },
      filter,
      signal,
    ),
})
