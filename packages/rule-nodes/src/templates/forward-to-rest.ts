import { z } from 'zod'
import { restApiCall } from '../rest-api-call/manifest.ts'
import { forwardingChain } from './forwarding.ts'
import { defineTemplate, node } from './template.ts'

const isAddress = (text: string): boolean => /^https?:\/\/[^\s/]+/i.test(text)

export const forwardToRest = defineTemplate({
  id: 'forward-to-rest',
  title: 'Forward to REST',
  summary: 'Sends values to an HTTP address.',
  icon: 'globe',
  parameters: z.object({
    address: z.string().trim().max(2_048).refine(isAddress, 'An address begins with https:// or http://').meta({
      title: 'Address',
      description: 'Where messages go. ${deviceName} is replaced by the name of the device.',
    }),
    method: z.enum(['POST', 'PUT', 'PATCH']).meta({ title: 'Method', description: 'Of the request.' }),
    authorization: z
      .string()
      .trim()
      .max(4_096)
      .regex(/^[^\r\n]*$/, 'One line')
      .meta({
        title: 'Authorization',
        description: 'Header of that name, such as Bearer and a token. Empty: none.',
        writeOnly: true,
      }),
  }),
  defaults: { address: 'https://example.org/telemetry/${deviceName}', method: 'POST', authorization: '' },
  build: ({ address, method, authorization }) =>
    forwardingChain({
      name: 'Forward to REST',
      description: `Sends telemetry and attributes to ${address}.`,
      target: address,
      system: 'http',
      sender: node(restApiCall, 'Call the address', [1, 0], {
        restEndpointUrlPattern: address,
        requestMethod: method,
        // Absent: the node encodes the address, so that names of devices may stand in it.
        queryParams: null,
        readTimeoutMs: 10_000,
        headers: { 'Content-Type': 'application/json', ...(authorization ? { Authorization: authorization } : {}) },
      }),
    }),
})
