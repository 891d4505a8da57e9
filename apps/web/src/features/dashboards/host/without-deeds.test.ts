import { idleHost } from '@thingwire/widgets/views'
import { expect, it } from 'vitest'
import { deviceId } from '../data/fake-server.ts'
import { withoutDeeds } from './without-deeds.ts'

it('nothing is changed from the past, and whoever tries is told', async () => {
  const host = idleHost({})
  const { alarms, commands, values } = withoutDeeds(host, 'Not now')
  const id = deviceId(1)
  for (const deed of [
    () => alarms.acknowledge(['a']),
    () => alarms.clear(['a']),
    () => alarms.remove(['a']),
    () => alarms.assign('a', null),
    () => alarms.comment('a', 'text'),
    () => commands.call('on', null),
    () => commands.leave('on', null, { isOneWay: false, expirationTime: null, retries: null }),
    () => commands.forget('a'),
    () => values.saveAttributes(id, 'SERVER_SCOPE', {}),
    () => values.deleteAttributes(id, 'SERVER_SCOPE', []),
    () => values.saveTelemetry(id, {}),
    () => values.claimDevice('a', 'b'),
  ])
    await expect(deed()).rejects.toThrow('Not now')
  expect(values.mayWrite(id)).toBe(false)
  expect(await alarms.types()).toEqual([])
  expect(alarms.usePage).toBe(host.alarms.usePage)
})
