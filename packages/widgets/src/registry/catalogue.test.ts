import { describe, expect, it } from 'vitest'
import { findWidget, widgetManifests } from '../manifests.ts'
import { absenceOf } from './absent.ts'

const of = (bundle: string, names: readonly string[]): string[] => names.map((name) => `${bundle}.${name}`)

/** Every widget type of ThingsBoard that is not deprecated, by its fully qualified name. */
const catalogue: readonly string[] = [
  ...['action_button', 'alarm_count', 'api_usage', 'bar_chart', 'bar_chart_with_labels'],
  ...['bars', 'battery_level', 'command_button', 'doughnut', 'entity_count'],
  ...[
    'horizontal_2_1_elliptical_tank',
    'horizontal_capsule_tank',
    'horizontal_cylinder_tank',
    'horizontal_dish_ends_tank',
    'horizontal_doughnut',
  ],
  ...['horizontal_ellipse_tank', 'horizontal_oval_tank', 'html_container', 'image_map', 'label_card'],
  ...['label_value_card', 'line_chart', 'map', 'mobile_app_qr_code', 'pie'],
  ...['point_chart', 'polar_area', 'power_button', 'progress_bar', 'radar'],
  ...['range_chart', 'rectangle_tank', 'route_map', 'scada_symbol', 'signal_strength'],
  ...['simple_value_and_chart_card', 'single_switch', 'slider', 'state_chart', 'status_widget'],
  ...['time_series_chart', 'toggle_button', 'trip_map', 'two_segment_button', 'unread_notifications'],
  ...['value_stepper', 'vertical_capsule_tank', 'vertical_cylinder_tank', 'vertical_oval_tank'],
  ...of('alarm_widgets', ['alarms_table']),
  ...of('analogue_gauges', [
    'analogue_compass',
    'radial_gauge_canvas_gauges',
    'speed_gauge_canvas_gauges',
    'temperature_gauge_canvas_gauges',
    'temperature_radial_gauge_canvas_gauges',
  ]),
  ...of('cards', [
    'aggregated_value_card',
    'attributes_card',
    'dashboard_state_widget',
    'entities_hierarchy',
    'entities_table',
    'horizontal_value_card',
    'html_card',
    'html_value_card',
    'label_widget',
    'markdown_card',
    'qr_code',
    'timeseries_table',
    'value_card',
  ]),
  ...of('control_widgets', [
    'knob_control',
    'led_indicator',
    'persistent_table',
    'round_switch',
    'rpc_debug_terminal',
    'rpc_remote_shell',
    'rpcbutton',
    'switch_control',
    'update_attributes',
  ]),
  ...of('date', ['date_range_navigator']),
  ...of('digital_gauges', [
    'digital_bar',
    'digital_speedometer',
    'digital_thermometer',
    'digital_vertical_bar',
    'gauge_justgage',
    'horizontal_bar_justgage',
    'lcd_bar_gauge',
    'lcd_gauge',
    'mini_gauge_justgage',
    'neon_gauge_justgage',
    'simple_gauge_justgage',
    'simple_neon_gauge_justgage',
    'vertical_bar_justgage',
  ]),
  ...of('edge_widgets', ['edges_overview']),
  ...of('entity_admin_widgets', ['asset_admin_table', 'device_admin_table']),
  ...of('gateway_widgets', [
    'attributes_card',
    'config_form_latest',
    'gateway_configuration',
    'gateway_connectors',
    'gateway_custom_statistics',
    'gateway_general_chart_statistics',
    'gateway_general_configuration',
    'gateway_logs',
    'gateway_status',
    'markdown_card',
    'service_rpc',
  ]),
  ...of('gpio_widgets', ['basic_gpio_control', 'gpio_panel', 'raspberry_pi_gpio_control', 'raspberry_pi_gpio_panel']),
  ...of('home_page_widgets', [
    'dashboards',
    'documentation_links',
    'getting_started',
    'iot_hub',
    'quick_links',
    'usage_info',
  ]),
  ...of('input_widgets', [
    'device_claiming_widget',
    'update_location_timeseries',
    'update_multiple_attributes',
    'update_server_image_attribute',
    'update_server_location_attribute',
    'update_shared_image_attribute',
    'update_shared_location_attribute',
    'web_camera_input',
  ]),
  ...of('navigation_widgets', ['navigation_card', 'navigation_cards']),
]

describe('the catalogue', () => {
  it('is whole', () => expect(new Set(catalogue).size).toBe(125))

  it.each(catalogue)('%s is a widget, or it is said why not', (name) => {
    const fqn = `system.${name}`
    expect(findWidget(fqn) === undefined, 'as a widget').toBe(absenceOf(fqn) !== null)
  })

  it('is the same without the prefix, and unknown names have no reason', () => {
    expect(absenceOf('api_usage')).toBe('usage')
    expect(['system.constructor', 'system.my_widget', ''].map(absenceOf)).toEqual([null, null, null])
  })

  it('has no widget that is told to be absent', () => {
    const names = widgetManifests.flatMap(({ type, fqns }) => [type, ...fqns])
    expect(names.filter((name) => absenceOf(name) !== null)).toEqual([])
  })
})
