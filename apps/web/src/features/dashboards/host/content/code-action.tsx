'use client'
import type { FunctionSource } from '@thingwire/dashboards'
import { Dialog, toast } from '@thingwire/ui'
import type { WidgetEntity, WidgetHost } from '@thingwire/widgets/manifests'
import { functionContextOf } from '@thingwire/widgets/views'
import { useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useEffect, useMemo, useRef, useState } from 'react'
import { CodeFrame } from './code-frame.tsx'
import { useScriptApi } from './use-script-api.tsx'

/** Arguments of an action's code, in the order that files rely on. */
const argumentNames = [
  '$event',
  'widgetContext',
  'entityId',
  'entityName',
  'htmlTemplate',
  'additionalParams',
  'entityLabel',
]

/** How long code without a dialog stays, so that what it has asked for can still be answered. */
const afterlifeMs = 120_000

export type CodeActionRun = {
  name: string
  code: FunctionSource
  html: string
  css: string
  entity: WidgetEntity | null
  params: Readonly<Record<string, unknown>>
}

type CodeActionProps = { run: CodeActionRun; host: WidgetHost; onDone: () => void }

/**
 * Runs the code of an action that the viewer chose: with markup in a dialog, without it out of sight. `onDone` tells that it
 * can be taken away.
 */
export const CodeAction = (p: CodeActionProps) => <Run key={numberOf(p.run)} {...p} />

const numbers = new WeakMap<CodeActionRun, number>()
let lastNumber = 0

/** Each run is one: the same action, chosen again, starts anew. */
const numberOf = (run: CodeActionRun): number => {
  const known = numbers.get(run)
  if (known !== undefined) return known
  lastNumber += 1
  numbers.set(run, lastNumber)
  return lastNumber
}

const Run = (p: CodeActionProps) => {
  const t = useTranslations('sandbox')
  const { resolvedTheme } = useTheme()
  const { run } = p
  const hasMarkup = run.html.trim() !== ''
  const [isShown, setShown] = useState(hasMarkup)
  const [isSettled, setSettled] = useState(false)
  const done = useRef(p.onDone)
  done.current = p.onDone

  useEffect(() => {
    if (!isSettled || hasMarkup) return
    const timer = setTimeout(() => done.current(), afterlifeMs)
    return () => clearTimeout(timer)
  }, [isSettled, hasMarkup])
  const { answer, dialogs } = useScriptApi({
    host: p.host,
    entity: run.entity,
    isStartedByViewer: true,
    close: p.onDone,
  })
  const context = useMemo(
    () => ({ ...functionContextOf(p.host), data: run.params.data ?? [], params: run.params, html: run.html }),
    [run, p.host],
  )
  const frame = (
    <CodeFrame
      html={run.html}
      css={run.css}
      code={run.code}
      argumentNames={argumentNames}
      entity={run.entity}
      context={context}
      title={run.name}
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      answer={answer}
      onSettled={(failure) => {
        setSettled(true)
        // What runs out of sight has nowhere else to say so.
        if (failure !== null && !hasMarkup) toast.failed(t('actionFailed', { name: run.name }), failure)
      }}
      className={hasMarkup ? 'relative h-[min(60dvh,480px)]' : 'sr-only'}
    />
  )
  return (
    <>
      {hasMarkup ? (
        <Dialog
          open={isShown}
          onOpenChange={(isOpen) => {
            if (isOpen) return
            setShown(false)
            p.onDone()
          }}
          title={run.name}
          closeLabel={t('close')}
          className="sm:top-[10vh] sm:max-w-2xl"
        >
          {frame}
        </Dialog>
      ) : (
        frame
      )}
      {dialogs}
    </>
  )
}
