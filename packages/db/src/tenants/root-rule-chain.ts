import type { RuleChainFile, RuleNode } from '@thingwire/contracts'

const node = (o: {
  type: string
  name: string
  version?: number
  at: [x: number, y: number]
  configuration: Record<string, unknown>
}): RuleNode => ({
  type: `org.thingsboard.rule.engine.${o.type}`,
  name: o.name,
  singletonMode: false,
  configurationVersion: o.version ?? 0,
  configuration: o.configuration,
  additionalInfo: { layoutX: o.at[0], layoutY: o.at[1] },
})

/** Exactly what a new log node has: the engine knows this text and logs without running a script. */
const logScript =
  "return '\\nIncoming message:\\n' + JSON.stringify(msg) + '\\nIncoming metadata:\\n' + JSON.stringify(metadata);"
const logConfiguration = { scriptLang: 'TBEL', jsScript: logScript, tbelScript: logScript }

/** The chain every tenant starts with (as ThingsBoard). */
export const rootRuleChainFile = (): RuleChainFile => ({
  ruleChain: { name: 'Root Rule Chain', type: 'CORE', root: true, debugMode: false },
  metadata: {
    firstNodeIndex: 2,
    nodes: [
      node({
        type: 'telemetry.TbMsgTimeseriesNode',
        name: 'Save Timeseries',
        version: 1,
        at: [824, 156],
        configuration: { defaultTTL: 0, useServerTs: false, processingSettings: { type: 'ON_EVERY_MESSAGE' } },
      }),
      node({
        type: 'telemetry.TbMsgAttributesNode',
        name: 'Save Client Attributes',
        version: 3,
        at: [825, 52],
        configuration: {
          processingSettings: { type: 'ON_EVERY_MESSAGE' },
          scope: 'CLIENT_SCOPE',
          notifyDevice: false,
          sendAttributesUpdatedNotification: false,
          updateAttributesOnlyOnValueChange: true,
        },
      }),
      node({
        type: 'filter.TbMsgTypeSwitchNode',
        name: 'Message Type Switch',
        at: [347, 149],
        configuration: { version: 0 },
      }),
      node({ type: 'action.TbLogNode', name: 'Log RPC from Device', at: [825, 266], configuration: logConfiguration }),
      node({ type: 'action.TbLogNode', name: 'Log Other', at: [825, 379], configuration: logConfiguration }),
      node({
        type: 'rpc.TbSendRPCRequestNode',
        name: 'RPC Call Request',
        at: [825, 468],
        configuration: { timeoutInSeconds: 60 },
      }),
    ],
    connections: [
      { fromIndex: 2, toIndex: 4, type: 'Other' },
      { fromIndex: 2, toIndex: 1, type: 'Post attributes' },
      { fromIndex: 2, toIndex: 0, type: 'Post telemetry' },
      { fromIndex: 2, toIndex: 3, type: 'RPC Request from Device' },
      { fromIndex: 2, toIndex: 5, type: 'RPC Request to Device' },
    ],
  },
})
