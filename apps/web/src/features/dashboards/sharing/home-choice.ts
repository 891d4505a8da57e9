type Info = Readonly<Record<string, unknown>>

/** What opens for a user who signs in: nothing of its own, the dashboard, or the dashboard without the console around. */
export const starts = ['none', 'opens', 'fullScreen'] as const
export type Start = (typeof starts)[number]

/** Some clients keep the whole id object. */
const idIn = (value: unknown): string | null => {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' ? value.id : null
}

/** Whether the dashboard is the home of whoever has this `additionalInfo`, and whether it shows there without its toolbar. */
export const homeIn = (info: Info | null, dashboardId: string): { hidesToolbar: boolean } | null =>
  idIn(info?.homeDashboardId) === dashboardId ? { hidesToolbar: info?.homeDashboardHideToolbar !== false } : null

/** Null: a home that is this dashboard is none any more. Names of members are ThingsBoard's. */
export const withHome = (info: Info | null, dashboardId: string, home: { hidesToolbar: boolean } | null): Info => {
  if (home) return { ...info, homeDashboardId: dashboardId, homeDashboardHideToolbar: home.hidesToolbar }
  if (!homeIn(info, dashboardId)) return { ...info }
  const { homeDashboardId: _id, homeDashboardHideToolbar: _hides, ...rest } = info ?? {}
  return rest
}

export const startIn = (info: Info | null, dashboardId: string): Start => {
  if (idIn(info?.defaultDashboardId) !== dashboardId) return 'none'
  return info?.defaultDashboardFullscreen === true ? 'fullScreen' : 'opens'
}

export const withStart = (info: Info | null, dashboardId: string, start: Start): Info => {
  if (start !== 'none')
    return { ...info, defaultDashboardId: dashboardId, defaultDashboardFullscreen: start === 'fullScreen' }
  if (startIn(info, dashboardId) === 'none') return { ...info }
  const { defaultDashboardId: _id, defaultDashboardFullscreen: _full, ...rest } = info ?? {}
  return rest
}

/** Where a user goes who signed in without asking for a page; null: to the home page. */
export const startPath = (info: Info | null): string | null => {
  const id = idIn(info?.defaultDashboardId)
  if (id === null || !/^[\da-f-]{36}$/i.test(id)) return null
  return `/dashboards/${id}${info?.defaultDashboardFullscreen === true ? '?kiosk=1' : ''}`
}
