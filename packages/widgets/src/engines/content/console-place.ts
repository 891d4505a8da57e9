import type { ConsolePlace } from '../../host/content.ts'

/** Places of other consoles, as dashboard files name them, and where the like is here. */
const others: Readonly<Record<string, string>> = {
  home: '/',
  entities: '/devices',
  'entities/devices': '/devices',
  'profiles/deviceProfiles': '/device-profiles',
  profiles: '/device-profiles',
  ruleChains: '/rule-chains',
  'features/otaUpdates': '/ota-packages',
  otaUpdates: '/ota-packages',
  alarm: '/alarms',
  'alarms/alarms': '/alarms',
  'alarms/alarm-rules': '/alarm-rules',
}

const trimmed = (path: string) => path.trim().replace(/^\/+|\/+$/g, '')

/** Our path for one of a file; null for what leads out of the console. */
export const consolePath = (path: string): string | null => {
  const plain = trimmed(path)
  if (/^[a-z][a-z0-9+.-]*:/i.test(plain) || /[\\\s]/.test(plain) || path.trim().startsWith('//')) return null
  const [bare = '', ...rest] = plain.split(/(?=[?#])/)
  return others[bare] ? `${others[bare]}${rest.join('')}` : `/${plain}`
}

/** The place that a path leads to or into; null where the viewer has none such. */
export const placeAt = (path: string, places: readonly ConsolePlace[]): ConsolePlace | null => {
  const own = consolePath(path)
  if (own === null) return null
  const bare = own.split(/[?#]/)[0] ?? own
  return (
    places.find((place) => place.path === bare) ??
    places.find((place) => place.path !== '/' && bare.startsWith(`${place.path}/`)) ??
    null
  )
}
