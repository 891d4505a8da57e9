import { type DeadLetterFilter, type DeadLetterSelection, nullUuid } from '@thingwire/contracts'
import { uuidArray } from '../connection/binary-arrays.ts'
import type { Scope } from '../database.ts'
import { containing } from '../rows.ts'

/** Whose letters a caller may see; of no tenant are those that could not be read. A letter holds the message of any device of the tenant, so customers have none. */
export const ownerOf = (scope: Scope): string | null =>
  scope.kind === 'tenant' ? scope.tenantId : scope.kind === 'system' ? nullUuid : null

export type Conditions = { where: string; values: unknown[] }

/** Letters of the owner that are not on their way back into the queue. */
export const conditionsOf = (tenantId: string, selection: DeadLetterSelection): Conditions => {
  const values: unknown[] = []
  const bind = (value: unknown) => `$${values.push(value)}`
  const conditions = [`tenant_id = ${bind(tenantId)}`, 'replay_id IS NULL']
  if ('ids' in selection) conditions.push(`id = ANY (${bind(uuidArray(selection.ids))}::uuid[])`)
  else conditions.push(...filterConditions(selection.filter, bind))
  return { where: conditions.join(' AND '), values }
}

const filterConditions = (filter: DeadLetterFilter, bind: (value: unknown) => string): string[] => {
  const { startTime, endTime, queueName, ruleChainId, ruleNodeId, originatorId, error, textSearch } = filter
  return [
    ...(startTime === undefined ? [] : [`created_time >= ${bind(startTime)}`]),
    ...(endTime === undefined ? [] : [`created_time <= ${bind(endTime)}`]),
    ...(queueName === undefined ? [] : [`queue_name = ${bind(queueName)}`]),
    ...(ruleChainId === undefined ? [] : [`rule_chain_id = ${bind(ruleChainId)}`]),
    ...(ruleNodeId === undefined ? [] : [`rule_node_id = ${bind(ruleNodeId)}`]),
    ...(originatorId === undefined ? [] : [`originator_id = ${bind(originatorId.toLowerCase())}`]),
    ...(error === undefined ? [] : [`error = ${bind(error)}`]),
    ...(textSearch ? [`error ILIKE ${bind(containing(textSearch))}`] : []),
  ]
}
