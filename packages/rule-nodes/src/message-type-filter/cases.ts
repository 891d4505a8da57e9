import type { NodeCase } from '../node-case.ts'

export const cases: NodeCase[] = [
  {
    title: 'tells device data from the rest with its default list',
    messages: [{ type: 'POST_TELEMETRY_REQUEST' }, { type: 'ALARM' }],
    leaves: [{ by: 'True' }, { by: 'False' }],
  },
  {
    title: 'compares the whole type, case included',
    config: { messageTypes: ['my_type'] },
    messages: [{ type: 'my_type' }, { type: 'MY_TYPE' }, { type: 'my_type2' }],
    leaves: [{ by: 'True' }, { by: 'False' }, { by: 'False' }],
  },
  { title: 'lets nothing through with an empty list', config: { messageTypes: [] }, leaves: [{ by: 'False' }] },
]
