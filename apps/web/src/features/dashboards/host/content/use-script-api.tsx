'use client'
import { Button, Dialog, toast } from '@thingwire/ui'
import type { WidgetEntity, WidgetHost } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { requestPath } from '@/api/http.ts'
import { createScriptApi } from './script-api.ts'

type Question = { title: string; message: string; asks: boolean; answer: (yes: boolean) => void }

/**
 * What code of a file may call, and the dialogs that it opens by that: to be drawn by the caller.
 * @param isStartedByViewer the code runs because the viewer chose an action
 */
export const useScriptApi = (input: {
  host: WidgetHost
  entity: WidgetEntity | null
  isStartedByViewer: boolean
  close: () => void
}): { answer: (method: string, args: readonly unknown[]) => Promise<unknown>; dialogs: ReactNode } => {
  const t = useTranslations('sandbox')
  const [questions, setQuestions] = useState<readonly Question[]>([])
  const close = useRef(input.close)
  close.current = input.close
  const { host, entity, isStartedByViewer } = input

  const answer = useMemo(() => {
    const ask = (title: string, message: string, asks: boolean) =>
      new Promise<boolean>((resolve) => {
        setQuestions((before) => [...before, { title, message, asks, answer: resolve }])
      })
    return createScriptApi({
      host,
      entity,
      // A click inside the frame counts as one in the page, for a few seconds.
      mayAct: () => isStartedByViewer || navigator.userActivation.isActive,
      say: (kind, message) => (kind === 'error' ? toast.failed(message) : toast.done(message)),
      alert: async (title, message) => {
        await ask(title, message, false)
      },
      confirm: (title, message) => ask(title, message, true),
      confirmRequest: (method, path) =>
        ask(t('requestTitle'), t('requestText', { request: `${method} ${path}` }), true),
      request: requestPath,
      close: () => close.current(),
      words: { refused: t('refused'), unknown: t('unknownCall'), notNow: t('notNow'), noTarget: t('noTarget') },
    })
  }, [host, entity, isStartedByViewer, t])

  const [question] = questions
  const settle = (yes: boolean) => {
    question?.answer(yes)
    setQuestions((before) => before.slice(1))
  }
  return {
    answer,
    dialogs: question ? (
      <Dialog
        open
        onOpenChange={(isOpen) => isOpen || settle(false)}
        title={question.title || t('ofDashboard')}
        description={t('ofDashboard')}
        closeLabel={t('close')}
        footer={
          <>
            {question.asks ? (
              <Button variant="ghost" onClick={() => settle(false)}>
                {t('no')}
              </Button>
            ) : null}
            <Button onClick={() => settle(true)}>{question.asks ? t('yes') : t('close')}</Button>
          </>
        }
      >
        <p className="text-sm break-words whitespace-pre-wrap text-ink-2">{question.message}</p>
      </Dialog>
    ) : null,
  }
}
