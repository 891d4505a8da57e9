import { expect, it } from 'vitest'
import { buttonRoom } from './button-room.ts'

it.each([
  ['as the file says', { width: 200, height: 100 }, '8px', { pad: 8, width: 184, height: 84 }],
  ['none', { width: 200, height: 100 }, '0', { pad: 0, width: 200, height: 100 }],
  ['the usual', { width: 200, height: 100 }, '', { pad: 12, width: 176, height: 76 }],
  ['less in a low box', { width: 200, height: 40 }, '12px', { pad: 4, width: 192, height: 32 }],
  ['none in a very low box', { width: 120, height: 21 }, '12px', { pad: 0, width: 120, height: 21 }],
])('the space around a button: %s', (_, size, padding, room) => expect(buttonRoom(size, padding)).toEqual(room))
