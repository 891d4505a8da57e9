import { z } from 'zod'
import { milliseconds } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'

const settings = z.object({ requestTimeout: milliseconds(500) })
export type RpcRemoteShellSettings = z.output<typeof settings>

export const rpcRemoteShell = defineWidget({
  type: 'rpc-remote-shell',
  fqns: ['control_widgets.rpc_remote_shell'],
  name: 'RPC remote shell',
  description: 'A shell on a device that offers one by commands, as gateways do.',
  data: 'control',
  settings,
  control: () => ({ reads: {}, writes: {} }),
  limits: { datasourcesOptional: true },
  size: { columns: 9, rows: 6, minColumns: 4, minRows: 3 },
})
