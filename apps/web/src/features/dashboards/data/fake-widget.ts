import {
  type DashboardDataKey,
  type DashboardWidget,
  noParams,
  readDashboard,
  type TimeWindowModel,
} from '@thingwire/dashboards'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { z } from 'zod'
import { type PlanInput, planWidget, type WidgetPlan } from './widget-plan.ts'

export const lastHour: TimeWindowModel = {
  mode: 'realtime',
  span: { kind: 'last', durationMs: 3_600_000 },
  aggregation: 'AVG',
  limit: 25_000,
  interval: null,
  timeZone: null,
}

export const manifestOf = (parts: Partial<WidgetManifest>): WidgetManifest => ({
  type: 'test',
  fqns: [],
  name: 'Test',
  description: '',
  data: 'latest',
  settings: z.object({}),
  size: { columns: 1, rows: 1, minColumns: 1, minRows: 1 },
  ...parts,
})

const aliasId = 'a0000000-0000-4000-8000-000000000001'

/** A board of one widget as files have it. */
const boardOf = (config: Record<string, unknown>) => {
  const configuration = {
    widgets: { w: { typeFullFqn: 'system.test', type: 'latest', config } },
    entityAliases: {
      [aliasId]: {
        id: aliasId,
        alias: 'All',
        filter: { type: 'entityType', entityType: 'DEVICE', resolveMultiple: true },
      },
    },
  }
  return readDashboard(configuration).document
}

/** A datasource of all devices. */
export const ofAll = (dataKeys: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) => ({
  type: 'entity',
  entityAliasId: aliasId,
  dataKeys: dataKeys.map((key) => ({ type: 'timeseries', label: '', settings: {}, ...key })),
  ...more,
})

export const planOf = (
  config: Record<string, unknown>,
  parts: Partial<PlanInput> = {},
): { plan: WidgetPlan; widget: DashboardWidget; keys: readonly DashboardDataKey[] } => {
  const document = boardOf(config)
  const [widget] = document.widgets.values()
  if (!widget) throw new Error('The widget was not read')
  const plan = planWidget({
    ...{ widget, manifest: manifestOf({}), window: lastHour, viewerZone: 'UTC' },
    ...{ now: Date.now(), thinTo: 400, system: 'METRIC' },
    context: { document, stack: [{ id: 'default', params: noParams }], filters: {}, picks: {} },
    ...parts,
  })
  return { plan, widget, keys: widget.datasources.flatMap(({ dataKeys }) => dataKeys) }
}

/** The plan of a widget that has something to ask. */
export const readyPlan = (config: Record<string, unknown>, parts: Partial<PlanInput> = {}) => {
  const { plan } = planOf(config, parts)
  if (plan.status !== 'ready') throw new Error(`There is nothing to ask for: ${plan.why.reason}`)
  return plan
}
