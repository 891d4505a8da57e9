/**
 * What code of dashboard files looks at of its widget's context, beside what it shows: the states, the viewer, the actions.
 * Program text for the sandboxes; `read` gives the plain values of `FunctionContext`, `act` a function that asks the page.
 */
export const contextHelpers = String.raw`/** Files name texts of another console by its keys; the last part of a key says what is meant. */
const textOfKey = (key) => {
  const last = String(key).split('.').pop().replaceAll('-', ' ').trim()
  return /^[\w.-]+$/.test(String(key)) && last !== '' ? last.charAt(0).toUpperCase() + last.slice(1) : String(key)
}
const pagesOfKinds = { DEVICE: 'devices', ASSET: 'assets', CUSTOMER: 'customers', DASHBOARD: 'dashboards',
  RULE_CHAIN: 'rule-chains', DEVICE_PROFILE: 'device-profiles', ENTITY_VIEW: 'entity-views', EDGE: 'edges' }
const contextMembers = (read, act) => {
  const states = () => read().states || []
  const top = () => states()[states().length - 1] || { id: '', params: {} }
  const stateController = {
    getStateId: () => top().id,
    getStateIndex: () => Math.max(0, states().length - 1),
    getStateIdAtIndex: (at) => (states()[at] || {}).id,
    getStateParams: () => top().params || {},
    getStateParamsByStateId: (id) => (states().filter((one) => one.id === id).pop() || {}).params || null,
    getCurrentStateName: () => top().id,
    getEntityId: (name) => { const params = top().params || {}; return ((name ? params[name] : params) || {}).entityId || null },
    openState: (id, params, openRight) => act('openState', id, params || {}, openRight === true),
    pushAndOpenState: (all, openRight) => { const one = (all || [])[(all || []).length - 1]; return one && act('openState', one.id, one.params || {}, openRight === true) },
    updateState: (id, params, openRight) => act('updateState', id || null, params || {}, openRight === true),
    navigatePrevState: (at) => act('backToState', Number(at)),
    resetState: () => act('backToState', 0),
    openRightLayout: () => act('openRight'),
  }
  return {
    stateController,
    get dashboard() { return { stateController, isMobile: read().isMobile === true, isEdit: false } },
    dashboardWidget: { widgetLayout: {}, widget: { config: {} } },
    get isMobile() { return read().isMobile === true },
    isEdit: false,
    get currentUser() { return read().user || {} },
    get datasources() { return read().datasources || [] },
    get settings() { return read().settings || {} },
    translate: { instant: textOfKey },
    utils: {
      formatValue,
      customTranslation: (text) => String(text),
      deepClone: (one) => structuredClone(one),
      getEntityDetailsPageURL: (id, kind) => (pagesOfKinds[kind] ? '/' + pagesOfKinds[kind] + '/' + encodeURIComponent(String(id)) : ''),
    },
    sanitizer: { sanitize: (_what, value) => (value === null || value === undefined ? null : String(value)) },
    date: { transform: formatDate },
    milliSecondsToTimeString: { transform: timeText },
    unitService,
    pageLink: (pageSize, page, textSearch, sortProperty, sortOrder) => ({ pageSize, page: page || 0, textSearch: textSearch || null,
      sortOrder: sortProperty ? { property: sortProperty, direction: sortOrder || 'ASC' } : null }),
    actionsApi: {
      getActionDescriptors: (source) => (read().actions || {})[source] || [],
      handleWidgetAction: (_event, one, entity) => act('action', one && one.name, one && one.source, entity || null),
      elementClick: (event) => { const id = event && event.target && event.target.id; return id ? act('action', id) : undefined },
      openDashboardStateInSeparateDialog: (id, params, title) => act('openStateOver', id, params || {}, title || ''),
      openDashboardStateInPopover: (_event, id, params) => act('openStateOver', id, params || {}, ''),
    },
  }
}`
