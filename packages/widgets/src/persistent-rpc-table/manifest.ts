import { z } from 'zod'
import { flag, list, number } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const columns = ['rpcId', 'messageType', 'status', 'method', 'createdTime', 'expirationTime'] as const
export type CommandColumn = (typeof columns)[number]

const settings = z.object({
  displayColumns: list(z.enum(columns)),
  enableFilter: flag(true),
  enableStickyHeader: flag(true),
  displayPagination: flag(true),
  defaultPageSize: number(10),
  displayDetails: flag(true),
  allowSendRequest: flag(true),
  allowDelete: flag(true),
  defaultSortOrder: z.string().catch('-createdTime').default('-createdTime'),
})
export type PersistentRpcTableSettings = z.output<typeof settings>

/** A file that names no columns means all of them. */
export const columnsOf = ({ displayColumns }: PersistentRpcTableSettings): readonly CommandColumn[] =>
  displayColumns.length > 0 ? displayColumns : columns

export const persistentRpcTable = defineWidget({
  type: 'persistent-rpc-table',
  fqns: ['control_widgets.persistent_table'],
  name: 'Persistent RPC table',
  description: 'Commands that were left for a device: how far they are, what came of them.',
  data: 'control',
  settings,
  control: () => ({ reads: {}, writes: {} }),
  limits: { datasourcesOptional: true },
  size: { columns: 10, rows: 6, minColumns: 4, minRows: 3 },
})
