'use client'
import { toAge } from '@thingwire/ui'
import type { WidgetTexts } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTick } from './use-measure.ts'

const ageTickMs = 5_000

/** Words for widgets; ages move on by themselves. */
export const useWidgetTexts = (): WidgetTexts => {
  const t = useTranslations('widget')
  const age = useTranslations('age')
  const now = useTick(ageTickMs)
  return useMemo(
    () => ({
      noData: t('noData'),
      entity: t('entity'),
      yes: t('yes'),
      no: t('no'),
      on: t('on'),
      off: t('off'),
      unknown: t('unknownState'),
      reading: t('reading'),
      sending: t('sending'),
      readAgain: t('readAgain'),
      retry: t('retry'),
      timedOut: t('timedOut'),
      age: (ts) => {
        const { unit, count } = toAge(Math.max(now, Date.now()) - ts)
        return age(unit, { count })
      },
    }),
    [t, age, now],
  )
}
