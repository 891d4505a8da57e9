'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { listFactorTypes } from '@/api/account.ts'
import { finishSetup, type SessionView } from '@/api/session.ts'
import { FactorSetup } from '../account/factor-setup.tsx'
import { Entrance, entranceCard, FormFailure } from './entrance.tsx'

/** The platform demands a second factor that the account does not have yet: it is set up here, then the way is free. */
export const DemandedFactor = (p: { onDone: (session: SessionView) => void; onRestart: () => void }) => {
  const t = useTranslations('secondFactor')
  const names = useTranslations('factors.names')
  const types = useQuery({ queryKey: ['factor-types'], queryFn: ({ signal }) => listFactorTypes(signal) })
  const [chosen, setChosen] = useState<'TOTP' | 'EMAIL' | null>(null)
  const finish = useMutation({ mutationFn: finishSetup, onSuccess: p.onDone })
  const offered = (['TOTP', 'EMAIL'] as const).filter((type) => types.data?.includes(type))
  return (
    <Entrance
      heading={t('demandedHeading')}
      text={t('demandedText')}
      below={
        <div className="mt-6 flex justify-center">
          <Button variant="link" onClick={p.onRestart}>
            {t('restart')}
          </Button>
        </div>
      }
    >
      <div className={entranceCard}>
        {finish.error ? <FormFailure>{finish.error.message}</FormFailure> : null}
        {types.error ? <FormFailure>{types.error.message}</FormFailure> : null}
        {chosen ? (
          <FactorSetup type={chosen} onKept={() => finish.mutate()} onCancel={() => setChosen(null)} />
        ) : (
          offered.map((type) => (
            <Button key={type} size="lg" onClick={() => setChosen(type)}>
              {names(type)}
            </Button>
          ))
        )}
      </div>
    </Entrance>
  )
}
