'use client'
import { toAge } from '@thingwire/ui'
import type { WidgetTexts } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { useMoment } from './scrubber/travel-context.ts'
import { useTick } from './use-measure.ts'

const ageTickMs = 5_000

/** Words for widgets; ages move on by themselves, in those that show some. */
export const useWidgetTexts = (): WidgetTexts => {
  const t = useTranslations('widget')
  const age = useTranslations('age')
  const moment = useMoment()
  const [showsAge, setShowsAge] = useState(false)
  const now = useTick(showsAge ? ageTickMs : null)
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
        // Asked while a widget is drawn, when nothing may be set.
        if (!showsAge) queueMicrotask(() => setShowsAge(true))
        const { unit, count } = toAge((moment ?? Math.max(now, Date.now())) - ts)
        return age(unit, { count })
      },
    }),
    [t, age, now, showsAge, moment],
  )
}
