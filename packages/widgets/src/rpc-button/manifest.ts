import { z } from 'zod'
import { flag, milliseconds, part, text } from '../settings/schema.ts'
import { defineWidget } from '../widget.ts'
import { rpcButtonPlan } from './plan.ts'

const settings = z.object({
  title: text(''),
  buttonText: text(''),
  /** Of buttons that send a command. */
  methodName: text('rpcCommand'),
  methodParams: text('{}'),
  oneWayElseTwoWay: flag(true),
  requestTimeout: milliseconds(5_000),
  requestPersistent: flag(false),
  persistentPollingInterval: milliseconds(5_000),
  showError: flag(true),
  /** Of buttons that write attributes: which of the two it is follows from this. */
  entityAttributeType: z.enum(['SERVER_SCOPE', 'SHARED_SCOPE']).nullable().catch(null).default(null),
  entityParameters: text('{}'),
  styleButton: part({ isRaised: flag(true), isPrimary: flag(false), bgColor: text(''), textColor: text('') }),
})
export type RpcButtonSettings = z.output<typeof settings>

export const rpcButton = defineWidget({
  type: 'rpc-button',
  fqns: ['control_widgets.rpcbutton', 'control_widgets.update_attributes'],
  name: 'RPC button',
  description: 'An older button that sends a command with parameters, or writes attributes.',
  data: 'control',
  settings,
  control: rpcButtonPlan,
  size: { columns: 4, rows: 2, minColumns: 2, minRows: 1 },
})
