import type { JsonPath } from '@thingwire/dashboards/edit'

const ofMembers: Readonly<Record<string, string>> = {
  settings: 'settings',
  datasources: 'data',
  alarmSource: 'data',
  alarmFilterConfig: 'data',
  targetDevice: 'data',
  targetDeviceAliasIds: 'data',
  pageSize: 'data',
  timewindow: 'data',
  useDashboardTimewindow: 'data',
  units: 'values',
  decimals: 'values',
  actions: 'actions',
}

/** The tab of the panel in which a member of a widget is set. */
export const tabOf = ([config, member, extra]: JsonPath): string => {
  if (config !== 'config') return config === undefined ? 'layout' : 'general'
  if (member === 'thingwire')
    return extra === 'transformations' ? 'steps' : extra === 'visibility' ? 'layout' : 'values'
  return ofMembers[String(member)] ?? 'general'
}
