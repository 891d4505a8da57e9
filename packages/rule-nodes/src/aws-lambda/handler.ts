import { defineHandler, withMetadata } from '@thingwire/rules'
import { regionOf, requireAll } from '../outbound/aws.ts'
import { externalNode, failedCall, filled } from '../outbound/external-node.ts'
import { awsLambda } from './manifest.ts'

export const awsLambdaHandler = defineHandler(awsLambda, (config, context) => {
  const { accessKey, secretKey, region, functionName } = config
  requireAll({ accessKey, secretKey, region, functionName })
  const client = context.ports.outbound.open(
    'aws-lambda',
    {
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      region: regionOf(region),
      connectionTimeoutMs: config.connectionTimeout * 1_000,
      requestTimeoutMs: config.requestTimeout * 1_000,
    },
    { nodeName: context.nodeName, suspended: context.suspended },
  )
  return externalNode(context, {
    client,
    // Its answer is what the message becomes: it waits for it whatever the server says.
    forcesAck: false,
    request: (message) => ({
      functionName: filled(functionName, message),
      qualifier: filled(config.qualifier, message) || '$LATEST',
      payload: message.data,
    }),
    answered: (message, { requestId, payload, functionError }) => {
      const noted = withMetadata(message, { requestId })
      if (payload === null) return failedCall(noted, 'The function returned nothing')
      if (functionError !== null && config.tellFailureIfFuncThrowsExc) return failedCall(noted, payload)
      return { message: { ...noted, data: payload }, connection: 'Success' }
    },
  })
})
