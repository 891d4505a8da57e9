/** Nodes of ThingsBoard's Professional Edition alone, by the end of their class name. */
const professionalNodes: ReadonlyMap<string, string> = new Map([
  ['action.TbAddToGroupNode', 'add to group'],
  ['action.TbChangeOwnerNode', 'change owner'],
  ['action.TbRemoveFromGroupNode', 'remove from group'],
  ['analytics.incoming.TbSimpleAggMsgNode', 'aggregate stream'],
  ['analytics.latest.alarm.TbAlarmsCountNode', 'alarms count'],
  ['analytics.latest.alarm.TbAlarmsCountNodeV2', 'alarms count'],
  ['analytics.latest.telemetry.TbAggLatestTelemetryNode', 'aggregate latest'],
  ['analytics.latest.telemetry.TbAggLatestTelemetryNodeV2', 'aggregate latest'],
  ['integration.TbIntegrationDownlinkNode', 'integration downlink'],
  ['report.TbGenerateReportNode', 'generate report'],
  ['report.TbGenerateReportV2Node', 'generate report'],
  ['transform.TbDuplicateMsgToGroupByNameNode', 'duplicate to group by name'],
  ['transform.TbDuplicateMsgToGroupNode', 'duplicate to group'],
  ['transform.TbDuplicateMsgToRelatedNode', 'duplicate to related'],
])

const home = 'org.thingsboard.rule.engine.'

/** What a node is called that only ThingsBoard's Professional Edition has; undefined: it is none of those. */
export const professionalNodeName = (type: string): string | undefined =>
  type.startsWith(home) ? professionalNodes.get(type.slice(home.length)) : undefined

/** Why a node of a type that no manifest describes does not run. */
export const unknownTypeText = (type: string): string => {
  const professional = professionalNodeName(type)
  return professional === undefined
    ? `Unknown node type ${type}`
    : `"${professional}" is a node of ThingsBoard's Professional Edition, which is not available here`
}
