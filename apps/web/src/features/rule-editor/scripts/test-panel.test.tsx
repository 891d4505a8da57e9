// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { NextIntlClientProvider } from 'next-intl'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { messages } from '../../../i18n/messages.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { EditorStore } from '../store/editor-store.ts'
import { EditorProvider, useDocNode } from '../store/use-editor.ts'
import { casesOf, type ScriptCase } from './script-cases.ts'
import { offerTestMessage } from './test-message.ts'
import { ScriptTestTab } from './test-panel.tsx'

let root: Root | undefined
let place: HTMLElement
afterEach(async () => {
  await act(async () => root?.unmount())
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})
beforeAll(async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  Range.prototype.getClientRects = () => Object.assign([], { item: () => null })
  Range.prototype.getBoundingClientRect = () => new DOMRect()
  await import('./mirror.ts')
})

type Asked = { script: string; msg: string; metadata: unknown; msgType: string; scriptType: string }
const asked: { url: string; body: Asked }[] = []
let answers: Record<string, { output: string; error: string }> = {}

/** The engine, as far as a test of a script needs it. */
const engine = async (input: string, init: RequestInit): Promise<Response> => {
  if (!input.includes('/testScript')) return Response.json(input.includes('/keys/') ? [] : { data: [] })
  const body: Asked = JSON.parse(String(init.body))
  asked.push({ url: input, body })
  return Response.json(answers[body.msg] ?? { output: '', error: 'Nobody asked for that' })
}

const Shown = ({ id }: { id: string }) => {
  const node = useDocNode(id)
  return node ? <ScriptTestTab node={node} /> : null
}

const open = async (id: string, cases: ScriptCase[] = [], isReadOnly = false) => {
  vi.stubGlobal('fetch', engine)
  asked.length = 0
  const configuration = { scriptLang: 'TBEL', jsScript: 'return 1;', tbelScript: 'return {msg: msg};' }
  const className = 'org.thingsboard.rule.engine.transform.TbTransformMsgNode'
  const chain = aDocument([
    aNode(id, { className, configuration, rest: cases.length > 0 ? { scriptCases: cases } : {} }),
  ])
  const store = new EditorStore({ document: chain, published: chain, version: 1, revision: null, isReadOnly })
  place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
  await act(async () =>
    root?.render(
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        <QueryClientProvider client={new QueryClient()}>
          <EditorProvider value={store}>
            <Shown id={id} />
          </EditorProvider>
        </QueryClientProvider>
      </NextIntlClientProvider>,
    ),
  )
  await act(async () => undefined)
  return store
}

const button = (name: string): HTMLButtonElement => {
  const found = [...document.querySelectorAll('button')].find(
    (one) => one.textContent === name || one.getAttribute('aria-label') === name,
  )
  if (!found) throw new Error(`There is no button ${name}`)
  return found
}
const press = (name: string) => act(async () => button(name).click())
const aCase = (name: string, data: string, expected: string | null): ScriptCase => ({
  ...{ name, expected },
  message: { type: 'T', data, metadata: { a: 'b' } },
})

it('runs the script in use as it stands, and shows what it changed', async () => {
  await open('changes', [aCase('one', '{"t":1}', null)])
  answers = { '{"t":1}': { output: '{"msg":{"t":2,"u":3},"metadata":{"a":"b"},"msgType":"T"}', error: '' } }
  await press('Run')
  expect(asked).toEqual([
    {
      url: expect.stringContaining('scriptLang=TBEL'),
      body: {
        ...{ script: 'return {msg: msg};', scriptType: 'update', argNames: ['msg', 'metadata', 'msgType'] },
        ...{ msg: '{"t":1}', metadata: { a: 'b' }, msgType: 'T' },
      },
    },
  ])
  expect(place.textContent).toContain('msg.tchanged12')
  expect(place.textContent).toContain('msg.uadded3')
  expect(place.textContent).toContain('Answered')
})

it('says which line an error speaks of', async () => {
  await open('fails', [aCase('one', '1', null)])
  answers = { 1: { output: '', error: 'a is not known (line 1)' } }
  await press('Run')
  expect(place.textContent).toContain('Failed')
  expect(place.querySelector('pre')?.textContent).toBe('1return {msg: msg};')
})

it('runs all cases and tells which are as expected', async () => {
  await open('cases', [aCase('good', '1', '{"msg": 1}'), aCase('bad', '2', '{"msg": 3}')])
  answers = { 1: { output: '{"msg":1}', error: '' }, 2: { output: '{"msg":2}', error: '' } }
  await press('Run all')
  expect(asked.map(({ body }) => body.msg)).toEqual(['1', '2'])
  expect(place.textContent).toContain('1 of 2 as expected')
  expect([...place.querySelectorAll('li svg[role=img]')].map((one) => one.getAttribute('aria-label'))).toEqual([
    'As expected',
    'Not as expected',
  ])
  await press('bad')
  expect(place.textContent).toContain('Against what was expectedmsgchanged32')
})

it('keeps a message as a case of the node, as a step that can be undone', async () => {
  const store = await open('keeps')
  await press('Keep as a case')
  const cases = () => casesOf(store.document.nodes.keeps ?? aNode('x'))
  expect(cases()).toMatchObject([{ name: 'Case', message: { type: 'POST_TELEMETRY_REQUEST' }, expected: null }])
  await press('As a new one')
  expect(cases().map(({ name }) => name)).toEqual(['Case', 'Case 2'])
  await act(async () => {
    store.undo()
    store.undo()
  })
  expect(cases()).toEqual([])
})

it('takes the message that is handed to it, also while it is open', async () => {
  offerTestMessage('given', { type: 'FIRST', data: '{"first":1}', metadata: {} })
  await open('given')
  const type = () => place.querySelector<HTMLInputElement>('input[list]')?.value
  expect(type()).toBe('FIRST')
  await act(async () => offerTestMessage('given', { type: 'SECOND', data: '{}', metadata: {} }))
  expect(type()).toBe('SECOND')
})

it('keeps nothing where nothing may be changed', async () => {
  await open('read', [], true)
  expect([...place.querySelectorAll('button')].some((one) => one.textContent === 'Keep as a case')).toBe(false)
  expect(button('Run').disabled).toBe(false)
})
