import { defineHandler, perMessage } from '@thingwire/rules'
import { objectOf } from '../enriching/fetch-to.ts'
import { checkFieldsPresence } from './manifest.ts'

export const checkFieldsPresenceHandler = defineHandler(
  checkFieldsPresence,
  ({ messageNames, metadataNames, checkAllKeys }) =>
    perMessage((message) => {
      const data = messageNames.length > 0 ? objectOf(message) : {}
      const isIn = (key: string) => Object.hasOwn(data, key)
      const isInMetadata = (key: string) => Object.hasOwn(message.metadata, key)
      const isPresent = checkAllKeys
        ? messageNames.every(isIn) && metadataNames.every(isInMetadata)
        : messageNames.some(isIn) || metadataNames.some(isInMetadata)
      return [{ message, connection: isPresent ? 'True' : 'False' }]
    }),
)
