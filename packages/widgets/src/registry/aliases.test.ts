import { describe, expect, it } from 'vitest'
import { findWidget, widgetManifests } from '../manifests.ts'
import { widgetAliases } from './aliases.ts'

describe('preset widgets', () => {
  it('are widgets that there are', () => {
    const types = new Set(widgetManifests.map((manifest) => manifest.type))
    expect(Object.entries(widgetAliases).filter(([, type]) => !types.has(type))).toEqual([])
  })
  it('take no name from a widget', () => {
    const names = new Set(widgetManifests.flatMap((manifest) => [manifest.type, ...manifest.fqns]))
    expect(Object.keys(widgetAliases).filter((name) => names.has(name))).toEqual([])
  })
  it.each([
    ['system.air_quality_card', 'value-card'],
    ['system.indoor_horizontal_pm2_5_card_with_background', 'value-card'],
    ['system.wind_speed_chart_card', 'aggregated-value-card'],
    ['system.indoor_simple_co2_chart_card', 'value-chart-card'],
    ['system.simple_individual_allergy_index_iai_chart_card_with_background2', 'value-chart-card'],
    ['system.indoor_humidity_progress_bar', 'progress-bar'],
    ['system.fluid_pressure_gauge', 'radial-gauge'],
    ['system.pump_vibration_range_chart_with_background', 'range-chart'],
    ['system.cards.value_card2', 'value-card'],
    ['system.tables.entities_table', 'entities-table'],
    ['system.entity_admin_widgets.device_admin_table2', 'entities-table'],
    ['system.hp_circuit_breaker2', 'scada-symbol'],
  ])('%s is a %s', (fqn, type) => expect(findWidget(fqn)?.type).toBe(type))
  it.each(['system.constructor', 'system.unheard_of_card', '', 'tenant.mine.entities_table', 'tenant.value_card2'])(
    '%s is none',
    (fqn) => expect(findWidget(fqn)).toBeUndefined(),
  )
})
