import { z } from 'zod'

export const actionKinds = [
  'doNothing',
  'openDashboardState',
  'updateDashboardState',
  'openDashboard',
  'openURL',
  'openEntity',
  'rpc',
  'setAttribute',
  'custom',
] as const

const text = (title: string, more: object = {}) =>
  z
    .string()
    .default('')
    .meta({ title, ...more })
const flag = (title: string, more: object = {}) =>
  z
    .boolean()
    .default(false)
    .meta({ title, ...more })
const when = (...type: string[]) => ({ when: { type } })
const toState = when('openDashboardState', 'updateDashboardState', 'openDashboard')

/** An action of a dashboard as files have it; what belongs to other kinds stays where it is. */
export const actionSchema = (states: readonly string[]): z.ZodType =>
  z.object({
    type: z
      .string()
      .default('doNothing')
      .meta({
        title: 'Does',
        editor: 'choice',
        suggest: actionKinds,
        words: {
          doNothing: 'Nothing',
          openDashboardState: 'Opens a state of this dashboard',
          updateDashboardState: 'Changes the state that is shown',
          openDashboard: 'Opens another dashboard',
          openURL: 'Opens an address',
          openEntity: 'Opens the page of the entity',
          rpc: 'Sends a command to the device',
          setAttribute: 'Sets an attribute',
          custom: 'Runs a function',
        },
      }),
    targetDashboardId: text('Dashboard', { description: 'Its id', ...when('openDashboard') }),
    targetDashboardStateId: text('State', {
      editor: 'choice',
      suggest: states,
      ...when('openDashboardState', 'updateDashboardState'),
    }),
    setEntityId: flag('The entity becomes that of the state', toState),
    stateEntityParamName: text('Under the name', { description: 'Empty: as the entity of the state', ...toState }),
    openInSeparateDialog: flag('In a dialog', when('openDashboardState')),
    dialogTitle: text('Title of the dialog', when('openDashboardState')),
    url: text('Address', when('openURL')),
    openNewBrowserTab: flag('In a new tab', when('openDashboard', 'openURL')),
    method: text('Method', when('rpc')),
    params: z
      .json()
      .optional()
      .meta({ title: 'Parameters', editor: 'json-value', ...when('rpc') }),
    scope: z
      .enum(['SERVER_SCOPE', 'SHARED_SCOPE'])
      .default('SERVER_SCOPE')
      .meta({
        title: 'Of',
        words: { SERVER_SCOPE: 'Server attributes', SHARED_SCOPE: 'Shared attributes' },
        ...when('setAttribute'),
      }),
    key: text('Key', when('setAttribute')),
    value: z
      .json()
      .optional()
      .meta({ title: 'Value', editor: 'json-value', ...when('setAttribute') }),
    customFunction: z
      .union([z.string(), z.looseObject({ body: z.string() })])
      .optional()
      .meta({ title: 'Function', editor: 'script', description: 'Runs in the sandbox', ...when('custom') }),
  })
