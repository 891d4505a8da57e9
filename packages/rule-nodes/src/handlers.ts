import type { NodeHandlerFactory } from '@thingwire/rules'
import { acknowledgeHandler } from './acknowledge/handler.ts'
import { alarmStatusFilterHandler } from './alarm-status-filter/handler.ts'
import { assetProfileSwitchHandler } from './asset-profile-switch/handler.ts'
import { assignToCustomerHandler } from './assign-to-customer/handler.ts'
import { awsLambdaHandler } from './aws-lambda/handler.ts'
import { awsSnsHandler } from './aws-sns/handler.ts'
import { awsSqsHandler } from './aws-sqs/handler.ts'
import { azureIotHubHandler } from './azure-iot-hub/handler.ts'
import { calculateDeltaHandler } from './calculate-delta/handler.ts'
import { changeOriginatorHandler } from './change-originator/handler.ts'
import { checkFieldsPresenceHandler } from './check-fields-presence/handler.ts'
import { checkRelationPresenceHandler } from './check-relation-presence/handler.ts'
import { checkpointHandler } from './checkpoint/handler.ts'
import { calculatedFieldsHandler } from './calculated-fields/handler.ts'
import { clearAlarmHandler } from './clear-alarm/handler.ts'
import { copyKeyValuePairsHandler } from './copy-key-value-pairs/handler.ts'
import { copyToViewHandler } from './copy-to-view/handler.ts'
import { createAlarmHandler } from './create-alarm/handler.ts'
import { createRelationHandler } from './create-relation/handler.ts'
import { customerAttributesHandler } from './customer-attributes/handler.ts'
import { customerDetailsHandler } from './customer-details/handler.ts'
import { deduplicationHandler } from './deduplication/handler.ts'
import { delayHandler } from './delay/handler.ts'
import { deleteAttributesHandler } from './delete-attributes/handler.ts'
import { deleteKeyValuePairsHandler } from './delete-key-value-pairs/handler.ts'
import { deleteRelationHandler } from './delete-relation/handler.ts'
import { deviceProfileSwitchHandler } from './device-profile-switch/handler.ts'
import { deviceProfileHandler } from './device-profile/handler.ts'
import { deviceStateHandler } from './device-state/handler.ts'
import { entityTypeFilterHandler } from './entity-type-filter/handler.ts'
import { entityTypeSwitchHandler } from './entity-type-switch/handler.ts'
import { fetchDeviceCredentialsHandler } from './fetch-device-credentials/handler.ts'
import { gcpPubsubHandler } from './gcp-pubsub/handler.ts'
import { generatorHandler } from './generator/handler.ts'
import { gpsGeofencingEventsHandler } from './gps-geofencing-events/handler.ts'
import { gpsGeofencingFilterHandler } from './gps-geofencing-filter/handler.ts'
import { jsonPathHandler } from './json-path/handler.ts'
import { kafkaHandler } from './kafka/handler.ts'
import { logHandler } from './log/handler.ts'
import { mathFunctionHandler } from './math-function/handler.ts'
import { messageCountHandler } from './message-count/handler.ts'
import { messageTypeFilterHandler } from './message-type-filter/handler.ts'
import { messageTypeSwitchHandler } from './message-type-switch/handler.ts'
import { mqttHandler } from './mqtt/handler.ts'
import { originatorAttributesHandler } from './originator-attributes/handler.ts'
import { originatorFieldsHandler } from './originator-fields/handler.ts'
import { originatorTelemetryHandler } from './originator-telemetry/handler.ts'
import { rabbitmqHandler } from './rabbitmq/handler.ts'
import { relatedDeviceAttributesHandler } from './related-device-attributes/handler.ts'
import { relatedEntityDataHandler } from './related-entity-data/handler.ts'
import { renameKeysHandler } from './rename-keys/handler.ts'
import { restApiCallHandler } from './rest-api-call/handler.ts'
import { restCallReplyHandler } from './rest-call-reply/handler.ts'
import { rpcCallReplyHandler } from './rpc-call-reply/handler.ts'
import { rpcCallRequestHandler } from './rpc-call-request/handler.ts'
import { ruleChainInputHandler } from './rule-chain-input/handler.ts'
import { ruleChainOutputHandler } from './rule-chain-output/handler.ts'
import { saveAttributesHandler } from './save-attributes/handler.ts'
import { saveTimeSeriesHandler } from './save-time-series/handler.ts'
import { scriptFilterHandler } from './script-filter/handler.ts'
import { scriptSwitchHandler } from './script-switch/handler.ts'
import { scriptTransformationHandler } from './script-transformation/handler.ts'
import { sendEmailHandler } from './send-email/handler.ts'
import { sendSmsHandler } from './send-sms/handler.ts'
import { sendToSlackHandler } from './send-to-slack/handler.ts'
import { splitArrayMsgHandler } from './split-array-msg/handler.ts'
import { synchronizationEndHandler } from './synchronization-end/handler.ts'
import { synchronizationStartHandler } from './synchronization-start/handler.ts'
import { tenantAttributesHandler } from './tenant-attributes/handler.ts'
import { tenantDetailsHandler } from './tenant-details/handler.ts'
import { toEmailHandler } from './to-email/handler.ts'
import { unassignFromCustomerHandler } from './unassign-from-customer/handler.ts'

/** The server half of every node, except of those that still need a part of the product. */
export const nodeHandlers: readonly NodeHandlerFactory[] = [
  assetProfileSwitchHandler,
  deviceProfileSwitchHandler,
  alarmStatusFilterHandler,
  checkFieldsPresenceHandler,
  checkRelationPresenceHandler,
  scriptFilterHandler,
  scriptSwitchHandler,
  messageTypeFilterHandler,
  messageTypeSwitchHandler,
  gpsGeofencingFilterHandler,
  entityTypeFilterHandler,
  entityTypeSwitchHandler,
  calculateDeltaHandler,
  fetchDeviceCredentialsHandler,
  originatorAttributesHandler,
  relatedDeviceAttributesHandler,
  customerAttributesHandler,
  tenantAttributesHandler,
  relatedEntityDataHandler,
  originatorFieldsHandler,
  customerDetailsHandler,
  tenantDetailsHandler,
  originatorTelemetryHandler,
  changeOriginatorHandler,
  copyKeyValuePairsHandler,
  deleteKeyValuePairsHandler,
  renameKeysHandler,
  jsonPathHandler,
  splitArrayMsgHandler,
  scriptTransformationHandler,
  toEmailHandler,
  deduplicationHandler,
  createAlarmHandler,
  clearAlarmHandler,
  saveTimeSeriesHandler,
  saveAttributesHandler,
  deleteAttributesHandler,
  copyToViewHandler,
  calculatedFieldsHandler,
  mathFunctionHandler,
  gpsGeofencingEventsHandler,
  deviceStateHandler,
  assignToCustomerHandler,
  unassignFromCustomerHandler,
  createRelationHandler,
  deleteRelationHandler,
  logHandler,
  messageCountHandler,
  generatorHandler,
  delayHandler,
  deviceProfileHandler,
  rpcCallRequestHandler,
  rpcCallReplyHandler,
  synchronizationStartHandler,
  synchronizationEndHandler,
  restCallReplyHandler,
  restApiCallHandler,
  awsLambdaHandler,
  awsSnsHandler,
  awsSqsHandler,
  azureIotHubHandler,
  gcpPubsubHandler,
  kafkaHandler,
  mqttHandler,
  rabbitmqHandler,
  sendEmailHandler,
  sendSmsHandler,
  sendToSlackHandler,
  ruleChainInputHandler,
  ruleChainOutputHandler,
  acknowledgeHandler,
  checkpointHandler,
]
