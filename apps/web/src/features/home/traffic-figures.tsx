'use client'
import { useTranslations } from 'next-intl'
import type { LedgerView } from '@/api/ledger.ts'
import { Sparkline } from '@/features/devices/sparkline.tsx'
import { Figure } from './figure.tsx'
import { toTraffic } from './traffic.ts'

/** What comes in, and whether all of it was dealt with. */
export const TrafficFigures = ({ ledger }: { ledger: LedgerView | undefined }) => {
  const t = useTranslations('home')
  const traffic = ledger ? toTraffic(ledger, Date.now()) : null
  return (
    <>
      <Figure
        label={t('messages')}
        value={traffic?.lastMinute}
        href="/ledger"
        aside={<Sparkline points={traffic?.course ?? []} width={88} height={28} />}
      />
      <Figure
        label={t('deadLetters')}
        value={traffic?.deadLettered}
        href="/ledger"
        note={ledger?.isBalanced ? t('balanced') : undefined}
        tone={traffic ? (traffic.deadLettered > 0 ? 'danger' : 'ok') : undefined}
      />
    </>
  )
}
