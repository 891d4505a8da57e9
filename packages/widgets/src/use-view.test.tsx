// @vitest-environment jsdom
import { act, Component, type ComponentProps, type ReactNode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import type { LoadedView } from './registry/family.ts'
import { createViews } from './use-view.ts'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

const viewOf = (text: string): LoadedView => ({ default: () => <p>{text}</p> })

let root: Root | undefined
afterEach(() => act(async () => root?.unmount()))

class Fence extends Component<{ children: ReactNode }, { text: string | null }> {
  override state = { text: null }
  static getDerivedStateFromError(error: unknown) {
    return { text: String(error) }
  }
  override render() {
    return this.state.text ?? this.props.children
  }
}

const boardOf = (loaders: Record<string, () => Promise<LoadedView>>) => {
  const { load, useView } = createViews(loaders)
  const Tile = ({ type }: { type: string }) => {
    const View = useView(type)
    return View ? <View {...({} as ComponentProps<typeof View>)} /> : <p>…</p>
  }
  const box = document.createElement('div')
  root = createRoot(box)
  const draw = (type: string, key = 'one') =>
    root?.render(
      <Fence key={key}>
        <Tile type={type} />
      </Fence>,
    )
  return { load, draw, text: () => box.textContent }
}

it('draws at once what has been loaded before', async () => {
  const { load, draw, text } = boardOf({ a: () => Promise.resolve(viewOf('A')) })
  await load('a')
  act(() => draw('a'))
  expect(text()).toBe('A')
})

it('draws what comes later, also for another type', async () => {
  const b = Promise.withResolvers<LoadedView>()
  const { draw, text } = boardOf({ a: () => Promise.resolve(viewOf('A')), b: () => b.promise })
  act(() => draw('a'))
  expect(text()).toBe('…')
  await act(async () => {})
  expect(text()).toBe('A')
  await act(async () => draw('b'))
  expect(text()).toBe('…')
  await act(async () => b.resolve(viewOf('B')))
  expect(text()).toBe('B')
})

it('says while it is drawn that the code could not be had, and asks again when it is drawn again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const loader = vi.fn<() => Promise<LoadedView>>()
  loader.mockRejectedValueOnce(new Error('offline')).mockResolvedValue(viewOf('A'))
  const { draw, text } = boardOf({ a: loader })
  await act(async () => draw('a'))
  expect(text()).toBe('Error: offline')
  await act(async () => draw('a', 'again'))
  expect(text()).toBe('A')
})
