import { expect, test } from 'vitest'
import { freeStateId } from './state-id.ts'

test.each([
  ['New state', [], 'new_state'],
  ['Pumpe Ä – 2', [], 'pumpe_a_2'],
  ['{}', [], 'state'],
  ['New state', ['new_state', 'new_state_2'], 'new_state_3'],
  ['概要', [], '概要'],
])('%s beside %j is %s', (name, taken, expected) => expect(freeStateId(name, taken)).toBe(expected))
