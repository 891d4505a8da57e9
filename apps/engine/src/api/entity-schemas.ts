import {
  authorities,
  credentialsTypes,
  type Dashboard,
  type DashboardInfo,
  type Device,
  type DeviceCredentials,
  type DeviceInfo,
  type DeviceProfileInfo,
  dashboardConfigurationSchema,
  debugSettingsSchema,
  type EntityType,
  nodeConnectionSchema,
  type RuleChain,
  ruleChainNoteSchema,
  ruleChainTypes,
  type Session,
  type SignInInfo,
  type User,
} from '@thingwire/contracts'
import type { DeadLetter } from '@thingwire/db'
import { z } from 'zod'

/**
 * Entities as answers carry them. These are the fence that keeps a column that a repository may one day add from
 * reaching the wire; the types in contracts are the same shapes.
 */
const typed = <T extends EntityType>(entityType: T) => z.object({ entityType: z.literal(entityType), id: z.guid() })
const additionalInfo = z.record(z.string(), z.unknown()).nullable()
const base = { createdTime: z.number(), additionalInfo }
const bareId = z.object({ id: z.guid() })

export const userSchema = z.object({
  id: typed('USER'),
  ...base,
  tenantId: typed('TENANT'),
  customerId: typed('CUSTOMER'),
  email: z.string(),
  name: z.string(),
  authority: z.enum(authorities),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  phone: z.string().nullable(),
  version: z.number(),
}) satisfies z.ZodType<User>

export const sessionSchema = z.object({ user: userSchema, expiresAt: z.number() }) satisfies z.ZodType<Session>

export const jwtPairSchema = z.object({ token: z.string(), refreshToken: z.string() })

export const signInInfoSchema = z.object({
  demoAccounts: z.array(z.object({ username: z.string(), password: z.string(), role: z.enum(authorities) })),
}) satisfies z.ZodType<SignInInfo>

export const deviceSchema = z.object({
  id: typed('DEVICE'),
  ...base,
  tenantId: typed('TENANT'),
  customerId: typed('CUSTOMER'),
  name: z.string(),
  type: z.string(),
  label: z.string().nullable(),
  deviceProfileId: typed('DEVICE_PROFILE'),
  deviceData: z.object({
    configuration: z.looseObject({ type: z.string() }),
    transportConfiguration: z.looseObject({ type: z.string() }),
  }),
  firmwareId: z.null(),
  softwareId: z.null(),
  externalId: z.null(),
  version: z.number(),
}) satisfies z.ZodType<Device>

export const deviceInfoSchema = deviceSchema.extend({
  customerTitle: z.string().nullable(),
  customerIsPublic: z.boolean(),
  deviceProfileName: z.string(),
  active: z.boolean(),
}) satisfies z.ZodType<DeviceInfo>

export const deviceCredentialsSchema = z.object({
  id: bareId,
  createdTime: z.number(),
  deviceId: typed('DEVICE'),
  credentialsType: z.enum(credentialsTypes),
  credentialsId: z.string(),
  credentialsValue: z.string().nullable(),
  version: z.number(),
}) satisfies z.ZodType<DeviceCredentials>

export const deviceProfileInfoSchema = z.object({
  id: typed('DEVICE_PROFILE'),
  tenantId: typed('TENANT'),
  name: z.string(),
  image: z.string().nullable(),
  defaultDashboardId: typed('DASHBOARD').nullable(),
  type: z.literal('DEFAULT'),
  transportType: z.string(),
}) satisfies z.ZodType<DeviceProfileInfo>

export const entitySubtypeSchema = z.object({
  tenantId: typed('TENANT'),
  entityType: z.literal('DEVICE'),
  type: z.string(),
})

export const dashboardInfoSchema = z.object({
  id: typed('DASHBOARD'),
  createdTime: z.number(),
  tenantId: typed('TENANT'),
  title: z.string(),
  name: z.string(),
  image: z.string().nullable(),
  assignedCustomers: z.array(z.object({ customerId: typed('CUSTOMER'), title: z.string(), public: z.boolean() })),
  mobileHide: z.boolean(),
  mobileOrder: z.number().nullable(),
  version: z.number(),
}) satisfies z.ZodType<DashboardInfo>

export const dashboardSchema = dashboardInfoSchema.extend({
  configuration: dashboardConfigurationSchema,
  externalId: z.null(),
}) satisfies z.ZodType<Dashboard>

export const ruleChainSchema = z.object({
  id: typed('RULE_CHAIN'),
  createdTime: z.number(),
  tenantId: typed('TENANT'),
  name: z.string(),
  type: z.enum(ruleChainTypes),
  firstRuleNodeId: typed('RULE_NODE').nullable(),
  root: z.boolean(),
  debugMode: z.boolean(),
  configuration: z.null(),
  additionalInfo,
  externalId: z.null(),
  version: z.number(),
}) satisfies z.ZodType<RuleChain>

const nodeOutput = z.object({
  id: typed('RULE_NODE').nullish(),
  type: z.string(),
  name: z.string(),
  debugSettings: debugSettingsSchema.nullish(),
  debugMode: z.boolean().optional(),
  singletonMode: z.boolean(),
  queueName: z.string().nullish(),
  configurationVersion: z.number(),
  configuration: z.unknown(),
  additionalInfo: z.looseObject({}).nullish(),
})

/** Chain metadata on its way out: the input schema without its conversions. */
export const ruleChainMetadataOutput = z.object({
  ruleChainId: typed('RULE_CHAIN').nullish(),
  version: z.number().nullish(),
  firstNodeIndex: z.number().nullish(),
  nodes: z.array(nodeOutput),
  connections: z.array(nodeConnectionSchema),
  ruleChainConnections: z.null().optional(),
  notes: z.array(ruleChainNoteSchema).nullish(),
})

export const deadLetterSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  createdTime: z.number(),
  queueName: z.string(),
  ruleChainId: z.string().nullable(),
  ruleNodeId: z.string().nullable(),
  error: z.string(),
  message: z.unknown(),
}) satisfies z.ZodType<DeadLetter>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    data: z.array(item),
    totalPages: z.number(),
    totalElements: z.number(),
    hasNext: z.boolean(),
  })
