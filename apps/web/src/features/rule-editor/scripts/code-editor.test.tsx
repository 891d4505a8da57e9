// @vitest-environment jsdom
import { act, createRef, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { CodeEditor, type CodeEditorHandle, type CodeEditorProps } from './code-editor.tsx'

/** The editor arrives when the first test lets it. */
const arrival = vi.hoisted(() => Promise.withResolvers<void>())
vi.mock('./mirror.ts', async (original) => {
  await arrival.promise
  return original()
})

let root: Root | undefined
afterEach(async () => {
  await act(async () => root?.unmount())
  document.body.replaceChildren()
})
beforeAll(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  // What the document without a browser does not measure.
  Range.prototype.getClientRects = () => Object.assign([], { item: () => null })
  Range.prototype.getBoundingClientRect = () => new DOMRect()
})

const seen: string[] = []
const handle = createRef<CodeEditorHandle>()
let setOutside: (value: string) => void = () => undefined

const render = async (props: Partial<CodeEditorProps> & { value: string }) => {
  seen.length = 0
  const place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
  const Stand = () => {
    const [value, setValue] = useState(props.value)
    setOutside = setValue
    return (
      <CodeEditor
        label="Script"
        language="JS"
        onChange={(next) => {
          seen.push(next)
          setValue(next)
        }}
        handle={handle}
        {...props}
        value={value}
      />
    )
  }
  await act(async () => root?.render(<Stand />))
  return place
}
const loaded = async (place: HTMLElement) => {
  await act(async () => vi.waitFor(() => expect(place.querySelector('.cm-content')).not.toBeNull(), 10_000))
  expect(place.querySelector('textarea')).toBeNull()
  return place
}
const textIn = (place: HTMLElement) =>
  [...place.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\n')

it('is a plain field first, which takes text that the editor then has', async () => {
  const place = await render({ value: 'return 1;' })
  const field = place.querySelector('textarea')
  if (!field) throw new Error('There is no field')
  expect(field.getAttribute('aria-label')).toBe('Script')
  await act(async () => field.focus())
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(field, 'return 2;')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
  expect(seen).toEqual(['return 2;'])
  arrival.resolve()
  expect(textIn(await loaded(place))).toBe('return 2;')
  expect(document.activeElement?.className).toContain('cm-content')
})

it('is named, shows what is changed elsewhere without telling it back, and what is wrong', async () => {
  const marks = [{ from: 0, to: 6, severity: 'error' as const, message: 'No' }]
  const place = await loaded(await render({ value: 'retrun 1;', marks, isInvalid: true, describedBy: 'hint' }))
  const content = place.querySelector('.cm-content')
  expect(content?.getAttribute('aria-label')).toBe('Script')
  expect(content?.getAttribute('aria-invalid')).toBe('true')
  expect(content?.getAttribute('aria-describedby')).toBe('hint')
  expect(place.querySelector('.cm-lintRange-error')?.textContent).toBe('retrun')
  await act(async () => setOutside('return 1;'))
  expect(textIn(place)).toBe('return 1;')
  expect(seen).toEqual([])
})

it('puts a tidy text in its place, unless there is none', async () => {
  const place = await loaded(await render({ value: 'a  =1', format: async (text) => text.replace('  =1', ' = 1') }))
  await act(async () => handle.current?.format())
  expect(textIn(place)).toBe('a = 1')
  expect(seen).toEqual(['a = 1'])
  await act(async () => root?.unmount())
  const broken = await loaded(await render({ value: 'a (', format: async () => null }))
  await act(async () => handle.current?.format())
  expect(textIn(broken)).toBe('a (')
  expect(seen).toEqual([])
})

it('can be read alone', async () => {
  const place = await loaded(
    await render({ value: '{"a":1}', language: 'JSON', onChange: undefined, format: async () => 'x' }),
  )
  expect(place.querySelector('.cm-content')?.getAttribute('contenteditable')).toBe('false')
  expect(place.querySelector('.cm-content')?.getAttribute('tabindex')).toBe('0')
  await act(async () => handle.current?.format())
  expect(textIn(place)).toBe('{"a":1}')
})
