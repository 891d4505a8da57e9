'use client'
import { Button, cn, Field, Input } from '@thingwire/ui'
import { useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { WidgetViewProps } from '../widget.ts'
import type { DeviceClaimingSettings } from './manifest.ts'
import { claimingWords } from './words.ts'

type Result = { isGood: boolean; text: string }

export const DeviceClaiming = ({ settings }: WidgetViewProps<DeviceClaimingSettings>) => {
  const words = useWords('device-claiming', claimingWords)
  const { values } = useWidgetHost()
  const [name, setName] = useState('')
  const [secret, setSecret] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [result, setResult] = useState<Result | null>(null)
  const device = name.trim()
  const isMissing = { device: device === '', secret: settings.deviceSecret && secret === '' }

  const claim = async () => {
    setTried(true)
    if (isBusy || isMissing.device || isMissing.secret) return
    setBusy(true)
    setResult(null)
    try {
      const outcome = await values.claimDevice(device, secret)
      const texts = {
        claimed: settings.successfulClaimDevice || words('claimed', { name: device }),
        taken: settings.failedClaimDevice || words('taken', { name: device }),
        refused: settings.failedClaimDevice || words('refused'),
      }
      setResult({ isGood: outcome === 'claimed', text: texts[outcome] })
      if (outcome === 'claimed') {
        setName('')
        setSecret('')
        setTried(false)
      }
    } catch (error) {
      setResult({ isGood: false, text: settings.deviceNotFound || (error instanceof Error ? error.message : '') })
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      noValidate
      className="flex size-full flex-col gap-3 overflow-y-auto p-3"
      onSubmit={(event) => {
        event.preventDefault()
        void claim()
      }}
    >
      <Field
        label={settings.deviceLabel || words('device')}
        error={isTried && isMissing.device ? settings.requiredErrorDevice || words('requiredDevice') : undefined}
      >
        <Input
          autoComplete="off"
          className="h-11 sm:h-8"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      {settings.deviceSecret ? (
        <Field
          label={settings.secretKeyLabel || words('secret')}
          error={isTried && isMissing.secret ? settings.requiredErrorSecretKey || words('requiredSecret') : undefined}
        >
          <Input
            type="password"
            autoComplete="off"
            className="h-11 sm:h-8"
            value={secret}
            onChange={({ target }) => setSecret(target.value)}
          />
        </Field>
      ) : null}
      <div className="mt-auto flex flex-wrap items-center gap-2">
        <p
          role="status"
          className={cn('min-w-0 flex-1 text-xs break-words', result?.isGood ? 'text-ok-text' : 'text-danger-text')}
        >
          {result?.text ?? ''}
        </p>
        <Button type="submit" variant="primary" className="h-11 sm:h-8" aria-busy={isBusy} disabled={isBusy}>
          {isBusy ? words('claiming') : settings.labelClaimButon || words('claim')}
        </Button>
      </div>
    </form>
  )
}
