'use client'
import { useQuery } from '@tanstack/react-query'
import { entityTypes, messageTypeLabels } from '@thingwire/contracts'
import { createContext, use } from 'react'
import { listAlarmTypes } from '../../../../api/alarms.ts'
import {
  findEntities,
  listAttributeKeys,
  listAssetProfileNames,
  listDeviceProfileNames,
} from '../../../../api/choices.ts'
import { listDeviceKeys } from '../../../../api/scripts.ts'
import type { UseSuggestions } from '../../../../components/schema-form/form-context.ts'

/** Keys of the messages that come to the node whose settings are shown. */
export type MessageKeys = { data: readonly string[]; metadata: readonly string[] }

const nothing: readonly string[] = []

export const MessageKeysContext = createContext<MessageKeys>({ data: nothing, metadata: nothing })

const entityFields = [
  'name',
  'type',
  'label',
  'id',
  'createdTime',
  'title',
  'email',
  'firstName',
  'lastName',
  'phone',
  'country',
  'state',
  'city',
  'address',
  'address2',
  'zip',
  'additionalInfo.description',
  'additionalInfo.gateway',
]

const known: Readonly<Record<string, readonly string[]>> = {
  'message-types': Object.keys(messageTypeLabels),
  'entity-types': entityTypes,
  'entity-fields': entityFields,
  'relation-types': ['Contains', 'Manages', 'Created', 'Uses', 'Supports'],
}

const both = async (signal: AbortSignal) => {
  const [attributes, telemetry] = await Promise.all([listAttributeKeys(signal), listDeviceKeys(signal)])
  return [...new Set([...attributes, ...telemetry])].toSorted()
}

const loaders: Readonly<Record<string, (signal: AbortSignal) => Promise<readonly string[]>>> = {
  'telemetry-keys': listDeviceKeys,
  'attribute-keys': listAttributeKeys,
  keys: both,
  'device-profiles': listDeviceProfileNames,
  'asset-profiles': listAssetProfileNames,
  'alarm-types': listAlarmTypes,
  customers: async (signal) => (await findEntities('CUSTOMER', '', signal)).map(({ name }) => name),
}

const freshMs = 60_000

/** What the tenant has of a kind that a schema names. What cannot be asked for is not offered; any text can be typed. */
export const useSuggestions: UseSuggestions = (source) => {
  const message = use(MessageKeysContext)
  const load = loaders[source]
  const asked = useQuery({
    queryKey: ['suggestions', source],
    enabled: load !== undefined,
    queryFn: ({ signal }) => load?.(signal) ?? nothing,
    staleTime: freshMs,
    retry: false,
  })
  if (source === 'data-keys') return message.data
  if (source === 'metadata-keys') return message.metadata
  return known[source] ?? asked.data ?? nothing
}
