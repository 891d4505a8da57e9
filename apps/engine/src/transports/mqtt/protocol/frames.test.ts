import { expect, test } from 'vitest'
import { Frames, type OnFrame } from './frames.ts'
import { ProtocolFault } from './reasons.ts'

const collector = () => {
  const seen: string[] = []
  const onFrame: OnFrame = (header, bytes, start, end) => {
    seen.push(`${header}:${bytes.toString('latin1', start, end)}`)
    return true
  }
  return { seen, onFrame }
}

/** Three packets, the second long enough for a length of two bytes. */
const stream = Buffer.concat([
  Buffer.from([0x30, 3]),
  Buffer.from('abc'),
  Buffer.from([0x32, 0xc8, 0x01]),
  Buffer.alloc(200, 'x'),
  Buffer.from([0xc0, 0]),
])
const packets = ['48:abc', `50:${'x'.repeat(200)}`, '192:']

test('packets are the same wherever the stream is cut', () => {
  for (let cut = 0; cut <= stream.length; cut++) {
    const { seen, onFrame } = collector()
    const frames = new Frames()
    frames.push(stream.subarray(0, cut), onFrame)
    frames.push(stream.subarray(cut), onFrame)
    expect(seen, `cut at ${cut}`).toEqual(packets)
  }
})

test('packets that come byte by byte are whole', () => {
  const { seen, onFrame } = collector()
  const frames = new Frames()
  for (let at = 0; at < stream.length; at++) frames.push(stream.subarray(at, at + 1), onFrame)
  expect(seen).toEqual(packets)
})

test('what comes after a stop waits, and can be counted', () => {
  const { seen, onFrame } = collector()
  const frames = new Frames()
  frames.push(stream, (...frame) => {
    onFrame(...frame)
    return false
  })
  expect(seen).toEqual(packets.slice(0, 1))
  expect(frames.waitingPackets(100)).toBe(2)
  frames.keep(stream)
  expect(frames.waitingPackets(100)).toBe(5)
  expect(frames.waitingPackets(3)).toBe(3)
  frames.resume(onFrame)
  expect(seen).toEqual([...packets, ...packets])
})

test.each([
  [[0x30, 0xff, 0xff, 0xff, 0x7f], 0x95],
  [[0x30, 0x81, 0x80, 0x04], 0x95],
  [[0x30, 0x80, 0x80, 0x80, 0x80], 0x81],
  [[0x30, 0x80, 0x00], 0x81],
])('the header %j is refused before its packet is there', (bytes, code) => {
  const work = () => new Frames().push(Buffer.from(bytes), () => true)
  expect(work).toThrow(ProtocolFault)
  expect(work).toThrow(expect.objectContaining({ code }))
})

test('the largest packet is taken', () => {
  const { seen, onFrame } = collector()
  const frames = new Frames()
  frames.push(Buffer.from([0x30, 0x80, 0x80, 0x04]), onFrame)
  frames.push(Buffer.alloc(65_535), onFrame)
  expect(seen).toEqual([])
  frames.push(Buffer.alloc(1), onFrame)
  expect(seen[0]).toHaveLength(65_536 + 3)
})
