import { z } from 'zod'
import { flag, milliseconds } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({
  requestTimeout: milliseconds(500),
  requestPersistent: flag(false),
  persistentPollingInterval: milliseconds(5_000),
})
export type RpcTerminalSettings = z.output<typeof settings>

export const rpcTerminal = defineWidget({
  type: 'rpc-terminal',
  fqns: ['control_widgets.rpc_debug_terminal'],
  name: 'RPC terminal',
  description: 'Calls methods of a device by typing them, and prints what it answers.',
  data: 'control',
  settings,
  control: () => ({ reads: {}, writes: {} }),
  limits: { datasourcesOptional: true },
  size: { columns: 9, rows: 6, minColumns: 4, minRows: 3 },
})
