import { describe, expect, test } from 'vitest'
import { allTopics, rightsOfDevice } from './rights.ts'

const rights = (deviceName: string) =>
  rightsOfDevice(
    { enabled: true, publishFilters: ['up/{deviceName}/#'], subscribeFilters: ['down/{deviceName}/+', 'all'] },
    deviceName,
  )

describe('rights of a device', () => {
  test('name it', () => {
    const { mayPublish, maySubscribe, mayReceive } = rights('pump')
    expect(['up/pump', 'up/pump/a/b', 'up/other', 'up'].map(mayPublish)).toEqual([true, true, false, false])
    expect(['down/pump/+', 'down/pump/x', 'all', 'down/+/x', 'down/pump/#', '#'].map(maySubscribe)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(['down/pump/x', 'all', 'down/other/x'].map(mayReceive)).toEqual([true, true, false])
  })

  test.each(['+', '#', 'a/b', ''])('a name that is no level (%s) opens nothing', (name) => {
    const { mayPublish, maySubscribe, publishes } = rights(name)
    expect(['up/x', 'up/+', 'up/a/b', 'up//x'].map(mayPublish)).toEqual([false, false, false, false])
    expect(['down/+/+', 'down/a/b/c'].map(maySubscribe)).toEqual([false, false])
    expect(maySubscribe('all')).toBe(true)
    expect(publishes).toBe(false)
  })

  test('a name with a pattern of replacement stays itself', () => {
    expect(rights('$&').mayPublish('up/$&/a')).toBe(true)
  })

  test.each(['v1/devices/me/telemetry', 'v2/t', '/provision/request', '$SYS/a'])(
    'not even everything holds %s',
    (topic) => {
      const everything = rightsOfDevice({ enabled: true, publishFilters: ['#'], subscribeFilters: ['#'] }, 'pump')
      expect(everything.mayPublish(topic)).toBe(false)
      expect(allTopics.mayPublish(topic)).toBe(false)
      expect(everything.maySubscribe(topic)).toBe(false)
      expect(everything.maySubscribe('#')).toBe(true)
    },
  )
})
