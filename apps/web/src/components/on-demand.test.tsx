// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { onDemand } from './on-demand.tsx'

const Hello = ({ name }: { name: string }) => <p>Hello {name}</p>

let root: Root | null = null
const show = (part: React.ReactNode) => {
  root ??= createRoot(document.body.appendChild(document.createElement('div')))
  return act(async () => root?.render(part))
}
const leave = () => act(async () => root?.render(null))

beforeAll(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
})
afterEach(async () => {
  await act(async () => root?.unmount())
  root = null
  document.body.replaceChildren()
})

it('fetches its code when it is first shown, once', async () => {
  const load = vi.fn(async () => Hello)
  const Part = onDemand(load)
  expect(load).not.toHaveBeenCalled()
  await show(<Part name="Ann" onFailed={() => {}} />)
  expect(document.body.textContent).toBe('Hello Ann')
  await leave()
  await show(<Part name="Ben" onFailed={() => {}} />)
  expect(document.body.textContent).toBe('Hello Ben')
  expect(load).toHaveBeenCalledTimes(1)
})

it('says when its code cannot be had, and tries again the next time', async () => {
  const load = vi.fn<() => Promise<typeof Hello>>().mockRejectedValueOnce(new Error('Away')).mockResolvedValue(Hello)
  const Part = onDemand(load)
  const onFailed = vi.fn()
  await show(<Part name="Ann" onFailed={onFailed} />)
  expect(onFailed).toHaveBeenCalledTimes(1)
  await leave()
  await show(<Part name="Ann" onFailed={onFailed} />)
  expect(document.body.textContent).toBe('Hello Ann')
  expect(onFailed).toHaveBeenCalledTimes(1)
})

it('tells nobody who has gone meanwhile', async () => {
  let fail = (_: Error) => {}
  const Part = onDemand<{ name: string }>(
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  )
  const onFailed = vi.fn()
  await show(<Part name="Ann" onFailed={onFailed} />)
  await leave()
  await act(async () => fail(new Error('Away')))
  expect(onFailed).not.toHaveBeenCalled()
})
