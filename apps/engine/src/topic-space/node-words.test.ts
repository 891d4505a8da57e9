import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { frameOf, nobody, readSpeech, speech } from './node-words.ts'

const nodeId = randomUUID()

test('words come as they were said', () => {
  const bytes = speech(nodeId, [
    frameOf('message', Buffer.from([0, 1, 255])),
    frameOf('wake', 'a\nb'),
    frameOf('direct', 's\n%24share%2Fg%2Fa%20b\n', Buffer.from('x\ny')),
    frameOf('owner', 's\nc'),
    frameOf('changed', 't'),
    frameOf('holder', 'h'),
  ])
  expect(readSpeech(bytes)).toEqual({
    nodeId,
    words: [
      { kind: 'message', message: Buffer.from([0, 1, 255]) },
      { kind: 'wake', sessionIds: ['a', 'b'] },
      { kind: 'direct', sessionId: 's', filter: '$share/g/a b', message: Buffer.from('x\ny') },
      { kind: 'owner', sessionId: 's', connectionId: 'c' },
      { kind: 'changed', tenantId: 't' },
      { kind: 'holder', holderId: 'h' },
    ],
  })
})

test('a word of a later release is passed over', () => {
  const unknown = frameOf('changed', 't')
  unknown.write('Z', 4, 'latin1')
  expect(readSpeech(speech(nobody, [unknown, frameOf('changed', 't')]))).toEqual({
    nodeId: nobody,
    words: [{ kind: 'changed', tenantId: 't' }],
  })
})

test('what is cut off is no speech', () => {
  const bytes = speech(nodeId, [frameOf('changed', 'tenant')])
  for (let length = 0; length < bytes.length; length++)
    expect(readSpeech(bytes.subarray(0, length))?.words ?? []).toEqual([])
})
