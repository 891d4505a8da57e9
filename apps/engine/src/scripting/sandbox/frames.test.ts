import { expect, test } from 'vitest'
import { createFrameReader, encodeFrame, type Frame, frameKinds } from './frames.ts'

const frames = ['', 'plain', 'grüße 😀', 'x'.repeat(70_000)]
const stream = Buffer.concat(frames.map((text, call) => encodeFrame(frameKinds.answers, call, text)))

test.each([1, 7, 8, 9, 1_000, 1_000_000])(
  'a stream in pieces of %i bytes gives the frames that were written',
  (size) => {
    const read: Frame[] = []
    const take = createFrameReader((frame) => read.push(frame))
    for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size))
    expect(read).toEqual(frames.map((text, call) => ({ kind: frameKinds.answers, call, text })))
  },
)

test('what is no frame is refused, whatever length it claims', () => {
  const take = createFrameReader(() => {})
  expect(() => take(Buffer.from('HTTP/1.1 200 OK\r\n'))).toThrow('no frame')
  expect(() => createFrameReader(() => {})(Buffer.alloc(9))).toThrow('no frame')
})
