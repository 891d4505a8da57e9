import { expect, test } from 'vitest'
import { fakeClock } from './fake-clock.ts'
import { waitFor } from './wait-for.ts'

test('answers what the condition answered, as soon as it is truthy', async () => {
  let asked = 0
  expect(await waitFor(() => (++asked === 3 ? 'third' : undefined))).toBe('third')
  expect(asked).toBe(3)
})

test('a condition that throws is asked again; its last error is the cause when time is over', async () => {
  let asked = 0
  const failing = () => {
    asked++
    throw new Error(`not yet ${asked}`)
  }
  const error = await waitFor(failing, { deadlineMs: 20, what: 'the impossible' }).catch((thrown: Error) => thrown)
  expect(asked).toBeGreaterThan(1)
  expect(error).toMatchObject({
    message: 'Waited 20 ms in vain for the impossible',
    cause: { message: `not yet ${asked}` },
  })
})

test('the fake clock moves only when told', () => {
  const clock = fakeClock(1_000)
  clock.advance(500)
  expect(clock.now()).toBe(1_500)
  clock.set(7)
  expect(clock.now()).toBe(7)
})
