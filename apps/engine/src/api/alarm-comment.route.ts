import { alarmCommentInfoSchema, alarmCommentSchema, saveAlarmCommentSchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantOrCustomer } from './route.ts'

const alarmParams = z.object({ alarmId: pathId })
const commentParams = z.object({ alarmId: pathId, commentId: pathId })
const { textSearch: _unsearched, ...pageOnly } = pageQuery

/** Comments of alarms (as ThingsBoard). */
export const alarmCommentRoutes = ({ alarmComments }: ApiDeps): RouteGroup => {
  const tag = 'Alarm comments'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/alarm/:alarmId/comment',
        access: tenantOrCustomer,
        summary: 'Comment an alarm; with an id: change the own comment',
        params: alarmParams,
        body: saveAlarmCommentSchema,
        response: alarmCommentSchema,
        handle: ({ caller, params, body }) => alarmComments.save(caller, params.alarmId, body),
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/alarm/:alarmId/comment/:commentId',
        access: tenantOrCustomer,
        summary: 'Delete a comment; a note of that stays in its place',
        params: commentParams,
        response: 'empty',
        handle: ({ caller, params }) => alarmComments.delete(caller, params.alarmId, params.commentId),
      })
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/alarm/:alarmId/comment',
        access: anyone,
        summary: 'Comments of an alarm with the names of those who wrote them',
        params: alarmParams,
        query: z.object(pageOnly),
        response: pageOf(alarmCommentInfoSchema),
        handle: ({ caller, params, query }) => alarmComments.list(caller, params.alarmId, toPageLink(query)),
      })
    },
  }
}
