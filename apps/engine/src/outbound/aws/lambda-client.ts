import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import type { SystemFactory } from '../system-client.ts'
import { awsOptions } from './aws-options.ts'

/** A function must not be called twice: nothing is repeated here. */
export const lambdaClient: SystemFactory<'aws-lambda'> = (settings, deps) => {
  const client = new LambdaClient({ ...awsOptions(settings, deps, settings), maxAttempts: 1 })
  return {
    where: ({ request: { functionName } }) => `aws lambda ${settings.region} ${functionName}`,
    send: async ({ request: { functionName, qualifier, payload } }, abortSignal) => {
      const command = new InvokeCommand({
        FunctionName: functionName,
        Qualifier: qualifier,
        InvocationType: 'RequestResponse',
        Payload: Buffer.from(payload),
      })
      const answer = await client.send(command, { abortSignal })
      const bytes = answer.Payload
      return {
        requestId: answer.$metadata.requestId ?? '',
        payload: bytes && bytes.length > 0 ? Buffer.from(bytes).toString('utf8') : null,
        functionError: answer.FunctionError ?? null,
      }
    },
    close: async () => client.destroy(),
  }
}
