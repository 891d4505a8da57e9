import { z } from 'zod'

/** Documents that the web console keeps for one user (as ThingsBoard). */
export const userSettingsTypes = [
  'GENERAL',
  'VISITED_DASHBOARDS',
  'QUICK_LINKS',
  'DOC_LINKS',
  'DASHBOARDS',
  'GETTING_STARTED',
  'NOTIFICATIONS',
  'MOBILE',
] as const
export type UserSettingsType = (typeof userSettingsTypes)[number]

/** Written by the platform alone. */
export const reservedUserSettings: readonly UserSettingsType[] = ['VISITED_DASHBOARDS', 'MOBILE']

/** Characters of a settings document as JSON. */
export const maxUserSettingsLength = 100_000

export const userSettingsSchema = z.record(z.string(), z.unknown(), { error: 'Settings should be a JSON object!' })
export type UserSettingsDocument = z.infer<typeof userSettingsSchema>

export const userDashboardActions = ['visit', 'star', 'unstar'] as const
export type UserDashboardAction = (typeof userDashboardActions)[number]

/** Times are epoch ms, newest first. */
export const userDashboardsInfoSchema = z.object({
  last: z.array(z.object({ id: z.guid(), title: z.string(), starred: z.boolean(), lastVisited: z.number() })),
  starred: z.array(z.object({ id: z.guid(), title: z.string(), starredAt: z.number() })),
})
export type UserDashboardsInfo = z.infer<typeof userDashboardsInfoSchema>
