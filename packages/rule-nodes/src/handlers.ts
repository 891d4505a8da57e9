import type { NodeHandlerFactory } from '@thingwire/rules'
import { acknowledgeHandler } from './acknowledge/handler.ts'
import { alarmStatusFilterHandler } from './alarm-status-filter/handler.ts'
import { assignToCustomerHandler } from './assign-to-customer/handler.ts'
import { awsLambdaHandler } from './aws-lambda/handler.ts'
import { awsSnsHandler } from './aws-sns/handler.ts'
import { awsSqsHandler } from './aws-sqs/handler.ts'
import { azureIotHubHandler } from './azure-iot-hub/handler.ts'
import { checkpointHandler } from './checkpoint/handler.ts'
import { clearAlarmHandler } from './clear-alarm/handler.ts'
import { copyToViewHandler } from './copy-to-view/handler.ts'
import { createAlarmHandler } from './create-alarm/handler.ts'
import { createRelationHandler } from './create-relation/handler.ts'
import { deduplicationHandler } from './deduplication/handler.ts'
import { delayHandler } from './delay/handler.ts'
import { deleteAttributesHandler } from './delete-attributes/handler.ts'
import { deleteRelationHandler } from './delete-relation/handler.ts'
import { deviceProfileHandler } from './device-profile/handler.ts'
import { deviceStateHandler } from './device-state/handler.ts'
import { gcpPubsubHandler } from './gcp-pubsub/handler.ts'
import { generatorHandler } from './generator/handler.ts'
import { kafkaHandler } from './kafka/handler.ts'
import { logHandler } from './log/handler.ts'
import { messageCountHandler } from './message-count/handler.ts'
import { messageTypeFilterHandler } from './message-type-filter/handler.ts'
import { messageTypeSwitchHandler } from './message-type-switch/handler.ts'
import { mqttHandler } from './mqtt/handler.ts'
import { rabbitmqHandler } from './rabbitmq/handler.ts'
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
import { synchronizationEndHandler } from './synchronization-end/handler.ts'
import { synchronizationStartHandler } from './synchronization-start/handler.ts'
import { unassignFromCustomerHandler } from './unassign-from-customer/handler.ts'

/** The server half of every node, except of those that still need a part of the product. */
export const nodeHandlers: readonly NodeHandlerFactory[] = [
  alarmStatusFilterHandler,
  scriptFilterHandler,
  scriptSwitchHandler,
  messageTypeFilterHandler,
  messageTypeSwitchHandler,
  scriptTransformationHandler,
  deduplicationHandler,
  createAlarmHandler,
  clearAlarmHandler,
  saveTimeSeriesHandler,
  saveAttributesHandler,
  deleteAttributesHandler,
  copyToViewHandler,
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
