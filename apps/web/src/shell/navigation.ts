import type { Authority } from '@thingwire/contracts'
import {
  BellPlus,
  BellRing,
  Boxes,
  Cpu,
  House,
  LayoutDashboard,
  type LucideIcon,
  PackageCheck,
  Scale,
  Workflow,
} from 'lucide-react'

/** `label` is a message of the namespace `nav`. */
export type NavItem = {
  href: string
  label:
    | 'home'
    | 'dashboards'
    | 'alarms'
    | 'alarmRules'
    | 'devices'
    | 'deviceProfiles'
    | 'otaPackages'
    | 'ruleChains'
    | 'ledger'
  icon: LucideIcon
}
export type NavGroup = { label: 'monitor' | 'manage' | 'process' | null; items: NavItem[] }

const home: NavItem = { href: '/', label: 'home', icon: House }
const dashboards: NavItem = { href: '/dashboards', label: 'dashboards', icon: LayoutDashboard }
const alarms: NavItem = { href: '/alarms', label: 'alarms', icon: BellRing }
const alarmRules: NavItem = { href: '/alarm-rules', label: 'alarmRules', icon: BellPlus }
const devices: NavItem = { href: '/devices', label: 'devices', icon: Cpu }
const deviceProfiles: NavItem = { href: '/device-profiles', label: 'deviceProfiles', icon: Boxes }
const otaPackages: NavItem = { href: '/ota-packages', label: 'otaPackages', icon: PackageCheck }
const ruleChains: NavItem = { href: '/rule-chains', label: 'ruleChains', icon: Workflow }
const ledger: NavItem = { href: '/ledger', label: 'ledger', icon: Scale }

/** The menu by job; only places that exist, and only those the person may enter. */
export const navigationFor = (authority: Authority): NavGroup[] => {
  switch (authority) {
    case 'SYS_ADMIN':
      return [{ label: null, items: [home, ledger] }]
    case 'TENANT_ADMIN':
      return [
        { label: null, items: [home, dashboards, alarms, alarmRules] },
        { label: 'manage', items: [devices, deviceProfiles, otaPackages] },
        { label: 'process', items: [ruleChains, ledger] },
      ]
    case 'CUSTOMER_USER':
      return [
        { label: null, items: [home, dashboards, alarms] },
        { label: 'manage', items: [devices] },
      ]
  }
}

/** Whether `pathname` lies at or under `href`. */
export const isWithin = (pathname: string, href: string): boolean =>
  href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)

const places = [home, dashboards, alarms, alarmRules, devices, deviceProfiles, otaPackages, ruleChains, ledger]

/** The place of the menu that `pathname` belongs to, when this role may not enter it; else null. */
export const closedPlace = (authority: Authority, pathname: string): NavItem | null => {
  const place = places.find((item) => isWithin(pathname, item.href))
  if (!place) return null
  const isOpen = navigationFor(authority).some((group) => group.items.includes(place))
  return isOpen ? null : place
}
