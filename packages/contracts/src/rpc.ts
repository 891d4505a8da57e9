import { z } from 'zod'
import { typedId, uuidSchema } from './ids.ts'

/** Life of a persistent command (as ThingsBoard). */
export const rpcStatuses = [
  'QUEUED',
  'SENT',
  'DELIVERED',
  'SUCCESSFUL',
  'TIMEOUT',
  'EXPIRED',
  'FAILED',
  'DELETED',
] as const
export const rpcStatusSchema = z.enum(rpcStatuses)
export type RpcStatus = z.infer<typeof rpcStatusSchema>

/** A persistent command to a device. Times are epoch ms. */
export const rpcSchema = z.object({
  id: typedId('RPC'),
  createdTime: z.number(),
  tenantId: typedId('TENANT'),
  deviceId: typedId('DEVICE'),
  expirationTime: z.number(),
  request: z.unknown(),
  response: z.unknown(),
  status: rpcStatusSchema,
  additionalInfo: z.unknown(),
})
export type Rpc = z.infer<typeof rpcSchema>

const missingMethod = 'RPC method should be specified!'

/** A command as REST takes it. `timeout` ms; `expirationTime` epoch ms, which overrides it. */
export const rpcRequestSchema = z.object({
  method: z.string({ error: missingMethod }).min(1, missingMethod).max(255),
  params: z.unknown().optional(),
  timeout: z.number().int().min(0).max(86_400_000).nullish(),
  expirationTime: z.number().int().nullish(),
  persistent: z.boolean().nullish(),
  retries: z.number().int().min(0).nullish(),
  additionalInfo: z.unknown().optional(),
  requestUUID: uuidSchema.nullish(),
})
export type RpcRequest = z.infer<typeof rpcRequestSchema>

/** Why a command had no answer (as ThingsBoard). */
export const rpcErrors = ['NOT_FOUND', 'FORBIDDEN', 'NO_ACTIVE_CONNECTION', 'TIMEOUT', 'INTERNAL'] as const
export type RpcError = (typeof rpcErrors)[number]
