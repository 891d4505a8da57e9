export * from './alarm-rules/compile.ts'
export * from './alarm-fields/arguments.ts'
export * from './alarm-fields/compile.ts'
export * from './alarm-fields/evaluate.ts'
export { RuleCounts } from './alarm-rules/counts.ts'
export { type ActiveAlarm, type AlarmDecision, evaluateAlarm } from './alarm-rules/evaluate.ts'
export { factKey, type Facts } from './alarm-rules/facts.ts'
export { type ChainInFile, chainsInFile } from './chain-forms.ts'
export { linksAsNodes } from './chain-links.ts'
export {
  compileChain,
  type CompiledChain,
  type CompiledNode,
  type CompileResult,
  type Connection,
} from './compile-chain.ts'
export { runChainTest, testDeviceId } from './dry-run/chain-tests.ts'
export { chainOfFile, chainTestsOf, type FileChain } from './dry-run/file-chain.ts'
export type { DryReads, Effect } from './dry-run/dry-ports.ts'
export { createDryRunner, type DryRun, type DryRunner, type DryRunnerInput } from './dry-run/dry-run.ts'
export * from './exact-json.ts'
export { type CompiledExpression, compileExpression, type Evaluate } from './expressions/compile-expression.ts'
export { exportRuleChain, type RuleChainExport } from './export-chain.ts'
export { type Coordinates, distanceBetween, type RangeUnit, rangeUnits } from './geo/distance.ts'
export { type Area, type ParsedPolygon, parsePolygon } from './geo/polygon.ts'
export { type ChainGraph, graphProblems } from './graph.ts'
export { importRuleChain, type ImportResult } from './import-chain.ts'
export { isSameKvValue, kvEntriesToJson, kvValueToJson } from './kv-json.ts'
export { branchOf, newMessageId, withData, withMetadata } from './message.ts'
export * from './node.ts'
export { readNodeConfig } from './node-config.ts'
export { onAbort } from './on-abort.ts'
export * from './ports.ts'
export { createHandlerRegistry, createNodeRegistry, type HandlerRegistry, type NodeRegistry } from './registry.ts'
export {
  type BatchInput,
  type BatchResult,
  type DeadLetter,
  defaultRouterLimits,
  type InspectedCall,
  type InspectedDeparture,
  type MessageOutcome,
  type RouterLimits,
  type Patience,
  type RouterObserver,
  type RunnableChain,
  runBatch,
} from './run-batch.ts'
export { type DirectScript, directScript } from './scripts/direct/direct-script.ts'
export type { DirectTbel } from './scripts/direct/languages.ts'
export * from './scripts/script.ts'
export * from './scripts/script-libraries.ts'
export { readsMetadata, sandboxProgram } from './scripts/sandbox-program.ts'
export {
  countAnswers,
  decodeAnswers,
  encodeError,
  encodeInputs,
  type ScriptedMessage,
  scriptedMessages,
  scriptedTexts,
} from './scripts/script-wire.ts'
export * from './scripts/use-script.ts'
export { type NodeInstance, type NodeSurroundings, startNode, startNodes, stopNodes } from './start-nodes.ts'
export type { StoredRuleChain, StoredRuleNode } from './stored-chain.ts'
export { professionalNodeName } from './unknown-types.ts'
export { upgradeNodeConfig, type UpgradedNode } from './upgrade-node.ts'
export {
  type ParsedKvObject,
  type ParsedTelemetry,
  parseAttributesPayload,
  parseKvObject,
  parseTelemetryPayload,
  type TelemetryRecord,
} from './telemetry-json.ts'
export { fillTemplate, type TemplateOptions, type TemplateResult } from './template.ts'
