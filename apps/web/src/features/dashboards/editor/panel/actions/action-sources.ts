import type { WidgetManifest } from '@thingwire/widgets/manifests'
import type { Json } from '../../side/json.ts'

export const actionTypes = [
  'openDashboardState',
  'updateDashboardState',
  'openDashboard',
  'openURL',
  'openEntity',
  'rpc',
  'setAttribute',
  'custom',
  'customPretty',
  'mobileAction',
  'placeMapItem',
  'doNothing',
] as const
export type ActionType = (typeof actionTypes)[number]

/** Sources that have words; others are called as files call them. */
export const knownSources = [
  'headerButton',
  'actionCellButton',
  'rowClick',
  'rowDoubleClick',
  'cellClick',
  'cardClick',
  'elementClick',
  'sliceClick',
  'nodeSelected',
  'markerClick',
  'polygonClick',
  'circleClick',
  'polylineClick',
  'tooltipAction',
  'click',
  'javaScript',
] as const
export type KnownSource = (typeof knownSources)[number]

export const isKnownSource = (source: string): source is KnownSource => knownSources.some((one) => one === source)

/** Where actions of a widget can hang, and where those of its file do. */
export const sourcesOf = (actions: Json, manifest: WidgetManifest | undefined): readonly string[] => [
  ...new Set(['headerButton', ...(manifest?.actionSources ?? []), ...Object.keys(actions)]),
]

/** Sources that show their actions as buttons, with a name and an icon each. */
export const hasButtons = (source: string): boolean => source === 'headerButton' || source === 'actionCellButton'

/** A new action of a source; names tell tooltip links apart, so that no two are the same. */
export const newAction = (source: string, neighbours: readonly Json[], name: string, id: string): Json => {
  const taken = new Set(neighbours.map((one) => one.name))
  let free = name
  for (let nth = 2; taken.has(free); nth++) free = `${name} ${nth}`
  return {
    id,
    name: free,
    type: 'openDashboardState',
    setEntityId: true,
    ...(hasButtons(source) ? { icon: 'more_horiz', showIcon: true } : {}),
  }
}

/** An action made into one of another type: what it is called and looks like stays. */
export const withType = (action: Json, type: ActionType): Json => {
  const kept = [
    'id',
    'name',
    'displayName',
    'icon',
    'showIcon',
    'buttonType',
    'buttonColor',
    'buttonFillColor',
    'buttonBorderColor',
    'customButtonStyle',
    'columnIndex',
    'useShowWidgetActionFunction',
    'showWidgetActionFunction',
  ]
  const fresh: Partial<Record<ActionType, Json>> = {
    openDashboardState: { setEntityId: true },
    updateDashboardState: { setEntityId: true },
    rpc: { method: '', params: null, requestTimeout: 5_000 },
    setAttribute: { scope: 'SERVER_SCOPE', key: '', value: null },
    custom: { customFunction: '' },
    customPretty: { customFunction: '', customHtml: '', customCss: '' },
    mobileAction: { mobileAction: { type: 'takePhoto' } },
    placeMapItem: { mapItemType: 'marker' },
  }
  return {
    ...Object.fromEntries(Object.entries(action).filter(([name]) => kept.includes(name))),
    type,
    ...fresh[type],
  }
}
