import type { EntityType } from '@thingwire/contracts'
import type { EntityHead, Principal } from '@thingwire/db'

/** What somebody may want to do with an entity (as ThingsBoard). */
export type Operation =
  | 'CREATE'
  | 'READ'
  | 'WRITE'
  | 'DELETE'
  | 'ASSIGN_TO_CUSTOMER'
  | 'UNASSIGN_FROM_CUSTOMER'
  | 'ASSIGN_TO_TENANT'
  | 'RPC_CALL'
  | 'READ_CREDENTIALS'
  | 'WRITE_CREDENTIALS'
  | 'READ_ATTRIBUTES'
  | 'WRITE_ATTRIBUTES'
  | 'READ_TELEMETRY'
  | 'WRITE_TELEMETRY'
  | 'CLAIM_DEVICES'

/** The part of an entity that decides about rights. */
export type Subject = Pick<EntityHead, 'id' | 'tenantId' | 'customerIds' | 'authority' | 'resourceType'>

type Rule = (caller: Principal, subject: Subject, operation: Operation) => boolean

const all: Rule = () => true
const reads: readonly Operation[] = ['READ', 'READ_ATTRIBUTES', 'READ_TELEMETRY']
const only =
  (...operations: readonly Operation[]): Rule =>
  (_caller, _subject, operation) =>
    operations.includes(operation)

const ofTenant: Rule = (caller, { tenantId }) => caller.tenantId !== null && tenantId === caller.tenantId
const ofSystem: Rule = (_caller, { tenantId }) => tenantId === null
const ofCustomer: Rule = (caller, { customerIds }) =>
  caller.customerId !== null && customerIds.includes(caller.customerId)
const and =
  (...rules: readonly Rule[]): Rule =>
  (caller, subject, operation) =>
    rules.every((rule) => rule(caller, subject, operation))
const or =
  (...rules: readonly Rule[]): Rule =>
  (caller, subject, operation) =>
    rules.some((rule) => rule(caller, subject, operation))

const isSelf: Rule = (caller, { id }) => id.id === caller.userId
const customerThing = and(
  ofTenant,
  or(
    and(
      ofCustomer,
      only(...reads, 'READ_CREDENTIALS', 'WRITE', 'WRITE_ATTRIBUTES', 'WRITE_TELEMETRY', 'RPC_CALL', 'CLAIM_DEVICES'),
    ),
    only('CLAIM_DEVICES'),
  ),
)
const systemOrOwn = or(ofTenant, and(ofSystem, only(...reads)))

type Rules = Partial<Record<EntityType, Rule>>

/** The matrix of api-contract §2.7: who may do what with which kind of entity. What is not listed is refused. */
const rules: Record<Principal['authority'], Rules> = {
  SYS_ADMIN: {
    TENANT: all,
    TENANT_PROFILE: all,
    USER: (_caller, { authority }) => authority !== 'CUSTOMER_USER',
    DASHBOARD: only('READ'),
    RULE_CHAIN: ofSystem,
    WIDGETS_BUNDLE: ofSystem,
    WIDGET_TYPE: ofSystem,
    TB_RESOURCE: ofSystem,
    QUEUE: ofSystem,
    QUEUE_STATS: all,
    ADMIN_SETTINGS: all,
    API_KEY: all,
  },
  TENANT_ADMIN: {
    TENANT: and(ofTenant, only(...reads, 'DELETE')),
    USER: and(ofTenant, (_caller, { authority }) => authority !== 'SYS_ADMIN'),
    CUSTOMER: ofTenant,
    DEVICE: ofTenant,
    ASSET: ofTenant,
    ENTITY_VIEW: ofTenant,
    DASHBOARD: ofTenant,
    ALARM: ofTenant,
    RULE_CHAIN: ofTenant,
    RULE_NODE: ofTenant,
    SCRIPT_LIBRARY: ofTenant,
    CALCULATED_FIELD: ofTenant,
    DEVICE_PROFILE: ofTenant,
    ASSET_PROFILE: ofTenant,
    API_USAGE_STATE: ofTenant,
    OTA_PACKAGE: ofTenant,
    RPC: ofTenant,
    WIDGETS_BUNDLE: systemOrOwn,
    WIDGET_TYPE: systemOrOwn,
    TB_RESOURCE: systemOrOwn,
    QUEUE: and(or(ofTenant, ofSystem), only(...reads)),
    QUEUE_STATS: and(ofTenant, only(...reads)),
    ADMIN_SETTINGS: ofTenant,
    API_KEY: ofTenant,
  },
  CUSTOMER_USER: {
    USER: and(ofTenant, or(isSelf, and(ofCustomer, only('READ')))),
    CUSTOMER: and(ofTenant, ofCustomer, only(...reads)),
    DEVICE: customerThing,
    ASSET: customerThing,
    ENTITY_VIEW: customerThing,
    DASHBOARD: and(ofTenant, ofCustomer, only(...reads)),
    ALARM: and(ofTenant, ofCustomer),
    DEVICE_PROFILE: and(ofTenant, only(...reads)),
    ASSET_PROFILE: and(ofTenant, only(...reads)),
    RPC: and(ofTenant, only('READ')),
    WIDGETS_BUNDLE: and(or(ofTenant, ofSystem), only('READ')),
    WIDGET_TYPE: and(or(ofTenant, ofSystem), only('READ')),
    TB_RESOURCE: and(or(ofTenant, ofSystem), only('READ'), (_caller, { resourceType }) =>
      ['JS_MODULE', 'IMAGE', 'DASHBOARD'].includes(resourceType ?? ''),
    ),
    API_KEY: ofTenant,
  },
}

/** Whether the caller may do this with the entity. For CREATE the subject is the entity as it would be. */
export const allows = (caller: Principal, operation: Operation, subject: Subject): boolean =>
  !(caller.isPublic && !reads.includes(operation)) &&
  (rules[caller.authority][subject.id.entityType]?.(caller, subject, operation) ?? false)
