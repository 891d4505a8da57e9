import { isRecord, type JsonRecord } from '../../read.ts'

/** A dashboard's configuration, of any age, in today's form; nothing is lost, and a second time changes nothing. */
export const currentForm = (configuration: unknown): JsonRecord => (isRecord(configuration) ? configuration : {})
