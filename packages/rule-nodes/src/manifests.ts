import type { NodeManifest } from '@thingwire/rules'
import { acknowledge } from './acknowledge/manifest.ts'
import { aiRequest } from './ai-request/manifest.ts'
import { alarmStatusFilter } from './alarm-status-filter/manifest.ts'
import { assetProfileSwitch } from './asset-profile-switch/manifest.ts'
import { assignToCustomer } from './assign-to-customer/manifest.ts'
import { awsLambda } from './aws-lambda/manifest.ts'
import { awsSns } from './aws-sns/manifest.ts'
import { awsSqs } from './aws-sqs/manifest.ts'
import { azureIotHub } from './azure-iot-hub/manifest.ts'
import { calculateDelta } from './calculate-delta/manifest.ts'
import { calculatedFields } from './calculated-fields/manifest.ts'
import { changeOriginator } from './change-originator/manifest.ts'
import { checkFieldsPresence } from './check-fields-presence/manifest.ts'
import { checkRelationPresence } from './check-relation-presence/manifest.ts'
import { checkpoint } from './checkpoint/manifest.ts'
import { clearAlarm } from './clear-alarm/manifest.ts'
import { copyKeyValuePairs } from './copy-key-value-pairs/manifest.ts'
import { copyToView } from './copy-to-view/manifest.ts'
import { createAlarm } from './create-alarm/manifest.ts'
import { createRelation } from './create-relation/manifest.ts'
import { customerAttributes } from './customer-attributes/manifest.ts'
import { customerDetails } from './customer-details/manifest.ts'
import { deduplication } from './deduplication/manifest.ts'
import { delay } from './delay/manifest.ts'
import { deleteAttributes } from './delete-attributes/manifest.ts'
import { deleteKeyValuePairs } from './delete-key-value-pairs/manifest.ts'
import { deleteRelation } from './delete-relation/manifest.ts'
import { deviceProfileSwitch } from './device-profile-switch/manifest.ts'
import { deviceProfile } from './device-profile/manifest.ts'
import { deviceState } from './device-state/manifest.ts'
import { entityTypeFilter } from './entity-type-filter/manifest.ts'
import { entityTypeSwitch } from './entity-type-switch/manifest.ts'
import { fetchDeviceCredentials } from './fetch-device-credentials/manifest.ts'
import { gcpPubsub } from './gcp-pubsub/manifest.ts'
import { generator } from './generator/manifest.ts'
import { gpsGeofencingEvents } from './gps-geofencing-events/manifest.ts'
import { gpsGeofencingFilter } from './gps-geofencing-filter/manifest.ts'
import { jsonPath } from './json-path/manifest.ts'
import { kafka } from './kafka/manifest.ts'
import { log } from './log/manifest.ts'
import { mathFunction } from './math-function/manifest.ts'
import { messageCount } from './message-count/manifest.ts'
import { messageTypeFilter } from './message-type-filter/manifest.ts'
import { messageTypeSwitch } from './message-type-switch/manifest.ts'
import { mqtt } from './mqtt/manifest.ts'
import { originatorAttributes } from './originator-attributes/manifest.ts'
import { originatorFields } from './originator-fields/manifest.ts'
import { originatorTelemetry } from './originator-telemetry/manifest.ts'
import { pushToCloud } from './push-to-cloud/manifest.ts'
import { pushToEdge } from './push-to-edge/manifest.ts'
import { rabbitmq } from './rabbitmq/manifest.ts'
import { relatedDeviceAttributes } from './related-device-attributes/manifest.ts'
import { relatedEntityData } from './related-entity-data/manifest.ts'
import { renameKeys } from './rename-keys/manifest.ts'
import { restApiCall } from './rest-api-call/manifest.ts'
import { restCallReply } from './rest-call-reply/manifest.ts'
import { rpcCallReply } from './rpc-call-reply/manifest.ts'
import { rpcCallRequest } from './rpc-call-request/manifest.ts'
import { ruleChainInput } from './rule-chain-input/manifest.ts'
import { ruleChainOutput } from './rule-chain-output/manifest.ts'
import { saveAttributes } from './save-attributes/manifest.ts'
import { saveTimeSeries } from './save-time-series/manifest.ts'
import { saveToCustomTable } from './save-to-custom-table/manifest.ts'
import { scriptFilter } from './script-filter/manifest.ts'
import { scriptSwitch } from './script-switch/manifest.ts'
import { scriptTransformation } from './script-transformation/manifest.ts'
import { sendEmail } from './send-email/manifest.ts'
import { sendNotification } from './send-notification/manifest.ts'
import { sendSms } from './send-sms/manifest.ts'
import { sendToSlack } from './send-to-slack/manifest.ts'
import { splitArrayMsg } from './split-array-msg/manifest.ts'
import { synchronizationEnd } from './synchronization-end/manifest.ts'
import { synchronizationStart } from './synchronization-start/manifest.ts'
import { tenantAttributes } from './tenant-attributes/manifest.ts'
import { tenantDetails } from './tenant-details/manifest.ts'
import { toEmail } from './to-email/manifest.ts'
import { unassignFromCustomer } from './unassign-from-customer/manifest.ts'

/** Every node there is, in the order of the palette. Runs anywhere. */
export const nodeManifests: readonly NodeManifest[] = [
  assetProfileSwitch,
  deviceProfileSwitch,
  alarmStatusFilter,
  checkFieldsPresence,
  checkRelationPresence,
  scriptFilter,
  scriptSwitch,
  messageTypeFilter,
  messageTypeSwitch,
  gpsGeofencingFilter,
  entityTypeFilter,
  entityTypeSwitch,
  calculateDelta,
  fetchDeviceCredentials,
  originatorAttributes,
  relatedDeviceAttributes,
  customerAttributes,
  tenantAttributes,
  relatedEntityData,
  originatorFields,
  customerDetails,
  tenantDetails,
  originatorTelemetry,
  changeOriginator,
  copyKeyValuePairs,
  deleteKeyValuePairs,
  renameKeys,
  jsonPath,
  splitArrayMsg,
  scriptTransformation,
  toEmail,
  deduplication,
  createAlarm,
  clearAlarm,
  saveTimeSeries,
  saveAttributes,
  deleteAttributes,
  calculatedFields,
  copyToView,
  mathFunction,
  gpsGeofencingEvents,
  saveToCustomTable,
  deviceState,
  assignToCustomer,
  unassignFromCustomer,
  createRelation,
  deleteRelation,
  log,
  messageCount,
  generator,
  delay,
  deviceProfile,
  pushToCloud,
  pushToEdge,
  rpcCallRequest,
  rpcCallReply,
  synchronizationStart,
  synchronizationEnd,
  restCallReply,
  restApiCall,
  aiRequest,
  awsLambda,
  awsSns,
  awsSqs,
  azureIotHub,
  gcpPubsub,
  kafka,
  mqtt,
  rabbitmq,
  sendEmail,
  sendNotification,
  sendSms,
  sendToSlack,
  ruleChainInput,
  ruleChainOutput,
  acknowledge,
  checkpoint,
]
