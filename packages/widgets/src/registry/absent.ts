/** Why a widget of ThingsBoard has none that stands in for it. */
export type AbsenceReason = 'gateway' | 'edge' | 'mobileApp' | 'home' | 'notifications' | 'scheduler' | 'usage'

/** By the fully qualified name without `system.`; what is not here is unknown. */
const absent: Readonly<Record<string, AbsenceReason>> = {
  // They edit the files of the IoT gateway, or ask it by its own commands.
  'gateway_widgets.config_form_latest': 'gateway',
  'gateway_widgets.gateway_configuration2': 'gateway',
  'gateway_widgets.gateway_connector': 'gateway',
  'gateway_widgets.gateway_configuration': 'gateway',
  'gateway_widgets.gateway_connectors': 'gateway',
  'gateway_widgets.gateway_custom_statistics': 'gateway',
  'gateway_widgets.gateway_general_chart_statistics': 'gateway',
  'gateway_widgets.gateway_general_configuration': 'gateway',
  'gateway_widgets.gateway_general_statistics': 'gateway',
  'gateway_widgets.gateway_logs': 'gateway',
  'gateway_widgets.gateway_statistics': 'gateway',
  'gateway_widgets.gateway_status': 'gateway',
  'gateway_widgets.service_rpc': 'gateway',
  'edge_widgets.edges_overview': 'edge',
  mobile_app_qr_code: 'mobileApp',
  'home_page_widgets.home_mobile_app_qr_code': 'mobileApp',
  'home_page_widgets.home_page_mobile_app_qr_code': 'mobileApp',
  'home_page_widgets.mobile_app_qr_code': 'mobileApp',
  // Parts of the other product's own start page.
  'home_page_widgets.documentation_links': 'home',
  'home_page_widgets.getting_started': 'home',
  'home_page_widgets.iot_hub': 'home',
  unread_notifications: 'notifications',
  'scheduling.scheduler_events': 'scheduler',
  api_usage: 'usage',
  'home_page_widgets.usage_info': 'usage',
}

/** Why there is no widget of that name; null: nobody knows it. */
export const absenceOf = (typeFullFqn: string): AbsenceReason | null => {
  const name = typeFullFqn.replace(/^(system|tenant)\./, '')
  return Object.hasOwn(absent, name) ? (absent[name] ?? null) : null
}
