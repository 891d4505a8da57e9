import type { DashboardConfiguration } from '@thingwire/contracts'
import { alarmCentreDashboard } from './alarm-centre.ts'
import { energyDashboard } from './energy.ts'
import { fleetDashboard } from './fleet.ts'
import { ruleEngineDashboard } from './rule-engine.ts'

type DemoDashboard = {
  title: string
  configuration: DashboardConfiguration
  /** Whether users of the demo customer see it; what the tenant as a whole does is its own business. */
  ofCustomer: boolean
}

/** The dashboards over all devices of the demo tenant. */
export const demoDashboards = (): DemoDashboard[] => [
  { title: 'Fleet', configuration: fleetDashboard(), ofCustomer: true },
  { title: 'Energy', configuration: energyDashboard(), ofCustomer: true },
  { title: 'Alarm centre', configuration: alarmCentreDashboard(), ofCustomer: false },
  { title: 'Rule engine', configuration: ruleEngineDashboard(), ofCustomer: false },
]
