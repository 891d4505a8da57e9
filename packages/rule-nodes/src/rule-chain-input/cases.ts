import type { NodeCase } from '../node-case.ts'

const known = 'aaaaaaaa-0000-4000-8000-000000000001'
const ofProfile = 'aaaaaaaa-0000-4000-8000-000000000002'

/** Where the tests run these, both chains are there and come back by an output node called after them. */
export const cases: NodeCase[] = [
  { title: 'calls the chosen chain', config: { ruleChainId: known }, leaves: [{ by: `back from ${known}` }] },
  {
    title: 'prefers the chain of the profile for a device, and has the chosen one for a customer',
    config: { ruleChainId: known, forwardMsgToDefaultRuleChain: true },
    defaultRuleChain: ofProfile,
    messages: [{}, { originator: { entityType: 'CUSTOMER', id: 'bbbbbbbb-0000-4000-8000-000000000001' } }],
    leaves: [{ by: `back from ${ofProfile}` }, { by: `back from ${known}` }],
  },
  {
    title: 'takes the chosen chain when the profile has none',
    config: { ruleChainId: known, forwardMsgToDefaultRuleChain: true },
    leaves: [{ by: `back from ${known}` }],
  },
  {
    title: 'fails when the chain is gone',
    config: { ruleChainId: 'aaaaaaaa-0000-4000-8000-00000000dead' },
    leaves: [{ by: 'Failure', error: 'Rule chain aaaaaaaa-0000-4000-8000-00000000dead was not found' }],
    outcomes: ['dead-lettered'],
  },
  { title: 'does not start without a chain', refuses: 'No rule chain is chosen', leaves: [] },
]
