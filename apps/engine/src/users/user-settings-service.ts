import {
  AppError,
  entityId,
  maxUserSettingsLength,
  nullUuid,
  type UserDashboardAction,
  type UserDashboardsInfo,
  type UserSettingsDocument,
  type UserSettingsType,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { z } from 'zod'
import type { EntityAccess } from '../access/entity-access.ts'
import type { Caller } from '../auth/caller.ts'
import { withoutPaths, withPaths } from './settings-paths.ts'

export type UserSettingsService = {
  /** {} when nothing was saved yet. */
  get(caller: Caller, type: UserSettingsType): Promise<UserSettingsDocument>
  replace(caller: Caller, type: UserSettingsType, settings: UserSettingsDocument): Promise<UserSettingsDocument>
  /** Sets the values at the paths (`a.b`) that are the document's keys; everything else stays. */
  merge(caller: Caller, type: UserSettingsType, settings: UserSettingsDocument): Promise<void>
  /** @param paths Comma-separated, `a.b,c` */
  remove(caller: Caller, type: UserSettingsType, paths: string): Promise<void>
  dashboards(caller: Caller): Promise<UserDashboardsInfo>
  /** Notes that the caller looked at a dashboard, or (un)marked it. */
  noteDashboard(caller: Caller, dashboardId: string, action: UserDashboardAction): Promise<UserDashboardsInfo>
}

/** Dashboards that were looked at; older ones make room. */
const maxListed = 10
/** Nobody should lose a favourite for making another. */
const maxStarred = 200

const visitedSchema = z.object({
  last: z.array(z.object({ id: z.guid(), lastVisited: z.number() })).catch([]),
  starred: z.array(z.object({ id: z.guid(), starredAt: z.number() })).catch([]),
})
type Visited = z.output<typeof visitedSchema>

export const createUserSettingsService = (deps: {
  userSettings: Database['userSettings']
  access: EntityAccess
  /** Epoch ms. */
  now: () => number
}): UserSettingsService => {
  const { userSettings, access } = deps

  const change = (
    caller: Caller,
    type: UserSettingsType,
    next: (stored: UserSettingsDocument) => UserSettingsDocument,
  ): Promise<UserSettingsDocument> => {
    // Whoever came by a public link has no account to keep anything in.
    if (caller.userId === nullUuid) throw new AppError('PERMISSION_DENIED')
    return userSettings.change(caller.userId, type, (stored) => withinLimit(next(stored)))
  }

  /** With the titles of today, without those that are gone or were taken away. */
  const shown = async (caller: Caller, { last, starred }: Visited): Promise<UserDashboardsInfo> => {
    const ids = [...new Set([...last, ...starred].map(({ id }) => id))]
    const heads = await access.readable(
      caller,
      ids.map((id) => entityId('DASHBOARD', id)),
    )
    const titles = new Map(heads.map((head) => [head.id.id, head.name]))
    const stars = new Set(starred.map(({ id }) => id))
    return {
      last: last.flatMap(({ id, lastVisited }) => {
        const title = titles.get(id)
        return title === undefined ? [] : [{ id, title, starred: stars.has(id), lastVisited }]
      }),
      starred: starred.flatMap(({ id, starredAt }) => {
        const title = titles.get(id)
        return title === undefined ? [] : [{ id, title, starredAt }]
      }),
    }
  }

  return {
    get: async (caller, type) => (await userSettings.find(caller.userId, type)) ?? {},
    replace: (caller, type, settings) => {
      for (const key of Object.keys(settings))
        if (/[.,]/.test(key))
          throw new AppError('ARGUMENT_INVALID', 'Json field name should not contain "." or "," symbols')
      return change(caller, type, () => settings)
    },
    merge: async (caller, type, settings) => void (await change(caller, type, (stored) => withPaths(stored, settings))),
    remove: async (caller, type, paths) =>
      void (await change(caller, type, (stored) => withoutPaths(stored, paths.split(',')))),

    dashboards: async (caller) =>
      shown(caller, visitedSchema.parse((await userSettings.find(caller.userId, 'VISITED_DASHBOARDS')) ?? {})),

    noteDashboard: async (caller, dashboardId, action) => {
      const { head } = await access.require(caller, entityId('DASHBOARD', dashboardId), 'READ', { missingText: 'byId' })
      const settings = await change(caller, 'VISITED_DASHBOARDS', (stored) =>
        noted(visitedSchema.parse(stored), head.id.id, action, deps.now()),
      )
      return shown(caller, visitedSchema.parse(settings))
    },
  }
}

const noted = (visited: Visited, id: string, action: UserDashboardAction, now: number): Visited => {
  const others = <T extends { id: string }>(list: readonly T[]) => list.filter((one) => one.id !== id)
  switch (action) {
    case 'visit':
      return { ...visited, last: [{ id, lastVisited: now }, ...others(visited.last)].slice(0, maxListed) }
    case 'star':
      return { ...visited, starred: [{ id, starredAt: now }, ...others(visited.starred)].slice(0, maxStarred) }
    case 'unstar':
      return { ...visited, starred: others(visited.starred) }
  }
}

const withinLimit = (settings: UserSettingsDocument): UserSettingsDocument => {
  if (JSON.stringify(settings).length > maxUserSettingsLength)
    throw new AppError(
      'ARGUMENT_INVALID',
      `Validation error: settings length must be equal or less than ${maxUserSettingsLength}`,
    )
  return settings
}
