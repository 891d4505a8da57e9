// @vitest-environment jsdom
import { NextIntlClientProvider } from 'next-intl'
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, expect, it, vi } from 'vitest'
import { messages } from '../../../i18n/messages.ts'
import { changeNode } from '../model/edits.ts'
import { aDocument, aNode } from '../model/testing.ts'
import { EditorStore } from '../store/editor-store.ts'
import { EditorProvider } from '../store/use-editor.ts'
import { scriptProblemsIn, useScriptErrors } from './use-script-errors.ts'

let root: Root | undefined
afterEach(async () => act(async () => root?.unmount()))

const Looking = () => {
  useScriptErrors()
  return null
}

const script = (tbelScript: string) => ({ scriptLang: 'TBEL', tbelScript })
const plain = 'org.thingsboard.rule.engine.flow.TbAckNode'

it('tells what is wrong with scripts, again when they change, and keeps what it said of others', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
  const document = aDocument([
    aNode('good', { configuration: script('return msg.a > 1;') }),
    aNode('bad', { configuration: script('return msg.a >;') }),
    aNode('odd', { configuration: script('return 1;') }),
    aNode('other', { className: plain, configuration: script('return (') }),
  ])
  const store = new EditorStore({ document, published: document, version: 1, revision: null, isReadOnly: false })
  root = createRoot(globalThis.document.createElement('div'))
  await act(async () =>
    root?.render(
      <NextIntlClientProvider locale="en" messages={messages} timeZone="UTC">
        <EditorProvider value={store}>
          <Looking />
        </EditorProvider>
      </NextIntlClientProvider>,
    ),
  )
  const ids = () => [...scriptProblemsIn(store).keys()]
  await vi.waitFor(() => expect(ids()).toEqual(['bad', 'odd']), 15_000)
  expect(scriptProblemsIn(store).get('bad')).toMatchObject([
    { severity: 'error', code: 'script', nodeId: 'bad', path: 'tbelScript', values: { line: '1' } },
  ])
  const [odd] = scriptProblemsIn(store).get('odd') ?? []
  expect(odd).toMatchObject({
    severity: 'hint',
    values: { message: 'This returns a number; wanted is true or false' },
  })
  store.edit('settings', changeNode('bad', { configuration: script('return msg.a > 2;') }))
  await vi.waitFor(() => expect(ids()).toEqual(['odd']), 15_000)
  expect(scriptProblemsIn(store).get('odd')?.[0]).toBe(odd)
})
