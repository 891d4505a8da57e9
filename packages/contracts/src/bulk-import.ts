import { z } from 'zod'

/** What a column of an imported CSV file may hold. Columns of LwM2M and SNMP come with those transports. */
export const bulkImportColumnTypes = [
  'NAME',
  'TYPE',
  'LABEL',
  'DESCRIPTION',
  'IS_GATEWAY',
  'ACCESS_TOKEN',
  'X509',
  'MQTT_CLIENT_ID',
  'MQTT_USER_NAME',
  'MQTT_PASSWORD',
  'SHARED_ATTRIBUTE',
  'SERVER_ATTRIBUTE',
  'TIMESERIES',
] as const
export type BulkImportColumnType = (typeof bulkImportColumnTypes)[number]

export const bulkImportRequestSchema = z.object({
  /** The CSV text. */
  file: z.string({ error: 'File should be specified!' }),
  mapping: z.object({
    columns: z
      .array(
        z.object({
          type: z.enum(bulkImportColumnTypes, {
            error: (issue) => `Column type '${String(issue.input)}' is not supported!`,
          }),
          /** Of attributes and time series. */
          key: z.string().max(255).nullish(),
        }),
      )
      .min(1)
      .max(1_000),
    delimiter: z.string().length(1).nullish(),
    /** Whether entities that exist already are changed; else their lines are errors. */
    update: z.boolean().nullish(),
    /** Whether the first line names the columns. */
    header: z.boolean().nullish(),
  }),
})
export type BulkImportRequest = z.infer<typeof bulkImportRequestSchema>

export const bulkImportResultSchema = z.object({
  created: z.number(),
  updated: z.number(),
  errors: z.number(),
  errorsList: z.array(z.string()),
})
export type BulkImportResult = z.infer<typeof bulkImportResultSchema>
