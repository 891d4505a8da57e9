'use client'
import type { CodeDocument } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { loadModule } from '../functions/load-module.ts'
import { connectMarkup, type MarkupConnection } from './markup-connection.ts'
import { markupDocument } from './markup-document.ts'
import type { MarkupStart } from './markup-protocol.ts'

type CodeFrameProps = CodeDocument & {
  answer: (method: string, args: readonly unknown[]) => Promise<unknown>
  /** With the message of what the code threw; null: it has run to its end. */
  onSettled?: (failure: string | null) => void
  className?: string
}

/** A document of a dashboard file in its sandbox, with calls answered by the page. Another document or theme starts anew. */
export const CodeFrame = (p: CodeFrameProps) => <Frame key={JSON.stringify([p.html, p.css, p.code, p.theme])} {...p} />

const Frame = (p: CodeFrameProps) => {
  const t = useTranslations('sandbox')
  const tooMany = t('tooMany')
  const [failure, setFailure] = useState<string | null>(null)
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null)
  const connection = useRef<MarkupConnection | null>(null)
  const context = useMemo(() => ({ ...p.context, entity: p.entity, theme: p.theme }), [p.context, p.entity, p.theme])
  const newest = useRef({ ...p, context })
  newest.current = { ...p, context }

  useEffect(() => {
    if (!frame) return
    const connect = () => {
      connection.current = connectMarkup({
        load: () => startOf(newest.current),
        begin: (start, port) => {
          const { html, css, theme } = newest.current
          // Its origin is opaque, so no target can be named; the port goes to this frame's window alone.
          frame.contentWindow?.postMessage({ document: markupDocument(html, css), theme, start }, '*', [port])
        },
        answer: (method, args) => newest.current.answer(method, args),
        settled: (message) => {
          if (message !== null) setFailure(message)
          newest.current.onSettled?.(message)
        },
        tooMany,
      })
    }
    frame.addEventListener('load', connect, { once: true })
    frame.src = '/sandbox/markup'
    return () => {
      frame.removeEventListener('load', connect)
      connection.current?.close()
      connection.current = null
    }
  }, [frame, tooMany])

  useEffect(() => {
    try {
      connection.current?.update(context)
    } catch (cause) {
      setFailure(String(cause))
    }
  }, [context])

  return (
    <div className={p.className ?? 'relative size-full'}>
      <iframe ref={setFrame} title={p.title} sandbox="allow-scripts allow-forms" className="block size-full border-0" />
      {failure === null ? null : (
        <p
          role="alert"
          className="absolute inset-x-0 bottom-0 max-h-24 overflow-y-auto bg-danger-soft px-3 py-1.5 text-xs break-words text-danger-text"
        >
          {t('failed', { message: failure })}
        </p>
      )}
    </div>
  )
}

const startOf = async ({ code, argumentNames, context }: CodeDocument): Promise<MarkupStart> => ({
  code: code === null ? '' : typeof code === 'string' ? code : code.body,
  argumentNames,
  modules: await modulesOf(code),
  context,
})

const modulesOf = async (code: CodeDocument['code']): Promise<Record<string, string>> => {
  if (code === null || typeof code === 'string' || !code.modules) return {}
  const all = Object.entries(code.modules).map(async ([name, link]) => [name, await loadModule(link)] as const)
  return Object.fromEntries(await Promise.all(all))
}
