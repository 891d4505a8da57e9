'use client'
import type { CodeDocument } from '@thingwire/widgets/manifests'
import { Button } from '@thingwire/ui'
import { WidgetNotice } from '@thingwire/widgets/views'
import { OctagonX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { loadModule } from '../functions/load-module.ts'
import { connectMarkup, type MarkupConnection, type MarkupStop } from './markup-connection.ts'
import { withLibraries } from './libraries.ts'
import { markupDocument } from './markup-document.ts'
import type { MarkupStart } from './markup-protocol.ts'

type CodeFrameProps = CodeDocument & {
  answer: (method: string, args: readonly unknown[]) => Promise<unknown>
  /** With the message of what the code threw; null: it has run to its end. */
  onSettled?: (failure: string | null) => void
  className?: string
}

/**
 * A document of a dashboard file in its sandbox, with calls answered by the page. Another document or theme starts anew. One
 * that stands still or floods the page is taken away, and the viewer may start it again.
 */
export const CodeFrame = (p: CodeFrameProps) => {
  const t = useTranslations('sandbox')
  const [stopped, setStopped] = useState<{ document: string; why: MarkupStop } | null>(null)
  const document = JSON.stringify([p.html, p.css, p.code, p.theme])
  if (stopped?.document !== document) {
    return (
      <Frame
        key={document}
        {...p}
        onStopped={(why) => {
          setStopped({ document, why })
          p.onSettled?.(t(`stopped.${why}`))
        }}
      />
    )
  }
  return (
    <div className={p.className ?? 'relative size-full'}>
      <div
        role="alert"
        className="flex size-full flex-col items-center justify-center gap-2 overflow-hidden p-3 text-center text-xs text-ink-2"
      >
        <OctagonX aria-hidden className="size-4 shrink-0 text-danger-text" />
        <p className="max-w-64">{t(`stopped.${stopped.why}`)}</p>
        <Button size="sm" onClick={() => setStopped(null)}>
          {t('startAgain')}
        </Button>
      </div>
    </div>
  )
}

const every = (ms: number, run: () => void) => {
  const timer = setInterval(run, ms)
  return () => clearInterval(timer)
}

/** Whether a window is that frame's own or lies in it. */
const isInside = (source: MessageEventSource | null, frame: HTMLIFrameElement): boolean => {
  const outer = frame.contentWindow
  return source !== null && outer !== null && (source === outer || source === outer[0])
}

const Frame = (p: CodeFrameProps & { onStopped: (why: MarkupStop) => void }) => {
  const t = useTranslations('sandbox')
  const tooMany = t('tooMany')
  const tooLong = t('tooLong')
  const [failure, setFailure] = useState<string | null>(null)
  const [stage, setStage] = useState<'loading' | 'begun' | 'settled'>('loading')
  const [frame, setFrame] = useState<HTMLIFrameElement | null>(null)
  const connection = useRef<MarkupConnection | null>(null)
  const context = useMemo(() => ({ ...p.context, entity: p.entity, theme: p.theme }), [p.context, p.entity, p.theme])
  const newest = useRef({ ...p, context })
  newest.current = { ...p, context }

  useEffect(() => {
    if (!frame) return
    const clock = `clock${crypto.randomUUID().replaceAll('-', '')}`
    let markup = ''
    const connect = () => {
      connection.current = connectMarkup({
        load: async () => {
          // The reader of scripts is large, and most boards have none.
          const { guardLoops } = await import('./guard-loops.ts')
          const guard: Guard = (script) => guardLoops(script, clock)
          const { html, css, libraries } = newest.current
          markup = await withLibraries(markupDocument(html, css, { clock, tooLong, guard }), libraries)
          return startOf(newest.current, guard)
        },
        begin: (start, port) => {
          setStage('begun')
          // Its origin is opaque, so no target can be named; the port goes to this frame's window alone.
          frame.contentWindow?.postMessage({ document: markup, theme: newest.current.theme, start }, '*', [port])
        },
        answer: (method, args) => newest.current.answer(method, args),
        settled: (message) => {
          setStage('settled')
          if (message !== null) setFailure(message)
          newest.current.onSettled?.(message)
        },
        stop: (why) => newest.current.onStopped(why),
        isAwake: () => document.visibilityState === 'visible',
        ...{ every, tooMany },
      })
    }
    const passBy = ({ source }: MessageEvent) => {
      if (isInside(source, frame)) connection.current?.note()
    }
    frame.addEventListener('load', connect, { once: true })
    window.addEventListener('message', passBy)
    frame.src = '/sandbox/markup'
    return () => {
      frame.removeEventListener('load', connect)
      window.removeEventListener('message', passBy)
      connection.current?.close()
      connection.current = null
    }
  }, [frame, tooMany, tooLong])

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
      {(p.waiting ? stage !== 'settled' : stage === 'loading') ? (
        <div className="pointer-events-none absolute inset-0 overflow-hidden">
          {p.waiting ?? <WidgetNotice state={{ status: 'loading' }} />}
        </div>
      ) : null}
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

type Guard = (script: string) => string

const startOf = async ({ code, argumentNames, context }: CodeDocument, guard: Guard): Promise<MarkupStart> => {
  const body = code === null ? '' : guard(typeof code === 'string' ? code : code.body)
  return { code: body, argumentNames, modules: await modulesOf(code, guard), context }
}

const modulesOf = async (code: CodeDocument['code'], guard: Guard): Promise<Record<string, string>> => {
  if (code === null || typeof code === 'string' || !code.modules) return {}
  const all = Object.entries(code.modules).map(async ([name, link]) => [name, guard(await loadModule(link))] as const)
  return Object.fromEntries(await Promise.all(all))
}
